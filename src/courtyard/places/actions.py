"""Making places and keeping the holiday table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.paths import inside, join
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.places.models import Holiday, HolidayYear, Place
from courtyard.places.rules import PlaceKind, unfit_place
from courtyard.records.journal import act

KEEPERS = ("operator", "county_officer", "town_clerk")


def _may_keep(by: Actor, path: str) -> None:
    if not any(duty.kind.value in KEEPERS and inside(path, duty.path) for duty in by.duties):
        refuse("places.not_yours", path=path)


def found_county(*, name: str, by: Actor, at: datetime, complaint_line: str = "", command: UUID | None = None) -> Place:
    """Make the county, the root of all places; where it stands already, return it."""
    standing = Place.objects.filter(path="").first()
    if standing:
        return standing
    _may_keep(by, "")
    county = Place(id=uuid7(), kind=PlaceKind.COUNTY.value, code="", name=clean(name), path="")
    county.complaint_line = complaint_line
    with act("places.found_county", by=by, at=at, chain=county.id, subject=county.id, command=command) as pen:
        if not pen.replayed:
            county.save(force_insert=True)
    return county


def make_place(
    *,
    parent: Place,
    kind: PlaceKind,
    code: str,
    name: str,
    by: Actor,
    at: datetime,
    order: int = 0,
    complaint_line: str = "",
    command: UUID | None = None,
) -> Place:
    """Make a town, village or group under its parent. Refuses unfit codes and names, and a name taken there."""
    path = join(parent.path, code)
    _may_keep(by, parent.path)
    refuse_if(unfit_place(kind, PlaceKind(parent.kind), code, name))
    if Place.objects.filter(parent=parent, name=clean(name)).exists() or Place.objects.filter(path=path).exists():
        refuse("places.taken", name=name, code=code)
    place = Place(id=uuid7(), kind=kind.value, parent=parent, code=code, name=clean(name), path=path, order=order)
    place.complaint_line = complaint_line
    place.town = {PlaceKind.TOWN: place, PlaceKind.VILLAGE: parent}.get(kind, parent.town)
    place.village = {PlaceKind.VILLAGE: place, PlaceKind.GROUP: parent}.get(kind)
    chain = place.village_id or place.id
    with act("places.make", by=by, at=at, chain=chain, subject=place.id, command=command) as pen:
        if not pen.replayed:
            place.save(force_insert=True)
    return place


def set_complaint_line(*, place: Place, line: str, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Set the telephone that stands on every page and print of this place; it never belongs to a duty in the village."""
    _may_keep(by, place.path)
    with act("places.complaint_line", by=by, at=at, chain=place.village_id or place.id, command=command) as pen:
        if not pen.replayed:
            Place.objects.filter(pk=place.pk).update(complaint_line=clean(line))


def keep_holidays(
    *, year: int, days: Mapping[date, tuple[bool, str]], by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Replace a year's holiday table: day → (worked instead?, name). Refuses a day outside the year."""
    _may_keep(by, "")
    stray = [day for day in days if day.year != year]
    if stray:
        refuse("places.holiday_outside_year", day=stray[0].isoformat(), year=year)
    county = Place.objects.get(path="")
    given = {"year": year, "days": {day.isoformat(): worked for day, (worked, _) in days.items()}}
    with act("places.holidays", by=by, at=at, chain=county.id, command=command, given=given) as pen:
        if pen.replayed:
            return
        Holiday.objects.filter(day__year=year).delete()
        HolidayYear.objects.get_or_create(year=year)
        Holiday.objects.bulk_create([Holiday(day=day, worked=w, name=name) for day, (w, name) in days.items()])
