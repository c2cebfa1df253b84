"""Canonical text and digests: the same on every machine and both databases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from courtyard.kernel.choices import Choice


class JobState(Choice):
    WAITING = "waiting", "等着办"
    RUNNING = "running", "正在办"
    DONE = "done", "办好了"
    FAILED = "failed", "没办成"
    CANCELLED = "cancelled", "已取消"


def plain(value: Any) -> Any:
    """A value as canonical JSON holds it: UUID as hex, instants in UTC with microseconds, days ISO, bytes as hex."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Choice):
        return str(value.value)
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain)
# What canonical JSON holds as it is; a Choice is a str of another class and goes through `plain`.
_AS_IT_IS = frozenset((str, int, bool, type(None)))


def canonical(value: Any) -> str:
    """Canonical JSON text: keys in order, no blanks, Chinese as it is."""
    return _ENCODER.encode(value)


def row_text(table: str, key: Any, columns: Sequence[str], values: Iterable[Any]) -> str:
    """One grown row as it is hashed: table, key, then its columns in the order of the table."""
    head, middle = _around(table, tuple(columns))
    made = [one if one.__class__ in _AS_IT_IS else plain(one) for one in values]
    return f"{head}{_ENCODER.encode(str(plain(key)))}{middle}{_ENCODER.encode(made)}]"


@cache
def _around(table: str, columns: tuple[str, ...]) -> tuple[str, str]:
    """What stands before the key of a row of this table, and between the key and its values."""
    return f"[{canonical(table)},", f",{canonical(list(columns))},"


def row_texts(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """The same for many rows of plain values, each with its key before its columns."""
    given = list(rows)
    if not given:
        return []
    head, middle = _around(table, tuple(columns))
    encode = _ENCODER.encode
    # One encoding for all of them, taken apart between the rows: a text that looks like such a place makes a part more.
    values = encode([row[1:] for row in given])[2:-2].split("],[")
    if len(values) != len(given):
        values = [encode(row[1:])[1:-1] for row in given]
    return [f"{head}{encode(str(row[0]))}{middle}[{text}]]" for row, text in zip(given, values, strict=True)]


def digest(texts: Iterable[str]) -> str:
    """SHA-256 over row texts in order of table and key."""
    return hashlib.sha256("".join([f"{text}\n" for text in sorted(texts)]).encode()).hexdigest()


def entry_hash(previous: str, text: str, rows: str) -> str:
    """SHA-256(previous head ‖ canonical text of the entry ‖ digest of the rows it wrote) (D8)."""
    return hashlib.sha256(f"{previous}\n{text}\n{rows}".encode()).hexdigest()


def given_sha256(verb: str, given: Mapping[str, Any] | None) -> str:
    """The digest of a command's input: same id and same digest is the same command."""
    return hashlib.sha256(canonical([verb, given or {}]).encode()).hexdigest()


def salted(salt: bytes, words: str) -> str:
    """The digest under which erasable words stand in a row that stays (D10): SHA-256(salt ‖ words)."""
    return hashlib.sha256(salt + words.encode()).hexdigest()
