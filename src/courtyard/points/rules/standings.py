"""Ledgers that are only a standing, deductions, and resets: what may be written, and what a balance falls to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from courtyard.kernel.problems import Problem
from courtyard.points.rules.ledger import LIMIT, unfit_clause, unfit_points


class MeritDue(NamedTuple):
    """What a round (or deed) gives a household, or takes off it, in a ledger that is only a standing, in thousandths.

    `until`: the last day it counts; None for ever."""

    household: UUID
    round: UUID
    ledger: str
    clause: str
    milli: int
    day: date
    until: date | None = None


class DeductionDue(NamedTuple):
    """What a clause takes off a household's points that can be spent: whole points, above 0."""

    household: UUID
    round: UUID
    clause: str
    points: int
    day: date


class ResetDue(NamedTuple):
    """That a ledger falls to a share of itself at the end of a day, by this clause of the scheme in force.

    `base_milli`: what everybody begins with in a ledger that is only a standing; `spendable`: whether it is spent."""

    day: date
    ledger: str
    clause: str
    keep_share_milli: int
    spendable: bool = True
    base_milli: int = 0


def unfit_merit(due: MeritDue) -> Problem | None:
    """Why this record cannot be written: its amount, or a clause that is no code."""
    if problem := unfit_clause(due.clause):
        return problem
    if not isinstance(due.milli, int) or isinstance(due.milli, bool) or not 1 <= abs(due.milli) <= LIMIT * 1000:
        return Problem("points.not_an_amount", {"points": str(due.milli), "most": LIMIT})
    return None


def unfit_deduction(due: DeductionDue) -> Problem | None:
    """Why this cannot be taken off: its points, or a clause that is no code."""
    return unfit_clause(due.clause) or unfit_points(due.points)


def merits_named_twice(dues: Iterable[MeritDue]) -> Problem | None:
    """That the same household would have the same clause twice in one round and ledger."""
    return _twice((due.round, due.household, due.ledger, due.clause) for due in dues)


def deductions_named_twice(dues: Iterable[DeductionDue]) -> Problem | None:
    """The same of deductions."""
    return _twice((due.round, due.household, due.clause) for due in dues)


def _twice(keys: Iterable[tuple[object, ...]]) -> Problem | None:
    seen: set[tuple[object, ...]] = set()
    for key in keys:
        if key in seen:
            return Problem("points.awarded_already", {"clause": str(key[-1])})
        seen.add(key)
    return None


def falls_by(standing: int, keep_share_milli: int, unit: int) -> int:
    """What a reset takes of a standing: all but its share, which is rounded down to whole `unit`s; never below 0."""
    if standing <= 0:
        return 0
    return standing - standing * keep_share_milli // 1000 // unit * unit


def reach(balance: int, moves: Iterable[int]) -> list[int]:
    """What really moves of each of these, one after the other: what is taken off (below 0) takes no more than is there."""
    found = []
    for move in moves:
        real = move if move > 0 else -min(-move, max(0, balance))
        balance += real
        found.append(real)
    return found
