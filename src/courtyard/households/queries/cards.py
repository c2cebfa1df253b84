"""Whose card this is, and the actor a household becomes behind card and PIN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from courtyard.households.models import Card, CovenantKnown, Household, Pin
from courtyard.households.rules.states import CardState
from courtyard.kernel.actors import Actor, Duty, DutyKind
from courtyard.kernel.ids import short_number_is_sound
from courtyard.kernel.paths import household as household_path
from courtyard.places.queries import line_at, within


def household_actor(household: Household) -> Actor:
    """The household as an actor: its duty lies on the last segment of its path (D7)."""
    path = household_path(household.group.path, household.code)
    return Actor(household.pk, "household", household.head, (Duty(DutyKind.HOUSEHOLDER, path),))


def household_of_session(household: UUID | str, card: UUID | str | None) -> tuple[Household, str] | None:
    """The household of a session with its places, and whom to complain to there; None once its card is dead, or it has
    ended or declined (one query)."""
    if card is None:
        return None
    rows = Card.objects.filter(pk=card, household__pk=household, state=CardState.LIVE.value, household__until=None)
    rows = rows.select_related("household__group", "household__village", "household__town")
    live = rows.annotate(line_=line_at("household__village")).first()
    return (live.household, live.line_) if live else None


def live_card(household: UUID) -> Card | None:
    """A household's live card, if it has one."""
    return Card.objects.filter(household=household, state=CardState.LIVE.value).first()


def card_told(household: UUID) -> Card | None:
    """A household's live card with what stands beside it: `pin_stands` as has_pin tells it, `pin_usable`, the
    covenant's newest version it was told of and the day (`told_version`, `told_day`; one query)."""
    pins = Pin.objects.filter(household=OuterRef("household"))
    told = CovenantKnown.objects.filter(household=OuterRef("household")).order_by("-covenant__version")
    rows = Card.objects.filter(household=household, state=CardState.LIVE.value).annotate(
        pin_stands=Exists(pins),
        pin_usable=Exists(pins.exclude(sealed="")),
        told_version=Subquery(told.values("covenant__version")[:1]),
        told_day=Subquery(told.values("day")[:1]),
    )
    return rows.first()


def live_cards(areas: Iterable[str]) -> QuerySet[Card]:
    """Live cards within areas with household and places, in walking order: what a print of cards needs (one query)."""
    rows = Card.objects.filter(within(areas, "household__group__path"), state=CardState.LIVE.value)
    rows = rows.filter(household__until=None).select_related(
        "household__group", "household__village", "household__town"
    )
    return rows.order_by(
        "household__village__order", "household__group__order", "household__group__path", "household__bay",
        "household__code",
    )  # fmt: skip


def by_token(token: str) -> Card | None:
    """The live card of this token with its household; None for a dead or unknown one."""
    rows = Card.objects.filter(token=token, state=CardState.LIVE.value, household__until=None)
    return rows.select_related("household__group", "household__village", "household__town").first()


def by_short(areas: Iterable[str], short: str) -> Household | None:
    """The household of this short number within areas; None where the check digit is wrong or nobody has it."""
    if not short_number_is_sound(short):
        return None
    rows = Household.objects.filter(within(areas, "group__path"), short=short, until=None)
    found = list(rows.select_related("group", "village", "town")[:2])
    return found[0] if len(found) == 1 else None


def has_pin(household: UUID) -> bool:
    """Whether a household ever chose a PIN (one that died with its card counts too)."""
    return Pin.objects.filter(household=household).exists()


@dataclass(frozen=True)
class CardCount:
    """Of one village or group: homes that are lived in and take part, of them with a live card, with one handed over."""

    homes: int
    cards: int
    handed_over: int


def card_counts(areas: Iterable[str]) -> dict[UUID, CardCount]:
    """Village or group id → its counts, for places within areas (two queries)."""
    part = Household.objects.filter(
        within(areas, "group__path"), until=None, participation="taking_part", living="lived_in"
    )
    found: dict[UUID, CardCount] = {}
    for level in ("village", "group"):
        live = Q(cards__state=CardState.LIVE.value)
        rows = part.values_list(level).annotate(
            homes=Count("pk", distinct=True),
            live=Count("cards", filter=live),
            out=Count("cards", filter=live & Q(cards__handed_over__isnull=False)),
        )
        found.update({place: CardCount(homes, cards, out) for place, homes, cards, out in rows})
    return found
