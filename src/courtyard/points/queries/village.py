"""A village's points as a liability (DOMAIN §4.12): its budget, and what a month did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Sum

from courtyard.points.models import Account, Cut, Factor, Posting
from courtyard.points.queries.awards import sum_in, waiting_in, waiting_in_each
from courtyard.points.queries.sets import key, select
from courtyard.points.rules.ledger import POINTS
from courtyard.points.rules.shares import Share
from courtyard.points.rules.states import AccountKind, Cause


@dataclass(frozen=True)
class BudgetStanding:
    """`funded` in all, `issued` to households (less what came back), `left` to issue; `waiting` points (待发)."""

    funded: int
    issued: int
    left: int
    waiting: int

    @property
    def short(self) -> int:
        """How much the budget must be raised so that everything waiting is paid."""
        return max(0, self.waiting - self.left)


@dataclass(frozen=True)
class FactorLine:
    """A round that was paid by one factor: a day of its month, the factor, how many points it took off in all."""

    day: date
    share: Share
    cut: int


@dataclass(frozen=True)
class VillageStatement:
    """What was booked from `since` to `until`, and at its end: `outstanding` on households' accounts, `waiting` now.

    `expired`: lapsed or taken by a reset; `deducted`: taken off by clauses of the scheme, less what was given back.
    `factors` are of this month's round and the month's before, which may have been closed in this one."""

    since: date
    until: date
    funded: int
    issued: int
    taken_back: int
    adjusted: int
    redeemed: int
    expired: int
    left: int
    outstanding: int
    waiting: int
    factors: tuple[FactorLine, ...] = ()
    deducted: int = 0

    @property
    def short(self) -> int:
        """How much the budget must be raised so that everything waiting is paid."""
        return max(0, self.waiting - self.left)


def _sum(rows: Q) -> Sum:
    return Sum("points", filter=rows, default=0)


def budget(village_id: UUID) -> BudgetStanding:
    """The village's budget as it stands (three queries)."""
    account = Account.objects.filter(owner=village_id, kind=AccountKind.ISSUANCE.value, ledger=POINTS).first()
    if account is None:
        return BudgetStanding(0, 0, 0, waiting_in(village_id))
    moved = Posting.objects.filter(Q(debit=account) | Q(credit=account)).aggregate(
        funded=_sum(Q(credit=account, cause=Cause.BUDGET.value)),
        back=_sum(Q(credit=account) & ~Q(cause=Cause.BUDGET.value)),
        out=_sum(Q(debit=account)),
    )
    issued = moved["out"] - moved["back"]
    return BudgetStanding(moved["funded"], issued, moved["funded"] - issued, waiting_in(village_id))


_ISSUANCE = f"""
SELECT COALESCE(c.points - c.held, 0), ({sum_in("%s")})
FROM (SELECT 1 AS n) AS one
LEFT JOIN points_account a ON a.kind = %s AND a.ledger_id = %s AND a.owner = %s
LEFT JOIN points_counter c ON c.account_id = a.id
"""  # noqa: S608  # fixed names


def issuance(village_id: UUID) -> tuple[int, int]:
    """(points left in a village's budget, points that wait for it), by its guarded figure (one query)."""
    village = key(village_id)
    [(left, waiting)] = select(_ISSUANCE, [village, AccountKind.ISSUANCE.value, POINTS, village])
    return int(left), int(waiting)


# What moved on one side of the village's own accounts (its budget; its homes), by cause and period: before, first, second.
# A household counts for the village it is in now.
_ACCOUNTS = """
WITH homes AS (
  SELECT a.id FROM households_household h JOIN points_account a ON a.owner = h.id
  WHERE h.village_id = %s AND a.kind = 'household' AND a.ledger_id = %s
), funds AS (SELECT id FROM points_account WHERE owner = %s AND kind = 'issuance' AND ledger_id = %s)
"""
_SIDE = """
SELECT '{side}', p.cause, CASE WHEN p.booked >= %s THEN 2 WHEN p.booked >= %s THEN 1 ELSE 0 END, SUM(p.points)
FROM points_posting p
WHERE p.{column} IN (SELECT id FROM {own}) AND p.booked <= %s GROUP BY 2, 3
"""
_SIDES = (
    ("to_home", "credit_id", "homes"), ("from_home", "debit_id", "homes"),
    ("to_fund", "credit_id", "funds"), ("from_fund", "debit_id", "funds"),
)  # fmt: skip
# (side, cause, period) → points.
Moved = tuple[str, str, int]
_MOVED = _ACCOUNTS + "UNION ALL".join(_SIDE.format(side=s, column=c, own=o) for s, c, o in _SIDES)


def village_statement(village_id: UUID, since: date, until: date) -> VillageStatement:
    """The village's monthly figures, by the day things were booked: a closed month never changes (three queries)."""
    factors = factors_of(village_id, (since - timedelta(days=1)).replace(day=1), until)
    return _statement(since, until, _moved(village_id, since, since, until), 2, waiting_in(village_id), factors)


def figures(village_id: UUID, since: date, until: date) -> VillageStatement:
    """The same for days that are over: what waits now is not theirs, and no factor is told (one query)."""
    return _statement(since, until, _moved(village_id, since, since, until), 2, 0, ())


def published_months(village_id: UUID, today: date) -> tuple[VillageStatement, VillageStatement]:
    """What a village publishes of its points: the last whole month, and this one so far (three queries)."""
    since = today.replace(day=1)
    last = since - timedelta(days=1)
    waiting, factors = waiting_in(village_id), factors_of(village_id, last.replace(day=1), today)
    moved = _moved(village_id, last.replace(day=1), since, today)
    before = _statement(last.replace(day=1), last, moved, 1, waiting, factors)
    return before, _statement(since, today, moved, 2, waiting, factors)


def _moved(village_id: UUID, first: date, second: date, until: date) -> dict[Moved, int]:
    """What moved, up to a day, by side, cause and period: 0 before `first`, 1 from there, 2 from `second` on (one query)."""
    village = key(village_id)
    rows = select(_MOVED, [village, POINTS, village, POINTS, *[second, first, until] * len(_SIDES)])
    return {(side, cause, int(period)): int(points) for side, cause, period, points in rows}


def _statement(
    since: date, until: date, moved: dict[Moved, int], period: int, waiting: int, factors: tuple[FactorLine, ...]
) -> VillageStatement:
    def between(side: str, cause: Cause) -> int:
        return moved.get((side, cause.value, period), 0)

    def net(into: str, out: str) -> int:
        so_far = {key: points for key, points in moved.items() if key[2] <= period}
        return sum(points * ((side == into) - (side == out)) for (side, _, _), points in so_far.items())

    return VillageStatement(
        since,
        until,
        funded=between("to_fund", Cause.BUDGET),
        issued=between("from_fund", Cause.AWARD),
        taken_back=between("to_fund", Cause.REVERSAL),
        adjusted=between("from_fund", Cause.ADJUSTMENT) - between("to_fund", Cause.ADJUSTMENT),
        # Points given back at the till: the only reversal that comes to a home.
        redeemed=between("from_home", Cause.REDEMPTION) - between("to_home", Cause.REVERSAL),
        expired=between("from_home", Cause.EXPIRY) + between("from_home", Cause.RESET),
        deducted=between("from_home", Cause.DEDUCTION) - between("to_home", Cause.DEDUCTION),
        left=net("to_fund", "from_fund"),
        outstanding=net("to_home", "from_home"),
        waiting=waiting,
        factors=factors,
    )


def factors_of(village_id: UUID, since: date, until: date) -> tuple[FactorLine, ...]:
    """The village's rounds of these days that were paid by one factor, the newest first (one query)."""
    cut = Cut.objects.filter(award__round=OuterRef("round"), award__reversed_by=None)
    off = Subquery(cut.order_by().values("award__round").annotate(n=Sum("points")).values("n"))
    rows = Factor.objects.filter(village=village_id, day__gte=since, day__lte=until).order_by("-day")
    listed = rows.values_list("day", "budget", "needed", off)
    return tuple(FactorLine(day, Share(budget, needed), off or 0) for day, budget, needed, off in listed)


def budgets(village_ids: Sequence[UUID]) -> dict[UUID, BudgetStanding]:
    """Village → its budget as it stands (four queries, whatever their number)."""
    accounts = Account.objects.filter(owner__in=village_ids, kind=AccountKind.ISSUANCE.value, ledger=POINTS)
    owner = dict(accounts.values_list("pk", "owner"))
    cause = Posting.objects.filter(credit__in=owner).values_list("credit", "cause").annotate(n=Sum("points"))
    funded: dict[UUID, int] = {}
    back: dict[UUID, int] = {}
    for account, why, points in cause:
        into = funded if why == Cause.BUDGET.value else back
        into[owner[account]] = into.get(owner[account], 0) + points
    out = Posting.objects.filter(debit__in=owner).values_list("debit").annotate(n=Sum("points"))
    spent = {owner[account]: points for account, points in out}
    waiting = waiting_in_each(village_ids)
    found = {}
    for village in village_ids:
        issued = spent.get(village, 0) - back.get(village, 0)
        put_in = funded.get(village, 0)
        found[village] = BudgetStanding(put_in, issued, put_in - issued, waiting.get(village, 0))
    return found
