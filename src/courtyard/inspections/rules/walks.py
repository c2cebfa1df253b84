"""The walk: homes by lanes and numbers, leading homes first; which homes of a group a seat's sheet holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courtyard.inspections.rules.membership import SeatWalk

_NUMBERS = re.compile(r"(\d+)")
_LANE = re.compile(r"^(.*[巷弄路街道排里湾冲塆畈坡栋幢])(.*)$")
_CHINESE = {digit: n for n, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十百两]+")


@dataclass(frozen=True)
class Home:
    """A home as the walk knows it; `leads`: of a cadre or an evaluator (W16)."""

    id: UUID
    group: UUID
    bay: str
    door: str
    code: str
    leads: bool = False


@dataclass(frozen=True)
class Stop:
    """One home of a walk: its place in the group's order, from 1."""

    household: UUID
    group: UUID
    order: int
    leads: bool = False


@dataclass(frozen=True)
class Seated:
    """Who sits in a group, and for which walk."""

    evaluator: UUID
    walk: SeatWalk


def number_key(text: str) -> tuple[Any, ...]:
    """Text as people count: 9 before 10, 二号 before 十号, full-width digits as the plain ones, letters after digits."""
    plain = _CHINESE_NUMBER.sub(_counted, unicodedata.normalize("NFKC", text))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBERS.split(plain) if part)


def _counted(found: re.Match[str]) -> str:
    """一百零二 as 102, 十二 as 12, 二三 as 23 (digits said one by one)."""
    text = found.group()
    if not set(text) & {"十", "百"}:
        return "".join(str(_CHINESE[digit]) for digit in text)
    whole, digit = 0, 0
    for letter in text:
        if letter in "十百":
            whole, digit = whole + (digit or 1) * {"十": 10, "百": 100}[letter], 0
        else:
            digit = _CHINESE[letter]
    return str(whole + digit)


def door_key(door: str) -> tuple[Any, ...]:
    """A door by its lane, then its number (2号, 2-1号, 10号); a home without one stands after those that have one."""
    lane, rest = found.groups() if (found := _LANE.match(door.strip())) else ("", door.strip())
    numbers = tuple(part[1] for part in number_key(rest) if part[0] == 0)
    return (not door.strip(), number_key(lane), numbers, number_key(rest))


def walk(homes: Iterable[Home]) -> list[Stop]:
    """Homes in walking order: inside a group the leading ones first (W16), then bay by bay, lane by lane, door by door."""

    def turn(home: Home) -> tuple[Any, ...]:
        where = (number_key(home.bay), door_key(home.door), number_key(home.code), home.code, home.id.hex)
        return (home.group.hex, not home.leads, *where)

    ordered = sorted(homes, key=turn)
    stops, counts = [], dict.fromkeys((home.group for home in ordered), 0)
    for home in ordered:
        counts[home.group] += 1
        stops.append(Stop(home.id, home.group, counts[home.group], home.leads))
    return stops


def on_sheet(
    seat: Seated,
    seats: Sequence[Seated],
    homes: Iterable[tuple[UUID, bool]],
    kin: Mapping[UUID, AbstractSet[UUID]],
) -> list[UUID]:
    """Which of a group's homes (id, leads) are on a seat's sheet, in the order given; `kin`: person → homes stepped aside.

    Homes that lead are the front seats' where the group has some. Who stands in has the homes where somebody who
    would rate them is kin, as far as the stand-in is not.
    """
    has_front = any(one.walk is SeatWalk.FRONT for one in seats)
    found = []
    for home, leads in homes:
        rating = SeatWalk.FRONT if leads and has_front else SeatWalk.WHOLE
        if seat.walk is rating:
            found.append(home)
        elif seat.walk is SeatWalk.STAND_IN and home not in kin.get(seat.evaluator, frozenset()):
            raters = (one.evaluator for one in seats if one.walk is rating)
            found += [home] if any(home in kin.get(rater, frozenset()) for rater in raters) else []
    return found
