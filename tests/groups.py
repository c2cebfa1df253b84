"""An evaluation group for tests: eva1–6 and two more of village 01 as two trios with a reserve each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from tests.rounds import SEPTEMBER, Village, at

from courtyard.inspections.actions import make_group
from courtyard.inspections.models import EvaluationGroup
from courtyard.inspections.rules.membership import MeetingKind, Member, Standing, Term
from courtyard.kernel.days import day_of

NUMBERS = (1, 2, 3, 4, 5, 6, 91, 92)


def chosen(village: Village, **instead: str) -> list[Member]:
    """The eight by their places; `instead` puts another in somebody's place."""
    names = [instead.get(f"eva{n}", f"eva{n}") for n in NUMBERS]
    return [
        Member(village.id(name), Standing.PARTY if at_ % 4 == 0 else Standing.VILLAGERS, at_ // 4 + 1, at_ % 4 + 1)
        for at_, name in enumerate(names)
    ]


def group_of(
    village: Village,
    *,
    since: date = SEPTEMBER,
    last: date = date(2029, 8, 31),
    members: Sequence[Member] | None = None,
    by: str = "cadre",
    when: datetime | None = None,
    meeting: date | None = None,
    **more: Any,
) -> EvaluationGroup:
    """The village's evaluation group, chosen at its assembly the day its term begins, or the day it is typed in."""
    moment = when or at(since, 8)
    return make_group(
        village=village.place,
        term=Term(since, last, meeting or min(since, day_of(moment)), 40),
        meeting_kind=MeetingKind.ASSEMBLY,
        members=chosen(village) if members is None else members,
        by=village.actor(by, moment),
        at=moment,
        **more,
    )


def seat_all(village: Village, deed: Callable[[int], Any]) -> None:
    """The deed for every member."""
    for n in NUMBERS:
        deed(n)
