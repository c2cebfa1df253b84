"""A home that came after a round was opened is taken in: once, while it is open, never one a light round leaves out."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.lists import refused
from tests.rounds import NOVEMBER, SEPTEMBER, Village, at, closed_round, given, opened_round
from tests.worlds import home

from courtyard.households.actions import set_lived_in
from courtyard.households.rules.states import Living
from courtyard.inspections.actions import include_home
from courtyard.inspections.queries.including import included, late_homes, rounds_of_home
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel.actors import DutyKind
from courtyard.people.rules import VERBS

DAY = NOVEMBER.replace(day=10)


def take(village: Village, opened: Any, household: Any, *, who: str = "cadre", day: date = DAY) -> Any:
    return include_home(opened=opened, household=household, by=village.actor(who, at(day)), at=at(day))


def test_who_came_late_is_taken_in_once_and_it_stands_when_and_by_whom(
    village: Village, django_assert_num_queries: Any
) -> None:
    closed_round(village, dict.fromkeys(village.homes, given("good")))
    opened = opened_round(village, NOVEMBER)
    assert opened.kind == RoundKind.LIGHT.value
    late = home(village.world, "WD/01/G01", "0100", "赵新来")
    back = home(village.world, "WD/01/G02", "0299", "钱回来")
    set_lived_in(household=back, living=Living.AWAY, by=village.actor("cadre", at(DAY)), at=at(DAY))
    assert [one.code for one in late_homes(opened)] == ["0100"], "who carries a 好 is left out on purpose"
    back.refresh_from_db()
    assert rounds_of_home(late).missed == (opened.pk, NOVEMBER) and rounds_of_home(back).missed is None
    assert all(rounds_of_home(one).missed is None for one in village.homes.values())
    with django_assert_num_queries(1):
        assert rounds_of_home(village.homes["0101"]).grades == ((SEPTEMBER, "good", "好"),)
    refused("people.not_allowed", lambda: take(village, opened, late, who="eva1"))
    refused("inspections.not_rateable", lambda: take(village, opened, back), household="0299")
    visit = take(village, opened, late)
    assert late_homes(opened) == [] and rounds_of_home(late).missed is None
    assert [(one.household, one.at, one.by) for one in included(opened)] == [
        (late, at(DAY), village.world.accounts["cadre"].name)
    ]
    refused("inspections.in_round_already", lambda: take(village, opened, late), household="0100")
    set_lived_in(household=back, living=Living.LIVED_IN, by=village.actor("cadre", at(DAY)), at=at(DAY))
    assert late_homes(opened) == [back]
    assert visit.household_id == late.pk


def test_a_light_round_s_left_out_homes_are_nobody_s_to_pick(village: Village) -> None:
    closed_round(village, dict.fromkeys(village.homes, given("good")))
    opened = opened_round(village, NOVEMBER)
    out = next(one for one in village.homes.values() if not opened.visits.filter(household=one).exists())
    refused("inspections.carried_home", lambda: take(village, opened, out), household=out.code)


def test_a_closed_round_takes_nobody_in(village: Village) -> None:
    closed = closed_round(village, dict.fromkeys(village.homes, given("good")))
    late = home(village.world, "WD/01/G01", "0100", "赵新来")
    assert late_homes(closed) == [] and rounds_of_home(late).missed is None and included(closed) == []
    refused("inspections.round_closed", lambda: take(village, closed, late))


def test_the_verb_is_the_cadre_s_and_the_clerk_s() -> None:
    held = {kind for kind, verbs in VERBS.items() if "rounds.include" in verbs}
    assert held == {DutyKind.OPERATOR, DutyKind.TOWN_CLERK, DutyKind.VILLAGE_CADRE}
