"""What other rooms' actions do to points inside their own transaction: each takes their pen first.

What puts awards right that stand already is in `amending`. Rows are locked in one order everywhere: the village's number, its budget, households by account.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.points.actions.accounts import add, draw, lock, open_accounts
from courtyard.points.actions.booking import Move, book, book_paid
from courtyard.points.actions.collecting import collect
from courtyard.points.actions.cutting import cut_down, cut_round
from courtyard.points.actions.spending import Spending
from courtyard.points.models import Award, Posting, Term
from courtyard.points.queries.awards import open_grants, payable, shares_of, turns_of
from courtyard.points.rules.ledger import POINTS, AwardDue, Paid, named_twice, pay, unfit_due
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.journal import Pen
from courtyard.records.sets import key, together

FIRST = (False, 0)
_NO_GRANT = "DELETE FROM points_grant WHERE id IN ({marks})"
_GRANT = "INSERT INTO points_grant (village, entry) VALUES (%s, %s) ON CONFLICT DO NOTHING"
__all__ = ["AwardDue", "Paid", "Spending", "award", "give_back", "pay_waiting", "spend"]


def award(pen: Pen, village_id: UUID, rows: Sequence[AwardDue]) -> int:
    """Grant what a round or a deed earned; it waits (待发) until `pay_waiting`. Returns the points granted.

    A clause taken back before may be earned again; a round that was paid by one factor cuts what it grants later too.
    Refuses points.not_an_amount, points.no_clause and points.awarded_already (the same household, round and clause
    twice).
    """
    for due in {(due.clause, due.points, due.points.__class__): due for due in rows}.values():
        refuse_if(unfit_due(due))
    refuse_if(named_twice(rows))
    turns, village = turns_of(rows), village_id.hex
    granted = []
    for due in rows:
        standing, turn = turns.get((due.round, due.household, due.clause), FIRST)
        if standing:
            refuse("points.awarded_already", clause=due.clause)
        granted.append(
            (
                uuid7().hex,
                village,
                due.household.hex,
                due.round.hex,
                due.clause,
                due.points,
                due.day.isoformat(),
                turn,
                None,
            )
        )
    pen.grow_plain(Award, granted)
    lapsing = [(row[0], POINTS, due.until.isoformat()) for row, due in zip(granted, rows, strict=True) if due.until]
    pen.grow_plain(Term, lapsing)
    if granted:
        together([(_GRANT, [key(village_id), key(pen.id)])])
    shares = shares_of({due.round for due in rows})
    cut_down(
        pen,
        (
            (UUID(hex=row[0]), due.points, shares[due.round])
            for row, due in zip(granted, rows, strict=True)
            if due.round in shares
        ),
    )
    return sum(due.points for due in rows)


def pay_waiting(pen: Pen, village_id: UUID, day: date, *, cut: UUID | None = None) -> Paid:
    """Pay every waiting award of the village where its budget covers them together; else all go on waiting.

    `day` is the day of the payment. `cut`: a round whose scheme says that it is paid by one factor where the budget
    does not suffice. What a household still owes of awards taken back is taken from what comes, oldest first. Returns
    the points paid, the points that wait and the factor (DOMAIN §4.12: never by order of processing).
    """
    budget = open_accounts(pen, AccountKind.ISSUANCE, [village_id])[village_id]
    left = lock(pen, [budget])[budget]
    grants, waiting = open_grants(village_id), payable(village_id)
    factor = None
    if cut is not None:
        waiting, factor = cut_round(pen, village_id, cut, left, waiting)
    paid = replace(pay(left, sum(row.points for row in waiting)), share=factor)
    if grants and not paid.waiting:  # read before the awards: an act that granted in between keeps its own
        together([(_NO_GRANT.format(marks=", ".join(["%s"] * len(grants))), grants)])
    if not paid.points:
        return paid
    if not draw(pen, budget, paid.points):
        raise RuntimeError("a budget that was held no longer covers what is paid")
    accounts = {row.household: row.account for row in waiting if row.account is not None}
    missing = [UUID(hex=row.household) for row in waiting if row.account is None]
    opened = open_accounts(pen, AccountKind.HOUSEHOLD, missing) if missing else {}
    accounts |= {home.hex: account for home, account in opened.items()}
    sums: Tally[int] = Tally()
    for row in waiting:
        sums[accounts[row.household]] += row.points
    add(pen, sums)
    book_paid(pen, budget, ((accounts[row.household], row) for row in waiting))
    collect(pen, accounts)
    return paid


def spend(pen: Pen, household_id: UUID, points: int, shop_id: UUID, subject: UUID, day: date) -> None:
    """Move points from a household to a shop for this subject (the redemption's id).

    Refuses points.not_an_amount, and points.not_enough with how many are missing; one statement checks and takes.
    """
    spending = Spending(household_id, points, shop_id)
    (answer,) = pen.around_number([], [spending.statement])
    pen.grow(spending.booked(pen, answer, subject, day))


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
