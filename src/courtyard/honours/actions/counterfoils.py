"""Counterfoils booked, many in one act: notices are proved, objections freeze, help is called, the slips are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from courtyard.honours.actions.grade_objections import object_to_grade
from courtyard.honours.actions.helping import cannot_alone
from courtyard.honours.actions.moving import Turn, advance_all
from courtyard.honours.actions.notices import told
from courtyard.honours.actions.objections import freeze
from courtyard.honours.models import Counterfoil, GradeObjection, Listing, Notice, Slip
from courtyard.honours.queries.entries import Case, case, cases
from courtyard.honours.queries.grade_objections import objected, open_entry_of, visit_to_object
from courtyard.honours.queries.slips import confirmed_days, homes_called, known, slips_with
from courtyard.honours.rules.grade_objections import level_of
from courtyard.honours.rules.persons import Evidence, Home, unfit_evidence
from courtyard.honours.rules.slips import Booking, Outcome, SlipKind, Typed, judge, tidy
from courtyard.honours.rules.states import ListingState, NoticeEvidence, ObjectionChannel, Verb
from courtyard.households.models import Household
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Visit
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.people.rules import areas, may
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.records.journal import Pen, act

SAID = "回执上勾了「不同意」。"
ELSEWHERE = "别的村"
KEPT = ("printed", "day", "confirmed", "most")


@dataclass
class Row:
    """What became of one row of the screen: the outcomes, or the problem for which it did not land."""

    serial: str
    problem: Problem | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    also: list[Problem] = field(default_factory=list)

    @property
    def landed(self) -> bool:
        return self.problem is None


def book_counterfoils(
    *, village: Place, rows: Sequence[Typed], day: date, by: Actor, at: datetime, command: UUID | None = None
) -> list[Row]:
    """Book the counterfoils of a screen, signed on `day`, in one act; what became of each row, in their order.

    收到 proves the notice where the slip is one, 不同意 freezes the open entry at once or waits for an answer,
    一个人弄不动 calls for help. A row that cannot be taken says why and keeps none of the others from landing.
    Refuses honours.counterfoil_to_come, honours.nothing_typed.
    """
    refuse_if(may(by, "lists.notify", village.path))
    if day > day_of(at):
        refuse("honours.counterfoil_to_come", day=day.isoformat())
    if not rows:
        refuse("honours.nothing_typed")
    given = {"village": village.pk, "day": day, "rows": [_given(row) for row in rows]}
    with act(
        "honours.book_counterfoils", by=by, at=at, chain=village.pk, subject=village.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return [_again(row, kept) for row, kept in zip(rows, pen.answer["rows"], strict=True)]
        village_turn(pen)
        found = slips_with(areas(by, "lists.notify"), {tidy(row.serial) for row in rows})
        homes = homes_called(village.pk, [tidy(row.home) for row in rows])
        judged = judge(rows, known(found, village.pk), homes, day)
        done = [
            Row(tidy(row.serial), one if isinstance(one, Problem) else None)
            for row, one in zip(rows, judged, strict=True)
        ]
        bookings = _each_once(judged, done)
        slips = {slip.pk: slip for slip in found.values()}
        _keep(pen, [one for one, _ in bookings], day)
        _tell(pen, [(one, row) for one, row in bookings if one.new.received], slips, day)
        for one, row in bookings:
            if one.new.disagrees:
                _object(pen, one, row, slips[one.slip])
        _help(pen, [(one, row) for one, row in bookings if one.new.alone], slips, day)
        pen.answer = {"rows": [_kept(row) for row in done]}
    return done


def _given(row: Typed) -> list[Any]:
    ticks = row.ticks
    return [row.serial, row.home, None if ticks is None else [ticks.received, ticks.disagrees, ticks.alone]]


def _kept(row: Row) -> list[Any]:
    """A row's answer for the receipt: codes, numbers, days; what was typed is told again by whoever asks again."""
    problems = [row.problem] if row.problem else row.also
    told_ = [[one.code, {key: value for key, value in one.facts.items() if key in KEPT}] for one in problems]
    return [row.landed, [one.value for one in row.outcomes], told_]


def _again(typed: Typed, kept: Sequence[Any]) -> Row:
    landed, outcomes, problems = kept
    said = {"serial": typed.serial, "home": typed.home, "village": ELSEWHERE}
    found = [Problem(code, said | facts) for code, facts in problems]
    also = found if landed else []
    return Row(tidy(typed.serial), None if landed else found[0], [Outcome(one) for one in outcomes], also)


def _each_once(judged: Sequence[Booking | Problem], done: Sequence[Row]) -> list[tuple[Booking, Row]]:
    """The bookings that write something, each slip once, with their answers; what says nothing new is told so."""
    found, slips = [], set()
    for one, row in zip(judged, done, strict=True):
        if isinstance(one, Problem):
            continue
        row.outcomes.append(Outcome.LESS if one.less else Outcome.KEPT)
        if one.seen_before and not one.new.any or one.slip in slips:
            row.outcomes[:] = [Outcome.LESS if one.less else Outcome.SAME]
            continue
        slips.add(one.slip)
        found.append((one, row))
    return found


def _keep(pen: Pen, bookings: Sequence[Booking], day: date) -> None:
    last: dict[UUID, int] = {}
    for slip in Counterfoil.objects.filter(slip__in=[one.slip for one in bookings]).values_list("slip", flat=True):
        last[slip] = last.get(slip, 0) + 1
    rows = [
        Counterfoil(
            id=uuid7(), slip_id=one.slip, n=last.get(one.slip, 0) + 1, household_id=one.household, day=day,
            received=one.ticks.received, disagrees=one.ticks.disagrees, alone=one.ticks.alone,
        )
        for one in bookings
    ]  # fmt: skip
    pen.grow(rows)


def _tell(pen: Pen, bookings: Sequence[tuple[Booking, Row]], slips: Mapping[UUID, Slip], day: date) -> None:
    """Notices that are proved by these counterfoils, as one set; an entry that waits for none only keeps its paper."""
    wanted = {slips[one.slip].listing_id: (slips[one.slip].serial, row) for one, row in bookings if
              slips[one.slip].kind == SlipKind.NOTICE.value}  # fmt: skip
    if not wanted:
        return
    found = cases(Listing.objects.filter(pk__in=list(wanted)))
    ready, today = confirmed_days(one.listing for one in found), day_of(pen.at)
    telling: list[tuple[Case, Evidence]] = []
    for one in found:
        serial, row = wanted[one.listing.pk]
        evidence = Evidence(NoticeEvidence.COUNTERFOIL, day, serial)
        problem = None
        if one.state(today) is ListingState.CONFIRMED:
            facts = Home(by_household=False, lived_in=True, has_phone=False)
            problem = unfit_evidence(evidence, facts, confirmed=ready[one.listing.pk], today=today)
            if problem is None:
                telling.append((one, evidence))
                row.outcomes.append(Outcome.TOLD)
                continue
        row.outcomes.append(Outcome.NOT_TOLD)
        row.also += [problem] if problem else []
    free = holidays()
    advance_all(pen, [Turn(one, Verb.NOTIFY, told(one, evidence, free)) for one, evidence in telling])
    notices = [
        Notice(id=uuid7(), listing=one.listing, evidence=e.kind.value, serial=e.serial, day=e.day, first_day=e.day)
        for one, e in telling
    ]
    pen.grow(notices)


def _object(pen: Pen, one: Booking, row: Row, slip: Slip) -> None:
    """不同意: the home's open entry is frozen in this act; without one its visit gets an objection to be answered."""
    entry = open_entry_of(one.household)
    now = case(entry.pk) if entry else None
    if now is not None and Verb.OBJECT in now.verbs(day_of(pen.at)):
        freeze(pen, now.listing.pk, ObjectionChannel.PAPER, SAID)
        row.outcomes.append(Outcome.FROZEN)
        return
    visit = _visit_of(slip, one.household)
    if visit.round.kind not in REGULAR:
        visit = visit_to_object(one.household) or visit  # a re-visit graded nothing of its own
    if (now is not None and now.state(day_of(pen.at)) is ListingState.OBJECTED) or objected([visit.pk]):
        row.outcomes.append(Outcome.FROZEN_BEFORE)
        return
    level = level_of(GradeObjection.objects.filter(visit=visit).count())
    if isinstance(level, Problem):
        row.also.append(level)
        return
    object_to_grade(pen, visit, channel=ObjectionChannel.PAPER, words=SAID)
    row.outcomes.append(Outcome.QUESTIONED)


def _help(pen: Pen, bookings: Sequence[tuple[Booking, Row]], slips: Mapping[UUID, Slip], day: date) -> None:
    """一个人弄不动: help is owed from that day; a third time in a year is answered in words and keeps nothing else back."""
    homes = Household.objects.in_bulk([one.household for one, _ in bookings]) if bookings else {}
    for one, row in bookings:
        slip = slips[one.slip]
        visit = _visit_of(slip, one.household).pk
        try:
            asked = cannot_alone(pen, homes[one.household], slip.listing_id, day, visit=visit)
        except Refused as refused:  # it looked before it wrote: the counterfoil stays, and says why
            row.also.append(refused.problem)
            continue
        row.outcomes.append(Outcome.HELP if asked.new else Outcome.HELP_BEFORE)
        row.outcomes += [Outcome.TAKEN_OFF] if asked.taken_off else []


def _visit_of(slip: Slip, household: UUID) -> Visit:
    """The visit a slip is about; a blank one's is that of its home in its round."""
    rows = Visit.objects.select_related("round__version", "household")
    return rows.get(round=slip.round_id, household=household)
