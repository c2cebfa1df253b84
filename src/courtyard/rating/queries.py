"""Reading schemes: what is in force where, versions and their documents, the documents shipped with the programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from courtyard.kernel.problems import Problem, refuse
from courtyard.people.models import Account
from courtyard.places.models import Place
from courtyard.places.queries import ids
from courtyard.places.rules import PlaceKind
from courtyard.rating.models import Adoption, DraftState, SchemeDraft, SchemeReview, SchemeVersion, VersionState
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.parsing import parse_json
from courtyard.records.models import ScanFile
from courtyard.records.rules import scan_is_over


@dataclass(frozen=True)
class InForce:
    """The scheme a place runs under on a day: its adoption, version and document; `place` is who adopted it."""

    adoption: Adoption
    version: SchemeVersion
    document: SchemeDocument


@lru_cache(maxsize=256)
def _parsed(sha256: str, text: str) -> SchemeDocument | Problem:
    return parse_json(text)


def document_of(version: SchemeVersion) -> SchemeDocument:
    """A version's document, parsed once a process. Refuses rating.document_* and rating.clause_* where it is damaged."""
    parsed = _parsed(version.sha256, version.text)
    if isinstance(parsed, Problem):
        parsed.refuse()
    return parsed


def in_force_of(places: Iterable[Place], day: date) -> dict[UUID, InForce]:
    """Place id → the scheme in force there that day (one query): its own village's, else its town's adoption."""
    wanted = list(places)
    above = {row: [row.pk, row.village_id, row.town_id] for row in wanted}
    near = {place for chain in above.values() for place in chain if place}
    rows = Adoption.objects.filter(place__in=near, starts__lte=day).select_related("version", "place")
    latest = {row.place_id: row for row in rows.order_by("starts")}
    found = {}
    for place, chain in above.items():
        adoption = next((latest[step] for step in chain if step in latest), None)
        if adoption is not None:
            found[place.pk] = InForce(adoption, adoption.version, document_of(adoption.version))
    return found


def adopted_for(places: Iterable[Place]) -> QuerySet[Adoption]:
    """The adoptions that say what is in force at these places on any day, with their versions, earliest start first."""
    near = {place for row in places for place in (row.pk, row.village_id, row.town_id) if place}
    return Adoption.objects.filter(place__in=near).select_related("version").order_by("starts")


def schemes_of(
    places: Iterable[Place], rows: Iterable[Adoption] | None = None
) -> dict[UUID, Callable[[date], SchemeDocument | None]]:
    """Place id → what is in force there on a day, asked of one reading whatever the days (one query; none where the `rows`
    of `adopted_for` are given)."""
    wanted = list(places)
    adopted: dict[UUID, list[Adoption]] = {}
    for row in adopted_for(wanted) if rows is None else rows:
        adopted.setdefault(row.place_id, []).append(row)

    def scheme(place: Place) -> Callable[[date], SchemeDocument | None]:
        lines = [adopted[step] for step in (place.pk, place.village_id, place.town_id) if step in adopted]

        def on(day: date) -> SchemeDocument | None:
            begun = (next((row for row in reversed(line) if row.starts <= day), None) for line in lines)
            found = next((row for row in begun if row is not None), None)
            return document_of(found.version) if found is not None else None

        return on

    return {row.pk: scheme(row) for row in wanted}


def with_scheme(places: QuerySet[Place], day: date) -> QuerySet[Place]:
    """The same places, each with the version in force there that day (`scheme_version`, None without), and no query of
    its own."""
    near = Q(place=OuterRef("pk")) | Q(place=OuterRef("village")) | Q(place=OuterRef("town"))
    rows = Adoption.objects.filter(near, starts__lte=day).order_by("-place__path", "-starts")
    return places.annotate(scheme_version=Subquery(rows.values("version")[:1]))


@lru_cache(maxsize=256)
def document_adopted(version_id: UUID) -> SchemeDocument:
    """The document of an adopted version, which nobody alters any more: read once a process (one query)."""
    return document_of(SchemeVersion.objects.get(pk=version_id, state=VersionState.ADOPTED.value))


def in_force(place: Place, day: date) -> InForce | None:
    """The scheme in force at a place that day, or None before any adoption (one query)."""
    return in_force_of([place], day).get(place.pk)


def runs_since(place: Place, version: UUID, day: date) -> date | None:
    """Since when a place has run under this version without a break up to a day, by its own or its town's adoption (one
    query); None where another is in force that day."""
    near = {step for step in (place.pk, place.village_id, place.town_id) if step}
    rows = list(Adoption.objects.filter(place__in=near, starts__lte=day).order_by("starts"))
    held: dict[UUID, UUID] = {}
    since: date | None = None
    for row in rows:
        held[row.place_id] = row.version_id
        now = next(held[step] for step in (place.pk, place.village_id, place.town_id) if step in held)
        since = (since or row.starts) if now == version else None
    return since


def must_be_in_force(place: Place, day: date) -> InForce:
    """As `in_force`; refuses rating.no_scheme where nothing was adopted yet."""
    found = in_force(place, day)
    if found is None:
        refuse("rating.no_scheme", place=place.name, day=day.isoformat())
    return found


def adoptions(place: Place) -> QuerySet[Adoption]:
    """A place's own adoptions and its town's, latest start first, with their versions."""
    near = [step for step in (place.pk, place.village_id, place.town_id) if step]
    return Adoption.objects.filter(place__in=near).select_related("version", "place").order_by("-starts", "place__path")


def adoptions_within(areas: Iterable[str]) -> QuerySet[Adoption]:
    """Adoptions by places within areas, latest start first, with the simulated year each assembly was shown."""
    rows = Adoption.objects.filter(place__in=ids(areas)).select_related("version", "place", "year")
    return rows.order_by("-starts")


def adoption(id: UUID, areas: Iterable[str]) -> Adoption | None:
    """The adoption of this id by a place within areas, or None."""
    return adoptions_within(areas).filter(pk=id).first()


def scans_due(today: date) -> list[Adoption]:
    """Adoptions whose scan need not be kept any more: a later one of the same place took effect twelve months ago."""
    kept = list(Adoption.objects.filter(pk__in=ScanFile.objects.values("subject")).select_related("place"))
    starts: dict[UUID, list[date]] = {}
    for place, day in Adoption.objects.filter(place__in={one.place_id for one in kept}).values_list("place", "starts"):
        starts.setdefault(place, []).append(day)
    later = {one.pk: min((day for day in starts[one.place_id] if day > one.starts), default=None) for one in kept}
    return [one for one in kept if scan_is_over(later[one.pk], today)]


def frame_over(place: Place, day: date | None = None) -> SchemeDocument | None:
    """The document whose frame binds a village: what its town adopted and is in force that day (without a day: the last
    it adopted); None where there is none, or it gives no frame."""
    if place.kind != PlaceKind.VILLAGE.value:
        return None
    rows = Adoption.objects.filter(place=place.town_id).select_related("version").order_by("-starts")
    found = (rows.filter(starts__lte=day) if day else rows).first()
    document = document_of(found.version) if found else None
    return document if document and document.frame else None


def versions(scheme: str | None = None) -> QuerySet[SchemeVersion]:
    """Versions of one scheme or of all, newest first; a scheme is public, so they are in nobody's area."""
    rows = SchemeVersion.objects.order_by("scheme", "-number")
    return rows.filter(scheme=scheme) if scheme else rows


def drafts() -> QuerySet[SchemeVersion]:
    """Versions nobody adopted yet, newest first."""
    return SchemeVersion.objects.exclude(state=VersionState.ADOPTED.value).order_by("-at")


def written(areas: Iterable[str]) -> QuerySet[SchemeDraft]:
    """Schemes that are being written for places within areas, last changed first."""
    rows = SchemeDraft.objects.filter(state=DraftState.OPEN.value, place__in=ids(areas))
    return rows.select_related("place").order_by("-changed")


def reviews(version: SchemeVersion) -> list[tuple[SchemeReview, str, str]]:
    """What was said of a version, first to last: the review, who said it, the words ('' where none are kept)."""
    rows = list(version.reviews.select_related("place", "words").order_by("day", "id"))
    names = dict(Account.objects.filter(pk__in=[row.by for row in rows]).values_list("pk", "name"))
    return [(row, names.get(row.by, ""), row.words.text if hasattr(row, "words") else "") for row in rows]


def version(version_id: UUID) -> SchemeVersion:
    """The version of this id. Refuses rating.version_unknown."""
    found = SchemeVersion.objects.filter(pk=version_id).first()
    if found is None:
        refuse("rating.version_unknown", version=str(version_id))
    return found


def shipped() -> dict[str, str]:
    """Scheme documents shipped with the programme: file name without its end → TOML text."""
    shelf = files("courtyard.rating") / "schemes"
    found = [entry for entry in shelf.iterdir() if entry.name.endswith(".toml")]
    return {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(found, key=lambda entry: entry.name)
    }
