"""What a household was told and chose, and the covenant in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from courtyard.households.models import Covenant, CovenantKnown
from courtyard.places.models import Place
from courtyard.places.queries import within
from courtyard.records.models import ScanFile
from courtyard.records.rules import scan_is_over


def covenant_of(place: Place) -> Covenant | None:
    """The covenant a place goes by: its village's latest version, else its town's (one query)."""
    rows = Covenant.objects.filter(place__in=[place.village_id or place.pk, place.town_id or place.pk])
    found = list(rows.select_related("place").order_by("-version"))
    own = [row for row in found if row.place_id == place.village_id]
    return next(iter(own or found), None)


def covenants(areas: Iterable[str]) -> QuerySet[Covenant]:
    """Every version within areas, in order of places, the newest first, with how many households know it (`told`)."""
    rows = Covenant.objects.filter(within(areas, "place__path")).select_related("place")
    return rows.annotate(told=Count("known")).order_by("place__path", "-version")


def covenant_scans_due(today: date) -> list[Covenant]:
    """Versions whose resolution's scan need not be kept any more: the next version was passed twelve months ago."""
    kept = list(Covenant.objects.filter(pk__in=ScanFile.objects.values("subject")).select_related("place"))
    rows = Covenant.objects.filter(place__in={one.place_id for one in kept})
    passed = {(place, n): day for place, n, day in rows.values_list("place", "version", "passed")}
    return [one for one in kept if scan_is_over(passed.get((one.place_id, one.version + 1)), today)]


def known_to(household: UUID) -> CovenantKnown | None:
    """The newest version this household was told of, with its day."""
    rows = CovenantKnown.objects.filter(household=household).select_related("covenant")
    return rows.order_by("-covenant__version").first()
