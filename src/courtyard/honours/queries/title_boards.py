"""What a board may say of titles: how many homes hold each, names by the consent of the red list; never who lost one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from courtyard.honours.models import Listing, TitleHeld
from courtyard.honours.queries.star_boards import OPEN_BLACK
from courtyard.honours.queries.titles import HELD, line
from courtyard.honours.rules.reach import RedNames, red_names
from courtyard.households.queries import rated_homes
from courtyard.households.rules.states import RedNameConsent
from courtyard.places.models import Place
from courtyard.rating.rules.documents import SchemeDocument


@dataclass(frozen=True)
class TitleShown:
    """A title, the homes of a place that hold it, and who of them may be named."""

    name: str
    homes: int
    names: RedNames


def titles_shown(document: SchemeDocument, place: Place, rated: int, *, wide: bool) -> tuple[TitleShown, ...]:
    """The titles held at a place, in order of name (no query where the scheme has none, else two)."""
    if not document.titles:
        return ()
    rows = TitleHeld.objects.filter(household__in=rated_homes(place.path), state=HELD)
    rows = rows.select_related("household", "version").order_by("household__code", "pk")
    found: dict[str, list[TitleHeld]] = {}
    for row in rows:
        found.setdefault(line(row).name, []).append(row)
    if not found:
        return ()
    homes = {row.household_id for each in found.values() for row in each}
    accused = set(Listing.objects.filter(OPEN_BLACK, household__in=homes).values_list("household", flat=True))
    return tuple(_shown(name, each, accused, rated, wide=wide) for name, each in sorted(found.items()))


def _shown(name: str, rows: list[TitleHeld], accused: set[UUID], rated: int, *, wide: bool) -> TitleShown:
    named = [row.household for row in rows if row.household_id not in accused]
    told = red_names([(home.head, RedNameConsent(home.red_name)) for home in named], rated, wide=wide)
    return TitleShown(name, len(rows), told)
