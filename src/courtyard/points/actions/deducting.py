"""Taking off what a scheme's clause takes of points that can be spent, and giving it back where a result is put right.

What is taken lies on the village's account for reversals, so that giving it back never waits for a budget.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from uuid import UUID

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.points.actions.accounts import add, lock, open_accounts, take
from courtyard.points.actions.booking import Move, book
from courtyard.points.models import Deduction, Posting
from courtyard.points.queries.deductions import deduction_turns, standing_deductions
from courtyard.points.rules.standings import DeductionDue, deductions_named_twice, unfit_deduction
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.journal import Pen

FIRST = (False, 0)


def deduct(pen: Pen, village_id: UUID, rows: Sequence[DeductionDue]) -> int:
    """Take points off households, in the order given, never more than a home has free: goods are never taken back, and
    no balance falls below 0. Returns the points taken.

    What is not there is not taken and is not owed. Refuses points.not_an_amount, points.no_clause and
    points.awarded_already (the same household, round and clause twice).
    """
    for due in rows:
        refuse_if(unfit_deduction(due))
    refuse_if(deductions_named_twice(rows))
    if not rows:
        return 0
    turns = deduction_turns(rows)
    accounts = open_accounts(pen, AccountKind.HOUSEHOLD, [due.household for due in rows])
    free = lock(pen, accounts.values())
    taken, sums = [], Tally[int]()
    for due in rows:
        standing, turn = turns.get((due.round, due.household, due.clause), FIRST)
        if standing:
            refuse("points.awarded_already", clause=due.clause)
        account = accounts[due.household]
        points = min(due.points, free[account])
        if points > 0:
            free[account] -= points
            sums[account] += points
            taken.append(
                Deduction(
                    id=uuid7(), village=village_id, household=due.household, round=due.round, clause=due.clause,
                    points=points, day=due.day, turn=turn,
                )
            )  # fmt: skip
    if taken:
        kept = open_accounts(pen, AccountKind.REVERSAL, [village_id])[village_id]
        pen.grow(taken)
        take(pen, sums)
        book(
            pen,
            (Move(accounts[row.household], kept, row.points, Cause.DEDUCTION, row.id, row.day) for row in taken),
        )
    return sum(sums.values())


def amend_deductions(
    pen: Pen, village_id: UUID, household_id: UUID, rounds: Iterable[UUID], dues: Sequence[DeductionDue]
) -> bool:
    """Let what clauses of these rounds took off a household be these dues and no others: what is no longer due is given
    back, what is newly due is taken as far as the home has it. Whether anything differed.

    Where less was taken then than is due, because there was no more, it stays so: the rest is not owed."""
    due = {(one.round, one.clause): one for one in dues}
    standing = {(row.round, row.clause): row for row in standing_deductions(household_id, rounds)}
    gone = [row for key, row in standing.items() if key not in due or due[key].points < row.points]
    kept = standing.keys() - {(row.round, row.clause) for row in gone}
    new = [one for key, one in due.items() if key not in kept]
    give_back_deductions(pen, gone)
    deduct(pen, village_id, new)
    return bool(gone or new)


def give_back_deductions(pen: Pen, rows: Sequence[Deduction]) -> None:
    """Give these deductions back whole, each by the reversal of its own posting."""
    if not rows:
        return
    taken = Posting.objects.filter(subject__in=[row.pk for row in rows], cause=Cause.DEDUCTION.value)
    posted = {row.subject: row for row in taken}
    back = [
        Deduction(
            id=uuid7(), village=row.village, household=row.household, round=row.round, clause=row.clause,
            points=row.points, day=row.day, turn=row.turn, reverses=row,
        )
        for row in rows
    ]  # fmt: skip
    pen.grow(back)
    sums: Tally[int] = Tally()
    for row in rows:
        sums[posted[row.pk].debit_id] += row.points
    add(pen, sums)
    book(pen, (_undone(posted[old.pk], new) for old, new in zip(rows, back, strict=True)))


def _undone(posting: Posting, back: Deduction) -> Move:
    return Move(
        posting.credit_id, posting.debit_id, posting.points, Cause.DEDUCTION, back.pk, back.day, reverses=posting.pk
    )
