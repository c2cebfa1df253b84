"""Hand-over read: a group's sheet in walking order, how far the cards are, what a line meets in the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.households.models import Card, CovenantKnown, Household
from courtyard.households.queries.register import roster
from courtyard.households.rules.handing import Holding
from courtyard.households.rules.states import CardState, Living, Participation

TAKING_PART = Participation.TAKING_PART.value


def holdings(group: UUID, households: Iterable[UUID]) -> dict[UUID, Holding]:
    """Household → what the register knows of it, for those of this group (two queries)."""
    homes = Household.objects.filter(pk__in=list(households), group=group)
    known = {pk: (part == TAKING_PART, until is not None) for pk, part, until in homes.values_list(
        "pk", "participation", "until"
    )}  # fmt: skip
    cards = Card.objects.filter(household__in=list(known), state=CardState.LIVE.value)
    live = {row[0]: row[1:] for row in cards.values_list("household", "pk", "issued", "handed_over")}
    return {home: Holding(*standing, *live.get(home, (None, None, None))) for home, standing in known.items()}


@dataclass(frozen=True)
class SheetHome:
    """One line of a group's hand-over sheet: `n` is its number on paper and on the screen, the same on both."""

    n: int
    home: Household
    taking_part: bool
    card: bool
    handed_over: date | None
    covenant: int | None
    lived_in: bool = True

    @property
    def waits(self) -> bool:
        """Whether its card still has to go over."""
        return self.taking_part and self.card and self.handed_over is None


def hand_over_sheet(group_path: str) -> list[SheetHome]:
    """A group's households in walking order, numbered, with what was said so far (three queries)."""
    homes = list(roster(group_path))
    ids = [home.pk for home in homes]
    cards = Card.objects.filter(household__in=ids, state=CardState.LIVE.value)
    live = dict(cards.values_list("household", "handed_over"))
    told = CovenantKnown.objects.filter(household__in=ids).order_by("covenant__version")
    known = dict(told.values_list("household", "covenant__version"))
    return [
        SheetHome(
            n,
            home,
            home.participation == TAKING_PART,
            home.pk in live,
            live.get(home.pk),
            known.get(home.pk),
            home.living == Living.LIVED_IN.value,
        )
        for n, home in enumerate(homes, 1)
    ]


@dataclass(frozen=True)
class HandedOver:
    """已发 n / N: cards handed over, of the homes that are lived in and take part."""

    done: int
    of: int


def handed_over(sheet: Iterable[SheetHome]) -> HandedOver:
    """How far a sheet is."""
    rows = [row for row in sheet if row.taking_part and row.lived_in]
    return HandedOver(sum(row.handed_over is not None for row in rows), len(rows))
