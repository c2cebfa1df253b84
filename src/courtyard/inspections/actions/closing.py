"""Closing a round inside the act of the room above: every home's outcome, and its result with the whole breakdown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.inspections.actions.correcting import run_of
from courtyard.inspections.actions.turn import months_round
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.facts import NONE_HELD, facts_of
from courtyard.inspections.queries.rounds import earlier_open, while_open
from courtyard.inspections.rules.outcomes import Rated
from courtyard.inspections.rules.rounds import day_counted
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse
from courtyard.kernel.weeks import name_of
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import Held
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.records.guard import swap
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Closed:
    """A closed round: the day its points count for, its scheme, the outcome of every home."""

    day: date
    document: SchemeDocument
    homes: tuple[Rated, ...]


def close(
    pen: Pen, closing: Round, help_owed: Collection[UUID] = (), titles: Mapping[UUID, Held] = NONE_HELD
) -> Closed:
    """Close a round: every home's outcome by the scheme's engine, its result with the whole breakdown grown as a set.

    `help_owed`: households the room above owes help, so that they are no candidates; `titles`: what each holds. Facts come from a fixed number
    of set reads, the engine is pure. Refuses inspections.round_closed, .no_marks,
    .earlier_round_open, .not_the_months_round.
    """
    months_round(closing)
    closed = {"state": RoundState.CLOSED.value, "closed": day_of(pen.at)}
    swap(while_open(closing.pk), "inspections.round_closed", **closed)
    if earlier := earlier_open(closing).first():
        refuse("inspections.earlier_round_open", month=name_of(earlier.month))
    document, day = document_of(closing.version), day_counted(closing.month, day_of(pen.at))
    found = facts_of(closing, document, day, help_owed=help_owed, titles=titles)
    if not found.counting.some:
        refuse("inspections.no_marks", month=name_of(closing.month))
    rated, today = tuple(found.outcomes(document)), day_of(pen.at)
    version, on = closing.version_id.hex, today.isoformat()
    pen.grow_plain(
        Result,
        [
            (
                uuid7().hex, home.visit.hex, version, home.outcome.grade or "", home.outcome.score_milli,
                run_of(home.outcome), home.outcome.breakdown_text, None, on,
            )
            for home in rated
            if home.visit
        ],
    )  # fmt: skip
    return Closed(day, document, rated)


def number(pen: Pen, closed: Round) -> None:
    """Let a closed round carry the act's number, so that phones pull it."""
    pen.take_number()
    Round.objects.filter(pk=closed.pk).update(changed=pen.number)
