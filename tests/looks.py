"""Second looks and re-visits as tests say them: still poor, or not, in the areas the round found poor."""

from __future__ import annotations

from typing import Any

from courtyard.honours import actions
from courtyard.honours.models import Listing
from courtyard.honours.queries.looks import wanted_areas
from courtyard.honours.rules.states import ListingState
from courtyard.inspections.rules.marks import Found, Given
from courtyard.inspections.rules.revisits import poor_labels
from courtyard.inspections.rules.states import Presence
from courtyard.rating.queries import document_of


def seen_again(listing: Listing, *, still_poor: bool) -> Given:
    """The areas that were poor: poor once more, each with the first picture of its list, or now as good as can be."""
    document = document_of(listing.round.version)
    areas = sorted(wanted_areas(listing))
    poor = sorted(poor_labels(document))[0]
    label = poor if still_poor else document.sheet.labels[0].code
    found = tuple(Found(area, document.area(area).pictures[0].code) for area in areas) if still_poor else ()
    return Given(Presence.SEEN, tuple((area, label) for area in areas), found)


def look_again(*, listing: Listing, still_poor: bool, **more: Any) -> ListingState:
    """`honours.look_again` by what the looker found; where the entry then stands."""
    return actions.look_again(listing=listing, seen=seen_again(listing, still_poor=still_poor), **more).state


def revisit(*, listing: Listing, still_poor: bool, **more: Any) -> ListingState:
    """`honours.revisit` by what was found; where the entry then stands."""
    return actions.revisit(listing=listing, seen=seen_again(listing, still_poor=still_poor), **more).state


def pressed(listing: Listing, *, still_poor: bool) -> dict[str, str]:
    """The same as the form of a page sends it."""
    given = seen_again(listing, still_poor=still_poor)
    seen = {f"a-{one.area}-f": one.code for one in given.found}
    return {f"a-{area}": label for area, label in given.values} | seen
