"""Looking again before a notice, and after something was mended; leaving an entry out."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.honours.actions.moving import advance, allowed
from courtyard.honours.models import Listing, Look
from courtyard.honours.queries.entries import around, case
from courtyard.honours.rules.persons import may_look, may_revisit
from courtyard.honours.rules.states import ListingState, LookKind, Verb
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.records.journal import Pen, act

LOOKS = 2


def look_again(
    *, listing: Listing, looker: UUID, still_poor: bool, by: Actor, at: datetime, command: UUID | None = None
) -> ListingState:
    """One of two people of another group looked again: two who find it still poor confirm the entry, one who does not
    ends it. `by` is the looker, or a cadre who takes it down. Refuses honours.looker_*, .looked_already, .not_evaluator.
    """
    own = by.id == looker and allowed(by, "lists.look", listing) is None
    if not own:
        refuse_if(allowed(by, "lists.notify", listing))
    given = {"listing": listing.pk, "looker": looker, "still_poor": still_poor}
    with act(
        "honours.look_again", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given=given, conflict="honours.moved_on",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return ListingState(pen.answer["state"])
        village_turn(pen)
        now = case(listing.pk)
        verb = Verb.CONFIRM if still_poor else Verb.CLEAR
        if now.state(day_of(at)) is not ListingState.CANDIDATE:
            advance(pen, listing.pk, verb)  # the table says why not
        if looker not in able_evaluators(listing.village, day_of(at)):
            refuse("honours.not_evaluator")
        refuse_if(may_look(looker, around(listing)))
        _looked(pen, listing, LookKind.SECOND, looker, still_poor, day_of(at))
        state = ListingState.CANDIDATE
        if not still_poor:
            advance(pen, listing.pk, verb)
            state = ListingState.DROPPED
        elif Look.objects.filter(listing=listing, kind=LookKind.SECOND.value).count() >= LOOKS:
            advance(pen, listing.pk, verb)
            state = ListingState.CONFIRMED
        pen.answer = {"listing": listing.pk, "state": state.value}
    return state


def _looked(pen: Pen, listing: Listing, kind: LookKind, looker: UUID, still_poor: bool, day: date) -> None:
    pen.grow([Look(id=uuid7(), listing=listing, kind=kind.value, looker=looker, still_poor=still_poor, day=day)])


def drop(*, listing: Listing, reasons: str, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Leave an entry out, with reasons. Refuses honours.no_reasons and what the step table refuses."""
    refuse_if(allowed(by, "lists.notify", listing))
    with act(
        "honours.drop", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given={"listing": listing.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        if not reasons.strip():
            refuse("honours.no_reasons")
        advance(pen, listing.pk, Verb.DROP, reasons)
        pen.answer = {"listing": listing.pk}


def report_mended(*, listing: Listing, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """The household says it is put right (or somebody says it for them): until a re-visit nothing is published.

    Refuses honours.said_already and what the step table refuses.
    """
    refuse_if(allowed(by, "lists.rectify", listing))
    with act(
        "honours.report_mended", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given={"listing": listing.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        if case(listing.pk).listing.mended_said_on is not None:
            refuse("honours.said_already")
        advance(pen, listing.pk, Verb.SAY_MENDED, mended_said_on=day_of(at))
        pen.answer = {"listing": listing.pk}


def revisit(
    *, listing: Listing, looker: UUID, still_poor: bool, by: Actor, at: datetime, command: UUID | None = None
) -> ListingState:
    """What a re-visit saw: not poor takes the entry off the same day (mended before publication: never published).

    `looker` is who went; `by` the same person or a cadre who takes it down. Refuses honours.looker_is_kin.
    """
    own = by.id == looker and allowed(by, "lists.look", listing) is None
    if not own:
        if by.kind == "household":
            refuse("honours.household_cannot_revisit")
        refuse_if(allowed(by, "lists.notify", listing))
    given = {"listing": listing.pk, "looker": looker, "still_poor": still_poor}
    with act(
        "honours.revisit", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return ListingState(pen.answer["state"])
        village_turn(pen)
        refuse_if(may_revisit(looker, around(listing)))
        if still_poor:
            advance(pen, listing.pk, Verb.STAY, mended_said_on=None)
        else:
            advance(pen, listing.pk, Verb.MEND, mended_on=day_of(at))
        _looked(pen, listing, LookKind.REVISIT, looker, still_poor, day_of(at))
        state = ListingState(Listing.objects.get(pk=listing.pk).state)
        pen.answer = {"listing": listing.pk, "state": state.value}
    return state
