"""Reading the calendar: the next round of each village, with how many homes it will visit; never which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from courtyard.households.queries import rated_in
from courtyard.inspections.models import Round
from courtyard.inspections.queries.left_out import last_grades
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules import calendar as rules
from courtyard.inspections.rules.calendar import Grades, Next
from courtyard.inspections.rules.rounds import day_of_scheme, held
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel import weeks
from courtyard.places.models import Place
from courtyard.rating.queries import schemes_of


@dataclass(frozen=True)
class Proposal:
    """What the calendar proposes for a village: its next round, and how many of its `homes` that round visits."""

    village: Place
    following: Next
    homes: int
    visited: int


def following(villages: Iterable[Place], today: date) -> dict[UUID, Next]:
    """Village → its next round; those without a scheme, or whose scheme pauses all the year, are absent (two queries)."""
    wanted = list(villages)
    ids = [village.pk for village in wanted]
    rows = Round.objects.filter(village__in=ids, kind__in=REGULAR)
    rows = rows.filter(Q(state=RoundState.OPEN.value) | Q(month__gte=min(weeks.month_of(today), weeks.week_of(today))))
    had: dict[UUID, list[tuple[date, str]]] = {}
    for where, month, state in rows.values_list("village_id", "month", "state"):
        had.setdefault(where, []).append((month, state))
    schemes = schemes_of(wanted)
    found = {}
    for village in wanted:
        months = [month for month, _ in had.get(village.pk, ())]
        opened = [month for month, state in had.get(village.pk, ()) if state == RoundState.OPEN.value]
        one = rules.next_round(today, months, opened, schemes[village.pk])
        if one is not None:
            found[village.pk] = one
    return found


def proposals(villages: Iterable[Place], today: date) -> list[Proposal]:
    """What the calendar proposes for these villages, in their order; those without homes to rate are absent (at most
    six queries, whatever their number)."""
    wanted = list(villages)
    found = following(wanted, today)
    homes: dict[UUID, list[UUID]] = {}
    for home, village in rated_in(found).values_list("pk", "village_id"):
        homes.setdefault(village, []).append(home)
    grades = _grades(
        {village: rows for village, rows in homes.items() if found[village].kind is RoundKind.LIGHT}, found
    )
    return [
        Proposal(
            one, found[one.pk], len(homes[one.pk]), _visited(found[one.pk], len(homes[one.pk]), grades.get(one.pk))
        )
        for one in wanted
        if one.pk in homes
    ]


def _visited(one: Next, homes: int, grades: Grades | None) -> int:
    return homes if one.kind is RoundKind.FULL else rules.homes_visited(one, homes, grades or Counter())


def _grades(homes: Mapping[UUID, list[UUID]], found: Mapping[UUID, Next]) -> dict[UUID, Grades]:
    """Village → (last grade, light rounds that left it out) → homes, of those that a round rates now."""
    if not homes:
        return {}
    counted = any(found[village].document.coverage.carries_rounds for village in homes)
    latest = max(found[village].month for village in homes)
    rated = last_grades(homes, latest, count=counted)
    return {
        village: Counter((rated[home].grade, rated[home].left_out) for home in rows if home in rated)
        for village, rows in homes.items()
    }


def paused_in(village: Place, month: date, today: date) -> str:
    """The pause that leaves a village without a round in this month, or in this week where it rates by the week; '' where it
    has one (one query)."""
    scheme = schemes_of([village])[village.pk]
    document = scheme(day_of_scheme(month, today))
    if document is not None and not held(document, month):
        month = weeks.week_of(today)
        document = scheme(day_of_scheme(month, today))
    return rules.paused(document, month) if document is not None else ""


def this_period(village: Place, today: date) -> date:
    """The month today lies in, or the week where the village rates by the week now (one query)."""
    document = schemes_of([village])[village.pk](today)
    return weeks.week_of(today) if document is not None and document.scope.period == "week" else weeks.month_of(today)
