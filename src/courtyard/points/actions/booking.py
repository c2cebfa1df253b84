"""Writing postings: numbered within their entry, all of one action through here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from weakref import WeakKeyDictionary

from courtyard.kernel.days import day_of
from courtyard.points.models import Posting
from courtyard.points.rules.states import Cause
from courtyard.records.journal import Pen

_written: WeakKeyDictionary[Pen, int] = WeakKeyDictionary()


@dataclass(frozen=True)
class Move:
    """A movement to book: accounts, points, why, for which subject, and the day it counts for."""

    debit: int
    credit: int
    points: int
    cause: Cause
    subject: UUID
    day: date
    award: UUID | None = None
    reverses: int | None = None


def book(pen: Pen, moves: Iterable[Move]) -> None:
    """Write these movements as postings of the entry, booked on the entry's day, in the order given."""
    first = _written.get(pen, 0)
    booked = day_of(pen.at)
    postings = [
        Posting(
            command=pen.id,
            n=n,
            debit_id=move.debit,
            credit_id=move.credit,
            points=move.points,
            cause=move.cause.value,
            subject=move.subject,
            award_id=move.award,
            reverses_id=move.reverses,
            day=move.day,
            booked=booked,
        )
        for n, move in enumerate(moves, first)
    ]
    _written[pen] = first + len(postings)
    pen.grow(postings)
