"""Many rows of this room at once, given as Python has them; rows that are plain already go to records.sets.put_plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from courtyard.records.sets import put_plain


def insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of plain values (UUID, str, int, bool, bytes, date, None) into a table of this room."""
    if not rows:
        return
    put_plain(table, columns, [_plain(row) for row in rows])


def _plain(row: tuple[Any, ...]) -> list[Any]:
    return [
        value.hex if value.__class__ is UUID else value.isoformat() if value.__class__ is date else value
        for value in row
    ]
