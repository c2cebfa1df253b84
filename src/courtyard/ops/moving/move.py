"""The move: all rows in one transaction of the target, read back and compared before it commits, then verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.db import connections
from psycopg import sql

from courtyard.ops.moving import target
from courtyard.ops.moving.tables import Table, rows, tables
from courtyard.ops.progress import Steps
from courtyard.ops.verify.findings import Checked
from courtyard.ops.verify.running import run
from courtyard.ops.verify.source import PostgresSource, Source, open_source

HEADS = "SELECT place, number, head FROM records_chain ORDER BY place"
ARRAY = 2000


@dataclass(frozen=True)
class Moved:
    """What was moved: tables, rows, chains whose heads agree, and the checks the target passed."""

    tables: int
    rows: int
    chains: int
    checks: list[Checked]


def move(url: str, step: Steps) -> Moved:
    """Take everything over into the empty database at this address; the source is only read.

    Raises CommandError, and then the target holds no row. Whoever is stopped in the middle begins again.
    """
    given = target.parameters(url)
    with ExitStack() as stack:
        sources = {alias: stack.enter_context(closing(open_source(alias))) for alias in connections}
        listed = tables({alias: source.tables() for alias, source in sources.items()})
        with target.connect(given) as connection:
            target.refuse_occupied(connection, {table.name for table in listed})
        step("正在目标里建表…")
        target.make_tables(url)
        with target.connect(given) as connection:
            target.refuse_occupied(connection, {table.name for table in listed})
            with connection.transaction():
                count = _copy(connection, sources, listed, step)
                _compare(connection, sources, listed, step)
                chains = _compare_heads(connection, sources["default"])
            connection.execute("ANALYZE")
    step("正在目标里核对…")
    with closing(PostgresSource(given)) as source:
        checks = list(run(source, step=lambda text, done, total: step(text, done, total)))
    bad = [check for check in checks if not check.ok]
    if bad:
        raise CommandError(f"搬过去的数据核对不上({bad[0].name}:{bad[0].detail})。原来的没有动,请继续用原来的。")
    return Moved(len(listed), count, chains, checks)


def _copy(connection: Any, sources: Mapping[str, Source], listed: list[Table], step: Steps) -> int:
    total = 0
    for n, table in enumerate(listed):
        step(f"正在搬 {table.name}", n, len(listed))
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
        try:
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows(sources[table.alias], table):
                    copy.write_row(row)
                    total += 1
        except psycopg.DataError as error:
            where = (error.diag.context or "").partition(":")[0]
            raise CommandError(
                f"{table.name} 有一行 PostgreSQL 存不下,没有搬:{error.diag.message_primary}({where})。"
            ) from error
        if table.serial:
            _set_sequence(connection, sources[table.alias], table)
    step("都搬过去了", len(listed), len(listed))
    return total


def _set_sequence(connection: Any, source: Source, table: Table) -> None:
    """Numbers go on after the last that was ever given, not after the last that is left."""
    last = source.one(f"SELECT seq FROM sqlite_sequence WHERE name = '{table.name}'")  # noqa: S608  # our tables
    largest = source.one(f'SELECT MAX("{table.key}") FROM "{table.name}"')  # noqa: S608
    number = max(int(last or 0), int(largest or 0))
    connection.execute(
        "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s, %s)",
        [table.name, table.key, max(number, 1), number > 0],
    )


def _compare(connection: Any, sources: Mapping[str, Source], listed: list[Table], step: Steps) -> None:
    """Every row is read back as it was written: none missing, none altered, none beside them."""
    for n, table in enumerate(listed):
        step(f"正在对照 {table.name}", n, len(listed))
        pairs = zip_longest(rows(sources[table.alias], table), _back(connection, table))
        for number, (there, here) in enumerate(pairs, 1):
            if there != here:
                raise CommandError(f"{table.name} 的第 {number} 行搬过去不一样,全部退回,目标里没有留下数据。")
    step("逐行对照完了", len(listed), len(listed))


def _back(connection: Any, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    order = sql.SQL('{} COLLATE "C"' if table.key_is_text else "{}").format(sql.Identifier(table.key))
    statement = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(columns, sql.Identifier(table.name), order)
    with connection.cursor(name="back") as cursor:
        cursor.itersize = ARRAY
        cursor.execute(statement)
        for row in cursor:
            yield tuple(_like(value) for value in row)


def _like(value: Any) -> Any:
    """A value as the source gives it: addresses are text there."""
    return str(value) if type(value).__module__ == "ipaddress" else value


def _compare_heads(connection: Any, source: Source) -> int:
    """Every chain has the head it had, and nobody has written to the source since it was read."""
    there = [(str(place).replace("-", ""), number, head) for place, number, head in source.rows(HEADS)]
    here = [(place.hex, number, head) for place, number, head in connection.execute(HEADS).fetchall()]
    if there != here:
        raise CommandError("账本的头搬过去不一样,全部退回,目标里没有留下数据。")
    with closing(open_source()) as again:
        now = [(str(place).replace("-", ""), number, head) for place, number, head in again.rows(HEADS)]
    if now != there:
        raise CommandError("搬的时候有人在原来的数据库里办事,全部退回,目标里没有留下数据。请停下所有命令再搬。")
    return len(here)
