"""The register read: only within areas, in walking order, in a constant number of queries."""

from __future__ import annotations

from typing import Any

import pytest
from tests.worlds import AT, World, home, make_world

from courtyard.households import actions, queries
from courtyard.households.models import Household
from courtyard.records import access
from courtyard.records.models import AccessLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    home(world, "WD/01/G02", "0102001", "张淑芬", bay="上湾", phone="19900001234")
    home(world, "WD/01/G01", "0101002", "单田芳", bay="下湾")
    home(world, "WD/01/G01", "0101001", "欧阳修", bay="下湾", phone="0722-3251234")
    home(world, "WD/01/G01", "0101003", "曾国强", bay="上湾")
    home(world, "WD/02/G01", "0101001", "张淑芬", phone="19900001234")
    return world


def heads(rows: Any) -> list[str]:
    return [row.head for row in rows]


def test_a_roster_stands_in_walking_order(world: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        rows = list(queries.roster("WD/01"))
        assert [row.group.name for row in rows] == ["1组", "1组", "1组", "2组"]
    assert heads(rows) == ["曾国强", "欧阳修", "单田芳", "张淑芬"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zsf", ["张淑芬"]),
        ("ZS", ["张淑芬"]),
        ("stf", ["单田芳"]),
        ("淑芬", ["张淑芬"]),
        ("1234", ["欧阳修", "张淑芬"]),
        ("19900001234", ["张淑芬"]),
        ("0102001", ["张淑芬"]),
        ("没有", []),
        ("9999", []),
    ],
)
def test_search_within_areas(world: World, words: str, found: list[str]) -> None:
    assert heads(queries.search(["WD/01"], words)) == found


def test_search_by_short_number_and_of_nothing(world: World) -> None:
    one = Household.objects.get(head="单田芳")
    assert heads(queries.search(["WD/01"], one.short)) == ["单田芳"]
    assert heads(queries.search(["WD/02"], one.short)) == []
    assert len(queries.search(["WD/01"], " ")) == 4
    assert len(queries.search([], "zsf")) == 0


def test_by_short_number_within_areas_only(world: World) -> None:
    one = Household.objects.get(head="单田芳")
    assert queries.by_short(["WD/01"], one.short) == one
    assert queries.by_short(["WD/02"], one.short) is None
    assert queries.by_short(["WD/01"], "000001") is None


def test_names_and_phones_in_clear_leave_an_access_line(world: World) -> None:
    rows = list(queries.homes(["WD"]))
    cadre = world.actor("cadre")
    shown = queries.names_and_phones(rows, by=cadre, at=AT, why="office.household", phones=True)
    own = [row for row in rows if row.village.path == "WD/01"]
    assert {shown[row.pk][0] for row in own} == {"曾国强", "欧阳修", "单田芳", "张淑芬"}
    [other] = [row for row in rows if row.village.path == "WD/02"]
    assert shown[other.pk] == ("张*芬", "199****1234")
    assert {line.subject for line in AccessLine.objects.all()} == {row.pk.hex for row in own}
    assert {(line.by, line.fields, line.why) for line in AccessLine.objects.all()} == {
        (cadre.id, "head,phone", "office.household")
    }


def test_evaluators_and_strangers_see_masks_and_leave_no_line(world: World) -> None:
    rows = list(queries.homes(["WD/01"]))
    shown = queries.names_and_phones(rows, by=world.actor("eva1"), at=AT, why="x")
    assert {name for name, phone in shown.values() if phone == ""} == {"曾*强", "欧阳*", "单*芳", "张*芬"}
    assert not AccessLine.objects.exists()


def test_where_no_line_can_be_written_masks_are_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "INSERT", access.INSERT.replace("records_accessline", "a_store_that_is_gone"))
    rows = list(queries.homes(["WD/02"]))
    shown = queries.names_and_phones(rows, by=world.actor("clerk"), at=AT, why="x", phones=True)
    assert list(shown.values()) == [("张*芬", "199****1234")]


def test_a_household_sees_itself_without_a_line(world: World) -> None:
    one = Household.objects.select_related("group").get(village=world["WD/02"])
    shown = queries.names_and_phones([one], by=queries.household_actor(one), at=AT, why="own", phones=True)
    assert shown == {one.pk: ("张淑芬", "19900001234")}
    assert not AccessLine.objects.exists()


def test_cards_in_walking_order_in_one_query(world: World, django_assert_num_queries: Any) -> None:
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    with django_assert_num_queries(1):
        cards = [(card.household.head, card.household.village.name) for card in queries.live_cards(["WD/01"])]
    assert [head for head, _ in cards] == ["曾国强", "欧阳修", "单田芳", "张淑芬"]
    assert not queries.live_cards(["WD/02"]).exists()


def test_runs_within_areas(world: World) -> None:
    assert list(queries.runs(["WD"])) == []


def test_an_actor_needs_a_living_card(world: World) -> None:
    one = Household.objects.get(head="单田芳")
    assert queries.household_of_session(one.pk, None) is None
    assert queries.household_of_session(one.pk, one.pk) is None
