"""Reading schemes: what is in force where, versions and their documents, the documents shipped with the programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courtyard.kernel.problems import Problem, refuse
from courtyard.places.models import Place
from courtyard.places.queries import ids
from courtyard.rating.models import Adoption, SchemeVersion, VersionState
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.parsing import parse_json


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


def with_scheme(places: QuerySet[Place], day: date) -> QuerySet[Place]:
    """The same places, each with whether a scheme is in force there that day (`has_scheme`), without a query of its own."""
    near = Q(place=OuterRef("pk")) | Q(place=OuterRef("village")) | Q(place=OuterRef("town"))
    return places.annotate(has_scheme=Exists(Adoption.objects.filter(near, starts__lte=day)))


def in_force(place: Place, day: date) -> InForce | None:
    """The scheme in force at a place that day, or None before any adoption (one query)."""
    return in_force_of([place], day).get(place.pk)


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
    """Adoptions by places within areas, latest start first."""
    return Adoption.objects.filter(place__in=ids(areas)).select_related("version", "place").order_by("-starts")


def versions(scheme: str | None = None) -> QuerySet[SchemeVersion]:
    """Versions of one scheme or of all, newest first; a scheme is public, so they are in nobody's area."""
    rows = SchemeVersion.objects.order_by("scheme", "-number")
    return rows.filter(scheme=scheme) if scheme else rows


def drafts() -> QuerySet[SchemeVersion]:
    """Versions nobody adopted yet, newest first."""
    return SchemeVersion.objects.filter(state=VersionState.DRAFT.value).order_by("-at")


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
