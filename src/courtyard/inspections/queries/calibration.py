"""Reading joint grading: the drawn yards, who handed in, where they differ (nobody's name, the own sheet only)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from courtyard.inspections.models import (
    Calibration,
    CalibrationSheet,
    CalibrationYard,
    EvaluationGroup,
    GroupMember,
    Round,
)
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.calibration import Spread, Values, spreads
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.inspections.rules.rounds import month_after
from courtyard.places.queries import within
from courtyard.rating.queries import document_of


@dataclass(frozen=True)
class Yard:
    """A drawn yard: its number on the sheet and how to find it."""

    n: int
    household: UUID
    head: str
    code: str
    group: str
    bay: str
    door: str


def calibrations(areas: Iterable[str]) -> QuerySet[Calibration]:
    """Joint gradings of villages within areas, in order of places, the latest first."""
    rows = Calibration.objects.filter(within(areas, "group__village__path"))
    return rows.select_related("group__village__town", "version").order_by("group__village__path", "-day")


def yards_of(calibration: Calibration) -> list[Yard]:
    """The drawn yards by number (one query)."""
    columns = ("n", "household_id", "household__head", "household__code", "household__group__name")
    rows = CalibrationYard.objects.filter(calibration=calibration).order_by("n")
    return [Yard(*row) for row in rows.values_list(*columns, "household__bay", "household__door")]


def handed_in(calibration: Calibration) -> list[tuple[UUID, str, bool]]:
    """(account, name, whether the sheet is in) of the group's members, trio by trio (one query)."""
    sheet = CalibrationSheet.objects.filter(calibration=calibration, evaluator=OuterRef("account"))
    rows = GroupMember.objects.filter(group=calibration.group_id).annotate(in_=Exists(sheet)).order_by("trio", "n")
    return list(rows.values_list("account_id", "account__name", "in_"))


def sheet_values(calibration: Calibration, evaluator: UUID) -> Values:
    """What one evaluator gave, empty where nothing is in (one query)."""
    text = CalibrationSheet.objects.filter(calibration=calibration, evaluator=evaluator).values_list(
        "values", flat=True
    )
    return _values(text.first() or "{}")


def spread_of(calibration: Calibration, reader: UUID | None) -> list[Spread]:
    """Where the sheets differ, yard by yard; `reader`'s own label beside it, nobody else's (two queries)."""
    rows = dict(CalibrationSheet.objects.filter(calibration=calibration).values_list("evaluator_id", "values"))
    given = {person: _values(text) for person, text in rows.items()}
    yards = CalibrationYard.objects.filter(calibration=calibration).count()
    own = given.get(reader) if reader else None
    return spreads(document_of(calibration.version), list(given.values()), own, yards)


def _values(text: str) -> Values:
    return {int(yard): given for yard, given in json.loads(text).items()}


def joint_grading_due(today: date) -> list[Calibration]:
    """Joint gradings whose twelve months are over and whose yards are still kept, oldest first (one query)."""
    ends = month_after(last_month_erased(today))
    kept = Exists(CalibrationYard.objects.filter(calibration=OuterRef("pk")))
    rows = Calibration.objects.filter(kept, day__lt=ends).select_related("group__village")
    return list(rows.order_by("day", "group__village__path"))


@dataclass(frozen=True)
class GroupToday:
    """A village's latest group; `to_grade`: its members have not all graded the drawn yards, and no round has closed
    since its term began."""

    group: EvaluationGroup
    to_grade: bool


def groups_today(villages: Iterable[UUID], day: date) -> dict[UUID, GroupToday]:
    """Village → its latest group that has begun (one query)."""
    later = EvaluationGroup.objects.filter(village=OuterRef("village"), since__gt=OuterRef("since"), since__lte=day)
    closed = Round.objects.filter(village=OuterRef("village"), closed__gte=OuterRef("since"), kind__in=REGULAR)
    rows = EvaluationGroup.objects.filter(~Exists(later), village__in=list(villages), since__lte=day)
    rows = rows.annotate(
        wanted=Count("members", distinct=True),
        inside=Count("calibration__sheets", distinct=True),
        rated_since=Exists(closed),
    )
    listed = rows.select_related("village").order_by("village__path")
    return {row.village_id: GroupToday(row, row.inside < row.wanted and not row.rated_since) for row in listed}
