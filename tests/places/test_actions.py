"""Places: one test a refusal, and the holiday table."""

from __future__ import annotations

from datetime import date

import pytest
from tests.places.test_rules import CASES
from tests.worlds import AT, World, home, make_world

from courtyard.households.actions import declare_kin
from courtyard.households.actions.lines import keep_complaint_line
from courtyard.households.rules.states import KinKind
from courtyard.kernel.problems import Problem, Refused
from courtyard.places import actions, queries
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.places.rules.holidays import days_of_year, periods_from

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


def say_line(world: World, path: str, line: str, who: str = "clerk") -> None:
    keep_complaint_line(place=world[path], line=line, by=world.actor(who), at=AT)


def test_a_complaint_line_is_set_by_the_town(world: World) -> None:
    say_line(world, "WD/01", " 0722-7654321 ")
    assert Place.objects.get(path="WD/01").complaint_line == "0722-7654321"
    for code, path, line, who in (
        ("places.not_yours", "WD/01", "0722-1", "cadre"),
        ("places.unfit_line", "WD/01", "找周大姐", "clerk"),
    ):
        with pytest.raises(Refused, match=code):
            say_line(world, path, line, who)
    say_line(world, "WD/01", "")
    assert queries.complaint_line("WD/01") == "0722-1234567"


def test_a_place_is_never_without_a_line(world: World) -> None:
    Place.objects.filter(path="").update(complaint_line="")
    county, terminal = Place.objects.get(path=""), world.terminal
    with pytest.raises(Refused, match="places.no_line"):
        keep_complaint_line(place=county, line=" ", by=terminal, at=AT)


def test_the_line_is_no_telephone_of_a_duty_in_that_village(world: World) -> None:
    own = home(world, "WD/01/G01", "0101", "王建国", phone="13807222345")
    cadre, account = world.actor("cadre"), world.accounts["cadre"]
    declare_kin(account=account, household=own, kind=KinKind.OWN_HOME, by=cadre, at=AT)
    with pytest.raises(Refused, match="households.line_of_duty"):
        say_line(world, "WD/01", "138-0722-2345")
    assert Place.objects.get(path="WD/01").complaint_line == ""
    say_line(world, "WD/02", "138-0722-2345")


def whole() -> dict[date, tuple[bool, str]]:
    periods = periods_from(CASES["whole"], 2026)
    assert isinstance(periods, tuple)
    found = days_of_year(periods, 2026)
    assert not isinstance(found, Problem)
    return dict(found)


def test_a_holiday_year_is_replaced_whole_or_stays_as_it_was(world: World) -> None:
    days = whole()
    actions.keep_holidays(year=2026, days=days, by=world.actor("clerk"), at=AT)
    found = queries.holidays()
    assert found.known(2026) and not found.known(2027)
    assert not found.is_working(date(2026, 10, 7))
    assert found.is_working(date(2026, 10, 10))
    gap = {day: value for day, value in days.items() if day != date(2026, 10, 5)}
    with pytest.raises(Refused, match="places.holiday_gap"):
        actions.keep_holidays(year=2026, days=gap, by=world.terminal, at=AT)
    assert not queries.holidays().is_working(date(2026, 10, 5))
    with pytest.raises(Refused, match="places.not_yours"):
        actions.keep_holidays(year=2026, days=days, by=world.actor("cadre"), at=AT)


def test_a_day_of_another_year_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="places.holiday_outside_year"):
        actions.keep_holidays(year=2026, days=whole() | {date(2027, 1, 1): (False, "元旦")}, by=world.terminal, at=AT)


def test_areas_are_one_condition(world: World) -> None:
    assert set(queries.ids(["WD/01"])) == {world[p].pk for p in ("WD/01", "WD/01/G01", "WD/01/G02")}
    assert set(queries.ids([])) == set()
    assert len(queries.ids([""])) == 8
