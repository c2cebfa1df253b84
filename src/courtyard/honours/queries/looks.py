"""Reading looks: those that count, which areas they must see, which homes still wait for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from courtyard.honours.models import Listing, Look
from courtyard.honours.queries.entries import OPEN_CODES, Case, cases
from courtyard.honours.rules.states import ListingKind, ListingState, LookKind
from courtyard.inspections.queries.revisits import area_scores
from courtyard.inspections.rules.revisits import areas_to_look_at
from courtyard.inspections.rules.states import ReviewState
from courtyard.places.queries import within
from courtyard.rating.queries import document_of

# A look from before decision 0008 has no marks and stands as it was written.
COUNTS = (
    Q(link__isnull=True) | Q(link__marks__review__isnull=True) | Q(link__marks__review__state=ReviewState.KEPT.value)
)


def counting_looks(listing_id: UUID) -> list[tuple[UUID, bool]]:
    """(looker, still poor) of an entry's second looks that count, in order of the day (one query)."""
    rows = Look.objects.filter(COUNTS, listing=listing_id, kind=LookKind.SECOND.value)
    return list(rows.order_by("day", "pk").values_list("looker", "still_poor"))


def wanted_areas(listing: Listing) -> frozenset[str]:
    """The areas a look at this entry must see: those the round found poor (one query)."""
    scores = area_scores([listing.visit_id]).get(listing.visit_id, {})
    return areas_to_look_at(document_of(listing.round.version), scores.items())


def waiting_homes(village_id: UUID, kind: LookKind) -> set[UUID]:
    """The village's homes that wait for a look of this kind, as stored (one query)."""
    rows = Listing.objects.filter(village=village_id, kind=ListingKind.BLACK.value, state__in=OPEN_CODES)
    waits = Q(state=ListingState.CANDIDATE.value) if kind is LookKind.SECOND else Q(mended_said_on__isnull=False)
    return set(rows.filter(waits).values_list("household_id", flat=True))


@dataclass(frozen=True)
class ToSee:
    """A home somebody should go to: before a notice (two people of another group), or because it says it is mended."""

    kind: LookKind
    case: Case


def to_see(areas: Iterable[str], day: date) -> list[ToSee]:
    """Whom to re-visit within areas on a day, those who say they mended it first, in walking order (two queries)."""
    rows = Listing.objects.filter(within(areas, "village__path"), kind=ListingKind.BLACK.value, state__in=OPEN_CODES)
    rows = rows.filter(Q(state=ListingState.CANDIDATE.value) | Q(mended_said_on__isnull=False))
    rows = rows.select_related("household", "group", "village", "round__version")
    ordered = rows.order_by("village__order", "village__path", "group__order", "group__path", "visit__order")
    found = []
    for one in cases(ordered):
        if one.state(day).value != one.listing.state:
            continue
        kind = LookKind.REVISIT if one.listing.mended_said_on is not None else LookKind.SECOND
        found.append(ToSee(kind, one))
    return sorted(found, key=lambda one: one.kind is LookKind.SECOND)
