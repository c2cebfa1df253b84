"""A round that was opened and never walked, called off: it ends without a result for anybody, and the next may be opened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.inspections.actions.turn import months_round, village_turn
from courtyard.inspections.models import Marks, Round
from courtyard.inspections.queries.rounds import while_open
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.weeks import name_of
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import act


def call_off(*, opened: Round, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """End a month's round that nobody's marks came in for: no result, no points, no list follows; it counts for no home and
    no board, and takes no marks any more.

    Refuses inspections.not_the_months_round, .round_closed, and .marked_already where a single home has been marked: then
    the round is closed as any other.
    """
    refuse_if(may(by, "rounds.close", opened.village.path))
    months_round(opened)
    with act(
        "inspections.call_off", by=by, at=at, chain=opened.village_id, subject=opened.pk, command=command,
        given={"round": opened.pk}, conflict="inspections.round_closed",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        pen.take_number()
        ended = {"state": RoundState.DROPPED.value, "closed": day_of(at), "changed": pen.number}
        swap(while_open(opened.pk), "inspections.round_closed", **ended)
        if Marks.objects.filter(visit__round=opened).exists():
            refuse("inspections.marked_already", month=name_of(opened.month))
