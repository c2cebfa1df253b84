"""What a household's own pages and a till say of its points, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigIntegerField, F, Subquery
from django.db.models.expressions import BaseExpression, RawSQL

from courtyard.points.models import Counter
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


def purse_columns(household_id: UUID) -> dict[str, BaseExpression]:
    """The same as expressions for another query's row: `free` (None: nothing was ever booked) and `waiting`."""
    own = Counter.objects.filter(
        account__owner=household_id, account__kind=AccountKind.HOUSEHOLD.value, account__ledger=POINTS
    )
    one = sum_of("%s")
    waits = RawSQL(one, [key(household_id)], output_field=BigIntegerField())  # noqa: S611  # no input in it
    return {"free": Subquery(own.annotate(free=F("points") - F("held")).values("free")), "waiting": waits}


def purse(household_id: UUID) -> Purse:
    """A household's purse (one query); nothing booked and nothing awarded is an empty one."""
    home = key(household_id)
    [(free, waiting)] = select(_PURSE, [home, AccountKind.HOUSEHOLD.value, POINTS, home])
    return Purse(int(free), int(waiting))
