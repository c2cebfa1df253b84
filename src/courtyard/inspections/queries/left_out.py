"""What a light round may leave out: each home's last grade, and how many light rounds have left it out since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.states import RoundKind, RoundState


@dataclass(frozen=True)
class LastGrade:
    """A home's grade where it was last rated, that round's month, and the light rounds since that left it out."""

    grade: str
    month: date
    left_out: int = 0


def last_grades(
    villages: Iterable[UUID], before: date, *, household: UUID | None = None, count: bool = True
) -> dict[UUID, LastGrade]:
    """Household → its last grade before a month, in every village given (three queries; one without `count`)."""
    within = list(villages)
    rows = standing(Result.objects.filter(visit__round__village__in=within, visit__round__month__lt=before))
    rows = rows.filter(visit__round__kind__in=REGULAR).exclude(grade="")
    rows = rows.filter(visit__household=household) if household else rows
    latest = Window(RowNumber(), partition_by=F("visit__household"), order_by=F("visit__round__month").desc())
    columns = ("visit__household_id", "grade", "visit__round__month", "visit__round__village_id")
    found = list(rows.annotate(place_=latest).filter(place_=1).values_list(*columns))
    out = _left_out({home: (month, village) for home, _, month, village in found}, within, before) if count else {}
    return {home: LastGrade(grade, month, out.get(home, 0)) for home, grade, month, _ in found}


def _left_out(rated: Mapping[UUID, tuple[date, UUID]], villages: list[UUID], before: date) -> dict[UUID, int]:
    """Household → the light rounds of its village after the month it was last rated in that have no visit of it."""
    if not rated:
        return {}
    since = min(month for month, _ in rated.values())
    light = Round.objects.filter(village__in=villages, kind=RoundKind.LIGHT.value, month__gt=since, month__lt=before)
    light = light.exclude(state=RoundState.DROPPED.value)
    months: dict[UUID, list[date]] = {}
    for village, month in light.values_list("village_id", "month"):
        months.setdefault(village, []).append(month)
    came: dict[UUID, int] = {}
    for home, month in Visit.objects.filter(round__in=light).values_list("household_id", "round__month"):
        came[home] = came.get(home, 0) + (home in rated and month > rated[home][0])
    return {
        home: sum(one > month for one in months.get(village, ())) - came.get(home, 0)
        for home, (month, village) in rated.items()
    }
