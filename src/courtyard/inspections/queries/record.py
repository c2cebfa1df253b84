"""A household's own record (成绩单): its last rounds with what was seen, in as few queries as its page may ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from courtyard.households.models import Household
from courtyard.households.queries import rated_homes
from courtyard.inspections.models import Finding, Marks, Result
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.marks import Found
from courtyard.inspections.rules.states import Presence, ReviewState
from courtyard.rating.queries import document_adopted, document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Seen


@dataclass(frozen=True)
class OwnRound:
    """One round of a household: the result as it stands, what counting marks saw, who came (never who gave which)."""

    round: UUID
    month: date
    grade: str | None
    breakdown: Mapping[str, Any]
    document: SchemeDocument
    findings: tuple[Seen, ...]
    who_came: tuple[str, ...]
    corrected: bool

    @property
    def word(self) -> str:
        """The grade's word in that round's own scheme, '' where it was not rated."""
        return self.document.band(self.grade).name if self.grade else ""


def record_of(household_id: UUID, *, most: int = 12, who: bool = True) -> list[OwnRound]:
    """A household's last rounds, newest first (three queries, whatever their number; two without `who` came)."""
    rows = standing(Result.objects.filter(visit__household=household_id)).select_related("visit__round", "version")
    return _rounds(list(rows.order_by("-visit__round__month", "-day")[:most]), who=who)


def grades_of(household_id: UUID) -> list[tuple[date, str, str]]:
    """Every closed round of the months that visited a household, oldest first: its month, the grade's code and its word
    by that round's own scheme, '' where it was not rated (one query, and one for each scheme read the first time)."""
    rows = standing(Result.objects.filter(visit__household=household_id, visit__round__kind__in=REGULAR))
    listed = rows.order_by("visit__round__month").values_list("visit__round__month", "grade", "version_id")
    return [
        (month, grade, document_adopted(version).band(grade).name if grade else "") for month, grade, version in listed
    ]


def records_of(household_ids: Iterable[UUID], *, most: int = 12) -> dict[UUID, list[OwnRound]]:
    """Household → its last rounds, newest first, without who came (two queries, whatever their number); who was in no
    closed round is left out."""
    rows = standing(Result.objects.filter(visit__household__in=list(household_ids)))
    order = (F("visit__round__month").desc(), F("day").desc())
    latest = Window(RowNumber(), partition_by=F("visit__household"), order_by=order)
    rows = rows.annotate(place=latest).filter(place__lte=most).select_related("visit__round", "version")
    found = list(rows.order_by("visit__household", "place"))
    answer: dict[UUID, list[OwnRound]] = {}
    for row, one in zip(found, _rounds(found, who=False), strict=True):
        answer.setdefault(row.visit.household_id, []).append(one)
    return answer


def homes_with_record(place_path: str) -> QuerySet[Household]:
    """The homes of a place that are rated and were in a closed round: each has a 成绩单."""
    return rated_homes(place_path).filter(Exists(standing(Result.objects.filter(visit__household=OuterRef("pk")))))


def homes_recorded(place_path: str) -> dict[UUID, int]:
    """Group → how many of its homes have a 成绩单 (one query)."""
    return dict(homes_with_record(place_path).order_by().values_list("group").annotate(n=Count("pk")))


def _rounds(found: Sequence[Result], *, who: bool) -> list[OwnRound]:
    visits = [row.visit_id for row in found]
    seen, came = seen_at(visits), _who_came(visits) if who else {}
    return [
        OwnRound(
            row.visit.round_id,
            row.visit.round.month,
            row.grade or None,
            json.loads(row.breakdown),
            document_of(row.version),
            tuple(Seen(one.area, one.code, one.mended, one.places) for one in seen.get(row.visit_id, ())),
            tuple(sorted(came.get(row.visit_id, ()))),
            row.supersedes_id is not None,
        )
        for row in found
    ]


def seen_at(visits: Iterable[UUID]) -> dict[UUID, tuple[Found, ...]]:
    """Visit → what counting marks saw there, each thing once with the most places; what somebody saw mended at the door is
    (one query)."""
    counts = Q(marks__review__isnull=True) | Q(marks__review__state=ReviewState.KEPT.value)
    rows = Finding.objects.filter(counts, marks__visit__in=list(visits))
    found: dict[UUID, dict[tuple[str, str, str], tuple[bool, int]]] = {}
    for visit, area, code, words, places, mended in rows.values_list(
        "marks__visit_id", "area", "code", "words", "places", "marks__mended"
    ):
        of_visit = found.setdefault(visit, {})
        key = (area, code, words)
        done, most = of_visit.get(key, (False, 0))
        of_visit[key] = ([area, code] in json.loads(mended) or done, max(places, most))
    return {visit: tuple(Found(*key, *one) for key, one in sorted(things.items())) for visit, things in found.items()}


def _who_came(visits: Iterable[UUID]) -> dict[UUID, set[str]]:
    came: dict[UUID, set[str]] = {}
    rows = Marks.objects.filter(visit__in=list(visits), presence=Presence.SEEN.value)
    for visit, name in rows.values_list("visit_id", "evaluator__name"):
        came.setdefault(visit, set()).add(name)
    return came
