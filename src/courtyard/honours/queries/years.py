"""A village's year, over or running: its rounds, its points as a liability, what the lists and objections came to.

Counts only: no home is named, and names on the red list are counted by what their homes said of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from courtyard.honours.models import GradeObjection, Listing, Objection
from courtyard.honours.queries.boards import UNCOUNTED, BandCount
from courtyard.honours.rules.states import GradeObjectionState, ListingKind, ListingState, ObjectionState
from courtyard.households.rules.states import RedNameConsent
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR, in_year
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel import weeks
from courtyard.points.queries.village import VillageStatement, figures
from courtyard.rating.queries import document_adopted


@dataclass(frozen=True)
class RoundOfYear:
    """A closed round: its month and kind, how many homes were rated and how, how many were visited and not rated."""

    month: date
    kind: RoundKind
    rated: int
    not_rated: int
    bands: tuple[BandCount, ...]


@dataclass(frozen=True)
class YearBook:
    """A village's year: `red` homes whose name stood on a red list, of which `named` on the board and `wide` also in
    WeChat as they say today; places `mended` at the door or before publication; entries `taken_off`; objections
    `raised` and `upheld`; rounds still `open`."""

    year: int
    rounds: tuple[RoundOfYear, ...]
    open: int
    points: VillageStatement
    red: int
    named: int
    wide: int
    mended: int
    taken_off: int
    raised: int
    upheld: int


def years_of(villages: Iterable[UUID]) -> dict[UUID, tuple[int, ...]]:
    """Village → the years in which it closed a round, the latest first (one query)."""
    rows = Round.objects.filter(village__in=list(villages), kind__in=REGULAR, state=RoundState.CLOSED.value)
    found: dict[UUID, set[int]] = {}
    for village, month in rows.values_list("village_id", "month").distinct():
        found.setdefault(village, set()).add(weeks.year_of(month))
    return {village: tuple(sorted(years, reverse=True)) for village, years in found.items()}


def year_of(village: UUID, year: int) -> YearBook:
    """What a year came to in a village (seven queries, whatever its homes and rounds)."""
    since, until = date(year, 1, 1), date(year, 12, 31)
    rounds = list(Round.objects.filter(village=village, kind__in=REGULAR).filter(in_year(year)).order_by("month"))
    graded, unrated, at_the_door = _results(village, year)
    told = tuple(
        _round(row, graded.get(row.pk, Counter()), unrated[row.pk])
        for row in rounds
        if row.state == RoundState.CLOSED.value
    )
    reds = dict(_reds(village, since, until))
    named = sum(reds.get(one.value, 0) for one in (RedNameConsent.BOARD, RedNameConsent.WIDE))
    ended = _ended(village, since, until)
    raised, upheld = _objections(village, since, until)
    return YearBook(
        year,
        told,
        len(rounds) - len(told),
        figures(village, since, until),
        sum(reds.values()),
        named,
        reds.get(RedNameConsent.WIDE.value, 0),
        at_the_door + ended[ListingState.MENDED.value],
        ended[ListingState.DELISTED.value],
        raised,
        upheld,
    )


def _round(row: Round, grades: Counter[str], unrated: int) -> RoundOfYear:
    bands = document_adopted(row.version_id).bands
    counts = tuple(BandCount(band.code, band.name, grades[band.code]) for band in bands)
    return RoundOfYear(row.month, RoundKind(row.kind), grades.total(), unrated, counts)


def _results(village: UUID, year: int) -> tuple[dict[UUID, Counter[str]], Counter[UUID], int]:
    """Round → homes by grade; round → homes visited and not rated; places mended while the evaluators stood there."""
    rows = standing(Result.objects.filter(in_year(year, "visit__round__"), visit__round__village=village))
    graded: dict[UUID, Counter[str]] = {}
    unrated: Counter[UUID] = Counter()
    mended = 0
    listed = rows.filter(visit__round__kind__in=REGULAR).values_list("visit__round_id", "grade", "breakdown")
    for round_id, grade, text in listed.iterator():
        told = json.loads(text)
        mended += sum(area["mended"] for area in told["areas"])
        if grade:
            graded.setdefault(round_id, Counter())[grade] += 1
        else:
            unrated[round_id] += told["why"] not in UNCOUNTED
    return graded, unrated, mended


def _reds(village: UUID, since: date, until: date) -> Iterable[tuple[str, int]]:
    """What homes say of their name → how many such homes stood on a red list."""
    rows = Listing.objects.filter(village=village, kind=ListingKind.RED.value, published_on__range=(since, until))
    rows = rows.exclude(state=ListingState.OVERTURNED.value).order_by()
    return rows.values_list("household__red_name").annotate(n=Count("household", distinct=True))


def _ended(village: UUID, since: date, until: date) -> Counter[str]:
    rows = Listing.objects.filter(village=village, kind=ListingKind.BLACK.value, ended_on__range=(since, until))
    return Counter(dict(rows.order_by().values_list("state").annotate(n=Count("pk"))))


def _objections(village: UUID, since: date, until: date) -> tuple[int, int]:
    """Objections raised, and those decided in the household's favour, to entries and to visits."""
    raised = Count("pk", filter=Q(raised_on__range=(since, until)))
    entries = Objection.objects.filter(listing__village=village).aggregate(
        raised=raised, upheld=Count("pk", filter=Q(state=ObjectionState.UPHELD.value, decided_on__range=(since, until)))
    )
    # One that was carried into an entry is counted there.
    visits = GradeObjection.objects.filter(village=village).exclude(state=GradeObjectionState.CARRIED.value)
    grades = visits.aggregate(
        raised=raised,
        upheld=Count("pk", filter=Q(state=GradeObjectionState.UPHELD.value, decided_on__range=(since, until))),
    )
    return entries["raised"] + grades["raised"], entries["upheld"] + grades["upheld"]
