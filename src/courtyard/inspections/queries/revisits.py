"""Reading re-visits: what is left to walk, who could go, area scores beside second marks, replies and concerns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from courtyard.households.models import Household
from courtyard.inspections.models import (
    Agreement,
    Concern,
    ConcernWords,
    Marks,
    Replies,
    Result,
    Review,
    Round,
    Seat,
    Visit,
)
from courtyard.inspections.queries.marks import kin_pairs, marks_rows, seen_givens
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR, live_in
from courtyard.inspections.queries.walks import walked
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.questions import ConcernState, Question, Reply, Share, shares
from courtyard.inspections.rules.revisits import Agreed, Checker, compare
from courtyard.inspections.rules.states import ReviewState, RoundKind, RoundState
from courtyard.places.queries import within
from courtyard.rating.queries import document_of
from courtyard.rating.rules.alone import scores_alone

YEAR = timedelta(days=365)
REVISITS = (RoundKind.RECHECK.value, RoundKind.SPOT.value, RoundKind.RECTIFY.value)
COUNTS = Q(review__isnull=True) | Q(review__state=ReviewState.KEPT.value)


def area_scores(visits: Iterable[UUID]) -> dict[UUID, dict[str, int | None]]:
    """Visit → area → score in thousandths as its result stands (one query)."""
    rows = standing(Result.objects.filter(visit__in=list(visits)))
    return {visit: _scores(json.loads(text)) for visit, text in rows.values_list("visit_id", "breakdown")}


def breakdown_of(column: str) -> Subquery:
    """The breakdown of a visit's result as it stands, beside rows that name the visit in this column."""
    return Subquery(standing(Result.objects.filter(visit=OuterRef(column))).values("breakdown")[:1])


def scores_in(breakdown: str | None) -> dict[str, int | None]:
    """Area → score in thousandths of a kept breakdown; nothing where there is none."""
    return _scores(json.loads(breakdown)) if breakdown else {}


def _scores(breakdown: Mapping[str, Any]) -> dict[str, int | None]:
    return {area["area"]: area["score_milli"] for area in breakdown["areas"]}


def checked_by(spot: Round) -> Round:
    """The round a spot check looks at: the village's last one closed by then, of that month or before it."""
    rows = Round.objects.filter(village=spot.village_id, month__lte=spot.month, kind__in=REGULAR)
    rows = rows.filter(closed__lte=spot.opened).select_related("version")
    return rows.order_by("-month")[:1].get()


def could_go(round_id: UUID, people: Iterable[UUID]) -> list[Checker]:
    """These people with the groups they rated in this round or live in, and the homes where they are kin, in order of
    id (four queries)."""
    able = sorted(people, key=lambda person: person.hex)
    barred: dict[UUID, set[UUID]] = {person: set() for person in able}
    for person, groups in live_in(able).items():
        barred[person] |= groups
    seated = Seat.objects.filter(round=round_id, evaluator__in=able).values_list("evaluator_id", "group_id")
    marked = Marks.objects.filter(visit__round=round_id, evaluator__in=able)
    for person, group in seated.union(marked.values_list("evaluator_id", "visit__group_id")):
        barred[person].add(group)
    kin: dict[UUID, set[UUID]] = {}
    for person, home in kin_pairs(able):
        kin.setdefault(person, set()).add(home)
    return [Checker(one, frozenset(barred[one]), frozenset(kin.get(one, ()))) for one in able]


def seats_and_marks(rounds: Iterable[UUID], person: UUID) -> set[tuple[UUID, UUID]]:
    """(round, group) where somebody sits or gave marks, of these rounds (one query)."""
    ids = list(rounds)
    seated = Seat.objects.filter(round__in=ids, evaluator=person).values_list("round_id", "group_id")
    marked = Marks.objects.filter(visit__round__in=ids, evaluator=person)
    return set(seated.union(marked.values_list("visit__round_id", "visit__group_id")))


@dataclass(frozen=True)
class ToWalk:
    """A home on a walk of re-visits: who goes next, everybody who goes, whether the marks of all of them are in, whether
    somebody has to decide about them, how many looked."""

    visit: Visit
    evaluator: UUID | None
    names: tuple[str, ...]
    done: bool
    in_review: bool
    people: tuple[UUID, ...] = ()
    looked: int = 0


def walk_homes(round_id: UUID) -> list[ToWalk]:
    """The homes of a round of re-visits in walking order, each with its group's seats (four queries)."""
    seats: dict[UUID, list[Seat]] = {}
    for row in Seat.objects.filter(round=round_id).select_related("evaluator").order_by("n"):
        seats.setdefault(row.group_id, []).append(row)
    visit_kind = Round.objects.values_list("kind", flat=True).get(pk=round_id)
    waiting = Review.objects.filter(marks__visit=OuterRef("pk"), state=ReviewState.OPEN.value)
    rows = walked(Visit.objects.filter(round=round_id)).select_related("household", "group")
    rows = rows.annotate(review_=Exists(waiting)).order_by("group__order", "group__path", "order")
    given: dict[UUID, set[UUID]] = {}
    for visit_id, person in Marks.objects.filter(visit__round=round_id).values_list("visit_id", "evaluator_id"):
        given.setdefault(visit_id, set()).add(person)
    found = []
    for visit in rows:
        people, seen = seats.get(visit.group_id, []), given.get(visit.pk, set())
        left = [one.evaluator_id for one in people if one.evaluator_id not in seen]
        done = bool(seen) and not (left and visit_kind == RoundKind.SPOT.value)
        names = tuple(one.evaluator.name for one in people)
        ids = tuple(one.evaluator_id for one in people)
        found.append(ToWalk(visit, (*left, *ids, None)[0], names, done, visit.review_, ids, len(seen)))
    return found


def own_spots(areas: Iterable[str], evaluator: UUID) -> list[Visit]:
    """Homes of open spot checks within areas that this evaluator still has to see, in order of places (one query)."""
    mine = Seat.objects.filter(round=OuterRef("round"), group=OuterRef("group"), evaluator=evaluator)
    own = Marks.objects.filter(visit=OuterRef("pk"), evaluator=evaluator)
    rows = walked(Visit.objects.all()).filter(
        within(areas, "round__village__path"),
        Exists(mine),
        ~Exists(own),
        round__kind=RoundKind.SPOT.value,
        round__state=RoundState.OPEN.value,
    )
    rows = rows.select_related("household", "group", "round__village", "round__version")
    return list(rows.order_by("round__village__path", "group__order", "group__path", "order"))


def pairs_of(spot: Round, visits: Iterable[UUID] | None = None) -> list[tuple[dict[str, int | None], Given]]:
    """For each home of a spot check with marks that count: (area scores that stand, second marks) (four queries)."""
    rows = Marks.objects.filter(visit__round=spot.pk)
    rows = rows.filter(visit__in=list(visits)) if visits is not None else rows
    seen = marks_rows(rows)
    given = {one.household: one.given for rows_ in seen.values() for one in rows_ if one.counts and one.given.values}
    first = standing(Result.objects.filter(visit__round=checked_by(spot), visit__household__in=list(given)))
    scores = {home: _scores(json.loads(text)) for home, text in first.values_list("visit__household_id", "breakdown")}
    return [(scores[home], given[home]) for home in sorted(given, key=lambda home: home.hex) if home in scores]


@dataclass(frozen=True)
class SpotResult:
    """A closed spot check of a village: how many homes were seen again, how far each area agreed."""

    round: Round
    homes: int
    areas: tuple[tuple[str, Agreed], ...]

    @property
    def same(self) -> int:
        """Grades that were the same, over all areas."""
        return sum(one.same for _, one in self.areas)

    @property
    def near(self) -> int:
        """Grades one band apart."""
        return sum(one.near for _, one in self.areas)

    @property
    def far(self) -> int:
        """Grades further apart."""
        return sum(one.far for _, one in self.areas)


def spot_results(areas: Iterable[str], *, most: int = 60) -> list[SpotResult]:
    """Closed spot checks within areas, the latest first (three queries)."""
    rows = Round.objects.filter(within(areas, "village__path"), kind=RoundKind.SPOT.value, state="closed")
    found = list(
        rows.select_related("village__town", "version").order_by("-month", "village__order", "village__path")[:most]
    )
    ids = [row.pk for row in found]
    by_round: dict[UUID, dict[str, Agreed]] = {}
    for one in Agreement.objects.filter(round__in=ids):
        by_round.setdefault(one.round_id, {})[one.area] = Agreed(one.area, one.same, one.near, one.far)
    seen = Visit.objects.filter(Exists(Marks.objects.filter(COUNTS, visit=OuterRef("pk"), presence="seen")))
    homes = dict(seen.filter(round__in=ids).order_by().values_list("round").annotate(n=Count("pk")))
    return [
        SpotResult(
            row,
            homes.get(row.pk, 0),
            tuple(
                (area.name, by_round[row.pk][area.code])
                for area in document_of(row.version).sheet.areas
                if area.code in by_round.get(row.pk, {})
            ),
        )
        for row in found
    ]


def own_agreement(evaluator: UUID) -> tuple[tuple[str, Agreed], ...]:
    """How far this evaluator's own marks and what a later spot check saw agree, in the closed checks of a year's
    rounds; shown to nobody else (DOMAIN §4.11)."""
    mine = Marks.objects.filter(COUNTS, evaluator=evaluator, visit__round__kind__in=REGULAR, presence="seen")
    columns = ("visit__round__village_id", "visit__round__month", "visit__household_id", "pk", "values", "mended")
    of = list(mine.values_list(*columns))
    own_marks = seen_givens(mine, [row[3:] for row in of])
    given = {row[:3]: own_marks[row[3]] for row in of}
    spots = Marks.objects.filter(COUNTS, visit__round__kind=RoundKind.SPOT.value, visit__round__state="closed")
    spots = spots.filter(presence="seen", visit__household__in={home for _, _, home in given})
    totals: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    looked = list(spots.select_related("visit__round__version"))
    again = seen_givens(spots, [(row.pk, row.values, row.mended) for row in looked])
    for row in looked:
        opened = row.visit.round
        own = given.get((opened.village_id, opened.month, row.visit.household_id))
        if own is None:
            continue
        document = document_of(opened.version)
        for one in compare(document, [(scores_alone(document, own.mark()), again[row.pk])]):
            names[one.area] = document.area(one.area).name
            count = totals.setdefault(one.area, [0, 0, 0])
            count[:] = [count[0] + one.same, count[1] + one.near, count[2] + one.far]
    return tuple((names[area], Agreed(area, *count)) for area, count in totals.items() if any(count))


def reply_shares(village_id: UUID, day: date) -> tuple[Share, ...]:
    """The shares of yes to the three questions in a village's re-visits of the last year (one query)."""
    rows = Replies.objects.filter(
        marks__visit__round__village=village_id, day__gt=day - YEAR, day__lte=day
    ).values_list("came", "slip", "receipts")
    counts = [(question, Reply(said), 1) for row in rows for question, said in zip(Question, row, strict=True)]
    return shares(counts)


def concerns(areas: Iterable[str], *, state: ConcernState | None = None) -> QuerySet[Concern]:
    """Concerns of villages whose town lies within these areas: a duty in the village itself sees none; oldest open
    first (one query)."""
    rows = Concern.objects.filter(within(areas, "village__town__path"))
    rows = rows.filter(state=state.value) if state else rows
    rows = rows.select_related("household__group", "village__town", "replies__marks__visit__round")
    return rows.order_by("-state", "opened", "village__path", "pk")


def words_of(rows: Iterable[Concern]) -> dict[UUID, str]:
    """Concern → the words it was answered with, where they are still kept (one query)."""
    listed = ConcernWords.objects.filter(answer__concern__in=[row.pk for row in rows])
    return dict(listed.values_list("answer__concern_id", "text"))


def homes_rated(round_id: UUID, here: QuerySet[Household]) -> dict[UUID, list[UUID]]:
    """Group → the homes rated in a round that are still there, in order of id (one query)."""
    rows = standing(Result.objects.filter(visit__round=round_id)).exclude(grade="")
    rows = rows.filter(visit__household__in=here.order_by().values("pk")).order_by("visit__household_id")
    found: dict[UUID, list[UUID]] = {}
    for group, home in rows.annotate(group_=F("visit__group_id")).values_list("group_", "visit__household_id"):
        found.setdefault(group, []).append(home)
    return found
