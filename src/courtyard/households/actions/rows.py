"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection


def insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of plain values (UUID, str, int, bool, bytes, date, None) into a table of this room."""
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django translates what `execute` raises, but not what COPY does: a key taken meanwhile is its IntegrityError.
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [_plain(row) for row in rows])  # noqa: S608


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        value.hex if value.__class__ is UUID else value.isoformat() if value.__class__ is date else value
        for value in row
    )
