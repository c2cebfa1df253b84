"""Deeds against what they count, gave and took off, what was said of them, and the help they are thanks for (their words:
see `said`)."""

from __future__ import annotations

from courtyard.ops.verify.findings import from_sql, several

# What stands of a deed's awards, merits and deductions: neither a taking back nor taken back.
_STANDS = (
    "{0}.round = d.id AND {0}.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM {1} r WHERE r.reverses_id = {0}.id)"
)
_AWARDED = "SELECT COALESCE(SUM(a.points), 0) FROM points_award a WHERE " + _STANDS.format("a", "points_award")  # noqa: S608  # our tables
_TAKEN = "SELECT COALESCE(SUM(t.points), 0) FROM points_deduction t WHERE " + _STANDS.format("t", "points_deduction")  # noqa: S608
_MERITS = "SELECT COALESCE(SUM(m.milli), 0) FROM points_merit m WHERE m.milli {sign} 0 AND " + _STANDS.format(  # noqa: S608
    "m", "points_merit"
)
_COUNTED = "SELECT COALESCE(SUM(c.milli), 0) FROM inspections_deedcount c WHERE c.deed_id = d.id AND c.milli {sign} 0"
_plus = from_sql(
    f"""
    SELECT id, counted, given FROM (
      SELECT d.id, CASE WHEN EXISTS (SELECT 1 FROM inspections_deedcount c WHERE c.deed_id = d.id)
          THEN ({_COUNTED.format(sign=">")}) WHEN d.state = 'confirmed' THEN d.points * 1000 ELSE 0 END AS counted,
        ({_AWARDED}) * 1000 + ({_MERITS.format(sign=">")}) AS given
      FROM inspections_deed d) x
    WHERE counted <> given ORDER BY id
    """,  # noqa: S608  # our tables
    "事项 {0} 记的是千分之 {1} 分,得的是千分之 {2} 分",
    "",
)
_minus = from_sql(
    f"""
    SELECT id, counted, taken FROM (
      SELECT d.id, -({_COUNTED.format(sign="<")}) AS counted,
        ({_TAKEN}) * 1000 - ({_MERITS.format(sign="<")}) AS taken
      FROM inspections_deed d) x
    WHERE taken > counted ORDER BY id
    """,  # noqa: S608  # our tables
    "事项 {0} 该减的是千分之 {1} 分,减了千分之 {2} 分",
    "",
)
_said_points = from_sql(
    """
    SELECT d.id, d.points FROM inspections_deed d
    WHERE d.points IS NOT NULL AND EXISTS (SELECT 1 FROM inspections_deedcount c WHERE c.deed_id = d.id)
      AND NOT EXISTS (SELECT 1 FROM inspections_deedcount c WHERE c.deed_id = d.id AND c.milli / 1000 = d.points)
    ORDER BY d.id
    """,
    "事项 {0} 上写的 {1} 分,和它在各本账上算的对不上",
    "",
)
_of_a_deed = several(
    *(
        from_sql(
            f"""
            SELECT a.id, a.clause FROM {table} a LEFT JOIN inspections_deed d ON d.id = a.round
            WHERE a.clause LIKE 'deeds.%' AND (d.id IS NULL OR a.clause <> 'deeds.' || d.item
              OR a.household <> d.household_id OR a.village <> d.village_id) ORDER BY a.id
            """,  # noqa: S608  # our tables
            name + " {0}(「{1}」)没有对应的事项,或农户、条款对不上",
            "",
        )
        for table, name in (("points_award", "得分"), ("points_merit", "荣誉账"), ("points_deduction", "减分"))
    )
)
_two_people = from_sql(
    """
    SELECT id, proposed_by FROM inspections_deed WHERE state <> 'proposed' AND decided_by = proposed_by ORDER BY id
    """,
    "事项 {0} 是同一个人({1})记的、确认的",
    "",
)
_answered = from_sql(
    """
    SELECT c.id, c.asked_by FROM inspections_deedchange c JOIN inspections_deed d ON d.id = c.deed_id
    WHERE c.answered_by = c.asked_by
      OR (c.state = 'granted' AND c.kind <> 'mended' AND d.state NOT IN ('taken_back', 'declined'))
    ORDER BY c.id
    """,
    "事项的后话 {0} 是同一个人({1})说的、答的,或答了照办却没有收回",
    "",
)
_back = from_sql(
    """
    SELECT d.id, d.decided FROM inspections_deed d WHERE d.state = 'taken_back' AND NOT EXISTS (
      SELECT 1 FROM inspections_deedchange c WHERE c.deed_id = d.id AND c.state = 'granted' AND c.kind <> 'mended')
    ORDER BY d.id
    """,
    "事项 {0}({1} 定的)已收回,没有谁要收回、谁答复的记录",
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
deeds = several(_plus, _minus, _said_points, _of_a_deed, _two_people, _answered, _back, _thanked)
