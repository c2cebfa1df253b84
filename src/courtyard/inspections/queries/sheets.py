"""Reading for the typing grid and the paper sheets: one evaluator's own marks only, never another's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from courtyard.households.models import Kin
from courtyard.inspections.models import Marks, Review, Round, Visit
from courtyard.inspections.queries.marks import MarksRow, marks_rows
from courtyard.inspections.queries.walks import sheets
from courtyard.inspections.rules.states import ReviewState
from courtyard.places.queries import within


@dataclass(frozen=True)
class SheetRow:
    """A home on one evaluator's sheet; `marks` are that evaluator's own latest, `kin`: they step aside here."""

    order: int
    visit: UUID
    household: UUID
    head: str
    code: str
    bay: str
    door: str
    kin: bool
    marks: MarksRow | None
    in_review: bool


def sheet_rows(round_id: UUID, group_id: UUID, evaluator_id: UUID) -> list[SheetRow]:
    """One evaluator's sheet of a group in walking order (five queries, six with stand-ins, whatever the homes).

    The homes of the evaluator's seat: the whole group, those that lead, or those where somebody on the panel is kin.
    """
    mine = sheets([round_id], group=group_id, evaluator=evaluator_id).get((round_id, group_id, evaluator_id), [])
    visits = Visit.objects.filter(pk__in=mine).order_by("order")
    own = marks_rows(Marks.objects.filter(visit__round=round_id, visit__group=group_id, evaluator=evaluator_id))
    kin = Exists(Kin.objects.filter(household=OuterRef("household"), account=evaluator_id))
    columns = ("order", "id", "household_id", "household__head", "household__code", "household__bay", "household__door")
    listed = visits.annotate(kin_=kin).values_list(*columns, "kin_")
    return [
        SheetRow(
            order,
            visit,
            household,
            head,
            code,
            bay,
            door,
            steps_aside,
            own[visit][-1] if visit in own else None,
            any(marks.review is ReviewState.OPEN for marks in own.get(visit, ())),
        )
        for order, visit, household, head, code, bay, door, steps_aside in listed
    ]


@dataclass(frozen=True)
class OpenReview:
    """Marks of one evaluator in one visit that wait for a decision; `choices` are all that evaluator gave there."""

    visit: UUID
    round: Round
    household: UUID
    head: str
    code: str
    evaluator: UUID
    evaluator_name: str
    reason: str
    choices: tuple[MarksRow, ...]


def open_reviews(areas: Iterable[str], *, round_id: UUID | None = None) -> list[OpenReview]:
    """What waits for a decision within areas, in order of places and walks (three queries)."""
    rows: QuerySet[Review] = Review.objects.filter(within(areas, "marks__visit__round__village__path"), state="open")
    rows = rows.filter(marks__visit__round=round_id) if round_id else rows
    rows = rows.select_related("marks__visit__round__village", "marks__visit__household", "marks__evaluator")
    rows = rows.order_by("marks__visit__round__village__path", "marks__visit__group__path", "marks__visit__order")
    first = {(row.marks.visit_id, row.marks.evaluator_id): row for row in rows}
    given = marks_rows(Marks.objects.filter(visit__in={visit for visit, _ in first}))
    return [
        OpenReview(
            visit,
            row.marks.visit.round,
            row.marks.visit.household_id,
            row.marks.visit.household.head,
            row.marks.visit.household.code,
            evaluator,
            row.marks.evaluator.name,
            row.reason,
            tuple(one for one in given[visit] if one.evaluator == evaluator),
        )
        for (visit, evaluator), row in first.items()
    ]
