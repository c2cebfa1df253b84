"""What the register decides about lists: a home nobody lives in, that takes no part or is on the care list comes off."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.honours.actions.corrections import book, lapsed
from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import OPEN_CODES, cases
from courtyard.households.models import Household
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse_if
from courtyard.people.rules import may
from courtyard.records.journal import act


def leave_lists(*, household: Household, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Book at once what a change of the register has ended for this home (docs/decisions/0015); how many entries.

    Reading shows it in the same moment whether booked or not; a page whose deed changes the register calls this after
    it. What nobody booked is booked by the village's next close. Whoever came off by the care list is owed help.
    """
    refuse_if(may(by, "households.keep", household.group.path))
    rows = Listing.objects.filter(household=household.pk, state__in=OPEN_CODES)
    if not lapsed(cases(rows, bare=True), day_of(at)):
        return 0
    with act(
        "honours.leave_lists", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given={"household": household.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["ended"])
        village_turn(pen)
        turns = lapsed(cases(rows, bare=True), day_of(at))
        book(pen, turns, [])
        pen.answer = {"ended": len(turns)}
    return len(turns)
