"""Erasable words against the seals that stay (D10): as they were sealed, or erased by a rule that is on record."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import groupby

from courtyard.inspections.rules.marks import sealing
from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.source import Source
from courtyard.records.rules import canonical, plain, salted

SEEN = """
SELECT m.id, m.words_sha256, f.area, f.code, f.words, f.places, f.salt FROM inspections_finding f
JOIN inspections_marks m ON m.id = f.marks_id ORDER BY m.id
"""


def _findings(source: Source) -> Looking:
    count = 0
    for key, rows in groupby(source.rows(SEEN), key=lambda row: (row[0], row[1])):
        lines = sorted(salted(bytes(salt), canonical(sealing(*said))) for _, _, *said, salt in rows)
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
SELECT s.listing_id, s.n, s.words_sha256, w.text, w.salt, e.id FROM honours_step s
JOIN honours_listing l ON l.id = s.listing_id
LEFT JOIN honours_words w ON w.listing_id = s.listing_id AND w.step_n = s.n
LEFT JOIN (SELECT subject, MIN(CAST(id AS text)) AS id FROM records_entry WHERE verb = 'honours.erase_words'
           GROUP BY subject) e ON e.subject = REPLACE(CAST(l.round_id AS text), '-', '')
WHERE s.words_sha256 <> '' ORDER BY s.id
"""


def _reasons(source: Source) -> Looking:
    count = 0
    for listing, n, seal, text, salt, erased in source.rows(REASONS):
        count += 1
        if text is None:
            if erased is None:
                yield f"榜上条目 {shown(listing)} 第 {n} 步的说明不见了,没有清除的记录"
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
    "",
)
PRINTS = """
SELECT a.id, a.facts_sha256, w.facts, w.salt, e.id, p.id FROM outreach_artefact a
LEFT JOIN outreach_artefactwords w ON w.artefact_id = a.id
LEFT JOIN (SELECT subject, MIN(CAST(id AS text)) AS id FROM records_entry WHERE verb = 'outreach.erase_artefact'
           GROUP BY subject) e ON e.subject = REPLACE(CAST(a.id AS text), '-', '')
LEFT JOIN (SELECT subject, MIN(CAST(id AS text)) AS id FROM records_entry WHERE verb = 'outreach.erase_prints'
           GROUP BY subject) p
  ON p.subject = REPLACE(CAST(a.place_id AS text), '-', '') || ':' || SUBSTR(CAST(a.day AS text), 1, 7)
ORDER BY a.id
"""


def _prints(source: Source) -> Looking:
    count = 0
    for key, seal, facts, salt, alone, month in source.rows(PRINTS):
        count += 1
        if facts is None:
            if alone is None and month is None:
                yield f"打印件 {shown(key)} 的内容不见了,没有清除的记录"
        elif salted(bytes(salt), facts) != seal:
            yield f"打印件 {shown(key)} 的内容被改过,与封印不符"
    return f"{count} 份打印件"


ERASURES = """
SELECT at, answer FROM records_entry WHERE verb IN ('inspections.erase_findings', 'honours.erase_words',
  'inspections.erase_deeds', 'honours.erase_help', 'outreach.erase_artefact', 'outreach.erase_prints') ORDER BY at
"""


def _told(source: Source) -> Looking:
    """What was erased is said: how often, when last, by which rules."""
    count, last, rules = 0, "", set()
    for at, answer in source.rows(ERASURES):
        count, last = count + 1, str(plain(at) if isinstance(at, datetime) else at)[:10]
        rules.add(str(json.loads(answer).get("rule", "")))
    erased = f";清除过 {count} 次,最近 {last},按 {'、'.join(sorted(rules))}" if count else ""
    yield from ()
    return f"看到的情况、说明、打印件都与封印相符{erased}"


words = several(_findings, _erased, _reasons, _added, _prints, _told)
