"""A hand-over sheet's typed screen: fields of a form to lines, row by row. Nothing has a default; empty rows stay out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from courtyard.households.queries import SheetHome
from courtyard.households.rules.handing import Line
from courtyard.households.rules.states import MessageConsent, RedNameConsent
from courtyard.kernel.problems import Problem, refuse
from courtyard.kernel.sentences import say

DECLINED = "9"
FIELD = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Column:
    """A column of the screen: its code in field names, its words, the keys it takes and what each says."""

    code: str
    words: Any
    keys: tuple[tuple[str, Any], ...]


TOOK = Column("took", _("领卡"), (("1", _("领了")), (DECLINED, _("不参加"))))
RED = Column("red", _("红榜名字"), (("1", _("不上")), ("2", _("公示栏")), ("3", _("还有群和广播"))))
MESSAGES = Column("messages", _("消息"), (("1", _("要")), ("2", _("不要"))))
COVENANT = Column("covenant", _("村规民约"), (("1", _("知晓")), ("0", _("没打勾"))))
RED_NAMES = {"1": RedNameConsent.NO, "2": RedNameConsent.BOARD, "3": RedNameConsent.WIDE}
WANTS = {"1": MessageConsent.YES, "2": MessageConsent.NO}


def columns(covenant: bool) -> tuple[Column, ...]:
    """The columns in the sheet's order; 村规民约 only where the place has one."""
    return (TOOK, RED, MESSAGES, COVENANT) if covenant else (TOOK, RED, MESSAGES)


@dataclass(frozen=True)
class Cell:
    """A field of the screen and what was typed into it."""

    column: Column
    name: str
    typed: str


@dataclass(frozen=True)
class ShownLine:
    """A line of the screen: its home, the name as this person may see it, its cells (none where it is settled)."""

    row: SheetHome
    name: str
    cells: tuple[Cell, ...]
    refused: str


def shown_lines(
    rows: Iterable[SheetHome], names: Mapping[UUID, str], covenant: bool, typed: Mapping[str, str],
    refused: Mapping[UUID, Problem],
) -> list[ShownLine]:  # fmt: skip
    """The screen's lines; what was typed stays in those that are not in yet, each with why it was refused."""
    lines = []
    for row in rows:
        cells = tuple(
            Cell(column, _field(column, row), typed.get(_field(column, row), "")) for column in columns(covenant)
        )
        problem = refused.get(row.home.pk)
        open_ = row.waits or problem is not None
        lines.append(ShownLine(row, names[row.home.pk], cells if open_ else (), say(problem) if problem else ""))
    return lines


def _field(column: Column, row: SheetHome) -> str:
    return f"{column.code}-{row.home.pk.hex}"


def _strangers(known: set[UUID], typed: Mapping[str, str]) -> list[UUID]:
    """Homes that fields were sent for and that are not on the group's sheet."""
    found = []
    for name, key in typed.items():
        hex = name.removeprefix(f"{TOOK.code}-")
        if hex != name and key.strip() and FIELD.fullmatch(hex) and UUID(hex) not in known:
            found.append(UUID(hex))
    return found


def read(rows: Collection[SheetHome], typed: Mapping[str, str], covenant: bool) -> list[Line]:
    """The lines that were typed, of any home of the group whatever screen it is on by now, and of homes that are none
    of the group's (the action refuses those by line). Refuses office.unknown_key naming the household and the column."""
    lines = [Line(home, True) for home in _strangers({row.home.pk for row in rows}, typed)]
    for row in rows:
        given = {column.code: _key(column, row, typed) for column in columns(covenant)}
        if not any(given.values()):
            continue
        took = {"1": True, DECLINED: False}.get(given["took"])
        known = given.get("covenant", "") == "1"
        lines.append(Line(row.home.pk, took, RED_NAMES.get(given["red"]), WANTS.get(given["messages"]), known))
    return lines


def _key(column: Column, row: SheetHome, typed: Mapping[str, str]) -> str:
    key = typed.get(_field(column, row), "").strip()
    if key and key not in dict(column.keys):
        refuse("office.unknown_key", household=row.home.code, area=str(column.words), key=key)
    return key
