"""What may be booked: amounts, a budget paid whole or not at all, what is taken back, and by which two persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from courtyard.kernel.problems import Problem
from courtyard.points.rules.shares import Share

# The most one posting may move; a mistyped figure beyond it is refused (our own choice).
LIMIT = 1_000_000
# The most one adjustment by hand may move: about what a household may earn in a year (our own choice).
ADJUSTMENT_LIMIT = 200
# The code of the ledger that is spent at the till; every village has it.
POINTS = "points"
_CLAUSE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:+\-]{0,63}")


class AwardDue(NamedTuple):
    """What a round (or a deed) earned a household: the clause of its scheme, whole points, the day it counts for.

    `until`: the last day what it gave counts; None for ever."""

    household: UUID
    round: UUID
    clause: str
    points: int
    day: date
    until: date | None = None


class Waiting(NamedTuple):
    """An award that waits (待发): `points` are what will be paid of it, after its round's factor."""

    id: UUID
    household: UUID
    round: UUID
    clause: str
    points: int
    day: date


class Payable(NamedTuple):
    """A waiting award as a payment books it: ids as hex, the day as ISO text, its home's account (None: not opened)."""

    id: str
    household: str
    round: str
    points: int
    day: str
    account: int | None


@dataclass(frozen=True)
class Paid:
    """How a payment ended: points paid, points that go on waiting (待发), one of the two 0; and the round's factor."""

    points: int
    waiting: int
    share: Share | None = None


@dataclass(frozen=True)
class Movement:
    """A posting as the fold reads it."""

    debit: int
    credit: int
    points: int


@dataclass(frozen=True)
class Debt:
    """What is still to be taken of an award taken back after it was paid: `award` is the reversal's id, `paid` the
    posting that paid it from account `budget` to account `account`; `points` in all, `owed` of them still."""

    award: UUID
    household: UUID
    paid: int
    account: int
    budget: int
    points: int
    owed: int
    round: UUID
    day: date


@dataclass(frozen=True)
class Taking:
    """What is taken now towards a debt."""

    debt: Debt
    points: int

    @property
    def whole(self) -> bool:
        """Whether this takes the whole award back at once: then it is the reversal of the posting that paid it."""
        return self.points == self.debt.points


def unfit_points(points: object, most: int = LIMIT) -> Problem | None:
    """Why this is no amount to book: points are whole, from 1 to `most`."""
    if not isinstance(points, int) or isinstance(points, bool) or not 1 <= points <= most:
        return Problem("points.not_an_amount", {"points": str(points), "most": most})
    return None


def unfit_clause(clause: str) -> Problem | None:
    """Why this names no clause of a scheme: it is no code."""
    return None if _CLAUSE.fullmatch(clause) else Problem("points.no_clause", {"clause": clause})


def unfit_due(due: AwardDue) -> Problem | None:
    """Why this award cannot be granted: its points, or a clause that is no code."""
    return unfit_clause(due.clause) or unfit_points(due.points)


def named_twice(dues: Iterable[AwardDue]) -> Problem | None:
    """That the same household would earn the same clause twice in one round."""
    seen: set[tuple[UUID, UUID, str]] = set()
    for due in dues:
        key = (due.round, due.household, due.clause)
        if key in seen:
            return Problem("points.awarded_already", {"clause": due.clause})
        seen.add(key)
    return None


def pay(left: int, waiting: int) -> Paid:
    """Whether what waits is paid: all of it where the budget suffices, else none of it (DOMAIN §4.12)."""
    return Paid(waiting, 0) if waiting <= left else Paid(0, waiting)


def fold(account: int, movements: Iterable[Movement]) -> int:
    """The balance of an account: what came in less what went out."""
    return sum(m.points * ((m.credit == account) - (m.debit == account)) for m in movements)


def lowest(account: int, movements: Sequence[Movement]) -> int:
    """The lowest balance the account ever had, after any number of its movements."""
    balance = least = 0
    for movement in movements:
        balance += fold(account, [movement])
        least = min(least, balance)
    return least


def taken_now(free: int, owed: int, waits: int, *, left: int, waiting: int) -> int:
    """How much of what a home owes is taken now: all it has, where what waits in its village is paid in the same act.

    Else only what it owes beyond what waits for itself (`waits`): the points in its hand stay until what replaces them
    is paid. `left` is in the budget of the village, in which `waiting` points wait in all.
    """
    full = min(free, owed)
    return full if waiting <= left + full else min(free, max(0, owed - waits))


def take_back(available: int, debts: Iterable[Debt]) -> list[Taking]:
    """What is taken towards debts now, oldest first, never more than is there: the balance stays at 0 or above."""
    takings = []
    for debt in debts:
        points = min(available, debt.owed)
        if points > 0:
            takings.append(Taking(debt, points))
            available -= points
    return takings


def unfit_adjustment(points: object, evidence: str) -> Problem | None:
    """Why an adjustment by hand cannot be proposed: nothing to move, too much, or no evidence."""
    if not isinstance(points, int) or isinstance(points, bool) or not 1 <= abs(points) <= ADJUSTMENT_LIMIT:
        return Problem("points.adjustment_out_of_range", {"points": str(points), "most": ADJUSTMENT_LIMIT})
    if not evidence:
        return Problem("points.no_evidence")
    return None


def second_person(proposer: UUID, proposed_as: str, second: UUID, levels: Iterable[str]) -> Problem | None:
    """Why this person cannot decide an adjustment: two persons of two levels look at it (DOMAIN §4.13).

    `levels` are the duties under which the second may adjust there."""
    if proposer == second:
        return Problem("points.same_person")
    if all(level == proposed_as for level in levels):
        return Problem("points.same_level")
    return None
