"""What the till must know of a household, by one statement: where it is, whether it is lived in, its card, its rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from courtyard.households.rules.seconds import spending_stopped
from courtyard.households.rules.states import CountersignState
from courtyard.kernel.problems import Problem
from courtyard.records.sets import Statement, key

_SPENDER = """
SELECT g.path, h.until, h.living, c.id, s.state, s.binds, p.spend_from FROM households_household h
JOIN places_place g ON g.id = h.group_id
LEFT JOIN households_card c ON c.household_id = h.id AND c.state = 'live' AND c.handed_over IS NOT NULL
LEFT JOIN households_countersign s ON s.id = h.countersign_id
LEFT JOIN households_pin p ON p.household_id = h.id
WHERE h.id = %s
"""


@dataclass(frozen=True)
class Spender:
    """A household at the till: its group's path, the day it left the register, how it is lived in, the card it was
    handed (None: none), and why its points rest at this moment (None: they do not)."""

    group: str
    until: date | None
    living: str
    card: UUID | None
    rests: Problem | None


def asks_spender(household: UUID) -> Statement:
    """What asks for the household as the till must see it now; asked inside the till's act."""
    return _SPENDER, [key(household)]


def spender(rows: Sequence[tuple[Any, ...]], at: datetime) -> Spender:
    """The household by the answer."""
    [(group, until, living, card, state, binds, spend_from)] = rows
    if spend_from is not None and spend_from.tzinfo is None:
        spend_from = spend_from.replace(tzinfo=UTC)
    rests = spending_stopped(at, CountersignState(state) if state else None, bool(binds), spend_from)
    return Spender(group, until, living, _uuid(card), rests)


def _uuid(value: Any) -> UUID | None:
    return value if value is None or isinstance(value, UUID) else UUID(hex=value)
