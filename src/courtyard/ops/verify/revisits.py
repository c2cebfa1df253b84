"""Re-visits: looks against the marks they were, spot checks against their marks, concerns against what was replied."""

from __future__ import annotations

from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.source import Source
from courtyard.records.rules import salted

# A look is the marks of its person, that day, at the entry's home, in a round of its kind (decision 0008).
_as_marked = from_sql(
    """
    SELECT k.id, m.id FROM honours_lookmarks n JOIN honours_look k ON k.id = n.look_id
    JOIN honours_listing l ON l.id = k.listing_id JOIN inspections_marks m ON m.id = n.marks_id
    JOIN inspections_visit v ON v.id = m.visit_id JOIN inspections_round r ON r.id = v.round_id
    WHERE m.evaluator_id <> k.looker OR m.day <> k.day OR v.household_id <> l.household_id
       OR r.kind <> CASE k.kind WHEN 'second' THEN 'recheck' ELSE 'rectify' END ORDER BY k.id
    """,
    "去看的记录 {0} 与评分 {1} 对不上",
    "",
)
_confirmed_by_two = from_sql(
    """
    SELECT s.listing_id FROM honours_step s JOIN honours_listing l ON l.id = s.listing_id
    WHERE s.verb = 'confirm' AND (SELECT count(DISTINCT k.looker) FROM honours_look k
      WHERE k.listing_id = s.listing_id AND k.kind = 'second' AND k.still_poor) < 2 ORDER BY s.listing_id
    """,
    "榜上条目 {0} 没有两个人复看就算属实",
    "复看和复查都有评分作底",
)
looks = several(_as_marked, _confirmed_by_two)

# Findings are what was compared: never more homes than the spot check has marks for, and only once it is closed.
spot_checks = several(
    from_sql(
        """
        SELECT a.round_id, a.area FROM inspections_agreement a JOIN inspections_round r ON r.id = a.round_id
        WHERE r.kind <> 'spot' OR r.state <> 'closed' OR a.same + a.near + a.far > (
          SELECT count(*) FROM inspections_visit v WHERE v.round_id = r.id AND EXISTS (
            SELECT 1 FROM inspections_marks m WHERE m.visit_id = v.id AND m.presence = 'seen')) ORDER BY a.id
        """,
        "抽查 {0} 的「{1}」比过的户比看过的还多,或者还没有结束",
        "",
    ),
    from_sql(
        """
        SELECT r.id FROM inspections_round r WHERE r.kind = 'spot' AND r.state = 'closed'
        AND NOT EXISTS (SELECT 1 FROM inspections_agreement a WHERE a.round_id = r.id) ORDER BY r.id
        """,
        "抽查 {0} 结束了,没有留下比的结果",
        "抽查的结果与评分相符",
    ),
)

_said = " UNION ALL ".join(
    f"SELECT id, '{question}' AS question FROM inspections_replies WHERE {question} = 'no'"  # noqa: S608
    for question in ("came", "slip", "receipts")
)
_a_no_is_a_concern = from_sql(
    f"""
    SELECT p.id, p.question FROM ({_said}) p
    LEFT JOIN inspections_concern c ON c.replies_id = p.id AND c.question = p.question
    WHERE c.id IS NULL ORDER BY p.id
    """,  # noqa: S608
    "回访 {0} 的「{1}」答了「不是」,没有交给监督员",
    "",
)
_a_concern_was_a_no = from_sql(
    f"""
    SELECT c.id FROM inspections_concern c
    JOIN inspections_replies q ON q.id = c.replies_id JOIN inspections_marks m ON m.id = q.marks_id
    JOIN inspections_visit v ON v.id = m.visit_id
    LEFT JOIN ({_said}) p ON p.id = c.replies_id AND p.question = c.question
    WHERE p.id IS NULL OR v.household_id <> c.household_id ORDER BY c.id
    """,  # noqa: S608
    "监督事项 {0} 没有对应的「不是」,或者不是那一户",
    "",
)
_answered = from_sql(
    """
    SELECT c.id, c.state FROM inspections_concern c LEFT JOIN inspections_concernanswer a ON a.concern_id = c.id
    WHERE (c.state = 'answered') <> (a.id IS NOT NULL) ORDER BY c.id
    """,
    "监督事项 {0} 是「{1}」,和有没有答复对不上",
    "",
)
ANSWERS = """
SELECT a.id, a.words_sha256, w.text, w.salt, e.id FROM inspections_concernanswer a
JOIN inspections_concern c ON c.id = a.concern_id JOIN inspections_replies q ON q.id = c.replies_id
JOIN inspections_marks m ON m.id = q.marks_id JOIN inspections_visit v ON v.id = m.visit_id
LEFT JOIN inspections_concernwords w ON w.answer_id = a.id
LEFT JOIN (SELECT subject, MIN(CAST(id AS text)) AS id FROM records_entry WHERE verb = 'inspections.erase_findings'
           GROUP BY subject) e ON e.subject = REPLACE(CAST(v.round_id AS text), '-', '')
ORDER BY a.id
"""


def _sealed(source: Source) -> Looking:
    count = 0
    for key, seal, text, salt, erased in source.rows(ANSWERS):
        count += 1
        if text is None:
            if erased is None:
                yield f"监督事项的答复 {shown(key)} 的话不见了,没有清除的记录"
        elif salted(bytes(salt), text) != seal:
            yield f"监督事项的答复 {shown(key)} 的话被改过,与封印不符"
    return f"三问里的「不是」都交给了监督员;{count} 份答复与封印相符"


concerns = several(_a_no_is_a_concern, _a_concern_was_a_no, _answered, _sealed)
