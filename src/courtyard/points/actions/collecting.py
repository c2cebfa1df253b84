"""Taking what households owe of awards that were taken back after they were paid; it returns to the budgets."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from uuid import UUID

from courtyard.points.actions.accounts import add, lock, take
from courtyard.points.actions.booking import Move, book
from courtyard.points.queries.awards import debts_of, waiting_in, waiting_of
from courtyard.points.rules.ledger import Debt, Taking, take_back, taken_now
from courtyard.points.rules.states import Cause
from courtyard.records.journal import Pen


def collect(pen: Pen, households: Iterable[str]) -> None:
    """Take towards what these households (ids as hex) owe, as far as their accounts cover it; nothing of theirs may wait any more."""
    debts = debts_of(households)
    if not debts:
        return
    free = lock(pen, {debt.account for debt in debts})
    takings = []
    for account, there in free.items():
        takings += take_back(there, (debt for debt in debts if debt.account == account))
    _take(pen, takings)


def set_off(pen: Pen, village_id: UUID, household_id: UUID, left: int) -> None:
    """Take what one household owes, less what waits for it where the village cannot pay that now.

    `left` is in the village's budget, which the caller holds.
    """
    debts = debts_of([household_id.hex])
    if not debts:
        return
    free = lock(pen, {debt.account for debt in debts})
    waiting, waits = waiting_in(village_id), waiting_of([household_id]).get(household_id, 0)
    takings: list[Taking] = []
    for account, there in free.items():
        own = [debt for debt in debts if debt.account == account]
        now = taken_now(there, sum(debt.owed for debt in own), waits, left=left, waiting=waiting)
        takings += take_back(now, own)
    _take(pen, takings)


def _take(pen: Pen, takings: list[Taking]) -> None:
    if not takings:
        return
    taken: Tally[int] = Tally()
    returned: Tally[int] = Tally()
    for taking in takings:
        taken[taking.debt.account] += taking.points
        returned[taking.debt.budget] += taking.points
    take(pen, taken)
    add(pen, returned)
    book(pen, (_move(taking.debt, taking) for taking in takings))


def _move(debt: Debt, taking: Taking) -> Move:
    return Move(
        debt.account,
        debt.budget,
        taking.points,
        Cause.REVERSAL,
        debt.round,
        debt.day,
        award=debt.award,
        reverses=debt.paid if taking.whole else None,
    )
