"""Objections: freezing in the same transaction, deciding, and what an upheld one puts right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from courtyard.honours.actions.corrections import book, lapsed, put_right, void_unanswered
from courtyard.honours.actions.moving import advance, allowed
from courtyard.honours.actions.proposing import relist
from courtyard.honours.models import GradeObjection, Listing, Objection
from courtyard.honours.queries.entries import Case, around, case, open_in
from courtyard.honours.rules.persons import may_decide
from courtyard.honours.rules.standing import grounded
from courtyard.honours.rules.states import ListingKind, ListingState, ObjectionChannel, ObjectionState, Verb
from courtyard.honours.rules.terms import answer_day, second_look_day
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act


def object_to(
    *,
    listing: Listing,
    channel: ObjectionChannel,
    words: str,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Objection:
    """A household objects, by any way and to anyone with a duty, or on its own page: the entry is frozen at once.

    It must be answered within the process's working days; else it falls to the household, by reading. Refuses what the
    step table refuses (an entry that already ended), and one already frozen (honours.objection_under_way).
    """
    refuse_if(allowed(by, "lists.object", listing))
    given = {"listing": listing.pk, "channel": channel.value}
    with act(
        "honours.object", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Objection.objects.get(pk=pen.answer["objection"])
        village_turn(pen)
        raised = freeze(pen, listing.pk, channel, words)
        pen.answer = {"objection": raised.pk, "answer_by": raised.answer_by}
    return raised


def freeze(pen: Pen, listing_id: UUID, channel: ObjectionChannel, words: str = "") -> Objection:
    """An objection to an open entry inside an act that holds the village's turn: frozen at once. Refuses as above, and
    honours.objection_under_way where one already froze it."""
    standing = case(listing_id)
    if standing.objection is not None and standing.state(day_of(pen.at)) is ListingState.OBJECTED:
        under_way(standing.objection).refuse()
    before = advance(pen, listing_id, Verb.OBJECT, words)
    answer = answer_day(before.process, day_of(pen.at), holidays())
    raised = Objection(id=uuid7(), listing=before.listing, channel=channel.value, frozen_from=before.listing.state)
    raised.raised_on, raised.answer_by, raised.provisional = day_of(pen.at), answer.day, answer.provisional
    raised.save(force_insert=True)
    return raised


def under_way(raised: Objection | GradeObjection) -> Problem:
    """What is said to whoever objects once more: since when, by which way, and until when it is answered."""
    day = None if raised.answer_by is None else raised.answer_by.isoformat()
    facts = {"day": raised.raised_on.isoformat(), "channel": ObjectionChannel(raised.channel).label, "answer_by": day}
    return Problem("honours.objection_under_way" if day else "honours.objection_waits", facts)


def decide_objection(
    *,
    objection: Objection,
    upheld: bool,
    reasons: str,
    by: Actor,
    at: datetime,
    values: Mapping[str, str] | None = None,
    command: UUID | None = None,
) -> Objection:
    """Answer an objection with reasons, by somebody who neither rated nor looked nor is kin.

    Upheld: the result is superseded (`values`: what the areas really were; none: the home counts as not rated), points
    are taken back and granted anew, the entry is overturned. Dismissed: the entry goes back to where it was frozen.
    Refuses honours.decider_*, .no_reasons, .still_poor, .lapsed (it fell to the household), .already_decided.
    """
    listing = Listing.objects.select_related("household", "group", "village", "round").get(pk=objection.listing_id)
    refuse_if(allowed(by, "lists.decide", listing))
    given = {"objection": objection.pk, "upheld": upheld, "values": dict(values or {})}
    with act(
        "honours.decide_objection", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Objection.objects.get(pk=objection.pk)
        village_turn(pen)
        now, today = case(listing.pk), day_of(at)
        refuse_if(may_decide(by.id, around(listing)))
        if not reasons.strip():
            refuse("honours.no_reasons")
        if upheld:
            _uphold(pen, now, objection, reasons, values)
        else:
            _dismiss(pen, now, objection, reasons)
        _decided(pen, objection, ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED)
        second = second_look_day(now.process, today, holidays())
        pen.answer = {"objection": objection.pk, "upheld": upheld, "second_look_by": second.day}
    return Objection.objects.get(pk=objection.pk)


def _decided(pen: Pen, objection: Objection, state: ObjectionState) -> None:
    rows = Objection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN.value)
    swap(rows, "honours.already_decided", state=state.value, decided_on=day_of(pen.at), decided_by=pen.by.id)


def _still_open(now: Case, objection: Objection, today: date) -> bool:
    """Whether the entry still is where the objection froze it; it may have ended meanwhile, mended."""
    if not Objection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN.value).exists():
        refuse("honours.already_decided")
    if today > objection.answer_by:
        refuse("honours.lapsed", state=ListingState.OVERTURNED.label)
    return now.state(today) is ListingState.OBJECTED


def _uphold(pen: Pen, now: Case, objection: Objection, reasons: str, values: Mapping[str, str] | None) -> None:
    frozen = _still_open(now, objection, day_of(pen.at))
    corrected = put_right(pen, now.listing.visit_id, values=values, void=not values)
    black = ListingKind.BLACK
    if corrected.document.list_rule(black.value) and grounded(black, corrected.document, corrected.outcome):
        refuse("honours.still_poor")
    if frozen:
        advance(pen, now.listing.pk, Verb.UPHOLD, reasons)
    relist(pen, corrected)


def _dismiss(pen: Pen, now: Case, objection: Objection, reasons: str) -> None:
    """Back to where it was frozen; the days it lay frozen are not counted against anybody."""
    today = day_of(pen.at)
    if not _still_open(now, objection, today):
        return
    row, frozen = now.listing, today - objection.raised_on
    fields: dict[str, date | None] = {"lapses_on": row.lapses_on + frozen if row.lapses_on else None}
    if row.publish_from:
        fields["publish_from"] = max(row.publish_from, today + timedelta(days=1))
    advance(pen, row.pk, Verb.DISMISS, reasons, **fields)


def settle_lapsed(*, village: Place, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Book what the days alone have decided in a village: expired, dropped, unanswered objections. How many entries.

    Reading shows it at once whether booked or not (D12); this only writes it down, and puts lapsed results right.
    """
    refuse_if(may(by, "lists.publish", village.path))
    with act(
        "honours.settle_lapsed", by=by, at=at, chain=village.pk, command=command, given={"village": village.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["settled"])
        village_turn(pen)
        unanswered = void_unanswered(pen, village.pk)
        turns = lapsed(open_in(village.pk), day_of(at))
        book(pen, turns, unanswered)
        pen.answer = {"settled": len(turns)}
    return len(turns)
