"""The marks of spot checks as a result asks for them: those of the closed check of its round."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.marks import engine_marks, of_visits
from courtyard.inspections.queries.results import standing
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.rating.rules.checks import counts, matters
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Mark

AWAITS = '"awaits":['  # as a kept breakdown says so, where there are any


def check_marks(closed: Round, document: SchemeDocument, households: Iterable[UUID]) -> dict[UUID, tuple[Mark, ...]]:
    """Household → the marks of the closed spot check of a round, where they count for its result: two people looked
    (four queries; none where a check changes nothing)."""
    if not matters(document):
        return {}
    spots = Round.objects.filter(village=closed.village_id, month=closed.month, kind=RoundKind.SPOT.value)
    spots = spots.filter(state=RoundState.CLOSED.value, opened__gte=closed.closed) if closed.closed else spots.none()
    rows = Visit.objects.filter(round__in=spots, household__in=list(households))
    found = seen_in(dict(rows.values_list("pk", "household_id")))
    return {home: marks for home, marks in found.items() if counts(document, marks)}


def waiting_for_check(closed: Round) -> set[UUID]:
    """The homes of a closed round for which a clause holds once a spot check has passed (one query)."""
    rows = standing(Result.objects.filter(visit__round=closed)).exclude(grade="")
    found = rows.filter(breakdown__contains=AWAITS).values_list("visit__household_id", flat=True)
    return set(found)


def seen_in(visits: dict[UUID, UUID]) -> dict[UUID, tuple[Mark, ...]]:
    """Household → the marks that count, of these visits (visit → household) (three queries)."""
    marks = engine_marks(of_visits(visits))
    return {visits[visit]: rows for visit, rows in marks.items() if rows}
