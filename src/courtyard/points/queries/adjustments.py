"""Reading adjustments by hand: those that wait for the second person, those decided, the list a village publishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from courtyard.places.queries import within
from courtyard.points.models import Adjustment
from courtyard.points.rules.states import AdjustmentReason, AdjustmentState

# So many lines stand on the public list before the rest is counted.
LISTED = 30


@dataclass(frozen=True)
class AdjustedLine:
    """A line of the public list: when it was booked, how many points, why; no home and no words of the evidence."""

    day: date
    points: int
    reason: AdjustmentReason


@dataclass(frozen=True)
class Adjusted:
    """What a village's two persons adjusted since a day, the newest first, and how many more there are."""

    since: date
    lines: tuple[AdjustedLine, ...]
    more: int


def adjustments(areas: Iterable[str]) -> QuerySet[Adjustment]:
    """Adjustments of villages within areas, with the village."""
    return Adjustment.objects.filter(within(areas, "village__path")).select_related("village")


def adjustment_of(id: UUID) -> Adjustment:
    """One adjustment with its village (one query)."""
    return Adjustment.objects.select_related("village").get(pk=id)


def waiting(areas: Iterable[str]) -> QuerySet[Adjustment]:
    """Those that wait for the second person, the oldest first."""
    return adjustments(areas).filter(state=AdjustmentState.PROPOSED.value).order_by("proposed", "pk")


def decided(areas: Iterable[str]) -> QuerySet[Adjustment]:
    """Those confirmed or declined, the latest first."""
    return adjustments(areas).exclude(state=AdjustmentState.PROPOSED.value).order_by("-decided", "-pk")


def adjusted(village_id: UUID, since: date) -> Adjusted:
    """The public list of a village since a day (one query): what was booked; what was declined moved nothing."""
    rows = Adjustment.objects.filter(
        village=village_id, state=AdjustmentState.CONFIRMED.value, decided__gte=since
    ).order_by("-decided", "-pk")
    found = list(rows.values_list("decided", "points", "reason"))
    lines = tuple(AdjustedLine(day, points, AdjustmentReason(why)) for day, points, why in found[:LISTED] if day)
    return Adjusted(since, lines, len(found) - len(lines))
