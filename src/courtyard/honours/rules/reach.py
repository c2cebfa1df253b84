"""How far a list reaches (DOMAIN §4.4): what a group's board may say, and whom it may name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courtyard.households.rules.states import RedNameConsent

RATED_LEAST, FINDINGS_LEAST = 10, 3


def findings_stay_in_group(rated: int, findings: int) -> bool:
    """Whether a group is large enough that its findings say nothing of one home; else they stand at the village."""
    return rated >= RATED_LEAST and findings >= FINDINGS_LEAST


@dataclass(frozen=True)
class RedNames:
    """The red list as a medium may show it: names by consent, how many more, and whether nearly all are on it."""

    names: tuple[str, ...]
    others: int
    nearly_all: bool
    total: int


def red_names(homes: Sequence[tuple[str, RedNameConsent]], rated: int, *, wide: bool) -> RedNames:
    """Names for the board, or (`wide`) for WeChat and loudspeaker; nearly all: more than 4 of 5 rated homes are red."""
    allowed = (RedNameConsent.WIDE,) if wide else (RedNameConsent.BOARD, RedNameConsent.WIDE)
    names = tuple(name for name, consent in homes if consent in allowed)
    return RedNames(names, len(homes) - len(names), 5 * len(homes) > 4 * rated > 0, len(homes))
