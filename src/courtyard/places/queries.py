"""Reading places: by path or names, those within areas, the holiday table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from courtyard.kernel.days import Holidays, holidays_from
from courtyard.kernel.problems import refuse
from courtyard.places.models import Holiday, HolidayYear, Place


def within(areas: Iterable[str], field: str = "path") -> Q:
    """The condition that a path lies in one of these areas; no area, no row."""
    found = Q(pk__in=[])
    for area in areas:
        found |= Q() if area == "" else Q(**{field: area}) | Q(**{f"{field}__startswith": area + "/"})
        if area == "":
            return Q()
    return found


def places(areas: Iterable[str], kind: str | None = None) -> QuerySet[Place]:
    """Places within areas, in order of places."""
    rows = Place.objects.filter(within(areas)).select_related("village", "town")
    return rows.filter(kind=kind) if kind else rows


def ids(areas: Iterable[str]) -> QuerySet[Place, UUID]:
    """One subquery of the ids of places within areas (D13)."""
    return Place.objects.filter(within(areas)).values_list("pk", flat=True)


def county() -> Place | None:
    return Place.objects.filter(path="").first()


def by_path(path: str) -> Place:
    """The place of this path, as codes or names joined by '/' (万店镇/塔湾村/3组). Refuses places.unknown."""
    wanted = "/".join(part.strip() for part in path.replace("／", "/").strip().strip("/").split("/"))
    place = Place.objects.filter(path=wanted).select_related("village", "town").first() if wanted else county()
    if place is None:
        # As it is written, else with the full-width brackets and letters of a Chinese keyboard made narrow.
        place = _by_names(wanted.split("/")) or _by_names(unicodedata.normalize("NFKC", wanted).split("/"))
    if place is None:
        refuse("places.unknown", path=path)
    return place


def _by_names(names: Sequence[str]) -> Place | None:
    rows = Place.objects.select_related("village", "town")
    last = rows.filter(name=names[-1], path__contains="/" if len(names) > 1 else "")
    found = []
    for place in last.select_related("parent", "parent__parent"):
        chain: list[str] = []
        step: Place | None = place
        while step is not None and step.kind != "county":
            chain.insert(0, step.name)
            step = step.parent
        if chain == list(names):
            found.append(place)
    return found[0] if len(found) == 1 else None


def full_name(place: Place) -> str:
    """Town, village and group by name, in that order, without blanks."""
    names = [place.town.name if place.town and place.town_id != place.pk else ""]
    names.append(place.village.name if place.village and place.village_id != place.pk else "")
    return "".join([*names, place.name])


def holidays() -> Holidays:
    """The holiday table as rules take it (two queries)."""
    rows = dict(Holiday.objects.values_list("day", "worked"))
    return holidays_from(rows, set(HolidayYear.objects.values_list("year", flat=True)))


def holiday_years() -> set[int]:
    """The years whose table is kept (one query)."""
    return set(HolidayYear.objects.values_list("year", flat=True))


def holiday_table(year: int) -> dict[date, tuple[bool, str]]:
    """A year's table: day → (worked instead?, name) (one query)."""
    rows = Holiday.objects.filter(day__year=year).values_list("day", "worked", "name")
    return {day: (worked, name) for day, worked, name in rows}


def complaint_lines(rows: Iterable[Place]) -> list[tuple[str, bool]]:
    """For each of these places the line that stands there, and whether it is its own (one query)."""
    lines = dict(Place.objects.exclude(complaint_line="").values_list("path", "complaint_line"))

    def standing(path: str) -> str:
        while path and path not in lines:
            path = path.rpartition("/")[0]
        return lines.get(path, "")

    return [(standing(row.path), bool(row.complaint_line)) for row in rows]


def complaint_line(path: str) -> str:
    """The complaint telephone of this place, else of the nearest place above it; '' where none is set (one query)."""
    codes = path.split("/") if path else []
    above = ["/".join(codes[:n]) for n in range(len(codes) + 1)]
    lines = dict(Place.objects.filter(path__in=above).exclude(complaint_line="").values_list("path", "complaint_line"))
    return lines[max(lines, key=len)] if lines else ""


def line_at(place: str) -> Coalesce:
    """The same of a row's `place` (a field that leads to one), for a read that is made anyway."""
    steps = (place, f"{place}__village", f"{place}__town")
    lines = [NullIf(F(f"{step}__complaint_line"), Value("")) for step in steps]
    return Coalesce(*lines, Subquery(Place.objects.filter(path="").values("complaint_line")[:1]), Value(""))


def with_id(id: UUID) -> Place:
    """The place of this id with the village and town above it."""
    return Place.objects.select_related("village", "town").get(pk=id)
