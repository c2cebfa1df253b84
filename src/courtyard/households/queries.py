"""Reading the register: by token or short number, who is to be rated, kin, care."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from courtyard.households.models import Care, Household, Kin
from courtyard.kernel import paths
from courtyard.kernel.actors import Actor, Duty, DutyKind


@dataclass(frozen=True)
class RateableHome:
    """A home that a round visits: lived in, taking part. `care`: on the confirmed care list."""

    id: UUID
    group_id: UUID
    bay: str
    code: str
    care: bool


def household_of_token(token: str) -> Household | None:
    """The household of a live card's token."""
    rows = Household.objects.filter(cards__token=token, cards__state="live", until=None)
    return rows.select_related("group", "village", "town").first()


def household_of_short(town_id: UUID | None, short: str) -> Household | None:
    """The household with this short number in its town (None: in the only town that has it)."""
    rows = Household.objects.filter(short=short, until=None).select_related("group", "village", "town")
    if town_id is not None:
        rows = rows.filter(town_id=town_id)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def actor_of_household(household_id: str, card_id: str | None) -> Actor | None:
    """The household as an actor while the card it logged in with is live (its duty lies on the path's last segment)."""
    rows = Household.objects.filter(pk=household_id, until=None).select_related("group")
    household = rows.filter(cards__pk=card_id, cards__state="live").first() if card_id else None
    if household is None:
        return None
    duty = Duty(DutyKind.HOUSEHOLDER, paths.household(household.group.path, household.code))
    return Actor(household.pk, "household", household.head, (duty,))


def rateable(village_id: UUID) -> list[RateableHome]:
    """The homes of a village that a round visits, in walking order (group, bay, code): one query."""
    care = Care.objects.filter(household=OuterRef("pk"), state="confirmed")
    rows = Household.objects.filter(village_id=village_id, until=None, living="lived_in", participation="taking_part")
    rows = rows.annotate(care_=Exists(care)).order_by("group__order", "group__path", "bay", "code")
    return [RateableHome(*row) for row in rows.values_list("id", "group_id", "bay", "code", "care_")]


def on_care_list(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these households whose care a cadre confirmed."""
    return set(Care.objects.filter(household__in=list(ids), state="confirmed").values_list("household_id", flat=True))


def kin_of(account_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """(account, household) pairs where the person steps aside: own home or kin."""
    rows = Kin.objects.filter(account__in=list(account_ids))
    return set(rows.values_list("account_id", "household_id"))
