"""Putting awards right after the close: what no longer is due is taken back, what is due now is granted (D6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.ids import uuid7
from courtyard.points.actions.accounts import lock, open_accounts
from courtyard.points.actions.collecting import set_off
from courtyard.points.actions.parts import award, pay_waiting
from courtyard.points.models import Award
from courtyard.points.queries.awards import standing_awards
from courtyard.points.rules.ledger import AwardDue, Paid
from courtyard.points.rules.states import AccountKind
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Amended:
    """What a correction did to a household's awards: points taken back and granted, and what the village paid then."""

    taken: int
    granted: int
    paid: Paid


def amend(
    pen: Pen, village_id: UUID, household_id: UUID, rounds: Iterable[UUID], dues: Sequence[AwardDue], day: date
) -> Amended:
    """Let a household's awards of these rounds be these dues and no others: only what differs is taken back or granted.

    Each counts for its round's own day and is booked on the entry's (D4). An award that waits just waits no longer. Of
    a paid one, what the household still has returns to the budget; what it has spent is owed and taken from later
    payments, oldest first: the balance never falls below 0. Where the budget does not suffice, what is newly due waits,
    and what it replaces stays in the household's hand until then.
    """
    due = {(one.round, one.clause): one for one in dues}
    standing = {(row.round, row.clause): row for row in standing_awards(household_id, rounds)}
    gone = [row for key, row in standing.items() if key not in due or due[key].points != row.points]
    kept = standing.keys() - {(row.round, row.clause) for row in gone}
    new = [one for key, one in due.items() if key not in kept]
    if not gone and not new:
        return Amended(0, 0, Paid(0, 0))
    _reverse(pen, gone)
    granted = award(pen, village_id, new)
    budget = open_accounts(pen, AccountKind.ISSUANCE, [village_id])[village_id]
    set_off(pen, village_id, household_id, lock(pen, [budget])[budget])
    return Amended(sum(row.points for row in gone), granted, pay_waiting(pen, village_id, day))


def _reverse(pen: Pen, awards: Sequence[Award]) -> None:
    pen.grow(
        [
            Award(
                id=uuid7(),
                village=row.village,
                household=row.household,
                round=row.round,
                clause=row.clause,
                points=row.points,
                day=row.day,
                turn=row.turn,
                reverses=row,
            )
            for row in awards
        ]
    )
