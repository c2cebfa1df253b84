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
from courtyard.points.rules.standings import ResetDue
from courtyard.records.journal import Pen, act


def end_days(
    *, village: Place, by: Actor, at: datetime, through: date | None = None, command: UUID | None = None
) -> Fallen | None:
    """Book the ends of a village's days up to `through` (yesterday, where left out); None where nothing falls, and then
    nothing is written.

    Whole or not at all; booked twice it is the same. Refuses points.day_not_over.
    """
    last = through or yesterday(day_of(at))
    resets = _due(village, last)
    if resets is None:
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
    resets = _due(village, through)
    if resets is not None:
        lapse_due(pen, village.pk, resets, through)


def _due(village: Place, through: date) -> list[ResetDue] | None:
    """The resets due in a village up to a day (perhaps none: something lapses); None where nothing leaves."""
    settled = settled_through(village.pk)
    if settled is not None and settled >= through:
        return None
    resets = resets_due(village, settled, through)
    return resets if resets or may_fall(village.pk, resets, settled, through) else None


def settle_home(*, village: Place, household_id: UUID, by: Actor, at: datetime) -> None:
    """The same before an act that touches one home's account, in an entry of its own: only where points of it fell by
    then (two queries where nothing is due). Whoever acts need not be allowed to: the days did it."""
    if not fallen_of(village, household_id, day_of(at)):
        return
    through = yesterday(day_of(at))
    with act("points.lapse", by=by, at=at, chain=village.pk) as pen:
        pen.answer = dict(vars(lapse_due(pen, village.pk, due_resets(village, through), through)))
