"""A group's named list: for its own A3 sheet and the page behind that sheet's token, nowhere else (DOMAIN §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.honours.models import NameDocuments
from courtyard.honours.queries.boards import shown_here, things
from courtyard.honours.queries.entries import standing
from courtyard.honours.queries.naming import documents_of, reaches, token_of
from courtyard.honours.rules.states import ListingKind, Reach
from courtyard.inspections.queries.results import results_of_round
from courtyard.inspections.queries.rounds import latest_round
from courtyard.places.models import Place
from courtyard.rating.queries import document_of


@dataclass(frozen=True)
class NamedHome:
    """A published entry with its name: what was seen, until when it stands at most."""

    household: UUID
    head: str
    code: str
    things: tuple[str, ...]
    expires_on: date


@dataclass(frozen=True)
class NamedList:
    """The named entries of a group as they stand on a day, the documents they rest on, the token of the sheet."""

    group: Place
    documents: NameDocuments
    token: str
    homes: tuple[NamedHome, ...]


def named_list(group: Place, day: date) -> NamedList | None:
    """A group's named list on a day; None where no entry carries a name: no documents, forbidden, too few homes.

    A dozen queries at most, whatever the number of homes; delisted, expired and frozen entries by reading.
    """
    if group.village_id is None or group.kind != "group":
        return None
    documents, closed = documents_of(group.village_id, day), latest_round(group.village_id)
    if documents is None or closed is None:
        return None
    black = standing(group.pk, ListingKind.BLACK.value, day)
    reach = reaches([one.listing for one in black], day)
    shown = shown_here(group, results_of_round(closed.pk, group.pk), black, reach)
    named = [one for one in shown if reach[one.listing.pk] is Reach.NAMES]
    if not named:
        return None
    homes = [
        NamedHome(home.pk, home.head, home.code, said, one.listing.expires_on or day)
        for one, said in things(document_of(closed.version), named)
        for home in [one.listing.household]
    ]
    return NamedList(group, documents, token_of(group.pk, documents.pk), tuple(homes))
