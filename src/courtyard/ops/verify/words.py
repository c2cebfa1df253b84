"""Erasable words against the seals that stay (D10): as they were sealed, or erased by a rule that is on record."""

from __future__ import annotations

from itertools import groupby

from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.source import Source
from courtyard.records.rules import canonical, salted

SEEN = """
SELECT m.id, m.words_sha256, f.area, f.code, f.words, f.salt FROM inspections_finding f
JOIN inspections_marks m ON m.id = f.marks_id ORDER BY m.id
"""


def _findings(source: Source) -> Looking:
    count = 0
    for key, rows in groupby(source.rows(SEEN), key=lambda row: (row[0], row[1])):
        lines = sorted(salted(bytes(salt), canonical([area, code, words])) for *_, area, code, words, salt in rows)
        count += len(lines)
        if salted(b"", canonical(lines)) != key[1]:
            yield f"评分 {shown(key[0])} 看到的情况被改过,与封印不符"
    return f"{count} 条"


# What was sealed and is gone must have been erased by its round's entry.
_erased = from_sql(
    """
    SELECT m.id FROM inspections_marks m JOIN inspections_visit v ON v.id = m.visit_id
    LEFT JOIN inspections_finding f ON f.marks_id = m.id
    LEFT JOIN records_entry e ON e.verb = 'inspections.erase_findings'
      AND e.subject = REPLACE(CAST(v.round_id AS text), '-', '')
    WHERE m.words_sha256 <> '' AND f.id IS NULL AND e.id IS NULL
    """,
    "评分 {0} 看到的情况不见了,没有清除的记录",
    "",
)

REASONS = """
SELECT s.listing_id, s.n, s.words_sha256, w.text, w.salt FROM honours_step s
LEFT JOIN honours_words w ON w.listing_id = s.listing_id AND w.step_n = s.n
WHERE s.words_sha256 <> '' ORDER BY s.id
"""


def _reasons(source: Source) -> Looking:
    count = 0
    for listing, n, seal, text, salt in source.rows(REASONS):
        count += 1
        if text is None:
            yield f"榜上条目 {shown(listing)} 第 {n} 步的说明不见了"
        elif salted(bytes(salt), text) != seal:
            yield f"榜上条目 {shown(listing)} 第 {n} 步的说明被改过,与封印不符"
    return f"{count} 条说明,清除过的有记录"


_added = from_sql(
    """
    SELECT w.listing_id, w.step_n FROM honours_words w
    LEFT JOIN honours_step s ON s.listing_id = w.listing_id AND s.n = w.step_n
    WHERE s.id IS NULL OR s.words_sha256 = ''
    """,
    "榜上条目 {0} 第 {1} 步多出一条没有封印的说明",
    "看到的情况和说明都与封印相符",
)
words = several(_findings, _erased, _reasons, _added)
