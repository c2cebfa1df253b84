"""Reading looks: those that count, which areas they must see, which homes still wait for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courtyard.honours.models import Listing, Look
from courtyard.honours.queries.entries import OPEN_CODES, Case, cases
from courtyard.honours.rules.states import ListingKind, ListingState, LookKind
from courtyard.households.models import Kin
from courtyard.households.rules.states import KinKind
from courtyard.inspections.queries.revisits import area_scores, seats_and_marks
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


def _waiting(areas: Iterable[str]) -> QuerySet[Listing]:
    rows = Listing.objects.filter(within(areas, "village__path"), kind=ListingKind.BLACK.value, state__in=OPEN_CODES)
    rows = rows.filter(Q(state=ListingState.CANDIDATE.value) | Q(mended_said_on__isnull=False))
    rows = rows.select_related("household", "group", "village", "round__version")
    return rows.order_by("village__order", "village__path", "group__order", "group__path", "visit__order")


def _to_see(rows: QuerySet[Listing], day: date) -> list[ToSee]:
    found = []
    for one in cases(rows):
        if one.state(day).value == one.listing.state:
            said = one.listing.mended_said_on is not None
            found.append(ToSee(LookKind.REVISIT if said else LookKind.SECOND, one))
    return sorted(found, key=lambda one: one.kind is LookKind.SECOND)


def to_see(areas: Iterable[str], day: date) -> list[ToSee]:
    """Whom to re-visit within areas on a day, those who say they mended it first, in walking order (two queries)."""
    return _to_see(_waiting(areas), day)


def mine_to_see(areas: Iterable[str], person: UUID, day: date) -> list[ToSee]:
    """Whom this evaluator may go and see within areas: not where they are kin, and for a second look not where they
    rated, live or looked already (four queries, one where nobody waits)."""
    looked = Look.objects.filter(listing=OuterRef("pk"), looker=person, kind=LookKind.SECOND.value)
    found = _to_see(_waiting(areas).annotate(looked_=Exists(looked)), day)
    if not found:
        return []
    kin, near = set(), set()
    own = Kin.objects.filter(account=person)
    for home, group, kind, until in own.values_list("household_id", "household__group_id", "kind", "household__until"):
        kin.add(home)
        near |= {group} if kind == KinKind.OWN_HOME.value and until is None else set()
    rounds = {one.case.listing.round_id for one in found}
    rated = seats_and_marks(rounds, person)

    def may(one: ToSee) -> bool:
        row = one.case.listing
        if row.household_id in kin:
            return False
        free = row.group_id not in near and (row.round_id, row.group_id) not in rated
        return one.kind is LookKind.REVISIT or (free and not row.looked_)  # type: ignore[attr-defined]

    return [one for one in found if may(one)]
