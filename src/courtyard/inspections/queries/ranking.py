"""The ranks of a round: its homes put in order by the engine, once each of them has its outcome; and again after a correction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.results import standing
from courtyard.inspections.rules.outcomes import Rated
from courtyard.points.queries.merits import merits_in
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import Placed, asks_ranks, ranks_of, with_rank
from courtyard.rating.rules.facts import Facts, Outcome, Rank, outcome_of


def standings_ranking(document: SchemeDocument, village: UUID, day: date) -> Mapping[UUID, int]:
    """Household → the standing that ranks it on a day, in thousandths, without what everybody begins with (one query);
    nothing where scores rank."""
    if document.ranking.by == "score" or not asks_ranks(document):
        return {}
    return merits_in(village, document.ranking.ledger, day)


def base_ranking(document: SchemeDocument) -> int:
    """What everybody begins with in the ledger that ranks, in thousandths."""
    return document.ledger(document.ranking.ledger).base_milli if document.ranking.by == "standing" else 0


def with_ranks(
    document: SchemeDocument, village: UUID, rows: Sequence[tuple[Rated, Facts]], standings: Mapping[UUID, int]
) -> list[Rated]:
    """The outcomes of a round with each home's rank and what it brings; the same rows where the scheme ranks nobody."""
    if not asks_ranks(document):
        return [rated for rated, _ in rows]
    base = base_ranking(document)
    values = {rated.household: base + standings.get(rated.household, 0) for rated, _ in rows}
    ranks = _ranks(document, village, [rated for rated, _ in rows], values)
    return [
        replace(rated, outcome=with_rank(document, facts, rated.outcome, ranks[rated.household]))
        if rated.household in ranks
        else rated
        for rated, facts in rows
    ]


def _ranks(
    document: SchemeDocument, village: UUID, rows: Sequence[Rated], values: Mapping[UUID, int]
) -> dict[UUID, Rank]:
    """Household → rank; the engine knows homes and groups by their ids alone."""
    placed = [
        Placed(
            row.household.hex, village.hex, row.group.hex, row.outcome, row.outcome.rank.klass, values[row.household]
        )
        for row in rows
        if row.visit is not None
    ]
    return {UUID(hex=key): rank for key, rank in ranks_of(document, placed).items()}


@dataclass(frozen=True)
class Ranked:
    """A visit's result as it stands, what it tells, and the rank its home has now."""

    result: Result
    outcome: Outcome
    rank: Rank


def ranks_now(closed: Round, document: SchemeDocument, instead: Mapping[UUID, Outcome]) -> dict[UUID, Ranked]:
    """Visit → its rank in a closed round as the results stand, some of them put right (`instead`, by visit) (one query).

    Standings rank as they were when it was closed. Empty where the scheme ranks nobody."""
    if not asks_ranks(document):
        return {}
    rows = list(standing(Result.objects.filter(visit__round=closed)).select_related("visit"))
    told = {row.visit_id: instead.get(row.visit_id) or outcome_of(json.loads(row.breakdown)) for row in rows}
    rated = [Rated(row.visit.household_id, row.visit.group_id, row.visit_id, told[row.visit_id]) for row in rows]
    values = {one.household: one.outcome.rank.value_milli or 0 for one in rated}
    ranks = _ranks(document, closed.village_id, rated, values)
    return {row.visit_id: Ranked(row, told[row.visit_id], ranks.get(row.visit.household_id, Rank())) for row in rows}
