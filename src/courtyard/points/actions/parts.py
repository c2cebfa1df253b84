"""What other rooms' actions do to points inside their own transaction: each takes their pen first.

Rows are locked in one order everywhere: the village's number, its budget, households by account.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.points.actions.accounts import add, draw, lock, open_accounts, take
from courtyard.points.actions.booking import Move, book
from courtyard.points.models import Award, Posting
from courtyard.points.queries.awards import debts_of, waiting_awards
from courtyard.points.queries.standing import balance
from courtyard.points.rules.ledger import AwardDue, Paid, named_twice, pay, take_back, unfit_due, unfit_points
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.journal import Pen

__all__ = ["AwardDue", "Paid", "award", "give_back", "pay_waiting", "reverse_awards", "spend"]


def award(pen: Pen, village_id: UUID, rows: Sequence[AwardDue]) -> int:
    """Grant what a round or a deed earned; it waits (待发) until `pay_waiting`. Returns the points granted.

    A clause taken back before may be earned again. Refuses points.not_an_amount, points.no_clause and
    points.awarded_already (the same household, round and clause twice).
    """
    for due in rows:
        refuse_if(unfit_due(due))
    refuse_if(named_twice(rows))
    turns = _turns({due.round for due in rows})
    granted = []
    for due in rows:
        standing, turn = turns.get((due.round, due.household, due.clause), (False, 0))
        if standing:
            refuse("points.awarded_already", clause=due.clause)
        granted.append(
            Award(
                id=uuid7(),
                village=village_id,
                household=due.household,
                round=due.round,
                clause=due.clause,
                points=due.points,
                day=due.day,
                turn=turn,
            )
        )
    pen.grow(granted)
    return sum(due.points for due in rows)


def _turns(rounds: Iterable[UUID]) -> dict[tuple[UUID, UUID, str], tuple[bool, int]]:
    """(round, household, clause) → whether it stands, and how often it was taken back (one query)."""
    found = Award.objects.filter(round__in=list(rounds), reverses=None)
    counted = found.values_list("round", "household", "clause").annotate(n=Count("id"), back=Count("reversed_by"))
    return {(round, home, clause): (n > back, back) for round, home, clause, n, back in counted}


def pay_waiting(pen: Pen, village_id: UUID, day: date) -> Paid:
    """Pay every waiting award of the village where its budget covers them together; else all go on waiting.

    `day` is the day of the payment. What a household still owes of awards taken back is taken from what comes,
    oldest first. Returns the points paid and the points that wait (DOMAIN §4.12: never by order of processing).
    """
    budget = open_accounts(pen, AccountKind.ISSUANCE, [village_id])[village_id]
    left = lock(pen, [budget])[budget]
    waiting = waiting_awards(village_id)
    paid = pay(left, sum(row.points for row in waiting))
    if not paid.points:
        return paid
    if not draw(pen, budget, paid.points):
        raise RuntimeError("a budget that was held no longer covers what is paid")
    accounts = open_accounts(pen, AccountKind.HOUSEHOLD, (row.household for row in waiting))
    sums: Tally[int] = Tally()
    for row in waiting:
        sums[accounts[row.household]] += row.points
    add(pen, sums)
    book(
        pen,
        (
            Move(budget, accounts[row.household], row.points, Cause.AWARD, row.round, row.day, award=row.id)
            for row in waiting
        ),
    )
    _collect(pen, accounts)
    return paid


def spend(pen: Pen, household_id: UUID, points: int, shop_id: UUID, subject: UUID, day: date) -> None:
    """Move points from a household to a shop for this subject (the redemption's id).

    Refuses points.not_an_amount, and points.not_enough with how many are missing; one statement checks and takes.
    """
    refuse_if(unfit_points(points))
    home = open_accounts(pen, AccountKind.HOUSEHOLD, [household_id])[household_id]
    shop = open_accounts(pen, AccountKind.SHOP, [shop_id])[shop_id]
    if not draw(pen, home, points):
        refuse("points.not_enough", short=points - balance(household_id).free)
    book(pen, [Move(home, shop, points, Cause.REDEMPTION, subject, day)])


def give_back(pen: Pen, subject: UUID, day: date) -> int:
    """Reverse what was spent for this subject, once: the points return to the household. Returns the points.

    Refuses points.nothing_spent and points.reversed_already.
    """
    spent = Posting.objects.filter(subject=subject, cause=Cause.REDEMPTION.value).first()
    if spent is None:
        refuse("points.nothing_spent")
    if Posting.objects.filter(reverses=spent).exists():
        refuse("points.reversed_already")
    add(pen, {spent.debit_id: spent.points})
    move = Move(spent.credit_id, spent.debit_id, spent.points, Cause.REVERSAL, subject, spent.day, reverses=spent.pk)
    book(pen, [move])
    return spent.points


def reverse_awards(pen: Pen, household_id: UUID, round_id: UUID, day: date) -> int:
    """Take back every award a household earned in a round, once each (an objection or review changed the result).

    An award that waits just waits no longer. Of a paid one, what the household still has returns to the village's
    budget now; what it has spent is owed and taken from later payments, oldest first: the balance never falls
    below 0. The reversal counts for the award's own day and is booked on the entry's. Returns the points taken back.
    """
    awards = Award.objects.filter(household=household_id, round=round_id, reverses=None)
    village = awards.values_list("village", flat=True).first()
    if village is None:
        return 0
    budget = open_accounts(pen, AccountKind.ISSUANCE, [village])[village]
    lock(pen, [budget])
    standing = list(awards.filter(reversed_by=None).order_by("clause", "turn"))
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
            for row in standing
        ]
    )
    _collect(pen, [household_id])
    return sum(row.points for row in standing)


def _collect(pen: Pen, households: Iterable[UUID]) -> None:
    """Take towards what these households owe, as far as their accounts cover it; it returns to the budgets."""
    debts = debts_of(households)
    if not debts:
        return
    free = lock(pen, {debt.account for debt in debts})
    takings = []
    for account, balance_free in free.items():
        takings += take_back(balance_free, (debt for debt in debts if debt.account == account))
    if not takings:
        return
    taken: Tally[int] = Tally()
    returned: Tally[int] = Tally()
    for taking in takings:
        taken[taking.debt.account] += taking.points
        returned[taking.debt.budget] += taking.points
    take(pen, taken)
    add(pen, returned)
    book(
        pen,
        (
            Move(
                taking.debt.account,
                taking.debt.budget,
                taking.points,
                Cause.REVERSAL,
                taking.debt.round,
                taking.debt.day,
                award=taking.debt.award,
                reverses=taking.debt.paid if taking.whole else None,
            )
            for taking in takings
        ),
    )
