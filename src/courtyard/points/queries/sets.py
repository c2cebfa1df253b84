"""Rows given to a statement as one JSON parameter, read as a table by either database (DESIGN §3.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from courtyard.records.rules import canonical
from courtyard.records.sets import key

__all__ = ["day", "filled", "key", "owners", "owners_by_hex", "rows", "select", "uuid"]


def filled(sql: str, **columns: str) -> str:
    """The statement with `{given}` as a derived table of `name=type` columns (uuid | bigint); its parameter is `rows(…)`."""
    if connection.vendor == "sqlite":
        picked = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in columns)
        return sql.replace("{given}", f"(SELECT {picked} FROM json_each(%s)) AS given")  # noqa: S608  # fixed names
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return sql.replace("{given}", f"jsonb_to_recordset(CAST(%s AS jsonb)) AS given({typed})")


def rows(given: Iterable[Mapping[str, Any]]) -> str:
    """The parameter of `filled`: ids as hex, which both databases read."""
    return canonical(list(given))


def owners(ids: Iterable[UUID]) -> str:
    """The parameter of `filled(sql, owner="uuid")`."""
    return owners_by_hex(id.hex for id in ids)


def owners_by_hex(ids: Iterable[str]) -> str:
    """The same for ids that are hex already."""
    return "[" + ",".join(['{"owner":"' + id + '"}' for id in ids]) + "]"


def select(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Run one reading statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())


def uuid(value: Any) -> UUID:
    """An id as it came from a reading statement."""
    return value if isinstance(value, UUID) else UUID(int=int(value, 16))


def day(value: date | str) -> date:
    """A day as it came from a reading statement."""
    return value if isinstance(value, date) else date.fromisoformat(value)
