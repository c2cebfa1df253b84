"""Reading marks: as rules take them, by visit; whether each counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from courtyard.households.models import Kin
from courtyard.inspections.models import Finding, Marks
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.states import Presence, ReviewReason, ReviewState
from courtyard.rating.rules.documents import LOOKED
from courtyard.rating.rules.facts import Mark


@dataclass(frozen=True)
class MarksRow:
    """One evaluator's marks in one visit; `review` is the state of their review, None where there was none."""

    id: UUID
    visit: UUID
    household: UUID
    evaluator: UUID
    n: int
    given: Given
    day: date
    by: UUID
    review: ReviewState | None
    reason: ReviewReason | None

    @property
    def counts(self) -> bool:
        """Whether these marks go into the result: never reviewed, or decided to be kept."""
        return self.review in (None, ReviewState.KEPT)


def marks_rows(rows: QuerySet[Marks]) -> dict[UUID, list[MarksRow]]:
    """Visit id → its marks in order of evaluator and number (two queries, whatever their number)."""
    columns = (
        "id",
        "visit_id",
        "visit__household_id",
        "evaluator_id",
        "n",
        "presence",
        "values",
        "mended",
        "day",
        "by",
    )
    found = _findings(rows)
    by_visit: dict[UUID, list[MarksRow]] = {}
    listed = rows.order_by("visit_id", "evaluator_id", "n")
    for row in listed.values_list(*columns, "review__state", "review__reason"):
        mended = {tuple(pair) for pair in json.loads(row[7])}
        seen = tuple(Found(a, c, w, (a, c) in mended, n) for a, c, w, n in found.get(row[0], ()))
        given = Given(Presence(row[5]), tuple(sorted(json.loads(row[6]).items())), tuple(sorted(seen)))
        state = ReviewState(row[10]) if row[10] else None
        reason = ReviewReason(row[11]) if row[11] else None
        kept = MarksRow(row[0], row[1], row[2], row[3], row[4], given, row[8], row[9], state, reason)
        by_visit.setdefault(row[1], []).append(kept)
    return by_visit


def seen_givens(rows: QuerySet[Marks], listed: Iterable[tuple[UUID, str, str]]) -> dict[UUID, Given]:
    """Marks → what was given, of (id, values, mended) rows of these; findings are read only where an area is scored by
    them (one query, none where there is no such area)."""
    told = [(pk, json.loads(values), {tuple(pair) for pair in json.loads(mended)}) for pk, values, mended in listed]
    found = _findings(rows) if any(LOOKED in values.values() for _, values, _ in told) else {}
    return {
        pk: Given(
            Presence.SEEN,
            tuple(sorted(values.items())),
            tuple(Found(a, c, w, (a, c) in mended, n) for a, c, w, n in found.get(pk, ())),
        )
        for pk, values, mended in told
    }


def _findings(rows: QuerySet[Marks]) -> dict[UUID, list[tuple[str, str, str, int]]]:
    found: dict[UUID, list[tuple[str, str, str, int]]] = {}
    listed = Finding.objects.filter(marks__in=rows.order_by().values("pk"))
    for marks, area, code, words, places in listed.values_list("marks_id", "area", "code", "words", "places"):
        found.setdefault(marks, []).append((area, code, words, places))
    return found


def of_round(round_id: UUID) -> dict[UUID, list[MarksRow]]:
    """Visit id → all marks of a round."""
    return marks_rows(Marks.objects.filter(visit__round_id=round_id))


def of_visits(visits: Iterable[UUID]) -> dict[UUID, list[MarksRow]]:
    """Visit id → all marks of these visits."""
    return marks_rows(Marks.objects.filter(visit__in=list(visits)))


def engine_marks(by_visit: Mapping[UUID, list[MarksRow]]) -> dict[UUID, tuple[Mark, ...]]:
    """Visit id → the counting marks as the engine takes them; marks by kin of the home say so (one query)."""
    kin = kin_pairs({row.evaluator for rows in by_visit.values() for row in rows})
    return {
        visit: tuple(row.given.mark(kin=(row.evaluator, row.household) in kin) for row in rows if row.counts)
        for visit, rows in by_visit.items()
    }


def kin_pairs(people: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(person, household) pairs where they step aside: own home or kin, wherever it lies (one query)."""
    return set(Kin.objects.filter(account__in=list(people)).values_list("account_id", "household_id"))
