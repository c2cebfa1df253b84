"""Parts that an action of this room or of the room above runs inside its own transaction; see closing and correcting."""

from __future__ import annotations

from uuid import UUID

from courtyard.inspections.models import Review
from courtyard.inspections.queries.marks import of_visits
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.inspections.rules.states import ReviewReason, ReviewState
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse
from courtyard.records.guard import swap
from courtyard.records.journal import Pen

__all__ = ["booked_ledger", "decide"]


def decide(pen: Pen, visit: UUID, evaluator: UUID, keep: UUID | None) -> bool:
    """Which of one evaluator's marks in a visit counts from now on; whether that changes what counts.

    Refuses inspections.nothing_to_decide, .marks_unknown, .review_own.
    """
    rows = [row for row in of_visits([visit]).get(visit, ()) if row.evaluator == evaluator]
    waiting = {row.id for row in rows if row.review is ReviewState.OPEN}
    if not waiting:
        refuse("inspections.nothing_to_decide")
    if keep is not None and keep not in {row.id for row in rows}:
        refuse("inspections.marks_unknown")
    if pen.by.id in {evaluator, *(row.by for row in rows if row.id in waiting)}:
        refuse("inspections.review_own")
    today = day_of(pen.at)
    open_ones = Review.objects.filter(marks__in=waiting, state=ReviewState.OPEN.value)
    if open_ones.exclude(marks=keep).update(state=ReviewState.SET_ASIDE.value, decided=today) != len(waiting - {keep}):
        refuse("records.conflict")
    if keep not in waiting:
        return False
    swap(open_ones.filter(marks=keep), "records.conflict", state=ReviewState.KEPT.value, decided=today)
    others = [row for row in rows if row.id not in waiting and row.counts]
    Review.objects.filter(marks__in=[row.id for row in others]).update(state=ReviewState.SET_ASIDE.value, decided=today)
    Review.objects.bulk_create(
        Review(
            id=uuid7(),
            marks_id=row.id,
            reason=ReviewReason.LATE.value,
            state=ReviewState.SET_ASIDE.value,
            decided=today,
        )
        for row in others
        if row.review is None
    )
    return True
