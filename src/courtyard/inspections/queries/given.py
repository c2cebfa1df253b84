"""What homes of a village were given, or had taken off, clause by clause: what caps are counted from at a close."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from courtyard.households.models import Household
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.points.models import Award, Deduction, Merit
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.home_deeds import Given
from courtyard.rating.rules.engine_2.used import Used, asks_used, used_before


def used_in(village_id: UUID, document: SchemeDocument, day: date) -> dict[UUID, Used] | None:
    """Household → what each cap has taken in by a day, of those with any (three queries); None where the scheme has no
    caps but a year's on what is spent."""
    if not asks_used(document):
        return None
    found = {home: used_before(document, given, day) for home, given in _given(village_id, document, day).items()}
    return {home: used for home, used in found.items() if used}


def _given(village_id: UUID, document: SchemeDocument, day: date) -> dict[UUID, list[Given]]:
    ledger, found = booked_ledger(document), dict[UUID, list[Given]]()
    homes = Household.objects.filter(village=village_id).values("pk")
    # A week that the day lies in may have begun in the year before.
    since = date.min if any(cap.per == "ever" for cap in document.caps) else date(day.year - 1, 12, 25)
    for model, sign in ((Award, 1), (Deduction, -1)) if ledger is not None else ():
        rows = model.objects.filter(household__in=homes, reverses=None, reversed_by=None, day__gte=since)
        for home, clause, points, then in rows.values_list("household", "clause", "points", "day"):
            found.setdefault(home, []).append(Given(then, clause, ledger or "", sign * points * 1000))
    merits = Merit.objects.filter(household__in=homes, reverses=None, reversed_by=None, day__gte=since)
    for home, clause, own, milli, then in merits.values_list("household", "clause", "ledger", "milli", "day"):
        found.setdefault(home, []).append(Given(then, clause, own, milli))
    return found
