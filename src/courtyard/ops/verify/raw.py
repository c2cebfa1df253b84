"""Rows as the drivers give them, brought to the one canonical text both databases share (records.rules)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import Field, ForeignKey, Model

from courtyard.kernel.ids import token
from courtyard.ops.verify.source import Source
from courtyard.records.rules import plain

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
Turn = Callable[[Any], Any]
AT_ONCE = 500
# Stands between rows that are encoded together: no value of theirs is this text.
_BETWEEN = token()


def encoded(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Each row's canonical JSON, made in one go: the encoder's beginning costs as much as a row."""
    mixed: list[Any] = [_BETWEEN] * (2 * len(rows) - 1)
    mixed[::2] = rows
    return encode(mixed)[1:-1].split(f',"{_BETWEEN}",')


@lru_cache(maxsize=256)  # rows of one entry share their instants
def utc(text: str) -> str:
    """SQLite's text of an instant (UTC) as canonical text has it."""
    day, _, clock = text.partition(" ")
    seconds, _, fraction = clock.partition(".")
    return f"{day}T{seconds[:8]}.{fraction:0<6}Z"


def kind(field: Field[Any, Any]) -> str:
    """The column's own kind: a foreign key's is its target's."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def _sqlite(name: str) -> Turn | None:
    turns: dict[str, Turn] = {"DateTimeField": utc, "BooleanField": bool, "BinaryField": bytes.hex}
    return turns.get(name)


def _postgres(name: str) -> Turn | None:
    return plain if name in ("UUIDField", "DateTimeField", "DateField", "BinaryField") else None


def turns(vendor: str, fields: Sequence[Field[Any, Any]]) -> list[tuple[int, Turn]]:
    """Position → how to bring that column's raw value to plain form, for the columns that need it."""
    pick = _sqlite if vendor == "sqlite" else _postgres
    found = [(index, pick(kind(field))) for index, field in enumerate(fields)]
    return [(index, turn) for index, turn in found if turn]


def grown(source: Source, model: type[Model]) -> Iterator[tuple[str, str]]:
    """(entry's id as hex, the row's text as it was hashed) of every row, in order of entry."""
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = [field.column for field in fields]
    at = columns.index("entry")
    assert meta.pk is not None
    table, key = meta.db_table, meta.pk.column
    listed = ", ".join(f'"{name}"' for name in [key, *columns])
    work = turns(source.vendor, [meta.pk, *fields])
    middle = f",{encode(columns)},"
    head = f"[{encode(table)},"
    raws = source.rows(f'SELECT {listed} FROM "{table}" ORDER BY "entry"')  # noqa: S608
    while batch := [list(raw) for raw in islice(raws, AT_ONCE)]:
        for values in batch:
            for index, turn in work:
                if values[index] is not None:
                    values[index] = turn(values[index])
        for values, text in zip(batch, encoded([values[1:] for values in batch]), strict=True):
            key_text = str(values[0])
            quoted = f'"{key_text}"' if key_text.isalnum() else encode(key_text)
            yield values[at + 1], f"{head}{quoted}{middle}{text}]"
