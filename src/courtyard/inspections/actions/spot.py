"""Spot checks (抽查): homes drawn blind over the groups, seen by somebody who did not rate them, compared at the close."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.queries import rated_homes
from courtyard.inspections.actions.marks import HomeMarks, more_places
from courtyard.inspections.actions.revisits import Gave, add_home, end_now, give, open_walk, seat
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Agreement, Round, Seat, Visit
from courtyard.inspections.queries.marks import kin_pairs
from courtyard.inspections.queries.revisits import could_go, homes_rated, pairs_of
from courtyard.inspections.queries.rounds import able_evaluators, latest_round
from courtyard.inspections.rules.marks import incomplete
from courtyard.inspections.rules.questions import Replied
from courtyard.inspections.rules.revisits import checkers, compare, spot_sample
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.places.rules import PlaceKind
from courtyard.rating.queries import document_of
from courtyard.records.journal import act


def open_spot(*, village: Place, by: Actor, at: datetime, command: UUID | None = None) -> Round:
    """Draw a spot check of the village's latest closed round: at least one home in twenty of those rated, over the
    groups, each group for somebody who neither rated there nor lives there.

    The seed and how many were drawn of how many stand in the journal, so that anybody can draw them again. Refuses
    inspections.no_closed_round, .spot_stands, .nobody_rated, .no_checker (a group for which nobody is free).
    """
    refuse_if(may(by, "rounds.spot", village.path))
    with act(
        "inspections.open_spot", by=by, at=at, chain=village.pk, command=command, given={"village": village.pk},
        conflict="inspections.spot_stands",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Round.objects.get(pk=pen.answer["round"])
        village_turn(pen)
        checked = latest_round(village.pk)
        if checked is None:
            refuse("inspections.no_closed_round", village=village.name)
        of_month = Round.objects.filter(village=village, kind=RoundKind.SPOT.value, month=checked.month)
        if of_month.exists():
            refuse("inspections.spot_stands", month=f"{checked.month:%Y-%m}")
        rated = homes_rated(checked.pk, rated_homes(village.path))
        seed = random_bytes(16).hex()
        drawn = spot_sample(rated, seed)
        if not drawn:
            refuse("inspections.nobody_rated", month=f"{checked.month:%Y-%m}")
        by_group = {group: [home for home in homes if home in drawn] for group, homes in rated.items()}
        by_group = {group: homes for group, homes in by_group.items() if homes}
        panels = checkers(by_group, could_go(checked.pk, able_evaluators(village, day_of(at))), seed)
        if missing := [group for group in by_group if group not in panels]:
            refuse("inspections.no_checker", group=Place.objects.get(pk=missing[0]).name)
        opened = open_walk(pen, RoundKind.SPOT, village.pk, checked.version, checked.month)
        homes = Household.objects.filter(pk__in=drawn)
        for home in homes.order_by("group__path", "bay", "code"):
            add_home(pen, opened, home)
        seat(pen, opened, panels)
        pen.subject = opened.pk.hex
        pen.answer = {
            "round": opened.pk, "checked": checked.pk, "seed": seed, "drawn": len(drawn),
            "rated": sum(map(len, rated.values())),
        }  # fmt: skip
    return opened


def open_spots(*, place: Place, by: Actor, at: datetime) -> list[tuple[Place, Round | Problem]]:
    """Draw a spot check for every village at or below a place, village by village, each its own transaction.

    A village that cannot have one keeps its Problem beside its name; the others go on.
    """
    found: list[tuple[Place, Round | Problem]] = []
    for village in places([place.path], PlaceKind.VILLAGE.value).order_by("order", "path"):
        try:
            found.append((village, open_spot(village=village, by=by, at=at)))
        except Refused as refused:
            found.append((village, refused.problem))
    return found


def enter_spot(
    *, visit: Visit, evaluator: UUID, seen: HomeMarks, replied: Replied, by: Actor, at: datetime,
    command: UUID | None = None,
) -> Gave:  # fmt: skip
    """One drawn home's marks by whoever has its seat, or typed from paper by whoever keeps spot checks (nobody of the
    village, who would know the homes beforehand), with the three questions.

    Refuses inspections.spot_closed, .no_seat, .kin_steps_aside, .day_to_come, .day_before_look and the sheet's own
    faults, naming the household. Other values than before wait for a decision.
    """
    opened = visit.round
    own = by.id == evaluator and may(by, "marks.own", opened.village.path) is None
    if not own:
        refuse_if(may(by, "rounds.spot", opened.village.path))
    given = {"visit": visit.pk, "evaluator": evaluator, "values": sorted(seen.given.values), "day": seen.day}
    given |= {"presence": seen.given.presence.value, "replied": [replied.came, replied.slip, replied.receipts]}
    given["found"] = sorted([one.area, one.code, one.mended, *more_places(one)] for one in seen.given.found)
    with act(
        "inspections.enter_spot", by=by, at=at, chain=opened.village_id, subject=visit.pk, command=command,
        given=given, conflict="inspections.marks_at_once",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Gave(visit.marks.get(pk=pen.answer["marks"]), pen.answer["same"], pen.answer["review"])
        village_turn(pen)
        if not Round.objects.filter(pk=opened.pk, kind=RoundKind.SPOT.value, state=RoundState.OPEN.value).exists():
            refuse("inspections.spot_closed")
        problem = _unfit(visit, evaluator, seen, day_of(at))
        if problem:
            Problem(problem.code, {**problem.facts, "household": visit.household.code}).refuse()
        gave = give(pen, visit, evaluator, seen, replied)
        pen.answer = {"marks": gave.marks.pk, "same": gave.same, "review": gave.review}
    return gave


def _unfit(visit: Visit, evaluator: UUID, seen: HomeMarks, today: date) -> Problem | None:
    opened, day = visit.round, seen.day or today
    if not Seat.objects.filter(round=opened, group=visit.group_id, evaluator=evaluator).exists():
        return Problem("inspections.no_seat")
    if day > today:
        return Problem("inspections.day_to_come", {"day": day.isoformat()})
    if day < opened.opened:
        return Problem("inspections.day_before_look", {"day": day.isoformat(), "since": opened.opened.isoformat()})
    kin = (evaluator, visit.household_id) in kin_pairs([evaluator])
    return incomplete(document_of(opened.version), seen.given, kin=kin)


def close_spot(*, closing: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Close a spot check and keep, area by area, how far it agrees with the round it looked at; how many homes.

    Results, points and lists stay as they are: a spot check flags (no scheme here says more). Refuses
    inspections.not_a_spot, .spot_unseen, .reviews_first, .round_closed.
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
        end_now(pen, closing)
        pairs = pairs_of(closing)
        if not pairs:
            drawn = Visit.objects.filter(round=closing)
            seen = drawn.filter(marks__isnull=False).distinct().count()
            refuse("inspections.spot_unseen", homes=drawn.count(), seen=seen)
        pen.grow(
            [
                Agreement(id=uuid7(), round=closing, area=one.area, same=one.same, near=one.near, far=one.far)
                for one in compare(document_of(closing.version), pairs)
            ]
        )
        pen.answer = {"round": closing.pk, "homes": len(pairs)}
    return len(pairs)


def end_revisits(*, closing: Round, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """End a walk of second looks or of re-visits before every home on it was seen; those left go on another walk.

    Refuses inspections.not_a_walk, .reviews_first, .round_closed.
    """
    refuse_if(may(by, "rounds.close", closing.village.path))
    if closing.kind not in (RoundKind.RECHECK.value, RoundKind.RECTIFY.value):
        refuse("inspections.not_a_walk")
    with act(
        "inspections.end_revisits", by=by, at=at, chain=closing.village_id, subject=closing.pk, command=command,
        given={"round": closing.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        end_now(pen, closing)
        pen.answer = {"round": closing.pk}
