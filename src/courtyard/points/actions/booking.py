"""Writing postings: numbered within their entry, all of one action through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from courtyard.kernel.days import day_of
from courtyard.points.models import Posting
from courtyard.points.rules.ledger import Payable
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
    rows = list(moves)
    if len(rows) < MANY:
        pen.grow(postings(pen, rows))
    else:
        _book_many(pen, _next(pen, len(rows)), day_of(pen.at), rows)


def postings(pen: Pen, moves: Sequence[Move]) -> list[Posting]:
    """The postings of a few movements, numbered in their entry: the caller grows them with its own rows."""
    booked, first = day_of(pen.at), _next(pen, len(moves))
    return [
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


def _next(pen: Pen, count: int) -> int:
    """The number in their entry of the first of so many postings."""
    first = _written.get(pen, 0)
    _written[pen] = first + count
    return first


def _book_many(pen: Pen, first: int, booked: date, moves: Sequence[Move]) -> None:
    """The same as plain values: many movements are no place for an object each."""
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


def book_paid(pen: Pen, budget: int, awards: Iterable[tuple[int, Payable]]) -> None:
    """Write that these awards were paid from the budget, each to the account beside it, in the order given."""
    rows = list(awards)
    first, entry, today, cause = _next(pen, len(rows)), pen.id.hex, day_of(pen.at).isoformat(), Cause.AWARD.value
    keys = next_keys(Posting._meta.db_table, len(rows))
    pen.grow_plain(
        Posting,
        [
            (id, entry, n, budget, account, row.points, cause, row.round, row.id, None, row.day, today)
            for n, (id, (account, row)) in enumerate(zip(keys, rows, strict=True), first)
        ],
    )
