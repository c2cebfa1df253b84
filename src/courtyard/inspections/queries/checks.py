"""The marks of spot checks as a result asks for them: those of the closed check of its round."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries.marks import engine_marks, of_visits
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.rating.rules.checks import counts, matters
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Mark


def check_marks(closed: Round, document: SchemeDocument, households: Iterable[UUID]) -> dict[UUID, tuple[Mark, ...]]:
    """Household → the marks of the closed spot check of a round, where they count for its result: two people looked
    (four queries; none where a check changes nothing)."""
    if not matters(document):
        return {}
    spots = Round.objects.filter(village=closed.village_id, month=closed.month, kind=RoundKind.SPOT.value)
    rows = Visit.objects.filter(round__in=spots.filter(state=RoundState.CLOSED.value), household__in=list(households))
    found = seen_in(dict(rows.values_list("pk", "household_id")))
    return {home: marks for home, marks in found.items() if counts(document, marks)}


def seen_in(visits: dict[UUID, UUID]) -> dict[UUID, tuple[Mark, ...]]:
    """Household → the marks that count, of these visits (visit → household) (three queries)."""
    marks = engine_marks(of_visits(visits))
    return {visits[visit]: rows for visit, rows in marks.items() if rows}
