"""Opening accounts by sets, and moving their counters: the guard against overdrawing is one UPDATE and its row count.

The village's number is taken before any account or counter is touched, here and nowhere else: a close holds it from
its start (D8), so whoever came to it after a counter would wait for the close while the close waits for the counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from courtyard.points.models import Counter, Ledger
from courtyard.points.queries.sets import filled, rows, select, uuid
from courtyard.points.queries.sets import owners as owners_given
from courtyard.points.rules.ledger import POINTS
from courtyard.points.rules.states import AccountKind
from courtyard.records.journal import Pen

# Overdrawing must be refused here; every other kind of account is folded (D6).
COUNTED = (AccountKind.HOUSEHOLD, AccountKind.ISSUANCE)
_ACCOUNTS = """
SELECT owner, id FROM points_account
WHERE kind = %s AND ledger_id = %s AND owner IN (SELECT owner FROM {given})
"""
_OPEN = """
INSERT INTO points_account (kind, owner, ledger_id) SELECT %s, owner, %s FROM {given} WHERE true ON CONFLICT DO NOTHING
"""
_COUNT = """
INSERT INTO points_counter (account_id, points, held)
SELECT id, 0, 0 FROM points_account WHERE kind = %s AND ledger_id = %s AND owner IN (SELECT owner FROM {given})
ON CONFLICT DO NOTHING
"""
# An upsert may add but never take: the CHECK would judge the row to be inserted, whatever the balance is.
_ADD = """
INSERT INTO points_counter (account_id, points, held)
SELECT account, points, 0 FROM {given} WHERE true ORDER BY account
ON CONFLICT (account_id) DO UPDATE SET points = points_counter.points + excluded.points
"""
_DRAW = "UPDATE points_counter SET points = points - %s WHERE account_id = %s AND points - held >= %s"
_TAKE = """
UPDATE points_counter SET points = points_counter.points - given.points FROM {given}
WHERE points_counter.account_id = given.account
AND points_counter.points - points_counter.held >= given.points
"""


def open_accounts(pen: Pen, kind: AccountKind, owners: Iterable[UUID]) -> dict[UUID, int]:
    """Owner → account of this kind in the spendable ledger, opened (with its counter) where it is missing."""
    wanted = list(dict.fromkeys(owners))
    found = _accounts(kind, wanted)
    missing = [owner for owner in wanted if owner not in found]
    if not missing:
        return found
    pen.take_number()
    Ledger.objects.bulk_create([Ledger(code=POINTS, name="积分", spendable=True)], ignore_conflicts=True)
    given = [kind.value, POINTS, owners_given(missing)]
    with connection.cursor() as cursor:
        cursor.execute(filled(_OPEN, owner="uuid"), given)
        if kind in COUNTED:
            cursor.execute(filled(_COUNT, owner="uuid"), given)
    return found | _accounts(kind, missing)


def _accounts(kind: AccountKind, owners: list[UUID]) -> dict[UUID, int]:
    return {
        uuid(owner): int(id)
        for owner, id in select(filled(_ACCOUNTS, owner="uuid"), [kind.value, POINTS, owners_given(owners)])
    }


def lock(pen: Pen, accounts: Iterable[int]) -> dict[int, int]:
    """Hold these counters until the action ends, in order; account → what is free on it."""
    pen.take_number()
    ids = sorted(accounts)
    counters = Counter.objects.filter(pk__in=ids)
    if connection.features.has_select_for_update:
        return {c.pk: c.points - c.held for c in counters.order_by("pk").select_for_update()}
    return {c.pk: c.points - c.held for c in counters}


def draw(pen: Pen, account: int, points: int) -> bool:
    """Take points off one counter where they are free; False where they are not, and nothing is taken."""
    pen.take_number()
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [points, account, points])
        return bool(cursor.rowcount == 1)


def add(pen: Pen, sums: Mapping[int, int]) -> None:
    """Add to counters, account → points (> 0), by one statement in order of account."""
    pen.take_number()
    given = ",".join([f'{{"account":{account},"points":{sums[account]}}}' for account in sorted(sums)])
    sql = filled(_ADD, account="bigint", points="bigint")
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"[{given}]"])


def take(pen: Pen, sums: Mapping[int, int]) -> None:
    """Take points off counters that `lock` showed to cover them, by one statement."""
    pen.take_number()
    given = rows({"account": account, "points": points} for account, points in sums.items())
    sql = filled(_TAKE, account="bigint", points="bigint")
    with connection.cursor() as cursor:
        cursor.execute(sql, [given])
        if cursor.rowcount != len(sums):
            raise RuntimeError("a counter that was held no longer covers what is taken")
