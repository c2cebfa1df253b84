"""Reading results: of a round, the history a home brings to its next round."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Cast, Concat, RowNumber

from courtyard.inspections.models import Result, Visit
from courtyard.inspections.queries.marks import MarksRow, of_visits
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.marks import Found


@dataclass(frozen=True)
class ResultRow:
    """A household's result in a round as it stands now; `grade` None where it was not rated."""

    id: UUID
    visit: UUID
    household: UUID
    group: UUID
    grade: str | None
    score_milli: int | None
    run: int
    breakdown: Mapping[str, Any]
    corrected: bool


def standing(rows: QuerySet[Result]) -> QuerySet[Result]:
    """Of these, the results that no correction superseded."""
    return rows.filter(superseded_by=None)


def results_of_round(round_id: UUID, group_id: UUID | None = None) -> list[ResultRow]:
    """The results of a round (of one group) in walking order (one query)."""
    rows = standing(Result.objects.filter(visit__round=round_id))
    rows = rows.filter(visit__group=group_id) if group_id else rows
    columns = ("id", "visit_id", "visit__household_id", "visit__group_id", "grade", "score_milli", "run", "breakdown")
    listed = rows.order_by("visit__group__order", "visit__group__path", "visit__order")
    return [
        ResultRow(pk, visit, home, group, grade or None, score, run, json.loads(text), corrects is not None)
        for pk, visit, home, group, grade, score, run, text, corrects in listed.values_list(*columns, "supersedes")
    ]


def last_rated(village_id: UUID, before: date, household: UUID | None = None) -> dict[UUID, tuple[str, int]]:
    """Household id → (grade, rated rounds running with it) of its last rated full or light round before a month.

    Of one household, or of all the village rated (one query)."""
    rows = rated_before(village_id, before)
    rows = rows.filter(visit__household=household) if household else rows
    latest = Window(RowNumber(), partition_by=F("visit__household"), order_by=F("visit__round__month").desc())
    rows = rows.annotate(place_=latest).filter(place_=1)
    return {home: (grade, run) for home, grade, run in rows.values_list("visit__household_id", "grade", "run")}


def last_of_home(village_id: UUID, before: date, void: Collection[UUID] = ()) -> Subquery:
    """Of a household row, by its `pk`: the same as "grade/run", None where it was never rated; `void` visits count as
    not rated."""
    rows = rated_before(village_id, before).filter(visit__household=OuterRef("pk"))
    rows = rows.exclude(visit__in=void) if void else rows
    told = Concat("grade", Value("/"), Cast("run", CharField()), output_field=CharField())
    return Subquery(rows.order_by("-visit__round__month").values(told_=told)[:1])


def rated_before(village_id: UUID, before: date) -> QuerySet[Result]:
    """The results that stand, with a grade, of a village's full and light rounds before a month."""
    rows = standing(Result.objects.filter(visit__round__village=village_id, visit__round__month__lt=before))
    return rows.filter(visit__round__kind__in=REGULAR).exclude(grade="")


def seen_by(rows: Iterable[MarksRow]) -> tuple[Found, ...]:
    """What counting marks saw, each thing once; what one evaluator saw mended at the door is mended."""
    found: dict[tuple[str, str, str], Found] = {}
    for row in rows:
        for one in row.given.found if row.counts else ():
            key = (one.area, one.code, one.words)
            before = found.get(key, one)
            mended, places = one.mended or before.mended, max(one.places, before.places)
            found[key] = Found(one.area, one.code, one.words, mended, places)
    return tuple(sorted(found.values()))


def findings_of(visits: Iterable[UUID]) -> dict[UUID, tuple[Found, ...]]:
    """Visit id → what was seen there (two queries)."""
    return {visit: seen_by(rows) for visit, rows in of_visits(visits).items()}


def visit_of(visit_id: UUID) -> Visit:
    """A visit with its round, village and household."""
    return Visit.objects.select_related("round__village", "round__version", "household").get(pk=visit_id)
