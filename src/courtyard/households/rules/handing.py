"""A hand-over sheet's line as it was signed, and why it cannot be taken in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.households.rules.states import MessageConsent, RedNameConsent
from courtyard.kernel.problems import Problem

A_SCREEN = 40


@dataclass(frozen=True)
class Line:
    """One household's line: `took` the card (True), declined it (False), or neither is written (None). A choice the
    household left open is None: then what stood before stands. `covenant`: it put its mark at 知晓."""

    household: UUID
    took: bool | None
    red_name: RedNameConsent | None = None
    messages: MessageConsent | None = None
    covenant: bool = False

    @property
    def chose(self) -> bool:
        return self.covenant or self.red_name is not None or self.messages is not None


@dataclass(frozen=True)
class Holding:
    """What the register knows of the household: whether it takes part, its live card and when that went over."""

    taking_part: bool
    ended: bool = False
    card: UUID | None = None
    issued: date | None = None
    handed_over: date | None = None


def unfit_hand_over_day(day: date, today: date) -> Problem | None:
    """Why cards cannot have gone over that day."""
    return Problem("households.hand_over_in_future", {"day": day.isoformat()}) if day > today else None


def unfit_line(line: Line, holding: Holding, day: date) -> Problem | None:
    """Why this line cannot be taken in, or None; every other line of the sheet still can."""
    if line.took is None:
        return Problem("households.hand_over_unsaid")
    if line.took is False:
        return _unfit_decline(line, holding)
    if holding.ended:
        return Problem("households.ended")
    if not holding.taking_part:
        return Problem("households.not_taking_part")
    if holding.card is None or holding.issued is None:
        return Problem("households.no_card")
    if holding.handed_over is not None:
        return Problem("households.handed_over_already", {"day": holding.handed_over.isoformat()})
    if day < holding.issued:
        return Problem("households.hand_over_before_issue", {"issued": holding.issued.isoformat()})
    return None


def _unfit_decline(line: Line, holding: Holding) -> Problem | None:
    if line.chose:
        return Problem("households.declined_with_choices")
    if holding.ended:
        return Problem("households.ended")
    return None if holding.taking_part else Problem("households.participation_stands")
