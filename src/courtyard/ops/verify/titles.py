"""Titles against the results that gave and took them."""

from __future__ import annotations

import json

from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.source import Source

_given = from_sql(
    """
    SELECT t.id, t.title FROM honours_titleheld t WHERE NOT EXISTS (
      SELECT 1 FROM inspections_result r JOIN inspections_visit v ON v.id = r.visit_id
      WHERE v.household_id = t.household_id AND v.round_id = t.given_in_id
      AND r.breakdown LIKE '%"clause":"titles.' || t.title || '"%') ORDER BY t.id
    """,
    "称号 {0}「{1}」没有哪一轮的结果给过",
    "",
)
_checked = from_sql(
    """
    SELECT t.id, t.title FROM honours_titleheld t LEFT JOIN inspections_round r ON r.id = t.ended_in_id
    WHERE t.ended_by = 'check' AND (r.id IS NULL OR r.kind <> 'spot' OR r.closed <> t.ended_on) ORDER BY t.id
    """,
    "称号 {0}「{1}」说是抽查那天收回的,没有那天结束的抽查",
    "",
)
_TITLES = """
    SELECT t.id, t.household_id, t.title, t.state, t.ended_by, t.ended_in_id, g.month
    FROM honours_titleheld t JOIN inspections_round g ON g.id = t.given_in_id ORDER BY t.id
"""
_LOST = """
    SELECT v.household_id, v.round_id, d.month, s.id, r.breakdown FROM inspections_result r
    JOIN inspections_visit v ON v.id = r.visit_id JOIN inspections_round d ON d.id = v.round_id
    LEFT JOIN inspections_result s ON s.supersedes_id = r.id WHERE r.breakdown LIKE '%"lost":[%'
"""


def _taken(source: Source) -> Looking:
    """A title a round took is one its result lost; one that is held was lost by no result that stands since."""
    taken, since = set(), dict[tuple[str, str], list[str]]()
    for home, round_id, month, superseded, text in source.rows(_LOST):
        for code in json.loads(text).get("lost", ()):
            taken.add((shown(home), shown(round_id), code))
            if superseded is None:
                since.setdefault((shown(home), code), []).append(str(month))
    count = 0
    for raw, home, code, state, ended_by, ended_in, month in source.rows(_TITLES):
        count += 1
        if ended_by in ("score", "band", "unmet") and (shown(home), shown(ended_in), code) not in taken:
            yield f"称号 {shown(raw)}「{code}」收回了,没有哪一轮的结果这样说"
        if state == "held" and any(one > str(month) for one in since.get((shown(home), code), ())):
            yield f"称号 {shown(raw)}「{code}」还挂着,后来的结果已经收回"
    return f"{count} 个称号与结果相符"


titles = several(_given, _checked, _taken)
