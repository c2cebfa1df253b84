"""Words about grades, help and deeds against their seals (D10): as they were sealed, or erased by an act on record."""

from __future__ import annotations

from courtyard.ops.verify.findings import Look, Looking, several, shown
from courtyard.ops.verify.source import Source
from courtyard.records.rules import salted


def _by(verb: str, subject: str) -> str:
    """A join with the first entry of a verb on a subject (SQL text), as `e`."""
    return (
        f"LEFT JOIN (SELECT subject, MIN(CAST(id AS text)) AS id FROM records_entry WHERE verb = '{verb}'"  # noqa: S608
        f" GROUP BY subject) e ON e.subject = {subject}"
    )


def _of_month(place: str, day: str) -> str:
    """The subject of an act that erases a place's month."""
    return f"REPLACE(CAST({place} AS text), '-', '') || ':' || SUBSTR(CAST({day} AS text), 1, 7)"


def _sealed(sql: str, name: str) -> Look:
    """Rows (key, seal, text, salt, entry that erased): a seal with its words, or without and erased."""

    def look(source: Source) -> Looking:
        count = 0
        for key, seal, text, salt, erased in source.rows(sql):
            count += 1
            if text is None:
                if erased is None:
                    yield f"{name} {shown(key)} 的话不见了,没有清除的记录"
            elif not seal or salted(bytes(salt), text) != seal:
                yield f"{name} {shown(key)} 的话被改过,与封印不符"
        return f"{count} 份{name}与封印相符"

    return look


_grades = _sealed(
    "SELECT s.objection_id, s.words_sha256, w.text, w.salt, e.id FROM honours_gradestep s"  # noqa: S608  # our tables
    " JOIN honours_gradeobjection o ON o.id = s.objection_id JOIN inspections_visit v ON v.id = o.visit_id"
    " LEFT JOIN honours_gradewords w ON w.objection_id = s.objection_id AND w.step_n = s.n "
    + _by("honours.erase_words", "REPLACE(CAST(v.round_id AS text), '-', '')")
    + " WHERE s.words_sha256 <> '' OR w.id IS NOT NULL ORDER BY s.id",
    "等次的异议",
)
_help = _sealed(
    "SELECT t.id, t.words_sha256, w.text, w.salt, e.id FROM honours_helptask t"  # noqa: S608  # our tables
    " LEFT JOIN honours_helpwords w ON w.task_id = t.id "
    + _by("honours.erase_help", _of_month("t.village_id", "t.since"))
    + " WHERE t.words_sha256 <> '' OR w.id IS NOT NULL ORDER BY t.id",
    "帮扶",
)
_deeds = _sealed(
    "SELECT d.id, d.words_sha256, w.text, w.salt, e.id FROM inspections_deed d"  # noqa: S608  # our tables
    " LEFT JOIN inspections_deedwords w ON w.deed_id = d.id "
    + _by("inspections.erase_deeds", _of_month("d.village_id", "d.day"))
    + " WHERE d.words_sha256 <> '' OR w.id IS NOT NULL ORDER BY d.id",
    "事项",
)
_deed_changes = _sealed(
    "SELECT c.id, c.seal, w.text, w.salt, e.id FROM ("  # noqa: S608  # our tables
    "SELECT id, deed_id, 'asked' AS part, asked_sha256 AS seal FROM inspections_deedchange UNION ALL "
    "SELECT id, deed_id, 'answered', answered_sha256 FROM inspections_deedchange) c"
    " JOIN inspections_deed d ON d.id = c.deed_id"
    " LEFT JOIN inspections_deedsaid w ON w.change_id = c.id AND w.part = c.part "
    + _by("inspections.erase_deeds", _of_month("d.village_id", "d.day"))
    + " WHERE c.seal <> '' OR w.id IS NOT NULL ORDER BY c.id",
    "事项的后话",
)
said = several(_grades, _help, _deeds, _deed_changes)
