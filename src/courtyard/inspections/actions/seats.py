"""Who rates which group: seats set by hand or drawn; at least as many as the scheme wants raters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Marks, Round, Seat, Visit
from courtyard.inspections.queries.rounds import able_evaluators, live_in, while_open
from courtyard.inspections.rules.panels import draw, unfit_panel
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act


def draw_seats(
    pen: Pen, opened: Round, village: Place, size: int, today: date, groups: Sequence[UUID] | None = None
) -> int:
    """Draw panels for these groups of a round (all that have none); how many groups got one."""
    pen.take_number()
    able = set(able_evaluators(village, today))
    visited = Visit.objects.filter(round=opened).values_list("group_id", flat=True).distinct()
    seated = set(Seat.objects.filter(round=opened).values_list("group_id", flat=True))
    wanted = sorted(set(groups if groups is not None else visited) - seated, key=lambda group: group.hex)
    panels = draw(wanted, able, live_in(able), size, opened.pk)
    seats = [
        Seat(id=uuid7(), round=opened, group_id=group, evaluator_id=person, n=n)
        for group, panel in panels.items()
        for n, person in enumerate(panel, start=1)
    ]
    Seat.objects.bulk_create(seats, batch_size=2000)
    return len(panels)


def draw_panels(*, opened: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Draw a panel for every group of an open round that has none; how many got one. Refuses .too_few_evaluators."""
    refuse_if(may(by, "rounds.open", opened.village.path))
    with act(
        "inspections.draw_panels", by=by, at=at, chain=opened.village_id, subject=opened.pk, command=command,
        given={"round": opened.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["groups"])
        village_turn(pen)
        pen.take_number()
        swap(while_open(opened.pk), "inspections.round_closed", changed=pen.number)
        size = document_of(opened.version).aggregate.raters_least
        able = able_evaluators(opened.village, day_of(at))
        if len(able) < size:
            refuse("inspections.too_few_evaluators", least=size, found=len(able))
        count = draw_seats(pen, opened, opened.village, size, day_of(at))
        pen.answer = {"groups": count}
    return count


def set_panel(
    *, opened: Round, group: Place, evaluators: Sequence[UUID], by: Actor, at: datetime, command: UUID | None = None
) -> list[Seat]:
    """Seat these evaluators on a group's panel, in this order; whoever already gave marks there stays.

    Refuses inspections.seat_twice, .panel_size, .no_duty_there, .own_group, .seat_has_marks, .round_closed,
    .group_not_in_round.
    """
    refuse_if(may(by, "rounds.open", opened.village.path))
    given = {"round": opened.pk, "group": group.pk, "evaluators": list(evaluators)}
    with act(
        "inspections.set_panel", by=by, at=at, chain=opened.village_id, subject=opened.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return list(Seat.objects.filter(round=opened, group=group).order_by("n"))
        village_turn(pen)
        pen.take_number()
        swap(while_open(opened.pk), "inspections.round_closed", changed=pen.number)
        if not Visit.objects.filter(round=opened, group=group).exists():
            refuse("inspections.group_not_in_round", group=group.name)
        able = set(able_evaluators(opened.village, day_of(at)))
        neighbours = {person for person, groups in live_in(able).items() if group.pk in groups}
        least = document_of(opened.version).aggregate.raters_least
        refuse_if(unfit_panel(evaluators, able=able, live_here=neighbours, least=least))
        marked = Marks.objects.filter(visit__round=opened, visit__group=group).exclude(evaluator__in=evaluators)
        if marked.exists():
            refuse("inspections.seat_has_marks")
        Seat.objects.filter(round=opened, group=group).delete()
        seats = [
            Seat(id=uuid7(), round=opened, group=group, evaluator_id=person, n=n)
            for n, person in enumerate(evaluators, start=1)
        ]
        Seat.objects.bulk_create(seats)
        pen.answer = {"seats": len(seats)}
    return seats
