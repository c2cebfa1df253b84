"""What the days alone decide of deeds: an objection that nobody answered in time is the household's (DOMAIN §4.2)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.inspections.actions.deed_changes import DECIDES, take_back
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import DeedChange
from courtyard.inspections.queries.deeds import overdue
from courtyard.inspections.rules.deeds import ChangeState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.guard import swap
from courtyard.records.journal import act


def settle_objections(*, village: Place, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Take back every deed of the village whose objection was not answered by its last day, in one act; how many.

    Nothing is written where nothing is due. The page and the answer read the same days, so it is settled by reading
    before this is booked.
    """
    refuse_if(may(by, DECIDES, village.path))
    today = day_of(at)
    if not overdue(today).filter(deed__village=village.pk).exists():
        return 0
    with act(
        "inspections.settle_objections", by=by, at=at, chain=village.pk, subject=village.pk, command=command,
        given={"day": today},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["settled"])
        village_turn(pen)
        rows = list(overdue(today).filter(deed__village=village.pk))
        for row in rows:
            swap(
                DeedChange.objects.filter(pk=row.pk, state=ChangeState.ASKED.value), "inspections.deed_answered",
                state=ChangeState.GRANTED.value, answered_by=by.id, answered=today,
            )  # fmt: skip
            take_back(pen, row.deed)
        pen.answer = {"settled": len(rows)}
    return len(rows)
