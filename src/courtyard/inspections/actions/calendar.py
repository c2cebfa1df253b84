"""Opening what the calendar proposes: one confirmation, a village or all of a town's, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from courtyard.inspections.actions.rounds import open_round
from courtyard.inspections.models import Round
from courtyard.inspections.queries.calendar import following, this_period
from courtyard.inspections.rules.calendar import unfit_next
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, Refused
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.places.rules import PlaceKind


def open_next(
    *,
    place: Place,
    by: Actor,
    at: datetime,
    month: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[Place, Round | Problem]]:
    """Open the next round of every village at or below a place, village by village, each its own transaction.

    Each village's own month, pauses passed over; with `month` only those whose next round is that month's, so that what
    was confirmed is what is opened. Pressed again it goes on where it was: an opened round is no longer the next one. A
    village that cannot have it keeps its Problem (inspections.next_waits, .no_scheme, and what `open_round` refuses).
    """
    villages = list(places([place.path], PlaceKind.VILLAGE.value).order_by("order", "path"))
    today = day_of(at)
    proposed = following(villages, today)
    wanted = [one for one in villages if month is None or (one.pk in proposed and proposed[one.pk].month == month)]
    found: list[tuple[Place, Round | Problem]] = []
    for n, village in enumerate(wanted, start=1):
        one = proposed.get(village.pk)
        problem = unfit_next(one, today) if one else None
        month_of_it = one.month if one else this_period(village, today)
        found.append((village, problem or _open(village, month_of_it, by, at)))
        if progress:
            progress(n, len(wanted))
    return found


def _open(village: Place, month: date, by: Actor, at: datetime) -> Round | Problem:
    try:
        return open_round(village=village, month=month, by=by, at=at)
    except Refused as refused:
        return refused.problem
