"""Deeds against what they earned, and against the help they are thanks for (their words: see `said`)."""

from __future__ import annotations

from courtyard.ops.verify.findings import from_sql, several

_earned = from_sql(
    """
    SELECT d.id, d.points, a.points FROM inspections_deed d
    LEFT JOIN points_award a ON a.round = d.id AND a.reverses_id IS NULL
    WHERE (d.state = 'confirmed' AND d.points > 0
        AND (a.id IS NULL OR a.points <> d.points OR a.household <> d.household_id OR a.village <> d.village_id
             OR a.day <> d.day OR a.clause <> 'deeds.' || d.item))
       OR (a.id IS NOT NULL AND (d.state <> 'confirmed' OR d.points = 0))
    ORDER BY d.id
    """,
    "事项 {0} 记的是 {1} 分,得分是 {2} 分,或农户、日期、条款对不上",
    "",
)
_of_a_deed = from_sql(
    """
    SELECT a.id, a.clause FROM points_award a LEFT JOIN inspections_deed d ON d.id = a.round
    WHERE a.clause LIKE 'deeds.%' AND d.id IS NULL ORDER BY a.id
    """,
    "得分 {0}(「{1}」)没有对应的事项",
    "",
)
_two_people = from_sql(
    """
    SELECT id, proposed_by FROM inspections_deed WHERE state <> 'proposed' AND decided_by = proposed_by ORDER BY id
    """,
    "事项 {0} 是同一个人({1})记的、确认的",
    "",
)
_thanked = from_sql(
    """
    SELECT d.id, d.help FROM inspections_deed d LEFT JOIN honours_helptask t ON t.id = d.help
    WHERE d.help IS NOT NULL AND (t.id IS NULL OR t.state <> 'done' OR t.helper_household_id <> d.household_id)
    ORDER BY d.id
    """,
    "事项 {0} 谢的帮扶 {1} 没有办完,或不是这一户去帮的",
    "事项与得分、帮扶相符",
)
deeds = several(_earned, _of_a_deed, _two_people, _thanked)
