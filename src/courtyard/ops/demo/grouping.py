"""The evaluation groups of the demonstration: chosen at a meeting, three trios with a reserve, yards graded together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from courtyard.inspections.actions import draw_yards, grade_yards, make_group
from courtyard.inspections.rules.membership import RESERVE, MeetingKind, Member, Standing, Term
from courtyard.kernel.days import day_of
from courtyard.ops.demo.facts import EVALUATORS
from courtyard.ops.demo.town import Town
from courtyard.rating.queries import document_of

YEARS = 3
# How often somebody looks at a yard with other eyes than the rest: one in this many.
OTHERWISE = 5


def choose(town: Town, at: datetime) -> None:
    """Every village's meeting chooses its group, in office from that day for three years."""
    today = day_of(at)
    for village in town.villages:
        make_group(
            village=village,
            term=Term(today, _years_after(today), today, 20 + town.chance.randrange(30)),
            meeting_kind=MeetingKind.ASSEMBLY,
            members=[_member(town, village, n) for n in range(EVALUATORS)],
            by=town.cadre(village),
            at=at,
        )


def _years_after(day: date) -> date:
    return date(day.year + YEARS, day.month, 1)


def _member(town: Town, village: Any, n: int) -> Member:
    account = town.people[f"eva{town.number(village):02d}{n + 1:02d}"]
    standing = Standing.PARTY if n % RESERVE == 0 else Standing.VILLAGERS
    return Member(account.pk, standing, n // RESERVE + 1, n % RESERVE + 1)


def grade(town: Town, at: datetime) -> None:
    """Before the first round everybody grades the drawn yards; the cadre types the sheets."""
    for village in town.villages:
        cadre = town.cadre(village)
        drawn = draw_yards(village=village, by=cadre, at=at)
        areas = document_of(drawn.version).sheet.areas
        labels = [label.code for label in document_of(drawn.version).sheet.labels]
        yards = {n: {area.code: town.chance.choice(labels) for area in areas} for n in _numbers(drawn)}
        for member in drawn.group.members.order_by("trio", "n"):
            values = {
                n: {area: _seen(town, labels, label) for area, label in yard.items()} for n, yard in yards.items()
            }
            grade_yards(calibration=drawn, evaluator=member.account_id, values=values, by=cadre, at=at)


def _numbers(drawn: Any) -> list[int]:
    return list(drawn.yards.order_by("n").values_list("n", flat=True))


def _seen(town: Town, labels: list[str], label: str) -> str:
    """Mostly what the others see; now and then the grade beside it."""
    if town.chance.randrange(OTHERWISE):
        return label
    at = labels.index(label)
    return labels[min(at + 1, len(labels) - 1)]
