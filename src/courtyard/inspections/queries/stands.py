"""Where homes stand under a scheme: what their star and its gates are read from, for one home or many at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from courtyard.households.models import Household
from courtyard.inspections.models import Round
from courtyard.inspections.queries.deed_counts import outright_of
from courtyard.inspections.queries.results import rated_before
from courtyard.points.queries.merits import merits_in, merits_of
from courtyard.rating.queries import document_adopted
from courtyard.rating.rules.documents import Ledger, SchemeDocument, Star
from courtyard.rating.rules.engines import asks_star
from courtyard.rating.rules.rungs import REDEEM, Stand, by_ledger, by_score, gates_asking, star_of


@dataclass(frozen=True)
class OwnStar:
    """A home's star and what it is read from: its last rated round's score, or its standing in `ledger` (thousandths);
    `outright`: a deed holds it there until it is put right."""

    star: Star
    value_milli: int | None
    ledger: Ledger | None = None
    outright: bool = False


# A home's last rated round: its grade, its score, and the whole it was of.
LastRated = tuple[str | None, int | None, int]


def stands(
    document: SchemeDocument,
    village: UUID,
    households: Collection[UUID],
    day: date,
    rated: Mapping[UUID, LastRated] | None = None,
) -> dict[UUID, Stand]:
    """Household → where it stands that day, each of those named (one query where grades or scores are asked, one more where
    stars are read from a ledger, two where deeds set them, and one for each version read the first time).

    `rated`: their last rated rounds, where the caller has read them. A score counts where the version it was given under
    had the same whole, as a round's history does. A standing is that of the star's ledger, with what everybody begins
    with."""
    if rated is None:
        rated = _last_rated(village, households) if _asks_rated(document) else {}
    outright = outright_of(village, households, document, day)
    found, ledger = {}, by_ledger(document)
    merits = merits_of(households, ledger, day) if ledger else {}
    base = document.ledger(ledger).base_milli if ledger else 0
    for home in households:
        grade, score, whole = rated.get(home, (None, None, 0))
        standings = ((ledger, base + merits.get(home, 0)),) if ledger else ()
        same = score if whole == document.whole_milli else None
        found[home] = Stand(grade, same, standings, outright.get(home, ()))
    return found


def _asks_rated(document: SchemeDocument) -> bool:
    """Whether a star or gate is read from the last rated round at all."""
    return by_score(document) or any(gate.band is not None for gate in document.gates)


def _last_rated(village: UUID, households: Collection[UUID]) -> dict[UUID, LastRated]:
    """Household → its last rated full or light round, of those named (one query)."""
    rows = rated_before(village, date.max)
    if len(households) == 1:
        rows = rows.filter(visit__household__in=households)
    latest = Window(RowNumber(), partition_by=F("visit__household"), order_by=F("visit__round__month").desc())
    rows = rows.annotate(place_=latest).filter(place_=1)
    listed = rows.values_list("visit__household_id", "grade", "score_milli", "version_id")
    wholes = {version: document_adopted(version).whole_milli for *_, version in listed}
    return {home: (grade, score, wholes[version]) for home, grade, score, version in listed}


# What a round is told of a home for its star: standings by ledger, stars that deeds hold it on.
StarTold = tuple[tuple[tuple[str, int], ...], tuple[str, ...]]
NO_STAR: StarTold = ((), ())


def star_told(closing: Round, document: SchemeDocument, day: date) -> Callable[[UUID], StarTold]:
    """What each home of a round brings along that its star is read from, besides its last score (four queries at most;
    none where no gate by star shuts awards)."""
    if not asks_star(document):
        return lambda _home: NO_STAR
    homes = list(closing.visits.values_list("household_id", flat=True))
    outright, ledger = outright_of(closing.village_id, homes, document, day), by_ledger(document)
    merits = merits_in(closing.village_id, ledger, day) if ledger else {}
    base = document.ledger(ledger).base_milli if ledger else 0

    def told(home: UUID) -> StarTold:
        return ((ledger, base + merits.get(home, 0)),) if ledger else (), outright.get(home, ())

    return told


def stars_of(document: SchemeDocument, village: UUID, households: Collection[UUID], day: date) -> dict[UUID, Star]:
    """Household → the star it stands on that day; who has none is left out (no query where the scheme has no stars)."""
    if not document.stars or not households:
        return {}
    told = stands(document, village, households, day)
    found = {home: star_of(document, stand) for home, stand in told.items()}
    return {home: star for home, star in found.items() if star is not None}


def own_stand(
    home: Household, day: date, document: SchemeDocument | None, rated: Mapping[UUID, LastRated] | None = None
) -> Stand | None:
    """Where a home stands that day under its village's scheme; None where there is none, or it has neither stars nor a
    gate at the till. `rated`: its last rated round, where it is read already."""
    if document is None or not (document.stars or gates_asking(document, REDEEM)):
        return None
    return stands(document, home.village_id, [home.pk], day, rated)[home.pk]


def own_star(document: SchemeDocument, stand: Stand) -> OwnStar | None:
    """A home's star as its own pages say it; None where there is none to say."""
    star = star_of(document, stand)
    if star is None:
        return None
    held = bool(stand.outright)
    if (code := by_ledger(document)) is None:
        return OwnStar(star, stand.score_milli, outright=held)
    return OwnStar(star, dict(stand.standings).get(code), document.ledger(code), held)
