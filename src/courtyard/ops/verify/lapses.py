"""What left accounts by itself: lapses oldest first, resets once and to their share; deductions, terms, merits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.source import Source
from courtyard.points.rules.lots import Booked, Lots, lots_of
from courtyard.points.rules.standings import falls_by
from courtyard.points.rules.states import Cause

_SIDE = """
SELECT acc.owner, acc.id, p.id, p.cause, {sign}p.points, p.day, p.booked, t.until,
  CASE WHEN a.entry IS NULL OR a.entry = p.entry THEN 0 ELSE 1 END, COALESCE(a.reverses_id, a.id), p.reverses_id,
  r.keep_share_milli
FROM points_posting p JOIN points_account acc ON acc.id = p.{column}
LEFT JOIN points_award a ON a.id = p.award_id LEFT JOIN points_term t ON t.award_id = p.award_id
LEFT JOIN points_reset r ON r.id = p.subject AND p.cause = 'reset'
WHERE acc.kind = 'household' AND acc.id IN (
  SELECT debit_id FROM points_posting WHERE cause IN ('expiry', 'reset')
  UNION SELECT p2.credit_id FROM points_term t2 JOIN points_posting p2 ON p2.award_id = t2.award_id
)
"""
_MOVED = (
    f"SELECT * FROM ({_SIDE.format(sign='', column='credit_id')}"  # noqa: S608  # fixed names
    f" UNION ALL {_SIDE.format(sign='-', column='debit_id')}) moved ORDER BY 2, 3"
)
# Points set aside are not there to leave; what is then left over goes once it is released.
_HELD = "SELECT DISTINCT account_id FROM points_hold"
_EVENINGS = """
SELECT h.id, e.day FROM households_household h JOIN points_evening e ON e.village = h.village_id
"""


def lapses(source: Source) -> Looking:
    """Every home's bookings again as lots: each lapse took just what was over, each reset left its share, and nothing
    stands past its last day where the village's evenings are booked."""
    held = {account for (account,) in source.rows(_HELD)}
    evenings = {shown(home): _day(day) for home, day in source.rows(_EVENINGS)}
    count = 0
    for account, rows in groupby(source.rows(_MOVED), key=lambda row: row[1]):
        lots, home, before = Lots(), "", list[Booked]()
        for row in rows:
            home = shown(row[0])
            one = _booked(row)
            due = _due(lots, before, one, row[11])
            if due is not None:
                count += 1
                less = account in held and -one.points < due
                if -one.points != due and not less:
                    yield f"第 {one.id} 笔({Cause(one.cause).label})记了 {-one.points} 分,照各笔的先后和日子该是 {due} 分"
            lots.book(one)
            before.append(one)
        settled = evenings.get(home)
        if settled is not None and account not in held and (left := lots.lapsing(settled)):
            yield f"账户 {account} 还有 {left} 分,{settled.isoformat()} 以前就该到期了"
    return f"{count} 笔到期和清零都相符"


def _due(lots: Lots, before: Sequence[Booked], one: Booked, share: int | None) -> int | None:
    """What a lapse or reset should have taken, by what the account held that evening, at most what it holds now; None
    where it is neither."""
    if one.cause not in (Cause.EXPIRY.value, Cause.RESET.value):
        return None
    late = any(other.on > one.day for other in before)
    then = lots_of(other for other in before if other.on <= one.day) if late else lots
    due = then.lapsing(one.day) if one.cause == Cause.EXPIRY.value else falls_by(then.points, int(share or 0), 1)
    return min(due, lots.points)


def _booked(row: tuple[Any, ...]) -> Booked:
    _, _, id, cause, points, day, booked, until, waited, award, undoes, _ = row
    name = shown(award) if award else ""
    return Booked(
        int(id), cause, int(points), _day(day), _day(booked), _day(until) if until else None, bool(waited), name, undoes
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


_reset_named = from_sql(
    """
    SELECT p.id, p.subject FROM points_posting p LEFT JOIN points_reset r ON r.id = p.subject
    LEFT JOIN points_account d ON d.id = p.debit_id LEFT JOIN points_account c ON c.id = p.credit_id
    WHERE p.cause = 'reset' AND (r.id IS NULL OR r.day <> p.day OR r.ledger <> d.ledger_id OR d.kind <> 'household'
      OR c.kind <> 'expiry' OR c.owner <> r.village) ORDER BY p.id
    """,
    "第 {0} 笔清零找不到它那一次清零({1}),或日子、账、村对不上",
    "",
)
_reset_once = from_sql(
    """
    SELECT village, ledger, day, count(*) FROM points_reset GROUP BY village, ledger, day HAVING count(*) > 1
    ORDER BY village
    """,
    "村 {0} 的账 {1} 在 {2} 清零了 {3} 次",
    "",
)
_reset_home_once = from_sql(
    """
    SELECT p.debit_id, p.subject, count(*) FROM points_posting p WHERE p.cause = 'reset'
    GROUP BY p.debit_id, p.subject HAVING count(*) > 1 ORDER BY p.debit_id
    """,
    "账户 {0} 在同一次清零({1})里清了 {2} 次",
    "清零都有一次清零的记录,一天一本账一次",
)
resets = several(_reset_named, _reset_once, _reset_home_once)

_deducted_as_said = from_sql(
    """
    SELECT d.id, d.household FROM points_deduction d LEFT JOIN points_posting p
      ON p.subject = d.id AND p.cause = 'deduction'
    LEFT JOIN points_account f ON f.id = p.debit_id LEFT JOIN points_account c ON c.id = p.credit_id
    WHERE p.id IS NULL OR p.points <> d.points
      OR (d.reverses_id IS NULL AND (f.kind <> 'household' OR f.owner <> d.household OR c.kind <> 'reversal'))
      OR (d.reverses_id IS NOT NULL AND (c.kind <> 'household' OR c.owner <> d.household OR f.kind <> 'reversal'))
    ORDER BY d.id
    """,
    "按办法减的 {0}(农户 {1})与它的记账不符",
    "",
)
_deduction_named = from_sql(
    """
    SELECT p.id, p.subject FROM points_posting p LEFT JOIN points_deduction d ON d.id = p.subject
    WHERE p.cause = 'deduction' AND d.id IS NULL ORDER BY p.id
    """,
    "第 {0} 笔按办法减找不到依据({1})",
    "",
)
_given_back_as_taken = from_sql(
    """
    SELECT r.id, d.id FROM points_deduction r JOIN points_deduction d ON d.id = r.reverses_id
    WHERE r.points <> d.points OR r.household <> d.household OR r.round <> d.round OR r.clause <> d.clause
      OR d.reverses_id IS NOT NULL ORDER BY r.id
    """,
    "给回 {0} 与当时减的 {1} 不符",
    "按办法减的都有记账",
)
deductions = several(_deducted_as_said, _deduction_named, _given_back_as_taken)

_merit_reversed = from_sql(
    """
    SELECT r.id, m.id FROM points_merit r JOIN points_merit m ON m.id = r.reverses_id
    WHERE r.milli <> -m.milli OR r.household <> m.household OR r.ledger <> m.ledger OR r.round <> m.round
      OR r.clause <> m.clause OR r.day <> m.day OR m.reverses_id IS NOT NULL ORDER BY r.id
    """,
    "荣誉账的 {0} 收回的 {1} 与它不符",
    "",
)
_merit_reset = from_sql(
    """
    SELECT m.id, m.round FROM points_merit m LEFT JOIN points_reset r ON r.id = m.round
    WHERE m.clause LIKE 'resets.%' AND (r.id IS NULL OR r.day <> m.day OR r.ledger <> m.ledger OR r.clause <> m.clause
      OR r.village <> m.village OR m.milli > 0) ORDER BY m.id
    """,
    "荣誉账的 {0} 说是清零({1}),与那一次清零对不上",
    "",
)
_term_of_award = from_sql(
    """
    SELECT t.award_id, t.until FROM points_term t LEFT JOIN points_award a ON a.id = t.award_id
    WHERE a.id IS NULL OR a.reverses_id IS NOT NULL OR a.entry <> t.entry OR t.until < a.day ORDER BY t.award_id
    """,
    "得分 {0} 的最后一天({1})与它不符",
    "荣誉账和得分的日子都相符",
)
standings = several(_merit_reversed, _merit_reset, _term_of_award)
