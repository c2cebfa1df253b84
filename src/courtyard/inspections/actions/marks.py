"""Marks: one evaluator's sheet for many homes taken in as a set, and the decision about those under review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID

from courtyard.households.models import Household
from courtyard.inspections.actions.parts import decide
from courtyard.inspections.actions.turn import months_round, village_turn
from courtyard.inspections.models import Finding, Marks, Review, Round, Visit
from courtyard.inspections.queries.marks import MarksRow, kin_pairs, marks_rows
from courtyard.inspections.queries.results import visit_of
from courtyard.inspections.queries.rounds import while_open
from courtyard.inspections.queries.walks import sheets, walked
from courtyard.inspections.rules import marks as rules
from courtyard.inspections.rules.states import Presence, RoundKind, RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of, instant
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.kernel.weeks import name_of
from courtyard.people.rules import may
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.records.journal import Pen, act
from courtyard.records.rules import canonical


@dataclass(frozen=True)
class HomeMarks:
    """What one evaluator gave at one home: `day` is the day on the paper (else today), `id` the maker's own."""

    household: UUID
    given: rules.Given
    day: date | None = None
    id: UUID | None = None
    device_at: datetime | None = None


@dataclass(frozen=True)
class Entered:
    """How many homes' marks counted, were the same as those that stood, or wait for a decision."""

    accepted: int
    same: int
    review: int


@dataclass(frozen=True)
class _Facts:
    """What the rules need to know of one sheet, read by sets."""

    document: SchemeDocument
    closed: bool
    visits: dict[UUID, tuple[UUID, str]]
    on_sheet: frozenset[UUID]
    kin: frozenset[UUID]
    standing: dict[UUID, list[MarksRow]]
    left: frozenset[UUID]


def enter_marks(
    *,
    opened: Round,
    evaluator: UUID,
    sheet: Sequence[HomeMarks],
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Entered:
    """Take in one evaluator's marks for one or many homes, all or none; `by` is the evaluator or types from paper.

    The same values again are the same marks; other values, and marks after the close, go to review (D3). Refuses
    inspections.round_dropped, .no_seat, .other_village, .not_in_round, .home_twice, .day_to_come, .area_missing and the
    sheet's own faults, each naming the household.
    """
    own = by.id == evaluator and may(by, "marks.own", opened.village.path) is None
    if not own:
        refuse_if(may(by, "marks.enter", opened.village.path))
    months_round(opened)
    with act(
        "inspections.enter_marks", by=by, at=at, chain=opened.village_id, subject=opened.pk, command=command,
        given=_input(opened, evaluator, sheet), conflict="inspections.marks_at_once",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Entered(**pen.answer)
        village_turn(pen)
        closed = while_open(opened.pk).update(state=RoundState.OPEN.value) == 0
        if closed and Round.objects.filter(pk=opened.pk, state=RoundState.DROPPED.value).exists():
            refuse("inspections.round_dropped", month=name_of(opened.month))
        facts = _facts(opened, evaluator, [home.household for home in sheet], closed)
        decided = [(home, _decide(facts, home, opened, day_of(at))) for home in sheet]
        entered = _write(pen, facts, evaluator, decided)
        pen.answer = {"accepted": entered.accepted, "same": entered.same, "review": entered.review}
    return entered


def _input(opened: Round, evaluator: UUID, sheet: Sequence[HomeMarks]) -> dict[str, Any]:
    """What makes a command the same again. Words stay out: a digest without salt would outlive their erasure (D10)."""
    homes = [
        [home.household, home.given.presence.value, sorted(home.given.values), home.day]
        + [sorted([one.area, one.code, one.mended, *more_places(one)] for one in home.given.found)]
        for home in sheet
    ]
    return {"round": opened.pk, "evaluator": evaluator, "homes": homes}


def more_places(found: rules.Found) -> list[int]:
    """The places of a finding where there are several: an older command stays the same command."""
    return [found.places] if found.places != 1 else []


def _facts(opened: Round, evaluator: UUID, homes: Sequence[UUID], closed: bool) -> _Facts:
    if len(set(homes)) != len(homes):
        refuse("inspections.home_twice")
    rows = Visit.objects.filter(round=opened, household__in=homes)
    visits = {row[0]: row[1:] for row in rows.values_list("household_id", "id", "household__code")}
    missing = [home for home in homes if home not in visits]
    if missing:
        refuse_stray(opened, missing[0])
    own = Marks.objects.filter(visit__in=[row[0] for row in visits.values()], evaluator=evaluator)
    mine = sheets([opened.pk], evaluator=evaluator).values()
    kin = frozenset(home for _, home in kin_pairs([evaluator]))
    left = frozenset(rows.exclude(pk__in=walked(rows)).values_list("household_id", flat=True))
    on_sheet = frozenset[UUID]().union(*mine)
    return _Facts(document_of(opened.version), closed, visits, on_sheet, kin, marks_rows(own), left)


def refuse_stray(opened: Round, home: UUID) -> NoReturn:
    """Refuse marks for a home that is not on the sheet: of another village, not in the round, or of nobody's seat."""
    stray = Household.objects.filter(pk=home).first()
    if stray is None or stray.village_id != opened.village_id:
        refuse("inspections.other_village", household=stray.code if stray else home.hex[:8])
    walked_by = Visit.objects.filter(round=opened, household=home)
    refuse("inspections.no_seat" if walked_by.exists() else "inspections.not_in_round", household=stray.code)


def _decide(facts: _Facts, home: HomeMarks, opened: Round, today: date) -> rules.Decision:
    visit, code = facts.visits[home.household]
    problem = (
        (None if home.household not in facts.left else Problem("inspections.not_rateable"))
        or (None if visit in facts.on_sheet else Problem("inspections.no_seat"))
        or rules.unfit_day(home.day or today, opened.month, today)
        or rules.incomplete(facts.document, home.given, kin=home.household in facts.kin)
    )
    if problem:
        raise Refused(Problem(problem.code, {**problem.facts, "household": code}))
    standing = [row.given for row in facts.standing.get(visit, ())]
    return rules.accept(home.given.tidy(), standing, closed=facts.closed)


def _write(pen: Pen, facts: _Facts, evaluator: UUID, decided: Sequence[tuple[HomeMarks, rules.Decision]]) -> Entered:
    """Put in what is new: marks, findings and reviews, a statement a table."""
    marks, findings, reviews = [], [], []
    for home, decision in decided:
        if decision.same:
            continue
        visit = facts.visits[home.household][0]
        standing = facts.standing.get(visit, [])
        row, seen = marks_row(pen, visit, evaluator, home, len(standing) + 1)
        marks.append(row)
        findings += seen
        if decision.review:
            reviews.append(Review(id=uuid7(), marks=row, reason=decision.review.value))
        if decision.review and decision.standing_too:
            reviews += [
                Review(id=uuid7(), marks_id=one.id, reason=decision.review.value)
                for one in standing
                if one.review is None and one.given.presence is not Presence.NOT_AT_HOME
            ]
    pen.grow(marks)
    Finding.objects.bulk_create(findings, batch_size=2000)
    Review.objects.bulk_create(reviews, batch_size=2000)
    same = sum(decision.same for _, decision in decided)
    waiting = sum(decision.review is not None for _, decision in decided)
    return Entered(len(decided) - same - waiting, same, waiting)


def marks_row(pen: Pen, visit: UUID, evaluator: UUID, home: HomeMarks, n: int) -> tuple[Marks, list[Finding]]:
    given, today = home.given.tidy(), day_of(pen.at)
    day = home.day or today
    row = Marks(id=home.id or uuid7(), visit_id=visit, evaluator_id=evaluator, n=n, presence=given.presence.value)
    row.values = canonical(dict(given.values))
    row.mended = canonical(sorted([one.area, one.code] for one in given.found if one.mended))
    row.device_at, row.received_at, row.day, row.by = home.device_at, pen.at, day, pen.by.id
    row.estimated_at = pen.at if day == today else instant(day, 12)
    salted = [(one, random_bytes(16)) for one in given.found]
    row.words_sha256 = rules.sealed(salted)
    return row, [
        Finding(id=uuid7(), marks=row, area=one.area, code=one.code, words=one.words, places=one.places, salt=salt)
        for one, salt in salted
    ]


def decide_review(
    *, visit: UUID, evaluator: UUID, keep: UUID | None, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Decide which of one evaluator's marks in one visit counts (`keep` None: none of those under review), before the close.

    By somebody who neither gave nor typed them. Refuses inspections.review_own, .nothing_to_decide, .marks_unknown,
    and .decide_as_late once the round is closed: then the result follows too (honours.actions.decide_late_marks), or
    .decide_as_look for a second look or re-visit, whose entry follows (honours.actions.decide_look).
    """
    seen = visit_of(visit)
    refuse_if(may(by, "marks.review", seen.round.village.path))
    if seen.round.kind in (RoundKind.RECHECK.value, RoundKind.RECTIFY.value):
        refuse("inspections.decide_as_look")
    given = {"visit": visit, "evaluator": evaluator, "keep": keep}
    with act(
        "inspections.decide_review", by=by, at=at, chain=seen.round.village_id, subject=visit, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        if while_open(seen.round_id).update(state=RoundState.OPEN.value) == 0:
            refuse("inspections.decide_as_late")
        decide(pen, visit, evaluator, keep)
