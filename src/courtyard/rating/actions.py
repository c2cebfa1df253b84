"""Drafting a scheme's version and adopting it with its resolution. A version that was adopted is never edited."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import Refused, refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import VERBS, may
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.rating.models import Adoption, SchemeVersion, VersionState
from courtyard.rating.queries import document_of
from courtyard.rating.rules.adopting import Resolution, unsound_resolution, unsound_second, unsound_start
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.documents import canonical, fingerprint
from courtyard.rating.rules.parsing import check_toml
from courtyard.records.guard import swap
from courtyard.records.journal import act


def draft_scheme(
    *, text_toml: str, place: Place, by: Actor, at: datetime, command: UUID | None = None
) -> SchemeVersion:
    """Keep a scheme document as the next version of its scheme, for `place` to adopt; equal text is the version it was.

    Refuses the first fault `check_toml` finds (rating.document_*, rating.clause_*, … each naming its clause).
    """
    refuse_if(may(by, "schemes.propose", place.path))
    check = check_toml(text_toml)
    if check.document is None:
        raise Refused(check.problems[0])
    document = check.document
    text = canonical(document)
    sha256 = fingerprint(text)
    standing = SchemeVersion.objects.filter(scheme=document.code, sha256=sha256).first()
    if standing is not None:
        return standing
    given = {"sha256": sha256, "place": place.pk}
    with act("rating.draft", by=by, at=at, chain=_chain(place), command=command, given=given) as pen:
        if pen.replayed:
            return SchemeVersion.objects.get(pk=pen.answer["version"])
        last = SchemeVersion.objects.filter(scheme=document.code).aggregate(last=Max("number"))["last"] or 0
        version = SchemeVersion(
            id=uuid7(), scheme=document.code, title=document.name, number=last + 1, engine=document.engine
        )
        version.text, version.sha256, version.by, version.at = text, sha256, by.id, at
        version.save(force_insert=True)
        pen.subject, pen.answer = version.id.hex, {"version": version.id, "number": version.number, "sha256": sha256}
    return version


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
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Adoption:
    """A place's assembly adopted a version: it takes effect from `starts`, the first of this or a coming month.

    `document` is the filing's text (文号). Two people (DOMAIN §4.13): `by` proposes, `seconded_by`, who has confirmed
    at the door with an own log-in, seconds. Refuses rating.level_not_in_scope, .second_*, .assembly_to_come,
    .attendance_unsound, .no_filing, .start_*.
    """
    refuse_if(may(by, "schemes.propose", place.path))
    seconding = _kinds(seconded_by, "schemes.adopt", place)
    proposing = _kinds(by, "schemes.propose", place)
    refuse_if(unsound_second(by, seconded_by, proposing=proposing, seconding=seconding))
    scheme, today = document_of(version), day_of(at)
    if place.kind not in scheme.scope.levels:
        refuse("rating.level_not_in_scope", place=place.name, level=PlaceKind(place.kind).label)
    refuse_if(next(iter(uncarried(scheme)), None))
    refuse_if(unsound_resolution(Resolution(assembly, attendance, households, document), today=today))
    refuse_if(unsound_start(starts, assembly=assembly, today=today))
    given = {
        "place": place.pk,
        "version": version.pk,
        "starts": starts,
        "assembly": assembly,
        "filing": clean(document),
    }
    given |= {"attendance": attendance, "households": households, "seconded_by": seconded_by.id}
    with act("rating.adopt", by=by, at=at, chain=_chain(place), command=command, given=given) as pen:
        if pen.replayed:
            return Adoption.objects.get(pk=pen.answer["adoption"])
        if Adoption.objects.filter(place=place, starts=starts).exists():
            refuse("rating.start_taken", place=place.name, starts=starts.isoformat())
        _freeze(version)
        adoption = Adoption(id=uuid7(), place=place, version=version, starts=starts, assembly=assembly)
        adoption.attendance, adoption.households, adoption.document = attendance, households, clean(document)
        adoption.by, adoption.seconded_by = by.id, seconded_by.id
        pen.grow([adoption])
        pen.subject, pen.answer = adoption.id.hex, {"adoption": adoption.id, "version": version.pk, "starts": starts}
    return adoption


def _freeze(version: SchemeVersion) -> None:
    """A draft becomes adopted and, by the database's trigger, unalterable; one adopted elsewhere already is."""
    rows = SchemeVersion.objects.filter(pk=version.pk, sha256=version.sha256)
    if not rows.filter(state=VersionState.ADOPTED.value).exists():
        swap(rows.filter(state=VersionState.DRAFT.value), "rating.version_gone", state=VersionState.ADOPTED.value)


def _chain(place: Place) -> UUID:
    return place.village_id or place.pk


def _kinds(actor: Actor, verb: str, place: Place) -> frozenset[DutyKind]:
    """The kinds of duty by which an actor may do a verb at a place."""
    return frozenset(duty.kind for duty in actor.duties if verb in VERBS[duty.kind] and inside(place.path, duty.path))
