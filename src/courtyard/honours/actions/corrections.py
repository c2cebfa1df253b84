"""Putting a result right after the close: points taken back and granted anew, entries of either list following."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from courtyard.honours.actions.counting import count_again
from courtyard.honours.actions.helping import HelpDue, help_for_dropped, open_due
from courtyard.honours.actions.moving import Turn, advance_all
from courtyard.honours.actions.prizes import prizes_follow
from courtyard.honours.actions.proposing import relist
from courtyard.honours.actions.titles import titles_follow
from courtyard.honours.models import Listing, Objection
from courtyard.honours.queries.closing import dues
from courtyard.honours.queries.entries import OPEN_CODES, Case, cases
from courtyard.honours.rules.standing import grounded
from courtyard.honours.rules.states import ListingKind, ObjectionState, Verb
from courtyard.inspections.actions.correcting import Corrected, correct
from courtyard.inspections.actions.parts import decide
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.queries.results import visit_of
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.points.actions.amending import amend
from courtyard.records.journal import Pen, act


def put_right(pen: Pen, visit: UUID, *, values: Mapping[str, str] | None = None, void: bool = False) -> Corrected:
    """Supersede a visit's result, and what later closed rounds made of it; awards follow, each for its own day.

    A closed month is never changed (D4): what differs is taken back or granted in this act and names its round. What
    the budget does not cover waits. Homes whose rank rises with it follow in the same act.
    """
    row = visit_of(visit)
    corrected = correct(pen, visit, values=values, void=void)
    settle(pen, corrected)
    if corrected.outcome.help_due:
        open_due(pen, row.round.village_id, [HelpDue(row.household_id, row.group_id, row.pk)])
    return corrected


def settle(pen: Pen, corrected: Corrected) -> None:
    """Points, prizes and titles follow a result that was put right, and those of the homes whose rank moved with it."""
    for one in (corrected, *corrected.others):
        _amend(pen, one)
        prizes_follow(pen, one)
        titles_follow(pen, one)
    for one in corrected.others:
        follow(pen, one.visit.pk, one)


def _amend(pen: Pen, corrected: Corrected) -> None:
    """A home's awards of the round and of the later ones, as they now are due."""
    row = corrected.visit
    due = dues(row.round_id, corrected.document, corrected.day, row.household_id, corrected.outcome)
    for one in corrected.later:
        due += dues(one.round, one.document, one.day, row.household_id, one.outcome)
    rounds = [row.round_id, *(one.round for one in corrected.later)]
    amend(pen, row.round.village_id, row.household_id, rounds, due, day_of(pen.at))
    count_again(pen, corrected)


def lapsed(open_ones: Sequence[Case], today: date) -> list[Turn]:
    """What the days alone have decided about these entries and nobody has booked yet."""
    return [Turn(one, one.ending(today)) for one in open_ones if one.state(today).value != one.listing.state]


def void_unanswered(pen: Pen, village_id: UUID) -> list[UUID]:
    """Objections nobody answered in time fall to the household: the visit counts as not rated. Their ids."""
    late = Objection.objects.filter(
        listing__village=village_id, state=ObjectionState.OPEN.value, answer_by__lt=day_of(pen.at)
    )
    found = list(late.order_by("pk").values_list("pk", "listing__visit_id"))
    for _, visit in found:
        put_right(pen, visit, void=True)
    return [objection for objection, _ in found]


def book(pen: Pen, turns: list[Turn], unanswered: list[UUID]) -> None:
    """Book what lapsed; after points' counters, as everywhere (docs/decisions/0006)."""
    advance_all(pen, turns)
    help_for_dropped(pen, pen.chain, [turn.case for turn in turns])
    rows = Objection.objects.filter(pk__in=unanswered, state=ObjectionState.OPEN.value)
    rows.update(state=ObjectionState.UPHELD.value, decided_on=day_of(pen.at))


def decide_late_marks(
    *, visit: UUID, evaluator: UUID, keep: UUID | None, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Decide, after the close, which of one evaluator's marks in a visit counts; the result, points and lists follow.

    By somebody who neither gave nor typed them. Late marks never put anybody on the black list; a result that is no
    longer poor (or good) takes the entry off. Refuses honours.round_still_open and inspections.* of `decide`.
    """
    seen = visit_of(visit)
    refuse_if(may(by, "marks.review", seen.round.village.path))
    given = {"visit": visit, "evaluator": evaluator, "keep": keep}
    with act(
        "honours.decide_late_marks", by=by, at=at, chain=seen.round.village_id, subject=visit, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        if visit_of(visit).round.state != RoundState.CLOSED.value:
            refuse("honours.round_still_open")
        if decide(pen, visit, evaluator, keep):
            corrected = put_right(pen, visit)
            follow(pen, seen.pk, corrected)
        pen.answer = {"visit": visit}


def follow(pen: Pen, visit: UUID, corrected: Corrected) -> None:
    """Open entries of this visit whose ground fell away are taken off, an open objection is settled with them; a home
    that is good now comes to the red list of its round."""
    today = day_of(pen.at)
    turns = []
    for one in cases(Listing.objects.filter(visit=visit, state__in=OPEN_CODES)):
        if one.state(today).value != one.listing.state:
            turns.append(Turn(one, one.ending(today)))
        elif not grounded(ListingKind(one.listing.kind), corrected.document, corrected.outcome):
            turns.append(Turn(one, Verb.CORRECT))
    advance_all(pen, turns)
    ended = [turn.case.listing.pk for turn in turns]
    Objection.objects.filter(listing__in=ended, state=ObjectionState.OPEN.value).update(
        state=ObjectionState.UPHELD.value, decided_on=today, decided_by=pen.by.id
    )
    relist(pen, corrected)
