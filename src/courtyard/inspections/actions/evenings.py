"""The ends of a village's days: what lapses and what resets take, by the schemes that were in force (decision 0023)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from courtyard.inspections.queries.evenings import begun, due_resets, fallen_of, resets_due, yesterday
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, Refused
from courtyard.places.models import Place
from courtyard.points.actions import lapse
from courtyard.points.actions.lapsing import Fallen, lapse_due
from courtyard.points.queries.lots import may_fall, settled_through
from courtyard.records.journal import Pen


def end_days(
    *, village: Place, by: Actor, at: datetime, through: date | None = None, command: UUID | None = None
) -> Fallen | None:
    """Book the ends of a village's days up to `through` (yesterday, where left out); None where nothing falls, and then
    nothing is written.

    Whole or not at all; booked twice it is the same. Refuses points.day_not_over.
    """
    last = through or yesterday(day_of(at))
    settled = settled_through(village.pk)
    resets = resets_due(village, settled, last)
    if settled is not None and settled >= last:
        return None
    if not resets and not may_fall(village.pk, resets, settled, last):
        return None
    return lapse(village=village, day=last, resets=resets, by=by, at=at, command=command)


def end_days_of(
    *,
    villages: Iterable[Place],
    by: Actor,
    at: datetime,
    through: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[Place, Fallen | Problem]]:
    """The same for many villages, each its own transaction: those where something fell, or why a village could not.

    Interrupted and started again it goes on where it was. `progress(done, all)`.
    """
    rows, found = begun(villages), []
    for n, village in enumerate(rows, start=1):
        try:
            fallen: Fallen | Problem | None = end_days(village=village, by=by, at=at, through=through)
        except Refused as refused:
            fallen = refused.problem
        if fallen is not None:
            found.append((village, fallen))
        if progress:
            progress(n, len(rows))
    return found


def settle(pen: Pen, village: Place) -> None:
    """Book what the days before this act took in its village, before the act reads or touches an account there."""
    through = yesterday(day_of(pen.at))
    lapse_due(pen, village.pk, due_resets(village, through), through)


def settle_home(pen: Pen, village: Place, household_id: UUID) -> None:
    """The same where only one home's account is touched: only if its points fell by then (two queries where nothing is
    due)."""
    if fallen_of(village, household_id, day_of(pen.at)):
        settle(pen, village)
