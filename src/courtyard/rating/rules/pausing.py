"""When a scheme pauses: a time whose days lie mostly in `coverage.pauses` has no round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from courtyard.rating.rules.documents import Pause, SchemeDocument
from courtyard.rating.rules.periods import within_days


def pause_of(document: SchemeDocument, first: date, last: date) -> Pause | None:
    """The pause that leaves no round from `first` to `last` (both in it): more than half of the days lie in pauses.

    Where several share them, the one with the most; the document's order decides between equals.
    """
    pauses = document.coverage.pauses
    days = list(_days(first, last)) if pauses else []
    paused = [day for day in days if _in_a_pause(document, day)]
    if 2 * len(paused) <= len(days):
        return None
    return max(pauses, key=lambda one: sum(within_days(day, one.since, one.until) for day in paused))


def days_open(document: SchemeDocument, first: date, last: date) -> tuple[date, date]:
    """The first and last day of a time that lie in no pause; the time itself where all of them do."""
    found = [day for day in _days(first, last) if not _in_a_pause(document, day)]
    return (found[0], found[-1]) if found else (first, last)


def _in_a_pause(document: SchemeDocument, day: date) -> bool:
    return any(within_days(day, one.since, one.until) for one in document.coverage.pauses)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
