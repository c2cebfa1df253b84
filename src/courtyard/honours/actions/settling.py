"""What the days alone decided of the lists, written down village by village: the night's part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from courtyard.honours.actions.objections import settle_lapsed
from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import Problem, Refused
from courtyard.places.models import Place


def settle_lapsed_of(
    *, villages: Iterable[Place], by: Actor, at: datetime, progress: Callable[[int, int], None] | None = None
) -> list[tuple[Place, int | Problem]]:
    """Settle the lapsed entries of these villages, each its own transaction: how many, or why a village could not.

    Interrupted and started again it goes on where it was: what is settled is due no more. `progress(done, all)`.
    """
    rows = list(villages)
    found: list[tuple[Place, int | Problem]] = []
    for n, village in enumerate(rows, start=1):
        try:
            found.append((village, settle_lapsed(village=village, by=by, at=at)))
        except Refused as refused:
            found.append((village, refused.problem))
        if progress:
            progress(n, len(rows))
    return found
