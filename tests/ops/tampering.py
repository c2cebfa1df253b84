"""The tamper kit: alters a copy of a database past every guard, as somebody with the file or the server could."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from django.db import connections

from courtyard.ops.verify.findings import Checked
from courtyard.ops.verify.running import run_here


class Tool:
    """A connection of its own that alters rows with the triggers off and on again, and no key looked after."""

    def __init__(self) -> None:
        connection = connections["default"]
        self.vendor = connection.vendor
        connections.close_all()
        if self.vendor == "sqlite":
            self.connection: Any = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        else:
            given = connection.get_connection_params()
            kept = {key: value for key, value in given.items() if key not in ("cursor_factory", "context")}
            self.connection = psycopg.connect(**kept, autocommit=True)
            self.connection.execute("SET session_replication_role = replica")

    def plain(self, sql: str) -> Any:
        """Run a statement as it is."""
        return self.connection.execute(sql)

    def value(self, sql: str) -> Any:
        """The first column of the first row, as SQL text can hold it."""
        row = self.connection.execute(sql).fetchone()
        assert row is not None, sql
        return row[0]

    def past_triggers(self, table: str, sql: str) -> None:
        """Run a statement with the table's triggers out of the way and put back as they were."""
        if self.vendor != "sqlite":
            self.plain(sql)
            return
        there = self.connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        ).fetchall()
        for name, _ in there:
            self.plain(f'DROP TRIGGER "{name}"')
        self.plain(sql)
        for _, text in there:
            self.plain(text)

    def drop_index(self, table: str, name: str) -> None:
        """Take a unique constraint away."""
        if self.vendor == "sqlite" or not self._is_constraint(name):
            self.plain(f'DROP INDEX "{name}"')
        else:
            self.plain(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')

    def _is_constraint(self, name: str) -> bool:
        return self.connection.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name]).fetchone() is not None


@contextmanager
def tool() -> Iterator[Tool]:
    """A tampering connection, closed afterwards."""
    made = Tool()
    with closing(made.connection):
        yield made


def failing() -> set[str]:
    """Names of the checks that find something now."""
    return {checked.name for checked in run_here() if not checked.ok}


def found(name: str) -> str:
    """What this check says of its first bad row."""
    checks: list[Checked] = [checked for checked in run_here() if checked.name == name]
    assert len(checks) == 1 and not checks[0].ok, checks
    return checks[0].detail
