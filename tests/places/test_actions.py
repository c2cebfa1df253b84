"""Places: one test a refusal, and the holiday table."""

from __future__ import annotations

from datetime import date

import pytest
from tests.worlds import AT, World, make_world

from courtyard.kernel.problems import Refused
from courtyard.places import actions, queries
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def make(world: World, parent: str, kind: PlaceKind, code: str, name: str, who: str = "clerk") -> Place:
    return actions.make_place(parent=world[parent], kind=kind, code=code, name=name, by=world.actor(who), at=AT)


def test_a_place_is_found_by_codes_and_by_names(world: World) -> None:
    for path in ("WD/01/G01", "万店镇/塔湾村/1组", "/万店镇/塔湾村/1组/"):
        assert queries.by_path(path) == world["WD/01/G01"]
    first = world["WD/01/G01"]
    town, village, group = first.town.name, first.village.name, first.name
    assert queries.by_path(f" {town} / {village}／{group} ") == first
    type(first).objects.filter(pk=first.town_id).update(name="万店镇(演示)")
    assert queries.by_path(f"万店镇（演示）/{village}/{group}") == first
    assert queries.by_path("") == world[""]
    assert queries.full_name(world["WD/01/G01"]) == "万店镇塔湾村1组"
    assert queries.full_name(world["WD/01"]) == "万店镇塔湾村"


def test_an_unknown_place_is_refused(world: World) -> None:
    for path in ("万店镇/没有村", "塔湾村/1组", "WD/9", "1组"):
        with pytest.raises(Refused, match="places.unknown"):
            queries.by_path(path)


def test_a_village_clerk_does_not_make_places(world: World) -> None:
    with pytest.raises(Refused, match="places.not_yours"):
        make(world, "WD", PlaceKind.VILLAGE, "03", "新村", "cadre")


def test_levels_follow_each_other(world: World) -> None:
    with pytest.raises(Refused, match="places.wrong_level"):
        make(world, "WD", PlaceKind.GROUP, "G09", "9组")


@pytest.mark.parametrize("code", ["", "a/b", "一", "x" * 33, "1 2"])
def test_an_unfit_code_is_refused(world: World, code: str) -> None:
    with pytest.raises(Refused, match="places.unfit_code"):
        make(world, "WD", PlaceKind.VILLAGE, code, "新村")


@pytest.mark.parametrize("name", ["", "  ", "一/二"])
def test_an_unfit_name_is_refused(world: World, name: str) -> None:
    with pytest.raises(Refused, match="places.unfit_name"):
        make(world, "WD", PlaceKind.VILLAGE, "03", name)


def test_a_name_or_code_taken_is_refused(world: World) -> None:
    for code, name in (("03", "塔湾村"), ("01", "新村")):
        with pytest.raises(Refused, match="places.taken"):
            make(world, "WD", PlaceKind.VILLAGE, code, name)


def test_a_complaint_line_is_set_by_the_town(world: World) -> None:
    actions.set_complaint_line(place=world["WD/01"], line=" 0722-7654321 ", by=world.actor("clerk"), at=AT)
    assert Place.objects.get(path="WD/01").complaint_line == "0722-7654321"
    with pytest.raises(Refused, match="places.not_yours"):
        actions.set_complaint_line(place=world["WD/01"], line="1", by=world.actor("cadre"), at=AT)


def test_a_holiday_year_is_replaced_whole(world: World) -> None:
    days = {date(2026, 10, 1): (False, "国庆节"), date(2026, 10, 10): (True, "调休")}
    actions.keep_holidays(year=2026, days=days, by=world.terminal, at=AT)
    found = queries.holidays()
    assert found.known(2026)
    assert not found.is_working(date(2026, 10, 1))
    assert found.is_working(date(2026, 10, 10))
    actions.keep_holidays(year=2026, days={}, by=world.terminal, at=AT)
    assert queries.holidays().is_working(date(2026, 10, 1))


def test_a_day_of_another_year_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="places.holiday_outside_year"):
        actions.keep_holidays(year=2026, days={date(2027, 1, 1): (False, "元旦")}, by=world.terminal, at=AT)


def test_areas_are_one_condition(world: World) -> None:
    assert set(queries.ids(["WD/01"])) == {world[p].pk for p in ("WD/01", "WD/01/G01", "WD/01/G02")}
    assert set(queries.ids([])) == set()
    assert len(queries.ids([""])) == 8
