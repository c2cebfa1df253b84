"""A home's outcome in a round, as the room above takes it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from courtyard.rating.rules.facts import Outcome


@dataclass(frozen=True)
class Rated:
    """A home's outcome in a round; `visit` is None for a home a light round did not visit."""

    household: UUID
    group: UUID
    visit: UUID | None
    outcome: Outcome
