"""The tamper kit: alters a copy of a database past every guard, as somebody with the file or the server could."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from django.db import connections

from courtyard.ops.verify.findings import Checked, shown
from courtyard.ops.verify.journal import ENTRIES, canonical_text
from courtyard.ops.verify.raw import grown
from courtyard.ops.verify.running import run_here
from courtyard.ops.verify.source import open_source
from courtyard.records.rules import digest, entry_hash
from courtyard.records.triggers import growing


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
        triggers = self._take_triggers(table)
        self.plain(sql)
        for text in triggers:
            self.plain(text)

    def rewrite_entries(self, rows: list[tuple[Any, ...]]) -> None:
        """Write (rows, digest, canonical, previous, hash) of entries, triggers out of the way."""
        mark = "?" if self.vendor == "sqlite" else "%s"
        sql = f"UPDATE records_entry SET rows = {mark}, digest = {mark}, canonical = {mark}, previous = {mark}, hash = {mark} WHERE id = {mark}"
        triggers = self._take_triggers("records_entry")
        self.connection.execute("BEGIN")
        cursor = self.connection.cursor()
        cursor.executemany(sql, rows)
        self.connection.execute("COMMIT")
        for text in triggers:
            self.plain(text)

    def _take_triggers(self, table: str) -> list[str]:
        """Drop the table's triggers on SQLite (on PostgreSQL this session passes them by); the SQL to put them back."""
        if self.vendor != "sqlite":
            return []
        there = self.connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        ).fetchall()
        for name, _ in there:
            self.plain(f'DROP TRIGGER "{name}"')
        return [text for _, text in there]

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


def recount(alter: Tool) -> None:
    """Make every counter what its postings add up to, as a careful forger would."""
    fold = (
        "(SELECT COALESCE(SUM(p), 0) FROM (SELECT credit_id AS a, points AS p FROM points_posting"
        " UNION ALL SELECT debit_id, -points FROM points_posting) m WHERE m.a = points_counter.account_id)"
    )
    alter.plain(f"UPDATE points_counter SET points = {fold}")


def reseal(alter: Tool) -> None:
    """Seal every entry and every chain anew over the rows as they are now: only paper outside still knows better."""
    with closing(open_source()) as source:
        texts: dict[str, list[str]] = {}
        for model in growing():
            if any(field.column == "entry" for field in model._meta.concrete_fields):
                for entry, text in grown(source, model):
                    texts.setdefault(entry, []).append(text)
        entries = list(source.rows(ENTRIES))
    previous: dict[str, str] = {}
    statements = []
    for row in entries:
        key, chain = shown(row[0]), shown(row[1])
        lines = texts.get(key, [])
        seal = digest(lines)
        text = canonical_text((*row[:8], len(lines), *row[9:]))
        head = entry_hash(previous.get(chain, ""), text, seal)
        statements.append((len(lines), seal, text, previous.get(chain, ""), head, key))
        previous[chain] = head
    alter.rewrite_entries(statements)
    for chain, head in previous.items():
        alter.plain(f"UPDATE records_chain SET head = '{head}' WHERE place = '{chain}'")
