"""A household's points: its balance, and its statement line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.points.queries.awards import debts_of, waiting_of
from courtyard.points.queries.sets import day, filled, key, owners, select, uuid
from courtyard.points.rules.ledger import POINTS
from courtyard.points.rules.shares import Share
from courtyard.points.rules.states import AccountKind, Cause


@dataclass(frozen=True)
class Balance:
    """Points on the account, of which `held` are set aside; `waiting` (待发); `owed` will be taken from what comes."""

    points: int = 0
    held: int = 0
    waiting: int = 0
    owed: int = 0

    @property
    def free(self) -> int:
        """What can be spent now."""
        return self.points - self.held


@dataclass(frozen=True)
class Line:
    """One booking of a household: signed points and the balance after it; `counts_for` where it was booked later.

    Of an award: what it `earned` by which clause of which round (or deed), and the factor (`share`) its round was paid
    by where that took something off."""

    booked: date
    counts_for: date
    cause: Cause
    points: int
    balance: int
    clause: str
    subject: UUID
    earned: int = 0
    share: Share | None = None


@dataclass(frozen=True)
class WaitingLine:
    """An award of which nothing is booked: it waits for the village's budget, or a factor left nothing of it."""

    day: date
    points: int
    clause: str
    round: UUID
    earned: int = 0
    share: Share | None = None


@dataclass(frozen=True)
class Statement:
    """A household's statement, oldest line first, what waits, and what a factor left nothing of."""

    balance: Balance
    lines: tuple[Line, ...]
    waiting: tuple[WaitingLine, ...]
    nothing: tuple[WaitingLine, ...] = ()


_COUNTED = """
SELECT a.owner, c.points, c.held FROM points_account a JOIN points_counter c ON c.account_id = a.id
WHERE a.kind = %s AND a.ledger_id = %s AND a.owner IN (SELECT owner FROM {given})
"""


def balances(household_ids: Iterable[UUID]) -> dict[UUID, Balance]:
    """Household → balance in the spendable ledger (three queries); households without any booking stand at 0."""
    ids = list(household_ids)
    given = [AccountKind.HOUSEHOLD.value, POINTS, owners(ids)]
    counted = select(filled(_COUNTED, owner="uuid"), given)
    standing = {uuid(owner): (int(points), int(held)) for owner, points, held in counted}
    waiting = waiting_of(ids)
    owed: dict[UUID, int] = {}
    for debt in debts_of(id.hex for id in ids):
        owed[debt.household] = owed.get(debt.household, 0) + debt.owed
    return {id: Balance(*standing.get(id, (0, 0)), waiting.get(id, 0), owed.get(id, 0)) for id in ids}


def balance(household_id: UUID) -> Balance:
    """One household's balance."""
    return balances([household_id])[household_id]


# `owed`: what was paid of awards taken back since, less what was taken of it.
_LINES = """
SELECT p.booked, p.day, p.cause, CASE WHEN p.credit_id = home.id THEN p.points ELSE -p.points END, home.held, home.owed,
  COALESCE(a.clause, d.clause, ''), COALESCE(d.round, p.subject), COALESCE(a.points, 0), f.budget, f.needed
FROM (
  SELECT acc.id, COALESCE(c.held, 0) AS held, COALESCE((
    SELECT SUM(paid.points) FROM points_award r JOIN points_posting paid ON paid.award_id = r.reverses_id
    AND paid.cause = 'award' WHERE r.household = acc.owner AND r.reverses_id IS NOT NULL), 0) - COALESCE((
    SELECT SUM(taken.points) FROM points_award r JOIN points_posting taken ON taken.award_id = r.id
    AND taken.cause = 'reversal' WHERE r.household = acc.owner AND r.reverses_id IS NOT NULL), 0) AS owed
  FROM points_account acc LEFT JOIN points_counter c ON c.account_id = acc.id
  WHERE acc.kind = %s AND acc.ledger_id = %s AND acc.owner = %s
) home JOIN points_posting p ON p.debit_id = home.id OR p.credit_id = home.id
LEFT JOIN points_award a ON a.id = p.award_id LEFT JOIN points_cut k ON k.award_id = a.id
LEFT JOIN points_factor f ON f.round = a.round AND k.award_id IS NOT NULL
LEFT JOIN points_deduction d ON d.id = p.subject AND p.cause = 'deduction'
ORDER BY p.id
"""
_UNPAID = """
SELECT a.day, a.points - COALESCE(k.points, 0), a.clause, a.round, a.points, f.budget, f.needed
FROM points_award a LEFT JOIN points_cut k ON k.award_id = a.id
LEFT JOIN points_factor f ON f.round = a.round AND k.award_id IS NOT NULL
WHERE a.household = %s AND a.reverses_id IS NULL
AND NOT EXISTS (SELECT 1 FROM points_posting p WHERE p.award_id = a.id AND p.cause = 'award')
AND NOT EXISTS (SELECT 1 FROM points_award r WHERE r.reverses_id = a.id)
ORDER BY a.day, a.id
"""


def statement(household_id: UUID) -> Statement:
    """Every booking of the household with the running balance, and what waits (two queries)."""
    lines: list[Line] = []
    running = held = owed = 0
    rows = select(_LINES, [AccountKind.HOUSEHOLD.value, POINTS, key(household_id)])
    for booked, counts, cause, points, aside, debt, clause, subject, earned, budget, needed in rows:
        running, held, owed = running + int(points), int(aside), int(debt)
        line = (day(booked), day(counts), Cause(cause), int(points), running, clause, uuid(subject), int(earned))
        lines.append(Line(*line, _share(budget, needed)))
    unpaid = [
        WaitingLine(day(then), int(points), clause, uuid(round), int(earned), _share(budget, needed))
        for then, points, clause, round, earned, budget, needed in select(_UNPAID, [key(household_id)])
    ]
    waiting = tuple(line for line in unpaid if line.points)
    found = Balance(running, held, sum(line.points for line in waiting), owed)
    return Statement(found, tuple(lines), waiting, tuple(line for line in unpaid if not line.points))


def _share(budget: int | None, needed: int | None) -> Share | None:
    return None if budget is None or needed is None else Share(int(budget), int(needed))
