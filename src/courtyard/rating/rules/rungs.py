"""A home's star on a day, and whether a gate shuts something to it: the same rule as over a place's time (engine 2), asked
of what the live rounds and ledgers know.

Nothing of it is kept: a star is read from the last result or from a standing whenever a page, the till or a close asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import Gate, SchemeDocument, Star
from courtyard.rating.rules.engine_2.accounts import Account, Lot
from courtyard.rating.rules.engine_2.closing import shut
from courtyard.rating.rules.engine_2.plan import Plan, plan_of
from courtyard.rating.rules.engine_2.state import Direct, State

REDEEM, AWARDS = "redeem", "awards"
_DAY = date(2001, 1, 1)


@dataclass(frozen=True)
class Stand:
    """Where a home stands: its last grade, its last score in thousandths (None where it was of another whole), its
    standings in thousandths by ledger, the stars that deeds hold it on until they are mended."""

    grade: str | None = None
    score_milli: int | None = None
    standings: tuple[tuple[str, int], ...] = ()
    outright: tuple[str, ...] = ()


def by_score(document: SchemeDocument) -> bool:
    """Whether its stars are read from a round's score."""
    return bool(document.stars) and document.stars[0].of == "score"


def by_ledger(document: SchemeDocument) -> str | None:
    """The ledger whose standing its stars are read from, None where there is none."""
    return document.stars[0].ledger if document.stars and document.stars[0].of == "standing" else None


def star_of(document: SchemeDocument, stand: Stand) -> Star | None:
    """The star a home stands on, or None: the scheme has none, or nothing to read it from yet."""
    if not document.stars:
        return None
    code = _state(plan_of(document), stand).star(plan_of(document), "", _DAY, stand.score_milli)
    return next((star for star in document.stars if star.code == code), None)


def star_at(document: SchemeDocument, score_milli: int | None) -> Star | None:
    """The star one round's score is worth by itself; None where stars are not read from scores, or there is no score."""
    if score_milli is None or not by_score(document):
        return None
    return next((star for star in document.stars if star.holds(score_milli)), None)


def gates_asking(document: SchemeDocument, what: str) -> tuple[Gate, ...]:
    """The gates that may shut something (`redeem`, `awards`)."""
    return tuple(gate for gate in document.gates if what in gate.shuts)


def gate_shut(document: SchemeDocument, what: str, stand: Stand) -> Gate | None:
    """The first gate below whose rung the home is, so that this is shut to it; None where nothing is.

    A home nobody rated yet, or graded by words this scheme does not know, is below no band."""
    gates = gates_asking(document, what)
    if not gates:
        return None
    plan = plan_of(document)
    state, grade = _state(plan, stand), stand.grade if stand.grade in plan.rank_of else None
    return next((gate for gate in gates if shut(plan, state, gate.band, gate.star, grade, _DAY)), None)


def counted(document: SchemeDocument, stars: Iterable[Star | None]) -> tuple[tuple[Star, int], ...]:
    """Each star of the scheme, highest first, with how many of these it is."""
    found = [star.code for star in stars if star is not None]
    return tuple((star, found.count(star.code)) for star in document.stars)


def _state(plan: Plan, stand: Stand) -> State:
    """What the engine's rule reads, from what is known of the home."""
    known, stars = (
        {ledger.code: ledger for ledger in plan.document.ledgers},
        {star.code for star in plan.document.stars},
    )
    state = State(s.Home(""), last=stand.grade, last_score=stand.score_milli)
    state.directs = [Direct("", code, _DAY, None) for code in stand.outright if code in stars]
    for code, milli in stand.standings:
        if code in known:
            owed, lots = max(0, -milli), [Lot(_DAY, milli, None)] if milli > 0 else []
            state.accounts["", code] = Account(known[code], lots, owed)
    return state
