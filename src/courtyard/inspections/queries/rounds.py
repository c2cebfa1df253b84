"""Reading rounds: those within areas, how far each is, who sits on which panel."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from courtyard.households.models import Kin
from courtyard.households.queries import undecided
from courtyard.households.rules.states import KinKind
from courtyard.inspections.models import Marks, Review, Round, Seat, Visit
from courtyard.inspections.queries.walks import sheets, walked
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.inspections.rules.states import RoundKind, RoundState
from courtyard.kernel import weeks
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.problems import refuse
from courtyard.people.queries import with_duty
from courtyard.places.models import Place
from courtyard.places.queries import within

REGULAR = (RoundKind.FULL.value, RoundKind.LIGHT.value)


@dataclass(frozen=True)
class RoundRow:
    """A round in an overview: homes to visit, homes marked by `raters_least` people or declared not at home, reviews."""

    round: Round
    homes: int
    marked: int
    reviews: int


@dataclass(frozen=True)
class SeatProgress:
    """One seat in a group: how many of its homes this evaluator's marks are in for; `walk` says which homes these are."""

    group: Place
    evaluator: UUID
    name: str
    n: int
    homes: int
    typed: int
    walk: SeatWalk = SeatWalk.WHOLE


def rounds(areas: Iterable[str], *, month: date | None = None) -> QuerySet[Round]:
    """Rounds of every kind in villages within areas, latest month first, then in order of places."""
    rows = Round.objects.filter(within(areas, "village__path")).select_related("village", "village__town", "version")
    rows = rows.filter(month=month) if month else rows
    return rows.order_by("-month", "village__order", "village__path")


def months_rounds(areas: Iterable[str]) -> QuerySet[Round]:
    """The months' own rounds (full, light) within areas: what is rated, closed and earns; no re-visits."""
    return rounds(areas).filter(kind__in=REGULAR)


def overview(areas: Iterable[str], *, month: date | None = None, revisits: bool = False) -> list[RoundRow]:
    """The months' rounds within areas (and re-visits too) with what is still to be done (four queries, whatever their
    number)."""
    listed = rounds(areas, month=month)
    found = list(listed if revisits else listed.filter(kind__in=REGULAR))
    ids = [row.pk for row in found]
    homes = dict(walked(Visit.objects.filter(round__in=ids)).values_list("round").annotate(n=Count("pk")))
    some = Exists(Marks.objects.filter(visit=OuterRef("pk")))
    marked = dict(Visit.objects.filter(some, round__in=ids).values_list("round").annotate(n=Count("pk")))
    waiting = Review.objects.filter(state="open", marks__visit__round__in=ids)
    reviews = dict(waiting.values_list("marks__visit__round").annotate(n=Count("pk")))
    return [RoundRow(row, homes.get(row.pk, 0), marked.get(row.pk, 0), reviews.get(row.pk, 0)) for row in found]


def in_year(year: int, of: str = "") -> Q:
    """Rounds of a year: of its months, and of the weeks that are named after it. `of`: the way to the round (`visit__`)."""
    months, sevens = weeks.within_year(year)
    named = Q(**{f"{of}month__range": months}) & Q(**{f"{of}month__day": 1})
    return named | Q(**{f"{of}month__range": sevens}) & ~Q(**{f"{of}month__day": 1})


def of_day(day: date) -> tuple[date, date]:
    """The month and the week a day lies in, as rounds name them."""
    return weeks.month_of(day), weeks.week_of(day)


def desk(areas: Iterable[str], day: date) -> list[RoundRow]:
    """Rounds of the month and the week of this day and those still open, with homes and how many are marked (one query;
    reviews not counted)."""
    walks = walked(Visit.objects.filter(round=OuterRef("pk")))
    visits = walks.order_by().values("round").annotate(n=Count("pk")).values("n")
    some = Exists(Marks.objects.filter(visit=OuterRef("pk")))
    rows = months_rounds(areas).filter(Q(month__in=of_day(day)) | Q(state=RoundState.OPEN.value))
    rows = rows.annotate(homes_=Subquery(visits), marked_=Subquery(visits.filter(some)))
    return [RoundRow(row, row.homes_ or 0, row.marked_ or 0, 0) for row in rows]


def _reviews(areas: Iterable[str]) -> QuerySet[Any, Any]:
    rows = Review.objects.filter(within(areas, "marks__visit__round__village__path"), state="open").order_by()
    return rows.values_list(Value("review"), "marks__visit", "marks__evaluator")


def open_review_count(areas: Iterable[str]) -> int:
    """How many evaluators' marks in a visit wait for a decision within areas (one query)."""
    return _reviews(areas).distinct().count()


def decisions_waiting(reviews: Iterable[str], seconds: Iterable[str], actor: UUID) -> Tally[str]:
    """What waits for somebody's word: `review` (of marks) within one set of areas, `countersign` and `reset` within
    another that somebody else began (one query)."""
    return Tally(row[0] for row in _reviews(reviews).union(undecided(seconds, actor)))


def round_within(areas: Iterable[str], round_id: UUID) -> Round:
    """A round of a village within areas; one outside answers as if it did not exist (inspections.round_unknown)."""
    found = rounds(areas).filter(pk=round_id).first()
    if found is None:
        refuse("inspections.round_unknown")
    return found


def while_open(round_id: UUID) -> QuerySet[Round]:
    """The row of a round while it is open, for a compare-and-swap."""
    return Round.objects.filter(pk=round_id, state=RoundState.OPEN.value)


def earlier_open(closing: Round) -> QuerySet[Round]:
    """The village's full or light rounds of months before this one that are still open: they are closed first."""
    earlier = Round.objects.filter(village=closing.village_id, month__lt=closing.month, kind__in=REGULAR)
    return earlier.filter(state=RoundState.OPEN.value).order_by("month")


def latest_round(village_id: UUID, *, before: date | None = None) -> Round | None:
    """The latest closed full or light round of a village (before a month)."""
    rows = Round.objects.filter(village_id=village_id, state=RoundState.CLOSED.value, kind__in=REGULAR)
    rows = rows.filter(month__lt=before) if before else rows
    return rows.select_related("version").order_by("-month").first()


def seats(round_id: UUID, group_id: UUID | None = None) -> QuerySet[Seat]:
    """The seats of a round (of one group) with names: those of homes that lead first (W16), then by groups and numbers."""
    rows = Seat.objects.filter(round=round_id).select_related("evaluator", "group")
    rows = rows.filter(group=group_id) if group_id else rows
    later = Case(When(walk=SeatWalk.FRONT.value, then=Value(0)), default=Value(1))
    return rows.order_by(later, "group__order", "group__path", "n")


def progress(round_id: UUID) -> list[SeatProgress]:
    """n of N homes typed for each seat, those of homes that lead first, then in order of groups (six queries at most)."""
    marked = set(Marks.objects.filter(visit__round=round_id).values_list("evaluator_id", "visit_id"))
    on = sheets([round_id])
    found = []
    for seat in seats(round_id):
        person, visits = seat.evaluator_id, on[round_id, seat.group_id, seat.evaluator_id]
        typed = sum((person, visit) in marked for visit in visits)
        walk = SeatWalk(seat.walk)
        found.append(SeatProgress(seat.group, person, seat.evaluator.name, seat.n, len(visits), typed, walk))
    return found


def homes_marked_by_fewer(round_id: UUID, least: int) -> int:
    """How many homes of a round fewer than so many people's marks are in for, kin and not at home counted (one query)."""
    people = Count("marks__evaluator", distinct=True)
    return walked(Visit.objects.filter(round=round_id)).annotate(people=people).filter(people__lt=least).count()


def groups(round_id: UUID) -> QuerySet[Place]:
    """The groups a round visits, in order of places."""
    return Place.objects.filter(pk__in=Visit.objects.filter(round=round_id).values("group")).order_by("order", "path")


def able_evaluators(village: Place, day: date) -> dict[UUID, str]:
    """Account id → name of everybody with an evaluator's duty in force in the village that day."""
    above = [village.path, *_above(village.path)]
    rows = with_duty([""], DutyKind.EVALUATOR, day).filter(
        Q(place__path__in=above) | Q(place__path__startswith=village.path + "/")
    )
    return {row.account_id: row.account.name for row in rows}


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts))]


def live_in(people: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Person → the groups of the homes where they step aside as their own home (one query)."""
    rows = Kin.objects.filter(account__in=list(people), kind=KinKind.OWN_HOME.value, household__until=None)
    found: dict[UUID, set[UUID]] = {}
    for person, group in rows.values_list("account_id", "household__group_id"):
        found.setdefault(person, set()).add(group)
    return found


def own_sheets(areas: Iterable[str], evaluator: UUID) -> list[tuple[Place, Round, int]]:
    """(group, open round, homes left) of every seat of this evaluator that is not done: homes that lead first, then the
    oldest round (five queries)."""
    mine = Seat.objects.filter(within(areas, "round__village__path"), evaluator=evaluator)
    mine = mine.filter(round__state=RoundState.OPEN.value, round__kind__in=REGULAR)
    mine = mine.select_related("round__village", "group")
    seats_ = list(mine.order_by("round__month", "group__order", "group__path"))
    on = sheets({seat.round_id for seat in seats_}, evaluator=evaluator)
    own = Marks.objects.filter(evaluator=evaluator, visit__round__in={seat.round_id for seat in seats_})
    marked = set(own.values_list("visit_id", flat=True))
    found = []
    for seat in sorted(seats_, key=lambda seat: seat.walk != SeatWalk.FRONT.value):
        left = sum(visit not in marked for visit in on[seat.round_id, seat.group_id, evaluator])
        if left:
            found.append((seat.group, seat.round, left))
    return found
