"""A household's points: its balance, and its statement line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from courtyard.points.models import Account, Posting
from courtyard.points.queries.awards import debts_of, waiting_awards_of, waiting_of
from courtyard.points.queries.sets import filled, owners, select, uuid
from courtyard.points.rules.ledger import POINTS
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
    """One booking of a household: signed points and the balance after it; `counts_for` where it was booked later."""

    booked: date
    counts_for: date
    cause: Cause
    points: int
    balance: int
    clause: str
    subject: UUID


@dataclass(frozen=True)
class WaitingLine:
    """An award that waits for the village's budget."""

    day: date
    points: int
    clause: str
    round: UUID


@dataclass(frozen=True)
class Statement:
    """A household's statement, oldest line first, and what waits."""

    balance: Balance
    lines: tuple[Line, ...]
    waiting: tuple[WaitingLine, ...]


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
    for debt in debts_of(ids):
        owed[debt.household] = owed.get(debt.household, 0) + debt.owed
    return {id: Balance(*standing.get(id, (0, 0)), waiting.get(id, 0), owed.get(id, 0)) for id in ids}


def balance(household_id: UUID) -> Balance:
    """One household's balance."""
    return balances([household_id])[household_id]


def statement(household_id: UUID) -> Statement:
    """Every booking of the household with the running balance, and what waits (six queries)."""
    account = Account.objects.filter(owner=household_id, kind=AccountKind.HOUSEHOLD.value, ledger=POINTS).first()
    lines: list[Line] = []
    if account is not None:
        running = 0
        touched = Posting.objects.filter(Q(debit=account) | Q(credit=account)).select_related("award")
        for row in touched.order_by("id"):
            points = row.points if row.credit_id == account.pk else -row.points
            running += points
            clause = row.award.clause if row.award else ""
            lines.append(Line(row.booked, row.day, Cause(row.cause), points, running, clause, row.subject))
    waiting = [WaitingLine(a.day, a.points, a.clause, a.round) for a in waiting_awards_of(household_id)]
    return Statement(balance(household_id), tuple(lines), tuple(waiting))
