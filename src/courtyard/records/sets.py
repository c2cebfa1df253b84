"""Rows of one table put in as a set: what bulk_create does for our plain columns, at a fraction of its cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

# Variables of one statement: below what either database takes.
MOST = 30_000
NOTHING = type(None)
# Values that both drivers take as they are; any other goes through its field, as the ORM does it.
TEXT_OR_NUMBER = frozenset((str, int, bool, bytes, NOTHING))
CONVERTED = (models.UUIDField, models.DateField, models.TimeField)


def put(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, a statement for thousands, and give each its integer key where the database makes it."""
    if not rows:
        return
    every = rows[0]._meta.concrete_fields
    fields = [field for field in every if not (isinstance(field, models.AutoField) and rows[0].pk is None)]
    columns = [_column(field, rows) for field in fields]
    size = max(1, _most() // len(fields))
    for start in range(0, len(rows), size):
        part = [column[start : start + size] for column in columns]
        keys = _insert(rows[0]._meta.db_table, fields, part, keyed=len(fields) < len(every))
        for row, (key,) in zip(rows[start : start + size], keys, strict=bool(keys)):
            row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def key(value: UUID) -> Any:
    """An id as this database keeps it."""
    return value.hex if connection.vendor == "sqlite" else value


def _most() -> int:
    if connection.vendor != "sqlite":
        return MOST
    connection.ensure_connection()
    return min(MOST, int(connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)))


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
