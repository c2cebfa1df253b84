"""What waits for a second person, and what keeps a household's points at rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from courtyard.households.models import Countersign, Household, PinReset
from courtyard.households.rules.seconds import spending_stopped
from courtyard.households.rules.states import CountersignKind, CountersignState, PinResetState
from courtyard.kernel.problems import Problem
from courtyard.people.models import Account
from courtyard.places.queries import within

UNDECIDED = (CountersignState.WAITING.value, CountersignState.REFUSED.value)


def unfit_to_spend(household: UUID, at: datetime) -> Problem | None:
    """Why this household's points rest at this moment, or None (one query); the till asks inside its act."""
    row = Household.objects.filter(pk=household).values_list(
        "countersign__state", "countersign__binds", "pin__spend_from"
    )
    state, binds, spend_from = row.get()
    return spending_stopped(at, CountersignState(state) if state else None, bool(binds), spend_from)


def countersigns(areas: Iterable[str], states: Iterable[str] = UNDECIDED) -> QuerySet[Countersign, Any]:
    """What waits for a second person within areas (or was said to be wrong), the oldest first; `homes` it made."""
    rows = Countersign.objects.filter(within(areas, "place__path"), state__in=list(states))
    return (
        rows.select_related("place__town")
        .annotate(
            homes=Count("made", filter=Q(made__until=None), distinct=True),
            changed=Max("runs__changed"),
        )
        .order_by("made_at", "pk")
    )


def resets(areas: Iterable[str], states: Iterable[str] = (PinResetState.ASKED.value,)) -> QuerySet[PinReset, Any]:
    """PIN resets within areas that wait for a second person (or stand in `states`), the oldest first."""
    rows = PinReset.objects.filter(within(areas, "household__group__path"), state__in=list(states))
    return rows.select_related("household__group", "household__village", "household__town", "place").order_by(
        "asked_at", "pk"
    )


def resets_of(household: UUID) -> QuerySet[PinReset, Any]:
    """Every PIN reset of a household, the newest first: what its statement says."""
    return PinReset.objects.filter(household=household).select_related("household").order_by("-asked_at", "pk")


def resets_told(household: UUID) -> list[tuple[PinReset, str, str]]:
    """The same with the names of who asked and who answered, '' where it was no account (one query)."""
    who = {
        name: Coalesce(Subquery(Account.objects.filter(pk=OuterRef(column)).values("name")[:1]), Value(""))
        for name, column in (("asked_", "asked_by"), ("answered_", "answered_by"))
    }
    return [(row, row.asked_, row.answered_) for row in resets_of(household).annotate(**who)]


def undecided(areas: Iterable[str], actor: UUID) -> QuerySet[Any, tuple[str, UUID, UUID]]:
    """(countersign | reset, its id, whose) of what within areas somebody else began and this person could decide."""
    mine = list(areas)
    waiting = Countersign.objects.filter(within(mine, "place__path"), state=CountersignState.WAITING.value)
    asked = PinReset.objects.filter(within(mine, "household__group__path"), state=PinResetState.ASKED.value)
    signs = waiting.exclude(made_by=actor).order_by().values_list(Value("countersign"), "pk", "made_by")
    return signs.union(asked.exclude(asked_by=actor).order_by().values_list(Value("reset"), "pk", "asked_by"))


def made_by_hand(ids: Iterable[UUID]) -> dict[UUID, Household]:
    """Countersign → the household that was put in by hand (one query)."""
    rows = Household.objects.filter(countersign__in=list(ids), countersign__kind=CountersignKind.BY_HAND.value)
    rows = rows.select_related("group", "village", "town")
    return {row.countersign_id: row for row in rows if row.countersign_id}


def made_in_villages(countersign: UUID) -> list[tuple[str, int]]:
    """Village → how many homes an import made there, in order of places (one query)."""
    rows = Household.objects.filter(countersign=countersign, until=None)
    counted = rows.values_list("village__name").annotate(homes=Count("pk"))
    return list(counted.order_by("village__order", "village__path"))
