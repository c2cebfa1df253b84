"""Walks of second looks and of re-visits: planned for a village so that sheets can be printed, and marks of them decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from courtyard.honours.actions.looks import ROUNDS, follow_looks, link, revisited
from courtyard.honours.models import Listing, Look
from courtyard.honours.queries.entries import OPEN_CODES, case
from courtyard.honours.queries.looks import ToSee, to_see, waiting_homes, wanted_areas
from courtyard.honours.rules.states import ListingKind, ListingState, LookKind, Verb
from courtyard.inspections.actions.parts import decide
from courtyard.inspections.actions.revisits import add_home, end_walk, open_walk, seat
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Marks, Round
from courtyard.inspections.queries.marks import of_visits
from courtyard.inspections.queries.results import visit_of
from courtyard.inspections.queries.revisits import could_go
from courtyard.inspections.queries.rounds import able_evaluators, while_open
from courtyard.inspections.rules.revisits import Checker, checkers, still_poor
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.records.journal import Pen, act

# How many people go to a home: two look again, one sees whether it is mended.
PEOPLE = {LookKind.SECOND: 2, LookKind.REVISIT: 1}


def plan_revisits(
    *, village: Place, kind: LookKind, by: Actor, at: datetime, command: UUID | None = None
) -> list[Round]:
    """Put every home that waits for a look of this kind on a walk of today, with people of another group to go, so that
    sheets can be printed; a walk of the kind that is still open ends, what was left on it comes along.

    One walk, or one a scheme version where the entries began under several. Refuses honours.nobody_waits.
    """
    refuse_if(may(by, "lists.notify", village.path))
    with act(
        "honours.plan_revisits", by=by, at=at, chain=village.pk, command=command,
        given={"village": village.pk, "kind": kind.value},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return list(Round.objects.filter(pk__in=pen.answer["rounds"]))
        village_turn(pen)
        waiting = [one for one in to_see([village.path], day_of(at)) if one.kind is kind]
        if not waiting:
            refuse("honours.nobody_waits")
        pen.take_number()
        still = Round.objects.filter(village=village, kind=ROUNDS[kind].value, state=RoundState.OPEN.value)
        for left in still:
            while_open(left.pk).update(state=RoundState.CLOSED.value, closed=day_of(at), changed=pen.number)
        by_version: dict[UUID, list[ToSee]] = {}
        for one in waiting:
            by_version.setdefault(one.case.listing.round.version_id, []).append(one)
        able = able_evaluators(village, day_of(at))
        opened = [_plan(pen, kind, village, homes, able) for homes in by_version.values()]
        pen.answer = {"rounds": [row.pk for row in opened], "homes": len(waiting)}
    return opened


def _plan(pen: Pen, kind: LookKind, village: Place, homes: Sequence[ToSee], able: dict[UUID, str]) -> Round:
    opened = open_walk(pen, ROUNDS[kind], village.pk, homes[0].case.listing.round.version)
    by_group: dict[UUID, list[UUID]] = {}
    for one in homes:
        add_home(pen, opened, one.case.listing.household)
        by_group.setdefault(one.case.listing.group_id, []).append(one.case.listing.household_id)
    people: dict[UUID, Checker] = {}
    for of_round in {one.case.listing.round_id for one in homes}:
        for found in could_go(of_round, able):
            before = people.get(found.id, found)
            people[found.id] = Checker(found.id, before.barred | found.barred, found.kin)
    ordered = [people[key] for key in sorted(people, key=lambda key: key.hex)]
    seat(pen, opened, checkers(by_group, ordered, random_bytes(16).hex(), PEOPLE[kind]))
    return opened


def decide_look(
    *, visit: UUID, evaluator: UUID, keep: UUID | None, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Decide which of one evaluator's marks of a second look or re-visit counts; the entry takes the step they ask for.

    By somebody who neither gave nor typed them. An entry that ended meanwhile stays ended. Refuses honours.not_a_look
    and inspections.* of `decide`.
    """
    seen = visit_of(visit)
    refuse_if(may(by, "marks.review", seen.round.village.path))
    kinds = {round_kind.value: kind for kind, round_kind in ROUNDS.items()}
    kind = kinds.get(seen.round.kind) or refuse("honours.not_a_look")
    with act(
        "honours.decide_look", by=by, at=at, chain=seen.round.village_id, subject=visit, command=command,
        given={"visit": visit, "evaluator": evaluator, "keep": keep},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        decide(pen, visit, evaluator, keep)
        open_ones = Listing.objects.filter(
            household=seen.household_id, kind=ListingKind.BLACK.value, state__in=OPEN_CODES
        )
        listing = open_ones.first()
        if listing is not None:
            _settle(pen, listing, kind, keep)
        end_walk(pen, seen.round_id, waiting_homes(seen.round.village_id, kind))
        pen.answer = {"visit": visit}


def _settle(pen: Pen, listing: Listing, kind: LookKind, keep: UUID | None) -> None:
    """What the marks that count now ask of the entry. A look that was taken as a step before is not taken twice."""
    state = case(listing.pk).state(day_of(pen.at))
    rows = Marks.objects.select_related("visit__round__version")
    kept = rows.get(pk=keep) if keep else None
    fresh = kept is not None and not Look.objects.filter(link__marks=kept).exists()
    poor = _poor(kept, listing) if kept is not None and fresh else None
    if kind is LookKind.SECOND and state is ListingState.CANDIDATE:
        if kept is not None and poor is not None:
            link(pen, listing, kind, kept, poor)
        follow_looks(pen, listing)
    goes_on = Verb.STAY in case(listing.pk).verbs(day_of(pen.at))
    if kind is LookKind.REVISIT and goes_on and kept is not None and poor is not None:
        revisited(pen, listing, kept, poor)


def _poor(marks: Marks, listing: Listing) -> bool | None:
    row = next(one for one in of_visits([marks.visit_id])[marks.visit_id] if one.id == marks.pk)
    return still_poor(document_of(marks.visit.round.version), row.given, wanted_areas(listing))
