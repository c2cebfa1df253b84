"""Spot checks and what they change: which homes they must see, and results, points, lists, titles and prizes following."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.honours.actions.corrections import follow, settle
from courtyard.honours.actions.titles import titles_after_check
from courtyard.honours.queries.checking import changed_by, late_to_check, seen_homes
from courtyard.honours.queries.titles import due_in
from courtyard.inspections.actions import spot
from courtyard.inspections.actions.correcting import check_result
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.places.rules import PlaceKind
from courtyard.records.journal import act


def open_check(*, village: Place, by: Actor, at: datetime, command: UUID | None = None) -> Round:
    """Draw a spot check of the village's latest closed round, with the homes whose title is due to be checked again and
    those that would win a prize that waits for a check. Refuses what `inspections.actions.spot.open_spot` refuses."""
    return spot.open_spot(
        village=village,
        by=by,
        at=at,
        command=command,
        due=due_in(village.pk, day_of(at)),
        waiting=late_to_check(village),
    )


def open_checks(*, place: Place, by: Actor, at: datetime) -> list[tuple[Place, Round | Problem]]:
    """Draw a spot check for every village at or below a place, village by village, each its own transaction.

    A village that cannot have one keeps its Problem beside its name; the others go on.
    """
    found: list[tuple[Place, Round | Problem]] = []
    for village in places([place.path], PlaceKind.VILLAGE.value).order_by("order", "path"):
        try:
            found.append((village, open_check(village=village, by=by, at=at)))
        except Refused as refused:
            found.append((village, refused.problem))
    return found


def close_spot(*, closing: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Close a spot check: how far it agrees is kept, and where the scheme says so the round's results follow it, with
    points, lists, titles and prizes, in the same act; how many looks were compared.

    A home that fewer than two people saw keeps its result: the check then only flags. Titles it fell short of are lost
    the same day. Refuses inspections.not_a_spot, .spot_unseen, .reviews_first, .round_closed.
    """
    refuse_if(may(by, "rounds.spot", closing.village.path))
    if closing.kind != RoundKind.SPOT.value:
        refuse("inspections.not_a_spot")
    with act(
        "inspections.close_spot", by=by, at=at, chain=closing.village_id, subject=closing.pk, command=command,
        given={"round": closing.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["homes"])
        village_turn(pen)
        looks = spot.end_spot(pen, closing)
        seen, changed = seen_homes(closing), 0
        for visit, marks in changed_by(closing, seen).items():
            corrected = check_result(pen, visit, marks)
            if corrected is not None:
                settle(pen, corrected)
                follow(pen, visit, corrected)
                changed += 1
        lost = titles_after_check(pen, closing, {home: one.score_milli for home, one in seen.items()})
        pen.answer = {"round": closing.pk, "homes": looks} | ({"changed": changed, "titles": lost} if seen else {})
    return looks
