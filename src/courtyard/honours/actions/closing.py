"""Closing a village's round: results, points and candidates in one transaction of at most a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courtyard.honours.actions.corrections import book, dues, lapsed, void_unanswered
from courtyard.honours.actions.grade_objections import after_close
from courtyard.honours.actions.helping import help_after_close
from courtyard.honours.actions.moving import Turn, advance_all, begin
from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import Case, open_in
from courtyard.honours.queries.help import owed_in
from courtyard.honours.rules.standing import after_round
from courtyard.honours.rules.states import ListingKind, ListingState, Verb
from courtyard.honours.rules.terms import lapse_day, mend_day, process_of
from courtyard.inspections.actions.closing import Closed, Rated, close, number
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, Refused, refuse_if
from courtyard.people.rules import may
from courtyard.places.queries import holidays
from courtyard.points.actions.parts import AwardDue, award, pay_waiting
from courtyard.records.journal import Pen, act


@dataclass(frozen=True)
class Close:
    """What a close did: homes rated, points granted, paid and waiting (待发), candidates of either list, entries taken off."""

    rated: int
    granted: int
    paid: int
    waiting: int
    red: int
    black: int
    taken_off: int


def close_village(*, closing: Round, by: Actor, at: datetime, command: UUID | None = None) -> Close:
    """Close a village's round: results with their breakdown, awards, postings within the budget (else all wait), and
    candidates; entries whose home is no longer poor come off. Refuses inspections.round_closed and what `close` refuses.
    """
    refuse_if(may(by, "rounds.close", closing.village.path))
    with act(
        "honours.close_village", by=by, at=at, chain=closing.village_id, subject=closing.pk, command=command,
        given={"round": closing.pk}, conflict="inspections.round_closed",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Close(**pen.answer)
        village_turn(pen)
        before = open_in(closing.village_id)
        turns = lapsed(before, day_of(at))
        unanswered = void_unanswered(pen, closing.village_id)
        closed = close(pen, closing, owed_in(closing.village_id))
        due = [one for home in closed.homes for one in _dues(home, closing, closed)]
        granted = award(pen, closing.village_id, due)
        paid = pay_waiting(pen, closing.village_id, day_of(at))
        number(pen, closing)
        book(pen, turns, unanswered)
        ended = {turn.case.listing.pk for turn in turns}
        turns = _follow(pen, [one for one in before if one.listing.pk not in ended], closed)
        taken_off = ended | {turn.case.listing.pk for turn in turns}
        still = {one.listing.household_id for one in before if one.listing.pk not in taken_off}
        new = _candidates(closing, closed, still, day_of(at))
        begin(pen, new)
        after_close(pen, closing, new)
        help_after_close(pen, closing.village_id, closed)
        red = sum(row.kind == ListingKind.RED.value for row in new)
        rated = sum(home.outcome.grade is not None for home in closed.homes)
        done = Close(rated, granted, paid.points, paid.waiting, red, len(new) - red, len(taken_off))
        pen.answer = dict(vars(done))
    return done


def _dues(home: Rated, closing: Round, closed: Closed) -> list[AwardDue]:
    return dues(home.household, closing.pk, home.outcome, closed.document, closed.day)


def _follow(pen: Pen, open_ones: Sequence[Case], closed: Closed) -> list[Turn]:
    """What this round's results do to entries that stand: red gives way to the new round, black ends where not poor."""
    outcomes = {home.household: home.outcome for home in closed.homes}
    turns = []
    for one in open_ones:
        kind = ListingKind(one.listing.kind)
        verb = after_round(kind, closed.document, outcomes.get(one.listing.household_id))
        if verb is not None:
            turns.append(Turn(one, verb, {"mended_on": day_of(pen.at)} if verb is Verb.MEND else {}))
    advance_all(pen, turns)
    return turns


def _candidates(closing: Round, closed: Closed, taken: set[UUID], today: date) -> list[Listing]:
    """One candidate a home at most: never red and black at once, none beside an entry still open (`taken`)."""
    free, found = holidays(), []
    process = {kind: process_of(closed.document, f"{kind.value}_1") for kind in (ListingKind.RED, ListingKind.BLACK)}
    text = {kind: one.text for kind, one in process.items()}
    for home in closed.homes:
        listed = {candidate.listing for candidate in home.outcome.candidates}
        kind = next((kind for kind in ListingKind if kind.value in listed), None)
        rule = closed.document.list_rule(kind.value) if kind else None
        if kind is None or rule is None or home.household in taken or home.visit is None:
            continue
        row = Listing(id=uuid7(), kind=kind.value, household_id=home.household, group_id=home.group)
        row.village_id, row.round_id, row.visit_id = closing.village_id, closing.pk, home.visit
        row.state, row.since, row.process = ListingState.CANDIDATE.value, today, text[kind]
        row.reach = rule.reach
        row.lapses_on = lapse_day(process[kind], today)
        row.mend_by = mend_day(process[kind], today, free).day if kind is ListingKind.BLACK else None
        found.append(row)
    return found


def close_town(
    *,
    closing: Sequence[Round],
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[Round, Close | Problem]]:
    """Close the rounds of many villages one by one, each its own transaction; those closed already are passed over.

    Interrupted and started again it goes on where it was. A village that cannot be closed keeps its Problem; the
    others go on. `progress(done, all)`.
    """
    found: list[tuple[Round, Close | Problem]] = []
    open_ids = set(
        Round.objects.filter(pk__in=[row.pk for row in closing], state=RoundState.OPEN.value).values_list(
            "pk", flat=True
        )
    )
    for n, row in enumerate(closing, start=1):
        if row.pk in open_ids:
            try:
                found.append((row, close_village(closing=row, by=by, at=at)))
            except Refused as refused:
                found.append((row, refused.problem))
        if progress:
            progress(n, len(closing))
    return found
