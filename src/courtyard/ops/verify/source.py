"""One consistent snapshot of a database, read by streaming: SQLite by file, PostgreSQL by connection parameters."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import psycopg
from django.db import connections

ARRAY = 2000


class Source:
    """Rows of one database as its driver gives them, all from the moment it was opened."""

    vendor: str
    alias: str
    # Where the kept files of this database lie; None: the running installation's store.
    files: Path | None = None
    _tables: frozenset[str] | None = None

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def one(self, sql: str) -> Any:
        """The first column of the first row, None where there is none."""
        row = next(self.rows(sql), None)
        return row[0] if row else None

    def tables(self) -> frozenset[str]:
        """Names of the tables that are there: asked once, since what is read is one snapshot."""
        if self._tables is None:
            self._tables = frozenset(str(row[0]) for row in self.rows(TABLES[self.vendor]))
        return self._tables


TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


class SqliteSource(Source):
    """A SQLite file opened read-only, in one read transaction."""

    vendor = "sqlite"

    def __init__(self, path: Path, alias: str = "default", files: Path | None = None) -> None:
        self.alias, self.files = alias, files
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._connection.execute("PRAGMA busy_timeout = 5000")
        self._connection.execute("BEGIN")

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        cursor = self._connection.cursor()
        cursor.arraysize = ARRAY
        yield from cursor.execute(sql)

    def close(self) -> None:
        self._connection.close()


class PostgresSource(Source):
    """A PostgreSQL database in one read-only REPEATABLE READ transaction, by cursors on the server's side."""

    vendor = "postgresql"

    def __init__(self, parameters: Mapping[str, Any], alias: str = "default", files: Path | None = None) -> None:
        self.alias, self.files = alias, files
        kept = {key: value for key, value in parameters.items() if key not in ("cursor_factory", "context")}
        self._connection = psycopg.connect(**kept)
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True
        self._numbers = itertools.count(1)

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with self._connection.cursor(name=f"verify_{next(self._numbers)}") as cursor:
            cursor.itersize = ARRAY
            cursor.execute(cast(Any, sql))
            yield from cursor

    def close(self) -> None:
        self._connection.close()


def open_source(alias: str = "default") -> Source:
    """A snapshot of the running installation's database of this alias."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return SqliteSource(Path(str(connection.settings_dict["NAME"])), alias)
    return PostgresSource(connection.get_connection_params(), alias)
