"""One phone between a trio at a door: who of the panel has not yet marked this home."""

from __future__ import annotations

from uuid import UUID

from courtyard.inspections.models import Marks, Seat
from courtyard.inspections.queries.marks import kin_pairs
from courtyard.inspections.queries.walks import sheets


def next_rater(round_id: UUID, group_id: UUID, visit_id: UUID, household_id: UUID) -> UUID | None:
    """The next of the panel, in order of seats, whose sheet has this home and whose marks are not in; never kin."""
    walks = sheets([round_id], group=group_id)
    marked = set(Marks.objects.filter(visit=visit_id).values_list("evaluator_id", flat=True))
    seated = Seat.objects.filter(round=round_id, group=group_id).order_by("n").values_list("evaluator_id", flat=True)
    waiting = [
        person for person in seated if person not in marked and visit_id in walks.get((round_id, group_id, person), ())
    ]
    kin = kin_pairs(waiting) if waiting else set()
    return next((person for person in waiting if (person, household_id) not in kin), None)
