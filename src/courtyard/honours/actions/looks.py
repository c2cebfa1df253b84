"""Looking again before a notice, and after something was mended; leaving an entry out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from courtyard.honours.actions.moving import advance, allowed
from courtyard.honours.models import Listing, Look, LookMarks
from courtyard.honours.queries.entries import Case, around, case
from courtyard.honours.queries.looks import counting_looks, waiting_homes, wanted_areas
from courtyard.honours.rules.persons import may_look, may_revisit
from courtyard.honours.rules.standing import after_looks
from courtyard.honours.rules.states import ListingState, LookKind, Verb
from courtyard.inspections.actions.marks import HomeMarks, more_places
from courtyard.inspections.actions.revisits import Looked, end_walk, look
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Marks
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.questions import NOTHING_ASKED, Replied
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.records.journal import Pen, act

ROUNDS = {LookKind.SECOND: RoundKind.RECHECK, LookKind.REVISIT: RoundKind.RECTIFY}


@dataclass(frozen=True)
class AfterLook:
    """Where an entry stands after a look. `same`: it was taken down before; `review`: other values than before, neither
    counts until somebody decides; `poor` None: nobody could see (not at home, not let in)."""

    state: ListingState
    same: bool
    review: bool
    poor: bool | None


def _given(listing: Listing, looker: UUID, seen: Given, replied: Replied, day: date | None) -> dict[str, Any]:
    """What makes a command the same again; words stay out (D10)."""
    found = sorted([one.area, one.code, one.mended, *more_places(one)] for one in seen.found)
    said = [seen.presence.value, sorted(seen.values), found, [replied.came, replied.slip, replied.receipts]]
    return {"listing": listing.pk, "looker": looker, "said": said, "day": day}


def _seen(pen: Pen, now: Case, kind: LookKind, looker: UUID, seen: Given, replied: Replied, day: date | None) -> Looked:
    """The marks of this look, in a round of its own."""
    row = now.listing
    return look(
        pen,
        kind=ROUNDS[kind],
        home=row.household,
        version=row.round.version,
        wanted=wanted_areas(row),
        evaluator=looker,
        seen=HomeMarks(row.household_id, seen, day),
        replied=replied,
        since=row.since,
        again=kind is LookKind.REVISIT and row.mended_said_on is not None,
    )


def _done(pen: Pen, listing: Listing, kind: LookKind, looked: Looked) -> AfterLook:
    """The walk ends where nobody on it waits any more; what is answered."""
    end_walk(pen, looked.round, waiting_homes(listing.village_id, kind))
    state = ListingState(Listing.objects.get(pk=listing.pk).state)
    done = AfterLook(state, looked.gave.same, looked.gave.review, looked.poor)
    pen.answer = {"listing": listing.pk, "round": looked.round, **vars(done), "state": state.value}
    return done


def _replayed(pen: Pen) -> AfterLook:
    answer = pen.answer
    return AfterLook(ListingState(answer["state"]), answer["same"], answer["review"], answer["poor"])


def look_again(
    *,
    listing: Listing,
    looker: UUID,
    seen: Given,
    by: Actor,
    at: datetime,
    replied: Replied = NOTHING_ASKED,
    day: date | None = None,
    command: UUID | None = None,
) -> AfterLook:
    """One of two people of another group looked again: two who find an area poor confirm the entry, one who finds none
    ends it. What they saw are marks in the village's recheck round (decision 0008).

    `by` is the looker, or a cadre who takes it down; `day` the day on the paper. The same again changes nothing; other
    values by the same looker wait for a decision and neither counts. Refuses honours.looker_*, .looked_already,
    .not_evaluator and what `look` refuses.
    """
    own = by.id == looker and allowed(by, "lists.look", listing) is None
    if not own:
        refuse_if(allowed(by, "lists.notify", listing))
    with act(
        "honours.look_again", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given=_given(listing, looker, seen, replied, day), conflict="honours.moved_on",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return _replayed(pen)
        village_turn(pen)
        now = case(listing.pk)
        if now.state(day_of(at)) is not ListingState.CANDIDATE:
            advance(pen, listing.pk, Verb.CONFIRM)  # the table says why not
        if looker not in able_evaluators(listing.village, day_of(at)):
            refuse("honours.not_evaluator")
        near = around(listing)
        refuse_if(may_look(looker, replace(near, lookers=frozenset())))
        looked = _seen(pen, now, LookKind.SECOND, looker, seen, replied, day)
        if not looked.gave.same and not looked.gave.review and looked.poor is not None:
            refuse_if(may_look(looker, near))
            link(pen, listing, LookKind.SECOND, looked.gave.marks, looked.poor)
            follow_looks(pen, listing)
        return _done(pen, listing, LookKind.SECOND, looked)


def link(pen: Pen, listing: Listing, kind: LookKind, marks: Marks, poor: bool) -> None:
    row = Look(id=uuid7(), listing=listing, kind=kind.value, looker=marks.evaluator_id, still_poor=poor, day=marks.day)
    pen.grow([row])
    pen.grow([LookMarks(id=uuid7(), look=row, marks=marks)])


def follow_looks(pen: Pen, listing: Listing) -> None:
    """The step the second looks that count ask for, if any."""
    verb = after_looks(counting_looks(listing.pk))
    if verb is not None:
        advance(pen, listing.pk, verb)


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
    *,
    listing: Listing,
    looker: UUID,
    seen: Given,
    by: Actor,
    at: datetime,
    replied: Replied = NOTHING_ASKED,
    day: date | None = None,
    command: UUID | None = None,
) -> AfterLook:
    """What a re-visit saw, as marks in the village's rectify round: no poor area takes the entry off the same day
    (mended before publication: never published); nobody at home, or not let in, leaves it as it is.

    `looker` is who went; `by` the same person or a cadre who takes it down. The same again changes nothing; other
    values by the same person on the same walk wait for a decision, unless the household said once more that it is
    mended. Refuses honours.looker_is_kin, .not_evaluator, .household_cannot_revisit and what `look` refuses.
    """
    own = by.id == looker and allowed(by, "lists.look", listing) is None
    if not own:
        if by.kind == "household":
            refuse("honours.household_cannot_revisit")
        refuse_if(allowed(by, "lists.notify", listing))
    with act(
        "honours.revisit", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given=_given(listing, looker, seen, replied, day), conflict="honours.moved_on",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return _replayed(pen)
        village_turn(pen)
        now = case(listing.pk)
        if Verb.STAY not in now.verbs(day_of(at)):
            advance(pen, listing.pk, Verb.STAY)  # the table says why not
        if looker not in able_evaluators(listing.village, day_of(at)):
            refuse("honours.not_evaluator")
        refuse_if(may_revisit(looker, around(listing)))
        looked = _seen(pen, now, LookKind.REVISIT, looker, seen, replied, day)
        if not looked.gave.same and not looked.gave.review and looked.poor is not None:
            revisited(pen, listing, looked.gave.marks, looked.poor)
        return _done(pen, listing, LookKind.REVISIT, looked)


def revisited(pen: Pen, listing: Listing, marks: Marks, poor: bool) -> None:
    if poor:
        advance(pen, listing.pk, Verb.STAY, mended_said_on=None)
    else:
        advance(pen, listing.pk, Verb.MEND, mended_on=marks.day)
    link(pen, listing, LookKind.REVISIT, marks, poor)
