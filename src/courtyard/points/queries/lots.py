"""Reading what lapses: homes' bookings as their lots read them, and up to where a village's evenings are booked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from courtyard.points.models import Evening
from courtyard.points.queries.sets import day, filled, key, owners, select, uuid
from courtyard.points.rules.ledger import POINTS
from courtyard.points.rules.lots import Booked
from courtyard.points.rules.standings import ResetDue
from courtyard.points.rules.states import AccountKind

_SIDE = """
SELECT acc.owner, acc.id AS account, p.id, p.cause, {sign}p.points AS points, p.day, p.booked, t.until,
  CASE WHEN a.entry IS NULL OR a.entry = p.entry THEN 0 ELSE 1 END AS waited, COALESCE(a.reverses_id, a.id) AS award,
  p.reverses_id
FROM points_account acc JOIN points_posting p ON p.{column} = acc.id
LEFT JOIN points_award a ON a.id = p.award_id LEFT JOIN points_term t ON t.award_id = p.award_id
WHERE acc.kind = %s AND acc.ledger_id = %s AND acc.owner IN (SELECT owner FROM {{given}})
"""
_BOOKED = (
    "SELECT * FROM ("  # noqa: S608  # fixed names
    + _SIDE.format(sign="", column="credit_id")
    + "UNION ALL"
    + _SIDE.format(sign="-", column="debit_id")
    + ") moved ORDER BY 1, 3"
)
# Homes of a village something may lapse for after one day up to another: an award's last day lies there, or it was paid
# later than it was granted, or goods or a deduction came back; the lots say.
_LAPSING = """
SELECT DISTINCT a.household FROM households_household h JOIN points_award a ON a.household = h.id
JOIN points_term t ON t.award_id = a.id
WHERE h.village_id = %s AND t.until <= %s AND (t.until > %s OR EXISTS (
    SELECT 1 FROM points_posting p WHERE p.award_id = a.id AND p.cause = 'award' AND p.entry <> a.entry
  ) OR EXISTS (
    SELECT 1 FROM points_account acc JOIN points_posting p ON p.credit_id = acc.id
    WHERE acc.owner = h.id AND acc.kind = 'household' AND p.reverses_id IS NOT NULL
  ))
"""
_WITH_POINTS = """
SELECT h.id FROM households_household h JOIN points_account a ON a.owner = h.id AND a.kind = 'household'
JOIN points_counter c ON c.account_id = a.id WHERE h.village_id = %s AND a.ledger_id = %s AND c.points > 0
"""


@dataclass(frozen=True)
class Account:
    """A home's account with its bookings, in the order they were booked in."""

    household: UUID
    account: int
    bookings: tuple[Booked, ...]


def accounts_of(households: Iterable[UUID]) -> list[Account]:
    """The accounts of these homes that anything was booked on (one query)."""
    kind = [AccountKind.HOUSEHOLD.value, POINTS]
    given = owners(households)
    rows = select(filled(_BOOKED, owner="uuid"), [*kind, given, *kind, given])
    found: dict[tuple[UUID, int], list[Booked]] = {}
    for owner, account, *row in rows:
        found.setdefault((uuid(owner), int(account)), []).append(_booked(*row))
    return [Account(home, account, tuple(lines)) for (home, account), lines in found.items()]


def _booked(id: Any, cause: str, points: Any, counts: Any, booked: Any, until: Any, *more: Any) -> Booked:
    waited, award, undoes = more
    last = day(until) if until else None
    name = uuid(award).hex if award else ""
    return Booked(int(id), cause, int(points), day(counts), day(booked), last, bool(waited), name, undoes)


def settled_through(village_id: UUID) -> date | None:
    """Up to which day the ends of a village's days are booked; None before the first (one query)."""
    return Evening.objects.filter(village=village_id).values_list("day", flat=True).first()


def may_fall(village_id: UUID, resets: Sequence[ResetDue], since: date | None, through: date) -> list[Account]:
    """The accounts of a village of which something may leave at the ends of days up to `through` (two queries)."""
    if any(reset.spendable for reset in resets):
        homes = select(_WITH_POINTS, [key(village_id), POINTS])
    else:
        homes = select(_LAPSING, [key(village_id), through, since or date.min])
    return accounts_of([uuid(home) for (home,) in homes]) if homes else []
