"""Rows of one table put in as a set: what bulk_create does for our plain columns, at a fraction of its cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

# From so many rows on they are put in as a stream (COPY, executemany), their keys taken beforehand.
MANY = 20
NOTHING = type(None)
# Values that both drivers take as they are; any other goes through its field, as the ORM does it.
TEXT_OR_NUMBER = frozenset((str, int, bool, bytes, NOTHING))
CONVERTED = (models.UUIDField, models.DateField, models.TimeField)


def put(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, a statement for thousands, and give each its integer key where the database makes it."""
    if not rows:
        return
    meta = rows[0]._meta
    keyed = isinstance(meta.pk, models.AutoField) and rows[0].pk is None
    if keyed and len(rows) >= MANY:
        for row, made in zip(rows, next_keys(meta.db_table, len(rows)), strict=True):
            row.pk = made
        keyed = False
    fields = [field for field in meta.concrete_fields if not (keyed and field.primary_key)]
    columns = [_column(field, rows) for field in fields]
    if len(rows) >= MANY:
        put_plain(meta.db_table, [str(field.column) for field in fields], list(zip(*columns, strict=True)))
    else:
        keys = _insert(meta.db_table, fields, columns, keyed=keyed)
        for row, (key,) in zip(rows, keys, strict=bool(keys)):
            row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def put_plain(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values (ids as hex, days as ISO text, whole numbers, texts), no object each; keys are given."""
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608  # our tables
            return
        copying = f'COPY "{table}" ({names}) FROM STDIN'
        with connection.wrap_database_errors, cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)


def next_keys(table: str, count: int) -> list[int]:
    """So many integer keys of a table, taken for rows to be put in now: SQLite has one writer, PostgreSQL a sequence."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            first = (int(last[0]) if last else 0) + 1
            return list(range(first, first + count))
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [int(one) for (one,) in cursor.fetchall()]


def among(column: str, values: Iterable[str]) -> dict[str, Any]:
    """What `QuerySet.extra` takes for "this column is one of these texts", as one parameter however many they are."""
    if connection.vendor == "sqlite":
        picked = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # our columns
        return {"where": [picked], "params": [json.dumps(list(values))]}
    return {"where": [f"{column} = ANY(%s)"], "params": [list(values)]}


def key(value: UUID) -> Any:
    """An id as this database keeps it."""
    return value.hex if connection.vendor == "sqlite" else value


def _insert(table: str, fields: Sequence[Any], columns: Sequence[Sequence[Any]], *, keyed: bool) -> list[tuple[int]]:
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    sql = f'INSERT INTO "{table}" ({names}) VALUES {", ".join([marks] * len(columns[0]))}'  # noqa: S608  # our tables
    with connection.cursor() as cursor:
        cursor.execute(
            sql + (' RETURNING "id"' if keyed else ""), [one for row in zip(*columns, strict=True) for one in row]
        )
        return list(cursor.fetchall()) if keyed else []


def _column(field: Any, rows: Iterable[models.Model]) -> list[Any]:
    """One column's values as the driver takes them."""
    target = field.target_field if field.is_relation else field
    as_it_is = {NOTHING} if isinstance(target, CONVERTED) else set(TEXT_OR_NUMBER)
    made: dict[type, Callable[[Any], Any]] = {}
    if connection.vendor == "sqlite":
        made = {UUID: lambda id: id.hex, date: date.isoformat}
    else:
        as_it_is |= {UUID, date, datetime}
    found = []
    for row in rows:
        value = getattr(row, field.attname)
        kind = value.__class__
        if kind in as_it_is:
            found.append(value)
        elif kind in made:
            found.append(made[kind](value))
        else:
            found.append(field.get_db_prep_save(value, connection))
    return found
