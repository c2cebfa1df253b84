"""Worlds to measure in: places and people by actions, the many homes, marks and cards by the driver's bulk load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models
from tests.worlds import AT, World, make_world, person

from courtyard.households.actions.rows import insert
from courtyard.households.models import Card, Household
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import short_number, token, uuid7
from courtyard.places.actions import make_place
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.points.actions import fund_budget
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.queries import shipped

GROUP_SIZE = 40
DAY = day_of(AT)
SHORTS = 100_000


def world() -> World:
    return make_world()


def new_villages(found: World, count: int, groups: int = 10, *, towns_of: int = 200) -> list[Place]:
    """So many villages with so many groups each, in new towns of at most `towns_of` villages."""
    made: list[Place] = []
    known = len([path for path in found.places if path.startswith("T")])
    for n in range(count):
        if n % towns_of == 0:
            known += 1
            town = _place(found, found[""], PlaceKind.TOWN, f"T{known}", f"{known}号镇")
        village = _place(found, town, PlaceKind.VILLAGE, f"{n:03d}", f"{n}号村")
        for g in range(1, groups + 1):
            _place(found, village, PlaceKind.GROUP, f"G{g:02d}", f"{g}组", g)
        made.append(village)
    return made


def _place(found: World, parent: Place, kind: PlaceKind, code: str, name: str, order: int = 0) -> Place:
    more = {"complaint_line": "0722-1234567"} if kind is PlaceKind.TOWN else {}
    place = make_place(parent=parent, kind=kind, code=code, name=name, by=found.terminal, at=AT, order=order, **more)
    found.places[place.path] = place
    return place


def load(rows: Sequence[models.Model]) -> None:
    """Rows of one model by the driver's bulk load, as a restore would put them in: no action measures this."""
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not (field.primary_key and field.name == "id"
              and isinstance(field, models.AutoField))]  # fmt: skip
    table = rows[0]._meta.db_table
    values = [tuple(_plain(getattr(row, field.attname)) for field in fields) for row in rows]
    if not connection.in_atomic_block:
        from django.db import transaction

        with transaction.atomic():
            insert(table, [str(field.column) for field in fields], values)
        return
    insert(table, [str(field.column) for field in fields], values)


def _plain(value: Any) -> Any:
    from datetime import datetime

    return value.strftime("%Y-%m-%d %H:%M:%S.%f+00:00") if isinstance(value, datetime) else value


def fill(village: Place, count: int, *, first_short: int = 0) -> list[Household]:
    """So many homes in the village's groups in turn; short numbers from `first_short` on in its town."""
    rows = homes(village, count, first_short=first_short)
    load(rows)
    return rows


def homes(village: Place, count: int, *, first_short: int = 0) -> list[Household]:
    """The same homes, not put in yet."""
    groups = list(Place.objects.filter(village=village, kind="group").order_by("order"))
    return [
        Household(
            id=uuid7(), village=village, group=groups[n // GROUP_SIZE % len(groups)], town_id=village.town_id,
            code=f"{n:05d}", short=short_number((first_short + n) % SHORTS), head="王建国", initials="wjg",
            people=3, since=DAY,
        )
        for n in range(count)
    ]  # fmt: skip


def give_cards(homes: Iterable[Household]) -> list[Card]:
    """A live card, handed over, to each."""
    rows = [
        Card(id=uuid7(), household=home, token=token(), state="live", issued=DAY, handed_over=DAY) for home in homes
    ]
    load(rows)
    return rows


def fund(found: World, village: Place, points: int = 1_000_000) -> None:
    fund_budget(village=village, points=points, document="1号", by=found.terminal, at=AT)


def adopt(found: World, places: Sequence[Place], starts: date) -> UUID:
    """The shipped scheme adopted by each place; returns the version's id."""
    if "officer" not in found.accounts:
        person(found, "officer", "县干部甲", DutyKind.COUNTY_OFFICER, "")
    proposer, second = found.terminal, found.actor("officer")
    version = draft_scheme(text_toml=shipped()["wandian"], place=places[0], by=proposer, at=AT)
    for place in places:
        adopt_scheme(
            place=place, version=version, starts=starts, assembly=starts - timedelta(days=10), attendance=4,
            households=6, document="1号", seconded_by=second, by=proposer, at=AT,
        )  # fmt: skip
    return version.pk


def portions(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
