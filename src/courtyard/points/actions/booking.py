"""Writing postings: numbered within their entry, all of one action through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from courtyard.kernel.days import day_of
from courtyard.points.models import Posting
from courtyard.points.rules.states import Cause
from courtyard.records.journal import Pen
from courtyard.records.sets import MANY, next_keys

_written: WeakKeyDictionary[Pen, int] = WeakKeyDictionary()


class Move(NamedTuple):
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
    first, booked, rows = _written.get(pen, 0), day_of(pen.at), list(moves)
    _written[pen] = first + len(rows)
    if len(rows) >= MANY:
        _book_many(pen, first, booked, rows)
        return
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
        for n, move in enumerate(rows, first)
    ]
    pen.grow(postings)


def _book_many(pen: Pen, first: int, booked: date, moves: Sequence[Move]) -> None:
    """The same as plain values: a round's payment is no place for an object a posting."""
    entry, today = pen.id.hex, booked.isoformat()
    keys = next_keys(Posting._meta.db_table, len(moves))
    pen.grow_plain(
        Posting,
        [
            (
                id, entry, n, move.debit, move.credit, move.points, move.cause.value, move.subject.hex,
                move.award.hex if move.award else None, move.reverses, move.day.isoformat(), today,
            )
            for id, n, move in zip(keys, range(first, first + len(moves)), moves, strict=True)
        ],
    )  # fmt: skip
