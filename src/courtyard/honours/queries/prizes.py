"""Reading prizes: what waits and what was handed out, a home's own, and who wins what had to wait for a town or for checks."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from courtyard.honours.models import Prize
from courtyard.honours.rules.prizes import PrizeState, Standing
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.money import yuan
from courtyard.kernel.problems import Problem
from courtyard.kernel.weeks import name_of
from courtyard.places.models import Place
from courtyard.places.queries import within
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import Placed, late_clauses, late_prizes
from courtyard.rating.rules.facts import outcome_of


@dataclass(frozen=True)
class PrizeLine:
    """A prize as pages and prints show it: what its clause calls it, its amount in fen (0: the thing itself)."""

    prize: Prize
    name: str

    @property
    def state(self) -> PrizeState:
        """Where it is."""
        return PrizeState(self.prize.state)

    @property
    def yuan(self) -> str:
        """Its money in yuan, '' where it is a thing."""
        return yuan(self.prize.amount_fen) if self.prize.amount_fen else ""


def standing_prizes(visits: Collection[UUID]) -> dict[UUID, tuple[Standing, ...]]:
    """Visit → its prizes, whatever became of them (one query)."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    rows = Prize.objects.filter(visit__in=visits).order_by("clause", "pk")
    for visit, clause, fen, state in rows.values_list("visit_id", "clause", "amount_fen", "state"):
        found[visit].append(Standing(clause, fen, PrizeState(state)))
    return {visit: tuple(prizes) for visit, prizes in found.items()}


def prizes_within(areas: Iterable[str]) -> QuerySet[Prize]:
    """The prizes of the villages within areas, the latest round first, in order of places and codes."""
    rows = Prize.objects.filter(within(areas, "village__path"))
    rows = rows.select_related("round__version", "village", "group", "household")
    return rows.order_by(
        "-round__month", "village__order", "village__path", "group__order", "household__code", "clause"
    )


def lines(rows: Iterable[Prize]) -> list[PrizeLine]:
    """Prizes with what their clause calls them (no query: versions come with the rows)."""
    return [PrizeLine(row, _name(row)) for row in rows]


def own_prizes(household: UUID) -> list[PrizeLine]:
    """A home's prizes, the latest first; those a correction took away are not among them (one query)."""
    rows = Prize.objects.filter(household=household).exclude(state=PrizeState.WITHDRAWN.value)
    return lines(rows.select_related("round__version").order_by("-round__month", "clause"))


def _name(row: Prize) -> str:
    document = document_of(row.round.version)
    return next((one.name for one in document.prizes if f"prizes.{one.code}" == row.clause), "")


@dataclass(frozen=True)
class Late:
    """The closed rounds of a month whose prizes waited, those under one version together; or why they still wait."""

    problem: Problem | None
    alike: tuple[tuple[Round, ...], ...] = ()


def late_rounds(place: Place, month: date) -> Late:
    """The rounds of a month in a place whose prizes wait for the others or for checks (one query, versions with it)."""
    rows = Round.objects.filter(within([place.path], "village__path"), month=month, kind__in=REGULAR)
    rows = rows.exclude(state=RoundState.DROPPED.value)
    found: dict[UUID, list[Round]] = defaultdict(list)
    wide = False
    for row in rows.select_related("version", "village").order_by("village__order", "village__path"):
        document = document_of(row.version)
        if late_clauses(document):
            found[row.version_id].append(row)
            wide = wide or _town_wide(document)
    if not found:
        return Late(Problem("honours.prizes_none", {"month": name_of(month)}))
    if wide and place.kind == "village":
        return Late(Problem("honours.prizes_of_the_town", {}))
    still = [row.village.name for each in found.values() for row in each if row.state != RoundState.CLOSED.value]
    if still:
        return Late(Problem("honours.prizes_wait", {"villages": "、".join(still)}))
    return Late(None, tuple(tuple(each) for each in found.values()))


def _town_wide(document: SchemeDocument) -> bool:
    clauses = late_clauses(document)
    return any(f"prizes.{one.code}" in clauses and one.within == "town" for one in document.prizes)


@dataclass(frozen=True)
class Seat:
    """Whose visit it was, in which round."""

    household: UUID
    group: UUID
    round: UUID


@dataclass(frozen=True)
class Winners:
    """Every visit of some rounds, and what each wins by the clauses that waited: clause → fen."""

    homes: Mapping[UUID, Seat]
    won: Mapping[UUID, Mapping[str, int]]
    clauses: frozenset[str]
    checked: bool
    asks_checks: bool


def late_winners(rounds: Sequence[Round], *, as_if_checked: bool = False) -> Winners:
    """Who wins what waited, over rounds of one version together, as their results stand (one query).

    `as_if_checked`: had every home passed its check, so that it is known whom a check must see."""
    document = document_of(rounds[0].version)
    rows = standing(Result.objects.filter(visit__round__in=rounds)).select_related("visit")
    homes, placed, checked = {}, [], False
    village = {one.pk: one.village_id for one in rounds}
    for row in rows:
        visit, outcome = row.visit, outcome_of(json.loads(row.breakdown))
        passed = as_if_checked or (outcome.check is not None and outcome.check.passed)
        checked = checked or outcome.check is not None
        homes[visit.pk] = Seat(visit.household_id, visit.group_id, visit.round_id)
        placed.append(
            Placed(
                visit.pk.hex, village[visit.round_id].hex, visit.group_id.hex, outcome, outcome.rank.klass,
                outcome.rank.value_milli, passed,
            )
        )  # fmt: skip
    won = {
        UUID(hex=key): {one.clause: one.amount_fen for one in prizes}
        for key, prizes in late_prizes(document, placed).items()
    }
    clauses = late_clauses(document)
    asks = any(f"prizes.{one.code}" in clauses and one.recheck for one in document.prizes)
    return Winners(homes, won, clauses, checked, asks)


STATES = {PrizeState.DUE.value: 0, PrizeState.GIVEN.value: 1, PrizeState.WITHDRAWN.value: 2}


def by_state(rows: QuerySet[Prize]) -> QuerySet[Prize]:
    """The same rows, those that wait first and those a correction took away last."""
    turns = [When(state=state, then=Value(turn)) for state, turn in STATES.items()]
    return rows.annotate(turn_=Case(*turns, output_field=IntegerField())).order_by("turn_", *rows.query.order_by)


def count_by_state(rows: QuerySet[Prize]) -> dict[str, int]:
    """State → how many prizes, each state (one query)."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in STATES}


def rounds_with_prizes(rows: QuerySet[Prize]) -> list[Round]:
    """The rounds these prizes come from, as far as they stand, the latest first (one query)."""
    ids = rows.exclude(state=PrizeState.WITHDRAWN.value).order_by().values("round")
    return list(Round.objects.filter(pk__in=ids).select_related("village").order_by("-month", "village__path"))


def waiting_months(rows: QuerySet[Round], *, town: bool, most: int = 24) -> list[date]:
    """The months, the latest first, whose prizes by rank wait for a town or for checks (one query, versions with it).

    `town`: whether whoever asks may tell those of a town too; else only what a village tells by itself."""
    months: dict[date, bool] = {}
    for row in rows[: most * 20]:
        document = document_of(row.version)
        late = bool(late_clauses(document)) and (town or not _town_wide(document))
        months[row.month] = months.get(row.month, False) or late
    return [month for month, late in months.items() if late][:most]
