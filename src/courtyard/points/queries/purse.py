"""What a household's own pages and a till say of its points, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from courtyard.points.queries.awards import sum_of
from courtyard.points.queries.sets import key, select
from courtyard.points.rules.ledger import POINTS
from courtyard.points.rules.states import AccountKind


@dataclass(frozen=True)
class Purse:
    """Points that can be spent now (`free`) and that wait for the village's budget (`waiting`, 待发)."""

    free: int
    waiting: int


_PURSE = f"""
SELECT COALESCE(c.points - c.held, 0), ({sum_of("%s")})
FROM (SELECT 1 AS n) AS one
LEFT JOIN points_account a ON a.kind = %s AND a.ledger_id = %s AND a.owner = %s
LEFT JOIN points_counter c ON c.account_id = a.id
"""  # noqa: S608  # fixed names


def purse(household_id: UUID) -> Purse:
    """A household's purse (one query); nothing booked and nothing awarded is an empty one."""
    home = key(household_id)
    [(free, waiting)] = select(_PURSE, [home, AccountKind.HOUSEHOLD.value, POINTS, home])
    return Purse(int(free), int(waiting))
