"""What a board may say of stars: how many homes stand on each; names of the highest alone, by the consent of the red list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from courtyard.honours.models import Listing
from courtyard.honours.rules.reach import RedNames, red_names
from courtyard.honours.rules.states import ListingKind
from courtyard.honours.rules.steps import OPEN
from courtyard.households.queries import rated_homes
from courtyard.households.rules.states import RedNameConsent
from courtyard.inspections.queries.stands import stars_of
from courtyard.places.models import Place
from courtyard.rating.rules.documents import SchemeDocument

# Who is on the black list, or on the way to it, is not named for its star meanwhile (nobody is on both lists).
OPEN_BLACK = Q(kind=ListingKind.BLACK.value, state__in=[state.value for state in OPEN])


@dataclass(frozen=True)
class StarCount:
    """How many homes stand on a star; stars stand highest first."""

    name: str
    homes: int


@dataclass(frozen=True)
class StarsShown:
    """A place's stars on a day: each with its homes, and who of the highest (`best`) may be named."""

    counts: tuple[StarCount, ...]
    best: str
    names: RedNames


def stars_shown(document: SchemeDocument, place: Place, day: date, *, wide: bool) -> StarsShown | None:
    """The stars of a place under a scheme, None where it has none or nobody stands on one yet (no query without stars,
    else four, whatever the number of homes)."""
    if not document.stars:
        return None
    homes = {pk: (head, consent) for pk, head, consent in rated_homes(place.path).values_list("pk", "head", "red_name")}
    stars = stars_of(document, place.village_id or place.pk, homes.keys(), day)
    if not stars:
        return None
    accused = set(Listing.objects.filter(OPEN_BLACK, household__in=homes).values_list("household", flat=True))
    found, best = Counter(star.code for star in stars.values()), document.stars[0]
    top = [homes[home] for home in homes if home in stars and stars[home].code == best.code and home not in accused]
    named = red_names([(head, RedNameConsent(consent)) for head, consent in top], len(stars), wide=wide)
    return StarsShown(tuple(StarCount(star.name, found[star.code]) for star in document.stars), best.name, named)
