"""Who rates a group, set by hand: at least as many as the scheme wants raters, by the evaluation group whose term runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from courtyard.inspections.actions.turn import months_round, village_turn
from courtyard.inspections.models import Marks, Round, Seat, Visit
from courtyard.inspections.queries.groups import seatable
from courtyard.inspections.queries.rounds import live_in, while_open
from courtyard.inspections.rules.membership import SeatWalk, unfit_seating
from courtyard.inspections.rules.panels import unfit_panel
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import act


def set_panel(
    *, opened: Round, group: Place, evaluators: Sequence[UUID], by: Actor, at: datetime, command: UUID | None = None
) -> list[Seat]:
    """Seat these evaluators on a group's panel, in this order; whoever already gave marks there stays.

    Front seats and stand-ins keep theirs, unless they are on the panel now. Refuses inspections.seat_twice,
    .panel_size, .no_duty_there, .term_over, .not_a_member, .own_group, .seat_has_marks, .round_closed,
    .group_not_in_round.
    """
    refuse_if(may(by, "rounds.open", opened.village.path))
    months_round(opened)
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
        people = seatable(opened.village, day_of(at))
        refuse_if(unfit_seating(evaluators, people.members, people.over))
        able = set(people.able)
        neighbours = {person for person, groups in live_in(able).items() if group.pk in groups}
        least = document_of(opened.version).aggregate.raters_least
        refuse_if(unfit_panel(evaluators, able=able, live_here=neighbours, least=least))
        panel = Seat.objects.filter(round=opened, group=group, walk=SeatWalk.WHOLE.value)
        given_up = panel.exclude(evaluator__in=evaluators).values("evaluator")
        if Marks.objects.filter(visit__round=opened, visit__group=group, evaluator__in=given_up).exists():
            refuse("inspections.seat_has_marks")
        standing = Seat.objects.filter(round=opened, group=group)
        standing.filter(Q(walk=SeatWalk.WHOLE.value) | Q(evaluator__in=evaluators)).delete()
        seats = [
            Seat(id=uuid7(), round=opened, group=group, evaluator_id=person, n=n)
            for n, person in enumerate(evaluators, start=1)
        ]
        Seat.objects.bulk_create(seats)
        pen.answer = {"seats": len(seats)}
    return seats
