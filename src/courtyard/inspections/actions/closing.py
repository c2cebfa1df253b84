"""Closing a round inside the act of the room above: every home's outcome, and its result with the whole breakdown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.inspections.actions.correcting import result_of
from courtyard.inspections.actions.turn import months_round
from courtyard.inspections.models import Round
from courtyard.inspections.queries.facts import facts_of
from courtyard.inspections.queries.rounds import REGULAR, while_open
from courtyard.inspections.rules.rounds import day_counted
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Outcome
from courtyard.records.guard import swap
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Rated:
    """A home's outcome in a round; `visit` is None for a home a light round did not visit."""

    household: UUID
    group: UUID
    visit: UUID | None
    outcome: Outcome


@dataclass(frozen=True)
class Closed:
    """A closed round: the day its points count for, its scheme, the outcome of every home."""

    day: date
    document: SchemeDocument
    homes: tuple[Rated, ...]


def close(pen: Pen, closing: Round, help_owed: Collection[UUID] = ()) -> Closed:
    """Close a round: every home's outcome by the scheme's engine, its result with the whole breakdown grown as a set.

    `help_owed`: households the room above owes help, so that they are no candidates. Facts come from a fixed number
    of set reads, the engine is pure. Refuses inspections.round_closed, .no_marks,
    .earlier_round_open, .not_the_months_round.
    """
    months_round(closing)
    closed = {"state": RoundState.CLOSED.value, "closed": day_of(pen.at)}
    swap(while_open(closing.pk), "inspections.round_closed", **closed)
    if month := earlier_open(closing):
        refuse("inspections.earlier_round_open", month=f"{month:%Y-%m}")
    document, day = document_of(closing.version), day_counted(closing.month, day_of(pen.at))
    found = facts_of(closing, document, day, help_owed=help_owed)
    if not found.marks:
        refuse("inspections.no_marks", month=f"{closing.month:%Y-%m}")
    rated, results = [], []
    for home, outcome in found.outcomes(document):
        if home.visit:
            results.append(result_of(home.visit, closing, outcome, day_of(pen.at)))
        rated.append(Rated(home.household, home.group, home.visit, outcome))
    pen.grow(results)
    return Closed(day, document, tuple(rated))


def earlier_open(closing: Round) -> date | None:
    """The first month before this round's whose round is still open: it is closed first."""
    earlier = Round.objects.filter(village=closing.village_id, month__lt=closing.month, kind__in=REGULAR)
    return earlier.filter(state=RoundState.OPEN.value).order_by("month").values_list("month", flat=True).first()


def number(pen: Pen, closed: Round) -> None:
    """Let a closed round carry the act's number, so that phones pull it."""
    pen.take_number()
    Round.objects.filter(pk=closed.pk).update(changed=pen.number)
