"""What a spot check saw where it counts, whose results it touches, and whom it must see for prizes that wait."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from courtyard.honours.queries.prizes import late_winners
from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.checks import seen_in
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.revisits import checked_by
from courtyard.inspections.queries.rounds import REGULAR, latest_round
from courtyard.inspections.rules.states import RoundState
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import counts, score_of
from courtyard.rating.rules.engines import late_clauses
from courtyard.rating.rules.facts import Mark


@dataclass(frozen=True)
class Checked:
    """A home that two people of another group saw again: their marks, and what they come to in thousandths."""

    marks: tuple[Mark, ...]
    score_milli: int


def seen_homes(spot: Round) -> dict[UUID, Checked]:
    """Household → what a spot check saw there, where it counts: its scheme lets a check change something, and two people
    at least looked (four queries)."""
    document = document_of(spot.version)
    visits = dict(Visit.objects.filter(round=spot).values_list("pk", "household_id"))
    found = {}
    for home, marks in sorted(seen_in(visits).items()):
        score = score_of(document, marks) if counts(document, marks) else None
        if score is not None:
            found[home] = Checked(marks, score)
    return found


def changed_by(spot: Round, seen: dict[UUID, Checked]) -> dict[UUID, tuple[Mark, ...]]:
    """Visit of the checked round → the check's marks, for homes it was rated in; none for a check between two rounds,
    which looks at titles alone (two queries)."""
    checked = checked_by(spot)
    if checked.month != spot.month:
        return {}
    rows = standing(Result.objects.filter(visit__round=checked, visit__household__in=seen)).exclude(grade="")
    listed = rows.order_by("visit__household_id").values_list("visit_id", "visit__household_id")
    return {visit: seen[home].marks for visit, home in listed}


def late_to_check(village: Place) -> set[UUID]:
    """The village's homes that would win a prize that waits for a check, had they passed it: those ranked first over the
    rounds of its town that are closed by now (four queries)."""
    checked = latest_round(village.pk)
    if checked is None or not late_clauses(document_of(checked.version)):
        return set()
    rows = Round.objects.filter(village__town=village.town_id, month=checked.month, kind__in=REGULAR)
    rows = rows.filter(version=checked.version_id, state=RoundState.CLOSED.value).select_related("version")
    told = late_winners(list(rows), as_if_checked=True)
    return {told.homes[visit].household for visit in told.won if told.homes[visit].round == checked.pk}
