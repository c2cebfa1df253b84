"""The ledger: counters against folds, holds, awards against postings, reversals (D6)."""

from __future__ import annotations

from courtyard.ops.verify.findings import from_sql, several

MOVES = (
    "(SELECT credit_id AS account, points AS p, id FROM points_posting"
    " UNION ALL SELECT debit_id, -points, id FROM points_posting)"
)
# Accounts that must not be overdrawn carry a counter; all others are folded.
GUARDED = "(a.kind = 'issuance' OR (a.kind = 'household' AND l.spendable))"

counters = from_sql(
    f"""
    SELECT a.id, a.kind, a.owner, c.points, COALESCE(f.total, 0) FROM points_account a
    JOIN points_ledger l ON l.code = a.ledger_id
    LEFT JOIN points_counter c ON c.account_id = a.id
    LEFT JOIN (SELECT account, SUM(p) AS total FROM {MOVES} m GROUP BY account) f ON f.account = a.id
    WHERE (c.account_id IS NULL AND {GUARDED} AND f.account IS NOT NULL)
       OR (c.account_id IS NOT NULL AND c.points <> COALESCE(f.total, 0))
    ORDER BY a.id
    """,  # noqa: S608
    "账户 {0}({1} {2})的余额数是 {3},逐笔加起来是 {4}",
    "余额数都与逐笔相加相符",
)

never_below_zero = from_sql(
    f"""
    SELECT s.account, s.id, s.total FROM (
      SELECT account, id, SUM(p) OVER (PARTITION BY account ORDER BY id) AS total FROM {MOVES} m
    ) s JOIN points_account a ON a.id = s.account JOIN points_ledger l ON l.code = a.ledger_id
    WHERE s.total < 0 AND {GUARDED} ORDER BY s.id
    """,  # noqa: S608
    "账户 {0} 记到第 {1} 笔时余额是 {2}",
    "没有一户、一村透支过",
)

holds = from_sql(
    """
    SELECT a.id, c.held, COALESCE(h.total, 0) FROM points_account a
    LEFT JOIN points_counter c ON c.account_id = a.id
    LEFT JOIN (SELECT account_id, SUM(points) AS total FROM points_hold WHERE state = 'held' GROUP BY account_id) h
      ON h.account_id = a.id
    WHERE COALESCE(c.held, 0) <> COALESCE(h.total, 0) ORDER BY a.id
    """,
    "账户 {0} 的预留数是 {1},未了的预留加起来是 {2}",
    "预留数都相符",
)

_paid_as_earned = from_sql(
    """
    SELECT p.id, p.award_id FROM points_posting p LEFT JOIN points_award w ON w.id = p.award_id
    LEFT JOIN points_account d ON d.id = p.debit_id LEFT JOIN points_account c ON c.id = p.credit_id
    LEFT JOIN points_cut k ON k.award_id = w.id
    WHERE (p.cause = 'award') AND (w.id IS NULL OR w.reverses_id IS NOT NULL OR p.points <> w.points - COALESCE(k.points, 0)
      OR c.kind <> 'household' OR c.owner <> w.household OR d.kind <> 'issuance' OR d.owner <> w.village)
    ORDER BY p.id
    """,
    "第 {0} 笔记账与它付的得分 {1} 不符(分数、农户或村)",
    "",
)
_paid_once = from_sql(
    "SELECT award_id, count(*) FROM points_posting WHERE cause = 'award' GROUP BY award_id HAVING count(*) > 1",
    "得分 {0} 付了 {1} 次",
    "",
)
_whole_or_waiting = from_sql(
    """
    SELECT w.entry, count(p.id), count(*) FROM points_award w
    LEFT JOIN points_posting p ON p.award_id = w.id AND p.cause = 'award'
    LEFT JOIN points_award r ON r.reverses_id = w.id LEFT JOIN points_cut k ON k.award_id = w.id
    WHERE w.reverses_id IS NULL AND r.id IS NULL AND (k.points IS NULL OR k.points < w.points)
    GROUP BY w.entry HAVING count(p.id) > 0 AND count(p.id) < count(*)
    """,
    "记录 {0} 的得分只付了一部分({1}/{2}):一轮要么全付,要么全等",
    "",
)
_waiting_is_known = from_sql(
    """
    SELECT w.id, w.village FROM points_award w
    LEFT JOIN points_grant g ON g.village = w.village AND g.entry = w.entry
    LEFT JOIN points_posting p ON p.award_id = w.id AND p.cause = 'award'
    LEFT JOIN points_award r ON r.reverses_id = w.id LEFT JOIN points_cut k ON k.award_id = w.id
    WHERE w.reverses_id IS NULL AND p.id IS NULL AND r.id IS NULL AND (k.points IS NULL OR k.points < w.points)
      AND g.id IS NULL ORDER BY w.id
    """,
    "得分 {0} 还没有发,村 {1} 的待发里却找不到它,补了预算也轮不到它",
    "",
)
_reversed_as_earned = from_sql(
    """
    SELECT r.id, w.id FROM points_award r JOIN points_award w ON w.id = r.reverses_id
    WHERE r.points <> w.points OR r.household <> w.household OR r.village <> w.village OR r.round <> w.round
       OR r.clause <> w.clause OR w.reverses_id IS NOT NULL ORDER BY r.id
    """,
    "得分 {0} 冲回的得分 {1} 与它不符",
    "得分与记账相符",
)
awards = several(_paid_as_earned, _paid_once, _waiting_is_known, _whole_or_waiting, _reversed_as_earned)

# Whole numbers divide downwards on both databases: points × budget ÷ needed, what is below one point dropped.
_SHARE = "w.points * f.budget / f.needed"
_cut_as_its_round = from_sql(
    f"""
    SELECT w.id, w.round, COALESCE(k.points, 0), w.points, f.budget, f.needed FROM points_award w
    LEFT JOIN points_cut k ON k.award_id = w.id LEFT JOIN points_factor f ON f.round = w.round
    WHERE w.reverses_id IS NULL AND (k.award_id IS NOT NULL OR f.round IS NOT NULL)
      AND (f.round IS NULL OR COALESCE(k.points, 0) <> w.points - {_SHARE}) ORDER BY w.id
    """,  # noqa: S608
    "得分 {0}(轮次 {1})少发了 {2} 分,与这一轮的比例不符(得分 {3},按 {4}/{5} 发)",
    "",
)
_cut_no_reversal = from_sql(
    "SELECT k.award_id FROM points_cut k JOIN points_award w ON w.id = k.award_id WHERE w.reverses_id IS NOT NULL",
    "冲回 {0} 不该有少发的分",
    "",
)
_factor_of_its_round = from_sql(
    f"""
    SELECT f.round, f.budget, f.needed, SUM(w.points), SUM({_SHARE}) FROM points_factor f
    LEFT JOIN points_award w ON w.round = f.round AND w.entry = f.entry AND w.reverses_id IS NULL
    GROUP BY f.round, f.budget, f.needed
    HAVING f.needed <> COALESCE(SUM(w.points), 0) OR SUM({_SHARE}) > f.budget ORDER BY f.round
    """,  # noqa: S608
    "轮次 {0} 按 {1}/{2} 发,这一轮的得分却是 {3},发了 {4}",
    "按比例发的轮次每一笔都同一个比例,没有超过预算",
)
factors = several(_cut_as_its_round, _cut_no_reversal, _factor_of_its_round)

reversals = from_sql(
    """
    SELECT r.id, p.id FROM points_posting r JOIN points_posting p ON p.id = r.reverses_id
    WHERE r.points <> p.points OR r.debit_id <> p.credit_id OR p.reverses_id IS NOT NULL ORDER BY r.id
    """,
    "第 {0} 笔冲回与它冲的第 {1} 笔不符",
    "冲回都与原来那笔相符",
)
