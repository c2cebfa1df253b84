"""What a household sees of itself: its results explained, its open entry, nothing of anybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import Case, cases
from courtyard.honours.rules.states import ListingKind, ListingState, Verb
from courtyard.households.models import Household
from courtyard.inspections.queries import results as inspections
from courtyard.people.asked import Asked
from courtyard.rating.rules.explain import Line, explain

# The states a household is told of: once two people looked again, its page brings the notice itself.
TOLD = (ListingState.CONFIRMED, ListingState.NOTIFIED, ListingState.OBJECTED, ListingState.PUBLISHED)


@dataclass(frozen=True)
class OwnResult:
    """One round of the home: the result and its lines by part (seen, how, points, lists)."""

    result: inspections.HouseholdResult
    lines: Sequence[Line]

    def _part(self, part: str) -> list[str]:
        return [line.text for line in self.lines if line.part == part]

    @property
    def seen(self) -> list[str]:
        return self._part("seen")

    @property
    def how(self) -> list[str]:
        return self._part("how")

    @property
    def points(self) -> list[str]:
        return self._part("points")

    @property
    def lists(self) -> list[str]:
        return self._part("lists")


@dataclass(frozen=True)
class OwnCase:
    """The home's open entry: where it stands and what the household can do now."""

    listing: Listing
    state: ListingState
    verbs: Sequence[Verb]

    @property
    def may_read(self) -> bool:
        return Verb.NOTIFY in self.verbs

    @property
    def may_object(self) -> bool:
        return Verb.OBJECT in self.verbs

    @property
    def may_say_mended(self) -> bool:
        return Verb.SAY_MENDED in self.verbs


def home_of(request: Asked) -> Household:
    """The household behind the card, with its places (one query)."""
    actor: Any = request.actor
    return get_object_or_404(Household.objects.select_related("group", "village", "town"), pk=actor.id, until=None)


def _explained(result: inspections.HouseholdResult) -> OwnResult:
    return OwnResult(result, explain(result.document, result.breakdown, result.findings))


def results(home: Household) -> list[OwnResult]:
    """The last twelve rounds, newest first, each explained."""
    return [_explained(result) for result in inspections.results_of(home.pk)]


def last_result(home: Household) -> OwnResult | None:
    """The latest round's result, explained."""
    found = inspections.results_of(home.pk, most=1)
    return _explained(found[0]) if found else None


def case_of(home: Household, on: date) -> OwnCase | None:
    """The home's open entry of the black list as it stands that day, once the household has been told."""
    found: list[Case] = cases(Listing.objects.filter(household=home, kind=ListingKind.BLACK.value).order_by("-since"))
    for one in found:
        if one.state(on) in TOLD:
            return OwnCase(one.listing, one.state(on), one.verbs(on))
    return None


def listing_of(request: Asked, listing: UUID) -> Listing:
    """The home's own entry of this id, or 404."""
    actor: Any = request.actor
    return get_object_or_404(Listing.objects.select_related("group", "village"), pk=listing, household=actor.id)
