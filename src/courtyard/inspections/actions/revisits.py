"""Parts of re-visits that an action here or in the room above runs inside its own transaction (decision 0008)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Q

from courtyard.households.models import Household
from courtyard.inspections.actions.concerns import take_down
from courtyard.inspections.actions.marks import HomeMarks, marks_row
from courtyard.inspections.models import Finding, Marks, Review, Round, Seat, Visit
from courtyard.inspections.queries.marks import MarksRow, marks_rows
from courtyard.inspections.queries.rounds import while_open
from courtyard.inspections.rules.marks import accept
from courtyard.inspections.rules.questions import Replied
from courtyard.inspections.rules.revisits import still_poor, unfit_look
from courtyard.inspections.rules.rounds import month_of
from courtyard.inspections.rules.states import Presence, ReviewReason, RoundKind, RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7, visit_id
from courtyard.kernel.problems import Problem, refuse
from courtyard.rating.models import SchemeVersion
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Gave:
    """What became of one person's marks: the row, whether it was there before, whether it waits for a decision."""

    marks: Marks
    same: bool = False
    review: bool = False


@dataclass(frozen=True)
class Looked:
    """What a re-visit saw: `poor` None where nobody could see; in `review` it counts for nothing yet."""

    gave: Gave
    round: UUID
    poor: bool | None


def give(pen: Pen, visit: Visit, evaluator: UUID, home: HomeMarks, replied: Replied) -> Gave:
    """Put one evaluator's marks of one re-visited home in, with what the household answered (D3).

    The same values again are the same marks; other values wait with the earlier ones for a decision.
    """
    standing = marks_rows(Marks.objects.filter(visit=visit.pk, evaluator=evaluator)).get(visit.pk, [])
    decision = accept(home.given.tidy(), [row.given for row in standing], closed=False)
    if decision.same:
        stood = Marks.objects.select_related("visit").get(pk=_same(standing, home).id)
        take_down(pen, stood, replied)
        return Gave(stood, same=True, review=any(row.review is not None and not row.counts for row in standing))
    row, findings = marks_row(pen, visit.pk, evaluator, home, len(standing) + 1)
    row.visit = visit
    pen.grow([row])
    Finding.objects.bulk_create(findings)
    if decision.review:
        _review(row, decision.review, standing if decision.standing_too else ())
    take_down(pen, row, replied)
    return Gave(row, review=decision.review is not None)


def _same(standing: Sequence[MarksRow], home: HomeMarks) -> MarksRow:
    given = home.given.tidy()
    alike = [row for row in standing if sorted(row.given.values) == sorted(given.values)]
    return next((row for row in alike if row.given.presence is given.presence), standing[0])


def _review(row: Marks, reason: ReviewReason, standing: Sequence[MarksRow]) -> None:
    """These marks wait, and those that stood wait with them."""
    earlier = [one.id for one in standing if one.review is None and one.given.presence is not Presence.NOT_AT_HOME]
    Review.objects.bulk_create(Review(id=uuid7(), marks_id=one, reason=reason.value) for one in (row.pk, *earlier))


def look(
    pen: Pen,
    *,
    kind: RoundKind,
    home: Household,
    version: SchemeVersion,
    wanted: AbstractSet[str],
    evaluator: UUID,
    seen: HomeMarks,
    replied: Replied,
    since: date,
    again: bool = False,
) -> Looked:
    """One person's marks in the village's round of this kind, found or opened in the same act.

    `wanted`: the areas that must be marked; `since`: no earlier day; `again`: a new walk even where today's already
    has this home (it says once more that it is mended). Refuses inspections.day_to_come, .day_before_look,
    .area_missing, .poor_without_finding and the sheet's own faults, naming the household.
    """
    document = document_of(version)
    problem = _unfit_day(seen.day or day_of(pen.at), since, day_of(pen.at)) or unfit_look(document, seen.given, wanted)
    if problem:
        Problem(problem.code, {**problem.facts, "household": home.code}).refuse()
    visit = _walk(pen, kind, home, version, again)
    gave = give(pen, visit, evaluator, seen, replied)
    return Looked(gave, visit.round_id, still_poor(document, seen.given.tidy(), wanted))


def _unfit_day(day: date, since: date, today: date) -> Problem | None:
    if day > today:
        return Problem("inspections.day_to_come", {"day": day.isoformat()})
    if day < since:
        return Problem("inspections.day_before_look", {"day": day.isoformat(), "since": since.isoformat()})
    return None


def _walk(pen: Pen, kind: RoundKind, home: Household, version: SchemeVersion, again: bool) -> Visit:
    """The visit of this home in an open walk of this kind, or in one of today; else one is opened or added to."""
    today = day_of(pen.at)
    of_kind = Round.objects.filter(village=home.village_id, kind=kind.value, version=version)
    near = Q(round__state=RoundState.OPEN.value) | Q(round__opened=today)
    rows = Visit.objects.filter(near, household=home.pk, round__in=of_kind).select_related("round")
    mine = rows.order_by("-round__state", "-round__opened", "-round__changed").first()  # an open one before a closed
    seen = Marks.objects.filter(visit=mine, presence=Presence.SEEN.value)
    if mine is not None and not (again and seen.exists()):
        return mine
    free = of_kind.filter(state=RoundState.OPEN.value).exclude(visits__household=home.pk)
    found = free.order_by("-opened", "-changed").first() or open_walk(pen, kind, home.village_id, version)
    return add_home(pen, found, home)


def open_walk(pen: Pen, kind: RoundKind, village_id: UUID, version: SchemeVersion, month: date | None = None) -> Round:
    """A new round of re-visits of today, with no home yet; a spot check has the month of the round it looks at."""
    pen.take_number()
    today = day_of(pen.at)
    opened = Round(id=uuid7(), village_id=village_id, kind=kind.value, version=version, opened=today)
    opened.month, opened.changed = month or month_of(today), pen.number
    opened.save(force_insert=True)
    return opened


def add_home(pen: Pen, opened: Round, home: Household) -> Visit:
    """One more home on a walk, last in its group."""
    last = Visit.objects.filter(round=opened, group=home.group_id).aggregate(last=Max("order"))["last"]
    visit = Visit(id=visit_id(opened.pk, home.pk), round=opened, household=home, group_id=home.group_id)
    visit.order = (last or 0) + 1
    pen.take_number()
    visit.save(force_insert=True)
    return visit


def seat(pen: Pen, opened: Round, panels: Mapping[UUID, Sequence[UUID]]) -> None:
    """Who goes to which group, in this order."""
    pen.take_number()
    Seat.objects.bulk_create(
        Seat(id=uuid7(), round=opened, group_id=group, evaluator_id=person, n=n)
        for group, people in panels.items()
        for n, person in enumerate(people, start=1)
    )


def end_walk(pen: Pen, round_id: UUID, waiting: Collection[UUID]) -> None:
    """Close a walk once none of its homes waits for a look any more (`waiting`: the village's homes that do)."""
    if Visit.objects.filter(round=round_id, household__in=waiting).exists():
        return
    pen.take_number()
    while_open(round_id).update(state=RoundState.CLOSED.value, closed=day_of(pen.at), changed=pen.number)


def end_now(pen: Pen, closing: Round) -> None:
    """Close a walk as it is. Refuses inspections.round_closed, and inspections.reviews_first while marks wait."""
    if Review.objects.filter(marks__visit__round=closing.pk, state="open").exists():
        refuse("inspections.reviews_first")
    pen.take_number()
    closed = {"state": RoundState.CLOSED.value, "closed": day_of(pen.at), "changed": pen.number}
    swap(while_open(closing.pk), "inspections.round_closed", **closed)
