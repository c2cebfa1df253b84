"""Adopting a version with its resolution, in one place or in many at once. What was adopted is never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.rating.actions.levels import chain_of, kinds
from courtyard.rating.actions.reviewing import reviewed
from courtyard.rating.models import Adoption, AdoptionYear, SchemeVersion, VersionState
from courtyard.rating.queries import document_of, frame_over
from courtyard.rating.rules.adopting import (
    Resolution,
    Year,
    over_budget,
    unsound_resolution,
    unsound_second,
    unsound_start,
)
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.frames import outside_frame
from courtyard.records.files import Kept
from courtyard.records.guard import swap
from courtyard.records.journal import act
from courtyard.records.scans import attach


@dataclass(frozen=True)
class Row:
    """One place's line of a table of adoptions; `faulty` where the line could not be read."""

    place: Place
    resolution: Resolution | None = None
    year: Year | None = None
    scan: Kept | None = None
    faulty: Problem | None = None


def adopt_scheme(
    *,
    place: Place,
    version: SchemeVersion,
    starts: date,
    assembly: date,
    attendance: int,
    households: int,
    document: str,
    seconded_by: Actor,
    year: Year | None = None,
    scan: Kept | None = None,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Adoption:
    """A place's assembly adopted a version: it takes effect from `starts`, the first of this or a coming month.

    `document` is the filing's text (文号). Two people (DOMAIN §4.13): `by` proposes, `seconded_by`, who has confirmed
    at the door with an own log-in, seconds; where nobody reviewed the version, the seconding is its review. `year`: the
    simulated year the assembly saw, kept beside the adoption; the office always gives it. `scan`: the resolution's
    paper, which lies in the store already. Refuses rating.level_not_in_scope, .not_carried, .frame_*, .over_budget,
    .second_*, .assembly_to_come, .attendance_unsound, .no_filing, .start_*, .review_against, records.file_gone.
    """
    refuse_if(may(by, "schemes.propose", place.path))
    seconding, proposing = kinds(seconded_by, "schemes.adopt", place), kinds(by, "schemes.propose", place)
    refuse_if(unsound_second(by, seconded_by, proposing=proposing, seconding=seconding))
    resolution = Resolution(assembly, attendance, households, document)
    refuse_if(_unfit(place, version, starts, resolution, year, day_of(at)))
    given = {"place": place.pk, "version": version.pk, "starts": starts, "assembly": assembly}
    given |= {"filing": clean(document), "attendance": attendance, "households": households}
    given |= {"seconded_by": seconded_by.id} | ({"scan": scan.sha256} if scan else {})
    with act("rating.adopt", by=by, at=at, chain=chain_of(place), command=command, given=given) as pen:
        if pen.replayed:
            return Adoption.objects.get(pk=pen.answer["adoption"])
        if Adoption.objects.filter(place=place, starts=starts).exists():
            refuse("rating.start_taken", place=place.name, starts=starts.isoformat())
        adoption = Adoption(id=uuid7(), place=place, version=version, starts=starts, assembly=assembly)
        adoption.attendance, adoption.households, adoption.document = attendance, households, clean(document)
        adoption.by, adoption.seconded_by = by.id, seconded_by.id
        if _freeze(version):
            pen.grow([reviewed(version, place, seconded_by, day_of(at), agrees=True)])
        pen.grow([adoption])
        if year is not None:
            pen.grow([AdoptionYear(id=uuid7(), adoption=adoption, **asdict(year))])
        if scan is not None:
            attach(pen, adoption.pk, scan)
        pen.subject, pen.answer = adoption.id.hex, {"adoption": adoption.id, "version": version.pk, "starts": starts}
    return adoption


def adopt_in_many(
    *,
    version: SchemeVersion,
    starts: date,
    rows: Sequence[Row],
    seconded_by: Actor,
    by: Actor,
    at: datetime,
    command: UUID,
) -> list[tuple[Row, Adoption | Problem]]:
    """Record the adoptions of many places, each by itself in a transaction of its own; what one refuses stops no other.

    Each row's command follows from `command` and its place, so that the whole table sent again makes nothing twice.
    """
    found: list[tuple[Row, Adoption | Problem]] = []
    for row in rows:
        try:
            found.append((row, _adopted(row, version, starts, seconded_by, by, at, command)))
        except Refused as refused:
            found.append((row, refused.problem))
    return found


def _adopted(
    row: Row, version: SchemeVersion, starts: date, second: Actor, by: Actor, at: datetime, command: UUID
) -> Adoption:
    refuse_if(row.faulty)
    assert row.resolution is not None
    return adopt_scheme(
        place=row.place,
        version=version,
        starts=starts,
        **asdict(row.resolution),
        seconded_by=second,
        year=row.year,
        scan=row.scan,
        by=by,
        at=at,
        command=uuid5(command, row.place.pk.hex),
    )


def _unfit(
    place: Place, version: SchemeVersion, starts: date, resolution: Resolution, year: Year | None, today: date
) -> Problem | None:
    """Why this place cannot adopt this version by this resolution, or None."""
    scheme = document_of(version)
    if place.kind not in scheme.scope.levels:
        return Problem("rating.level_not_in_scope", {"place": place.name, "level": PlaceKind(place.kind).label})
    problem = next(iter(uncarried(scheme)), None) or unsound_resolution(resolution, today=today)
    problem = problem or unsound_start(starts, assembly=resolution.assembly, today=today)
    if problem is None and (frame := frame_over(place, starts)):
        problem = next(iter(outside_frame(frame, scheme)), None)
    return problem or (over_budget(year) if year else None)


def _freeze(version: SchemeVersion) -> bool:
    """A version becomes adopted and, by the database's trigger, unalterable; one adopted elsewhere already is. Returns
    whether nobody had reviewed it; refuses where the last review wants it changed."""
    rows = SchemeVersion.objects.filter(pk=version.pk, sha256=version.sha256)
    state = rows.values_list("state", flat=True).first()
    if state == VersionState.ADOPTED.value:
        return False
    # One that was told it may go on is reviewed: a draft with reviews was told last that it must be changed.
    if state == VersionState.DRAFT.value and version.reviews.exists():
        refuse("rating.review_against", title=version.title)
    swap(rows.filter(state=state), "rating.version_gone", state=VersionState.ADOPTED.value)
    return bool(state == VersionState.DRAFT.value)
