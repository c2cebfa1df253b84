"""Parts that an action of this room or of the room above runs inside its own transaction: close, decide, correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.queries import on_care_list
from courtyard.inspections.models import Result, Review, Round, Visit
from courtyard.inspections.queries.marks import engine_marks, of_round, of_visits
from courtyard.inspections.queries.results import last_rated, standing
from courtyard.inspections.queries.rounds import REGULAR, while_open
from courtyard.inspections.rules.rounds import day_counted
from courtyard.inspections.rules.states import ReviewReason, ReviewState, RoundKind, RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.points.queries import earned_this_year
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import carried, score, unfit_mark
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome
from courtyard.records.guard import swap
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Rated:
    """A home's outcome in a round; `visit` and `result` are None for a home a light round did not visit."""

    household: UUID
    group: UUID
    visit: UUID | None
    result: UUID | None
    outcome: Outcome


@dataclass(frozen=True)
class Closed:
    """A closed round: the day its points count for, its scheme, the outcome of every home."""

    day: date
    document: SchemeDocument
    homes: tuple[Rated, ...]


@dataclass(frozen=True)
class _Home:
    group: UUID
    lived_in: bool
    taking_part: bool


def close(pen: Pen, closing: Round) -> Closed:
    """Close a round: every home's outcome by the scheme's engine, its result with the whole breakdown grown as a set.

    Facts come from a fixed number of set reads, the engine is pure. Refuses inspections.round_closed, .no_marks,
    .earlier_round_open.
    """
    closed = {"state": RoundState.CLOSED.value, "closed": day_of(pen.at)}
    swap(while_open(closing.pk), "inspections.round_closed", **closed)
    earlier = Round.objects.filter(village=closing.village_id, month__lt=closing.month, kind__in=REGULAR)
    if late := earlier.filter(state=RoundState.OPEN.value).order_by("month").first():
        refuse("inspections.earlier_round_open", month=f"{late.month:%Y-%m}")
    by_visit = of_round(closing.pk)
    if not by_visit:
        refuse("inspections.no_marks", month=f"{closing.month:%Y-%m}")
    document, day = document_of(closing.version), day_counted(closing.month, day_of(pen.at))
    visits = dict(Visit.objects.filter(round=closing).order_by("order").values_list("household_id", "id"))
    homes = _homes(closing, set(visits))
    facts = _facts(closing, document, homes, visits, engine_marks(by_visit), day)
    known: dict[tuple[bool, Facts], Outcome] = {}
    rated, results = [], []
    for home, fact in facts.items():
        visit = visits.get(home)
        engine = score if visit else carried
        key = (visit is not None, fact)
        outcome = known.get(key) or known.setdefault(key, engine(document, fact))
        result = _result(visit, closing, outcome, fact.history, day_of(pen.at)) if visit else None
        results += [result] if result else []
        rated.append(Rated(home, homes[home].group, visit, result.pk if result else None, outcome))
    pen.grow(results)
    return Closed(day, document, tuple(rated))


def number(pen: Pen, closed: Round) -> None:
    """Let a closed round carry the act's number, so that phones pull it."""
    pen.take_number()
    Round.objects.filter(pk=closed.pk).update(changed=pen.number)


def _homes(closing: Round, visited: set[UUID]) -> dict[UUID, _Home]:
    """The homes an outcome is made for: those visited; in a light round also those that carry, in order of id."""
    rows = Household.objects.filter(village=closing.village_id)
    if closing.kind != RoundKind.LIGHT.value:
        rows = rows.filter(visits__round=closing)
    listed = rows.order_by("pk").values_list("pk", "group_id", "living", "participation", "until")
    return {
        pk: _Home(group, living == "lived_in" and until is None, participation == "taking_part")
        for pk, group, living, participation, until in listed
        if pk in visited or until is None
    }


def _facts(
    closing: Round,
    document: SchemeDocument,
    homes: Mapping[UUID, _Home],
    visits: Mapping[UUID, UUID],
    marks: Mapping[UUID, tuple[Mark, ...]],
    day: date,
) -> dict[UUID, Facts]:
    last = last_rated(closing.village_id, closing.month)
    earned = earned_this_year(list(homes), day.year)
    care = on_care_list(homes)
    return {
        home: Facts(
            marks=marks.get(visits[home], ()) if home in visits else (),
            history=_history(document, last.get(home), earned.get(home, 0)),
            care=home in care,
            lived_in=row.lived_in,
            taking_part=row.taking_part,
        )
        for home, row in homes.items()
    }


def _history(document: SchemeDocument, last: tuple[str, int] | None, earned: int) -> History:
    """What the home brings along; points are booked in the scheme's first spendable ledger."""
    (grade, run), ledger = last or (None, 0), booked_ledger(document)
    return History(grade, run, ((ledger, earned),) if ledger and earned else ())


def booked_ledger(document: SchemeDocument) -> str | None:
    """The ledger of a scheme whose awards are booked as points: its first spendable one, if it has one."""
    return next((ledger.code for ledger in document.ledgers if ledger.spendable), None)


def _result(visit: UUID, closing: Round, outcome: Outcome, history: History, day: date) -> Result:
    row = Result(id=uuid7(), visit_id=visit, version_id=closing.version_id, day=day)
    row.grade, row.score_milli = outcome.grade or "", outcome.score_milli
    row.run = 0 if outcome.grade is None else history.run + 1 if history.last == outcome.grade else 1
    row.breakdown = outcome.breakdown_text
    return row


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


@dataclass(frozen=True)
class Corrected:
    """A result put right: what stood before and what stands now; `n` is the correction's number in its visit."""

    visit: Visit
    before: str | None
    outcome: Outcome
    document: SchemeDocument
    day: date
    n: int


def correct(pen: Pen, visit: UUID, *, values: Mapping[str, str] | None = None, void: bool = False) -> Corrected:
    """Score a closed visit again and let the new result supersede the old one; history stays as it was at the close.

    `values` (area → label or declined) stand for every rater's mark there, and what was seen there falls away; `void`:
    no mark counts, so the home is not rated. Neither: the marks that count now. The caller takes the round's awards
    back first, so that the year's cap is read without them. Refuses inspections.no_result.
    """
    row = Visit.objects.select_related("round__version", "round__village", "household").get(pk=visit)
    old = standing(Result.objects.filter(visit=visit)).first()
    if old is None:
        refuse("inspections.no_result")
    document = document_of(row.round.version)
    if values:
        refuse_if(unfit_mark(document, Mark(tuple(values.items()))))
    marks = () if void else engine_marks(of_visits([visit])).get(visit, ())
    marks = tuple(_put_right(mark, values) for mark in marks) if values else marks
    home, day = row.household_id, day_counted(row.round.month, row.round.closed or day_of(pen.at))
    last = last_rated(row.round.village_id, row.round.month).get(home)
    history = _history(document, last, earned_this_year([home], day.year).get(home, 0))
    outcome = score(document, Facts(marks, history, care=bool(on_care_list([home]))))
    result = _result(visit, row.round, outcome, history, day_of(pen.at))
    result.supersedes = old
    pen.grow([result])
    n = Result.objects.filter(visit=visit).count() - 1
    return Corrected(row, old.grade or None, outcome, document, day, n)


def _put_right(mark: Mark, values: Mapping[str, str]) -> Mark:
    given = tuple((area, values.get(area, label)) for area, label in mark.given)
    return replace(mark, given=given, seen=tuple(one for one in mark.seen if one.area not in values))
