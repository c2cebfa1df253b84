"""The marks of one round as the engine takes them: as few objects as there are different marks (two queries)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courtyard.inspections.rules.states import Presence, ReviewState
from courtyard.points.queries.sets import key, select, uuid
from courtyard.rating.rules.facts import Mark, Seen

KEPT = (None, ReviewState.KEPT.value)
Lines = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Counting:
    """A round's marks: those that count by visit, in one order for equal marks; how many raters each home has; how many
    evaluators' marks wait for a decision."""

    marks: Mapping[UUID, tuple[Mark, ...]]
    raters: Mapping[UUID, int]
    reviews: int

    @property
    def some(self) -> bool:
        """Whether anybody marked anything."""
        return bool(self.raters)


_MARKS = """
SELECT m.id, m.visit_id, m.evaluator_id, m.presence, m."values", m.mended, r.state, k.id IS NOT NULL
FROM inspections_visit v JOIN inspections_marks m ON m.visit_id = v.id
LEFT JOIN inspections_review r ON r.marks_id = m.id
LEFT JOIN households_kin k ON k.account_id = m.evaluator_id AND k.household_id = v.household_id
WHERE v.round_id = %s
"""
_FINDINGS = """
SELECT f.marks_id, f.area, f.code, f.places FROM inspections_visit v JOIN inspections_marks m ON m.visit_id = v.id
JOIN inspections_finding f ON f.marks_id = m.id WHERE v.round_id = %s
"""


def counting(round_id: UUID) -> Counting:
    """The marks of a round; who steps aside as kin of a home says so by the register of today (two queries).

    Written as statements: of ids that only lead from row to row no object is made."""
    seen: dict[Any, list[tuple[str, str, int]]] = {}
    for mark, area, code, places in select(_FINDINGS, [key(round_id)]):
        seen.setdefault(mark, []).append((area, code, places))
    known: dict[tuple[object, ...], tuple[int, Mark]] = {}
    by_visit: dict[Any, list[tuple[int, Mark]]] = {}
    raters: dict[Any, set[Any]] = {}
    waiting = set()
    for id, visit, person, presence, values, mended, review, steps_aside in select(_MARKS, [key(round_id)]):
        raters.setdefault(visit, set()).add(person)
        if review == ReviewState.OPEN.value:
            waiting.add((visit, person))
        if review not in KEPT:
            continue
        found = tuple(sorted(seen[id])) if id in seen else ()
        told = (presence, values, found, mended if found else "", bool(steps_aside))
        ranked = known.get(told)
        if ranked is None:
            ranked = known[told] = (len(known), _mark(presence, values, found, mended, kin=bool(steps_aside)))
        by_visit.setdefault(visit, []).append(ranked)
    marks = {uuid(visit): tuple(mark for _, mark in sorted(found, key=_rank)) for visit, found in by_visit.items()}
    return Counting(marks, {uuid(visit): len(people) for visit, people in raters.items()}, len(waiting))


def _rank(ranked: tuple[int, Mark]) -> int:
    return ranked[0]


def _mark(presence: str, values: str, found: Lines, mended: str, *, kin: bool) -> Mark:
    done = {tuple(pair) for pair in json.loads(mended)}
    seen = tuple(Seen(area, code, (area, code) in done, places) for area, code, places in found)
    given = tuple(sorted(json.loads(values).items()))
    return Mark(given, seen, kin or presence == Presence.KIN.value, presence == Presence.NOT_AT_HOME.value)
