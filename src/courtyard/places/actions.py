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
from courtyard.places.queries import complaint_line
from courtyard.places.rules import PlaceKind, unfit_place
from courtyard.places.rules.holidays import unfit_year
from courtyard.places.rules.lines import unfit_line
from courtyard.records.journal import Pen, act

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


def put_complaint_line(pen: Pen, place: Place, line: str) -> None:
    """Set a place's complaint telephone inside an act; whether it may be this one, the room above has asked.

    Refuses places.not_yours, .unfit_line, .no_line (nothing would stand above it).
    """
    _may_keep(pen.by, place.path)
    above = complaint_line(place.parent.path) if place.parent else ""
    refuse_if(unfit_line(line, above=above))
    Place.objects.filter(pk=place.pk).update(complaint_line=clean(line))


def keep_holidays(
    *, year: int, days: Mapping[date, tuple[bool, str]], by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Replace a year's holiday table whole: day → (worked instead?, name). Days already counted stay as they were said.

    Refuses a day outside the year and a table with a hole (places.holiday_*): what stood before still stands.
    """
    if not any(duty.kind.value in KEEPERS for duty in by.duties):
        refuse("places.not_yours", path="")
    refuse_if(unfit_year(days, year))
    county = Place.objects.get(path="")
    given = {"year": year, "days": {day.isoformat(): [worked, name] for day, (worked, name) in days.items()}}
    with act("places.holidays", by=by, at=at, chain=county.id, command=command, given=given) as pen:
        if pen.replayed:
            return
        Holiday.objects.filter(day__year=year).delete()
        HolidayYear.objects.get_or_create(year=year)
        Holiday.objects.bulk_create([Holiday(day=day, worked=w, name=name) for day, (w, name) in days.items()])
