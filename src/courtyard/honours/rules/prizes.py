"""Prizes: what a home won by a clause of its scheme, money or a thing, handed out by people; never points.

A right to something: it waits until somebody hands it out against a signature, or until a result that was put right
takes its ground away. What was handed out is never asked back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem


class PrizeState(Choice):
    """Where a prize is."""

    DUE = "due", "待发放"
    GIVEN = "given", "已领"
    WITHDRAWN = "withdrawn", "更正后没有了"


class Taker(Choice):
    """Who took a prize and signed for it."""

    HEAD = "head", "户主本人"
    FAMILY = "family", "家里人"
    PROXY = "proxy", "受托代领"


@dataclass(frozen=True)
class Standing:
    """A prize as it stands: by which clause, how much in fen, in which state."""

    clause: str
    amount_fen: int
    state: PrizeState


@dataclass(frozen=True)
class Following:
    """What a home's prizes must become: clauses to give (with fen), clauses that wait and are withdrawn."""

    new: tuple[tuple[str, int], ...]
    gone: tuple[str, ...]


def follow(stand: Iterable[Standing], won: Mapping[str, int], asked: Iterable[str]) -> Following:
    """What a result makes of a home's prizes by the clauses it was `asked` about; others stay as they are.

    What was handed out stays so, whatever became of its ground; it is not given twice."""
    stand, clauses = list(stand), set(asked)
    held = {one.clause for one in stand if one.state is not PrizeState.WITHDRAWN}
    waiting = {one.clause for one in stand if one.state is PrizeState.DUE} & clauses
    new = tuple((clause, fen) for clause, fen in sorted(won.items()) if clause in clauses and clause not in held)
    return Following(new, tuple(sorted(waiting - set(won))))


def unfit_taker(taker: str) -> Problem | None:
    """Why nobody can be written down as having taken it."""
    return None if taker in Taker.codes() else Problem("honours.prize_no_taker", {})
