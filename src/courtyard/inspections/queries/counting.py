"""The marks of one round as the engine takes them: as few objects as there are different marks (two queries)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from courtyard.households.models import Kin
from courtyard.inspections.models import Finding, Marks
from courtyard.inspections.rules.states import Presence, ReviewState
from courtyard.rating.rules.facts import Mark, Seen

KEPT = (None, ReviewState.KEPT.value)
Lines = tuple[tuple[str, str], ...]


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


def counting(round_id: UUID) -> Counting:
    """The marks of a round; who steps aside as kin of a home says so by the register of today."""
    rows = Marks.objects.filter(visit__round_id=round_id)
    kin = Exists(Kin.objects.filter(account=OuterRef("evaluator"), household=OuterRef("visit__household")))
    seen: dict[UUID, list[tuple[str, str]]] = {}
    findings = Finding.objects.filter(marks__visit__round_id=round_id)
    for mark, area, code in findings.values_list("marks_id", "area", "code"):
        seen.setdefault(mark, []).append((area, code))
    known: dict[tuple[object, ...], tuple[int, Mark]] = {}
    by_visit: dict[UUID, list[tuple[int, Mark]]] = {}
    raters: dict[UUID, set[UUID]] = {}
    waiting = set()
    columns = ("id", "visit_id", "evaluator_id", "presence", "values", "mended", "review__state")
    for id, visit, person, presence, values, mended, review, steps_aside in rows.values_list(*columns, kin):
        raters.setdefault(visit, set()).add(person)
        if review == ReviewState.OPEN.value:
            waiting.add((visit, person))
        if review not in KEPT:
            continue
        found = tuple(sorted(seen[id])) if id in seen else ()
        key = (presence, values, found, mended if found else "", steps_aside)
        if key not in known:
            known[key] = (len(known), _mark(presence, values, found, mended, kin=steps_aside))
        by_visit.setdefault(visit, []).append(known[key])
    marks = {visit: tuple(mark for _, mark in sorted(found, key=_rank)) for visit, found in by_visit.items()}
    return Counting(marks, {visit: len(people) for visit, people in raters.items()}, len(waiting))


def _rank(ranked: tuple[int, Mark]) -> int:
    return ranked[0]


def _mark(presence: str, values: str, found: Lines, mended: str, *, kin: bool) -> Mark:
    done = {tuple(pair) for pair in json.loads(mended)}
    seen = tuple(Seen(area, code, (area, code) in done) for area, code in found)
    given = tuple(sorted(json.loads(values).items()))
    return Mark(given, seen, kin or presence == Presence.KIN.value, presence == Presence.NOT_AT_HOME.value)
