"""How long a correction stands: as many days as the error could be read (DOMAIN §4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from courtyard.honours.rules.states import ListingState


def days_stood(moves: Iterable[tuple[date, str, str]], until: date) -> int:
    """On how many days an entry could be read on the board: `moves` are its steps (day, from, to) in order.

    The days of publication and of covering count whole; a day of two publications counts once; still published, the
    error stood until `until`.
    """
    days: set[date] = set()
    since: date | None = None
    for day, source, target in moves:
        if target == ListingState.PUBLISHED.value and source != target:
            since = day
        elif source == ListingState.PUBLISHED.value and target != source and since is not None:
            days |= _each(since, day)
            since = None
    return len(days | (_each(since, until) if since is not None else set()))


def _each(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def last_day(since: date, days: int) -> date:
    """The last day of a correction that stands as many days as the error did, at least one."""
    return since + timedelta(days=max(days, 1) - 1)
