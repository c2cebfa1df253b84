"""Reading deeds: those that wait for the second person, a household's own, what a year earned by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Q, QuerySet, Sum

from courtyard.inspections.models import Deed, DeedChange
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState, DeedState, clause_of
from courtyard.places.models import Place
from courtyard.places.queries import within
from courtyard.points.models import Award
from courtyard.rating.queries import document_of

TOLD_DAYS = 30  # how long the household's first page goes on saying that something was taken off


def earned_by(household_id: UUID, item: str, year: int) -> int:
    """Points a household earned by one deed in a year, less what was taken back (one query)."""
    rows = Award.objects.filter(household=household_id, clause=clause_of(item), day__year=year)
    return int(rows.filter(reverses=None, reversed_by=None).aggregate(n=Sum("points", default=0))["n"])


def deeds(areas: Iterable[str], state: DeedState | None = None) -> QuerySet[Deed]:
    """Deeds within areas with household, places and version, the latest first."""
    rows = Deed.objects.filter(within(areas, "village__path"))
    rows = rows.filter(state=state.value) if state else rows
    rows = rows.select_related("household__group", "village__town", "version", "words")
    rows = rows.prefetch_related("counts", "changes__said")
    return rows.order_by("-proposed", "village__path", "household__code", "pk")


def changes(areas: Iterable[str]) -> QuerySet[DeedChange]:
    """What was said of deeds within areas and waits for an answer, the earliest deadline first, with deed and words."""
    rows = DeedChange.objects.filter(within(areas, "deed__village__path"), state=ChangeState.ASKED.value)
    rows = rows.select_related("deed__household__group", "deed__village__town", "deed__version")
    return rows.prefetch_related("said").order_by("answer_by", "deed__village__path", "pk")


def overdue(today: date) -> QuerySet[DeedChange]:
    """Objections to deeds that were not answered by their last day, with deed, household and version."""
    rows = DeedChange.objects.filter(
        kind=ChangeKind.OBJECTION.value, state=ChangeState.ASKED.value, answer_by__lt=today
    )
    return rows.select_related("deed__household", "deed__village", "deed__version").order_by("answer_by", "pk")


def villages_overdue(today: date) -> list[Place]:
    """The villages where an objection to a deed was not answered by its last day, in order of places (one query)."""
    rows = Place.objects.filter(pk__in=overdue(today).order_by().values("deed__village"))
    return list(rows.select_related("village", "town").order_by("path"))


def deed_for_change(id: UUID) -> Deed:
    """One deed with what a change of it reads (one query)."""
    return Deed.objects.select_related("household", "village", "version").get(pk=id)


def change_for_update(id: UUID) -> DeedChange:
    """One change with its deed and version (one query)."""
    return DeedChange.objects.select_related("deed__household", "deed__village", "deed__version").get(pk=id)


def own_deeds(household_id: UUID, most: int = 20) -> list[Deed]:
    """A household's own deeds that were confirmed, taken back, or that it was told of, the latest first (three queries)."""
    told = Q(state__in=[DeedState.CONFIRMED.value, DeedState.TAKEN_BACK.value]) | Q(told__isnull=False)
    rows = Deed.objects.filter(told, household=household_id).select_related("version", "words")
    return list(rows.prefetch_related("counts", "changes__said").order_by("-day", "pk")[:most])


def deed_of(id: UUID) -> Deed:
    """One deed with its village (one query)."""
    return Deed.objects.select_related("village").get(pk=id)


def name_of(deed: Deed) -> str:
    """The deed in its scheme's words."""
    rule = document_of(deed.version).deed(deed.item)
    return rule.name if rule else deed.item


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Deed id → its name, for the lines of a statement (one query)."""
    rows = Deed.objects.filter(pk__in=list(ids)).select_related("version")
    return {row.pk: name_of(row) for row in rows}


def told_lately(household_id: UUID, today: date) -> Exists:
    """Whether a household was told of something that takes off and that is not decided, or was decided lately: as an
    expression for another query's row."""
    rows = Deed.objects.filter(household=household_id, told__isnull=False)
    open_ = Q(state=DeedState.PROPOSED.value)
    late = Q(state=DeedState.CONFIRMED.value, decided__gte=today - timedelta(days=TOLD_DAYS))
    return Exists(rows.filter(open_ | late))
