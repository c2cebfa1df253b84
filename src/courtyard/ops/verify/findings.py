"""A check and what it found: named, ok or not, and the first bad row in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from courtyard.ops.verify.source import Source

# A check yields one sentence a bad row and returns what it looked at.
Looking = Generator[str, None, str]
Look = Callable[[Source], Looking]


@dataclass(frozen=True)
class Checked:
    """One check's outcome: `detail` names the first bad row, or what was looked at where all is well."""

    name: str
    ok: bool
    detail: str


def carry_out(name: str, look: Look, source: Source) -> Checked:
    """Run the check until its first finding."""
    looking = look(source)
    try:
        finding = next(looking)
    except StopIteration as end:
        return Checked(name, True, str(end.value))
    except (sqlite3.DatabaseError, psycopg.Error) as error:
        return Checked(name, False, f"数据库读不下去:{error}")
    looking.close()
    return Checked(name, False, finding)


def from_sql(sql: str, sentence: str, good: str) -> Look:
    """A check whose query gives bad rows only; `sentence` takes their columns as {0}, {1} …"""

    def look(source: Source) -> Looking:
        for row in source.rows(sql):
            yield sentence.format(*map(shown, row))
        return good

    return look


def several(*looks: Look) -> Look:
    """Checks under one name, one after the other."""

    def look(source: Source) -> Looking:
        good = ""
        for each in looks:
            good = yield from each(source)
        return good

    return look


def shown(value: Any) -> str:
    """A value as a finding names it: ids as hex on both databases."""
    if isinstance(value, UUID):
        return value.hex
    return "无" if value is None else str(value)
