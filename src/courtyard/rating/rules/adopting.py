"""What an adoption must show before it counts: the assembly, the filing, a start that looks forward, a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.money import yuan
from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean, unfit

DOCUMENT_MOST = 120
WORDS_MOST = 400
AHEAD_MOST = 366  # days; a start beyond it is a slip of the pen (our own choice)


@dataclass(frozen=True)
class Resolution:
    """The assembly's resolution: its day, how many came of how many households, and where it is filed."""

    assembly: date
    attendance: int
    households: int
    document: str


@dataclass(frozen=True)
class Year:
    """A simulated year as an assembly saw it: its cost from 5 % to 95 % of the seeds, in fen, beside the budget."""

    homes: int
    seeds: int
    low_fen: int
    middle_fen: int
    high_fen: int
    budget_fen: int


def over_budget(year: Year) -> Problem | None:
    """Why a simulated year does not lie inside its budget, or None: the high end decides."""
    if year.high_fen <= year.budget_fen:
        return None
    facts = {"high": yuan(year.high_fen), "budget": yuan(year.budget_fen), "homes": year.homes}
    return Problem("rating.over_budget", facts)


def unsound_resolution(resolution: Resolution, *, today: date) -> Problem | None:
    """Why a resolution cannot be taken as filed, or None."""
    if resolution.assembly > today:
        return Problem("rating.assembly_to_come", {"assembly": resolution.assembly.isoformat()})
    if not 1 <= resolution.attendance <= resolution.households:
        facts = {"attendance": resolution.attendance, "households": resolution.households}
        return Problem("rating.attendance_unsound", facts)
    if not clean(resolution.document):
        return Problem("rating.no_filing", {})
    return unfit(clean(resolution.document), most=DOCUMENT_MOST, field="决议文号")


def unsound_start(starts: date, *, assembly: date, today: date) -> Problem | None:
    """Why a scheme cannot take effect that day: the first of this or a coming month, never before its resolution."""
    if starts.day != 1:
        return Problem("rating.start_not_first", {"starts": starts.isoformat()})
    if starts < today.replace(day=1):
        return Problem("rating.start_backwards", {"starts": starts.isoformat()})
    if starts < assembly:
        facts = {"starts": starts.isoformat(), "assembly": assembly.isoformat()}
        return Problem("rating.start_before_assembly", facts)
    if starts > today + timedelta(days=AHEAD_MOST):
        return Problem("rating.start_too_far", {"starts": starts.isoformat()})
    return None


def unsound_second(
    by: Actor, second: Actor, *, proposing: frozenset[DutyKind], seconding: frozenset[DutyKind]
) -> Problem | None:
    """Why this second person does not make two (DOMAIN §4.13): another account, by a duty the proposer does not use.

    `proposing` and `seconding` are the kinds of duty by which each of them may act at this place.
    """
    if by.id == second.id:
        return Problem("rating.second_is_first", {"name": by.name})
    if not seconding:
        return Problem("rating.second_may_not", {"name": second.name})
    if seconding <= proposing:
        return Problem("rating.second_same_level", {"name": second.name})
    return None


def unsound_reviewer(
    writer: UUID, reviewer: Actor, *, writing: frozenset[DutyKind], reviewing: frozenset[DutyKind]
) -> Problem | None:
    """Why this person is no second level for a version: its writer, or somebody who acts by the writer's own duty."""
    if writer == reviewer.id:
        return Problem("rating.review_own", {"name": reviewer.name})
    if reviewing <= writing:
        return Problem("rating.review_same_level", {"name": reviewer.name})
    return None


def unsound_words(words: str, *, agrees: bool) -> Problem | None:
    """Whether a review may be said in these words: one that wants something changed must say what."""
    if not words and not agrees:
        return Problem("rating.review_no_words", {})
    return unfit(words, most=WORDS_MOST, field="核对的话") if words else None
