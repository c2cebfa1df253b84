"""Spot checks (抽查): homes drawn blind over the groups, seen by somebody who did not rate them, compared at the close."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from courtyard.households.queries import rated_homes
from courtyard.inspections.actions.marks import HomeMarks, more_places
from courtyard.inspections.actions.revisits import Gave, add_home, end_now, give, open_walk, seat
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Agreement, Round, Seat, Visit
from courtyard.inspections.queries.checks import waiting_for_check
from courtyard.inspections.queries.marks import kin_pairs
from courtyard.inspections.queries.revisits import could_go, homes_rated, pairs_of
from courtyard.inspections.queries.rounds import able_evaluators, latest_round
from courtyard.inspections.rules.marks import incomplete
from courtyard.inspections.rules.questions import Replied
from courtyard.inspections.rules.revisits import checkers, compare, spot_sample
from courtyard.inspections.rules.rounds import month_of
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.kernel.weeks import name_of
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import TWO, matters
from courtyard.records.journal import Pen, act


def open_spot(
    *, village: Place, by: Actor, at: datetime, command: UUID | None = None, due: Collection[UUID] = (),
    waiting: Collection[UUID] = (),
) -> Round:  # fmt: skip
    """Draw a spot check of the village's latest closed round: at least one home in twenty of those rated, over the
    groups, each group for somebody who neither rated there nor lives there; for two of them where the scheme lets a check
    change a result. Homes for which a clause waits for a check (`waiting`: for a prize by rank), and `due` ones (a title to be checked
    again), come with it.

    The seed and how many were drawn of how many stand in the journal, so that anybody can draw them again. Between the
    rounds of a scheme with longer periods only the due homes are seen. Refuses inspections.no_closed_round, .spot_stands,
    .nobody_rated, .no_checker (a group for which nobody is free), .no_two_checkers.
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
        month = _month(checked, day_of(at), due=bool(due))
        rated = homes_rated(checked.pk, rated_homes(village.path))
        seed = random_bytes(16).hex()
        drawn = spot_sample(rated, seed) if month == checked.month else frozenset()
        if month == checked.month and not drawn:
            refuse("inspections.nobody_rated", month=name_of(checked.month))
        wanted = drawn | set(due)
        if month == checked.month:
            wanted |= waiting_for_check(checked) | set(waiting)
        rows = rated_homes(village.path).filter(pk__in=wanted)
        by_group: dict[UUID, list[UUID]] = {}
        for pk, group in rows.order_by("pk").values_list("pk", "group_id"):
            by_group.setdefault(group, []).append(pk)
        panels = _panels(checked, village, by_group, seed, day_of(at))
        opened = open_walk(pen, RoundKind.SPOT, village.pk, checked.version, month)
        for home in rows.order_by("group__path", "bay", "code"):
            add_home(pen, opened, home)
        seat(pen, opened, panels)
        pen.subject = opened.pk.hex
        pen.answer = {
            "round": opened.pk, "checked": checked.pk, "seed": seed, "drawn": len(drawn),
            "rated": sum(map(len, rated.values())), "homes": sum(map(len, by_group.values())),
        }  # fmt: skip
    return opened


def _month(checked: Round, today: date, *, due: bool) -> date:
    """The month of the check: the round's, once; after it, in a later month that has no round of its own, only for homes
    that are due."""
    spots = Round.objects.filter(village=checked.village_id, kind=RoundKind.SPOT.value)
    if not spots.filter(month=checked.month).exists():
        return checked.month
    between = month_of(today)
    long_periods = document_of(checked.version).scope.period in ("quarter", "year")
    if not (due and long_periods and between > checked.month) or spots.filter(month=between).exists():
        refuse("inspections.spot_stands", month=name_of(checked.month))
    return between


def _panels(
    checked: Round, village: Place, by_group: Mapping[UUID, Sequence[UUID]], seed: str, day: date
) -> dict[UUID, tuple[UUID, ...]]:
    """Who goes to which group: one person, or two where the check may change a result (nobody is put lower by one)."""
    size = TWO if matters(document_of(checked.version)) else 1
    panels = checkers(by_group, could_go(checked.pk, able_evaluators(village, day)), seed, size)
    for group in by_group:
        if len(panels.get(group, ())) < size:
            code = "inspections.no_two_checkers" if panels.get(group) else "inspections.no_checker"
            refuse(code, group=Place.objects.get(pk=group).name)
    return panels


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


def end_spot(pen: Pen, closing: Round) -> int:
    """Close a spot check and keep, area by area, how far it agrees with the round it looked at; how many looks.

    Refuses inspections.spot_unseen, .reviews_first, .round_closed.
    """
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
