"""The close as set SQL written by hand for the shipped scheme alone: the limit, and what nobody should maintain.

The same rows as `close_village` writes: results, awards, accounts, counters, postings, entries of both lists with
their first step, the round, receipts and journal (one entry a village; its digest is not computed).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from courtyard.inspections.models import Round
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.records.gate import writers_turn

_SCORED = """
CREATE TEMPORARY TABLE scored AS
WITH given AS (
  SELECT m.visit_id AS visit, a.area, COUNT(*) AS n, SUM(CASE {label} WHEN 'good' THEN 100 WHEN 'fair' THEN 75 ELSE 40 END) AS s,
    SUM(CASE {label} WHEN 'good' THEN 1 ELSE 0 END) AS good, SUM(CASE {label} WHEN 'poor' THEN 1 ELSE 0 END) AS poor
  FROM inspections_marks m JOIN inspections_visit v ON v.id = m.visit_id
  CROSS JOIN (SELECT 'courtyard' AS area UNION ALL SELECT 'rooms' UNION ALL SELECT 'surroundings') a
  WHERE v.round_id IN ({rounds}) AND m.presence = 'seen'
    AND NOT EXISTS (SELECT 1 FROM inspections_review r WHERE r.marks_id = m.id AND r.state <> 'kept')
  GROUP BY m.visit_id, a.area
), seen AS (
  SELECT DISTINCT m.visit_id AS visit, f.area AS area FROM inspections_finding f
  JOIN inspections_marks m ON m.id = f.marks_id JOIN inspections_visit v ON v.id = m.visit_id
  WHERE v.round_id IN ({rounds})
), area AS (
  SELECT g.visit, g.area, n, good, poor, (20 * s + n) / (2 * n) * 100 AS milli, seen.area AS seen
  FROM given g LEFT JOIN seen ON seen.visit = g.visit AND seen.area = g.area
), whole AS (
  SELECT visit, MIN(n) AS raters, SUM(CASE WHEN milli < 60000 AND seen IS NULL THEN 1 ELSE 0 END) AS bare,
    (SUM(milli * CASE area WHEN 'courtyard' THEN 40 ELSE 30 END) + 5000) / 10000 * 100 AS milli,
    {texts} AS areas
  FROM area GROUP BY visit
)
SELECT {id} AS result, {id} AS award, {id} AS listing, w.visit, v.round_id AS round, v.household_id AS home,
  v.group_id, h.village_id AS village, w.milli, w.areas, w.raters,
  CASE WHEN w.milli >= 85000 THEN 'good' WHEN w.milli >= 60000 THEN 'fair' ELSE 'poor' END AS grade,
  CASE WHEN w.milli >= 85000 THEN 10 WHEN w.milli >= 60000 THEN 3 ELSE 0 END AS points,
  w.bare, COALESCE(e.earned, 0) AS earned
FROM whole w JOIN inspections_visit v ON v.id = w.visit JOIN households_household h ON h.id = v.household_id
LEFT JOIN (SELECT household, SUM(CASE WHEN reverses_id IS NULL THEN points ELSE -points END) AS earned
  FROM points_award WHERE village IN ({villages}) GROUP BY household) e ON e.household = v.household_id
WHERE h.living = 'lived_in' AND h.participation = 'taking_part' AND h.until IS NULL
"""
_WRITES = (
    """INSERT INTO inspections_result (id, visit_id, version_id, grade, score_milli, run, breakdown, day, entry)
SELECT s.result, s.visit, r.version_id, s.grade, s.milli, 1, {breakdown}, {day}, {entry}
FROM scored s JOIN inspections_round r ON r.id = s.round""",
    """INSERT INTO points_award (id, village, household, round, clause, points, day, turn, entry)
SELECT award, village, home, round, 'awards.' || grade, points, {day}, 0, {entry} FROM scored
WHERE points > 0 AND earned + points <= 200""",
    """INSERT INTO points_account (kind, owner, ledger_id) SELECT 'household', home, 'points' FROM scored WHERE points > 0
ON CONFLICT DO NOTHING""",
    """INSERT INTO points_counter (account_id, points, held)
SELECT a.id, s.points, 0 FROM scored s JOIN points_account a ON a.owner = s.home AND a.kind = 'household'
WHERE s.points > 0 ON CONFLICT (account_id) DO UPDATE SET points = points_counter.points + excluded.points""",
    """UPDATE points_counter SET points = points - (SELECT SUM(s.points) FROM scored s JOIN points_account a
  ON a.owner = s.village AND a.kind = 'issuance' WHERE a.id = points_counter.account_id)
WHERE account_id IN (SELECT id FROM points_account WHERE kind = 'issuance' AND owner IN ({villages}))""",
    """INSERT INTO points_posting (command, n, debit_id, credit_id, points, cause, subject, award_id, day, booked, entry)
SELECT {entry}, ROW_NUMBER() OVER (ORDER BY s.award), b.id, a.id, s.points, 'award', s.round, s.award, {day}, {day}, {entry}
FROM scored s JOIN points_account a ON a.owner = s.home AND a.kind = 'household'
JOIN points_account b ON b.owner = s.village AND b.kind = 'issuance' WHERE s.points > 0""",
    """INSERT INTO honours_listing (id, kind, household_id, group_id, village_id, round_id, visit_id, state, since,
  provisional, reach, process, lapses_on, changed)
SELECT listing, CASE grade WHEN 'good' THEN 'red' ELSE 'black' END, home, group_id, village, round, visit, 'candidate',
  {day}, {false}, CASE grade WHEN 'good' THEN 'names' ELSE 'findings' END, '{process}', {day}, 1
FROM scored WHERE (grade = 'good' OR (grade = 'poor' AND bare = 0)) AND NOT EXISTS (SELECT 1 FROM honours_listing l
  WHERE l.household_id = home AND l.state IN ('candidate', 'confirmed', 'notified', 'objected', 'published'))""",
    """INSERT INTO honours_step (listing_id, n, verb, source, target, day, at, by, words_sha256, entry)
SELECT id, 1, 'propose', '', 'candidate', {day}, '{at}', {entry}, '', {entry}
FROM honours_listing WHERE round_id IN ({rounds})""",
    "UPDATE inspections_round SET state = 'closed', closed = {day}, changed = 1 WHERE id IN ({rounds})",
    "UPDATE records_chain SET number = number + 1 WHERE place IN ({villages})",
    """INSERT INTO records_receipt (command, verb, given_sha256, entry)
SELECT {id}, 'bench.close', '{hash}', {id} FROM inspections_round WHERE id IN ({rounds})""",
    """INSERT INTO records_entry (id, chain_id, number, verb, subject, by_kind, by, at, rows, digest, answer, canonical,
  previous, hash) SELECT {id}, c.place, c.number, 'bench.close', '', 'operator', {entry}, '{at}', 0, '{hash}', '',
  '', c.head, '{hash}' FROM records_chain c WHERE c.place IN ({villages})""",
)


def _quoted(ids: Sequence[UUID]) -> str:
    if connection.vendor == "sqlite":
        return ", ".join(f"'{id.hex}'" for id in ids)
    return ", ".join(f"'{id}'::uuid" for id in ids)


def _words(rounds: Sequence[Round], at: Any, process: str) -> dict[str, str]:
    lite = connection.vendor == "sqlite"
    entry = uuid7()
    area = '\'{"area":"\' || area || \'","counts":{"good":\' || good || \',"poor":\' || poor || \'},"score_milli":\' || milli || \'}\''
    return {
        "rounds": _quoted([row.pk for row in rounds]),
        "villages": _quoted([row.village_id for row in rounds]),
        "id": "lower(hex(randomblob(16)))" if lite else "gen_random_uuid()",
        "label": "json_extract(m.\"values\", '$.' || a.area)" if lite else '(m."values"::jsonb ->> a.area)',
        "texts": f"{'group_concat' if lite else 'string_agg'}({area}, ',')",
        "entry": f"'{entry.hex}'" if lite else f"'{entry}'::uuid",
        "day": f"'{day_of(at)}'" if lite else f"'{day_of(at)}'::date",
        "at": f"{at:%Y-%m-%d %H:%M:%S}+00:00",
        "false": "0" if lite else "false",
        "hash": "0" * 64,
        "process": process.replace("'", "''"),
        "breakdown": '\'{"engine":1,"grade":"\' || s.grade || \'","score_milli":\' || s.milli || \',"raters":\' '
        '|| s.raters || \',"areas":[\' || s.areas || \'],"points":\' || s.points || \',"history":{"earned":\' '
        '|| s.earned || \'},"why":"","kin":0,"never":[],"help_due":false,"candidates":[],"awards":["awards.\' '
        "|| s.grade || '\"]}'",
    }


def _filled(sql: str, words: dict[str, str]) -> str:
    for name, text in words.items():
        sql = sql.replace("{" + name + "}", text)
    return sql


def close_all(rounds: Sequence[Round], at: Any, process: str) -> int:
    """Close every round in one transaction of set statements; returns the homes rated."""
    words = _words(rounds, at, process)
    with writers_turn(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_filled(_SCORED, words))
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE scored")
        for sql in _WRITES:
            cursor.execute(_filled(sql, words))
        cursor.execute("SELECT COUNT(*) FROM scored")
        homes = int(cursor.fetchone()[0])
        cursor.execute("DROP TABLE scored")
    return homes


def told(rounds: QuerySet[Round]) -> dict[str, tuple[int, int, int]]:
    """Grade → homes, points granted and entries, to compare with what the actions wrote."""
    ids = _quoted(list(rounds.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT r.grade, COUNT(*), COALESCE(SUM(a.points), 0), COUNT(l.id) FROM inspections_result r
JOIN inspections_visit v ON v.id = r.visit_id
LEFT JOIN points_award a ON a.household = v.household_id AND a.round = v.round_id
LEFT JOIN honours_listing l ON l.visit_id = v.id WHERE v.round_id IN ({ids}) GROUP BY r.grade"""
        )
        return {grade: (int(homes), int(points), int(entries)) for grade, homes, points, entries in cursor.fetchall()}
