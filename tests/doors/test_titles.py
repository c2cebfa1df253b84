"""Titles and checks that change results, through the doors: two people look, the home reads it, nobody else does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.doors.asking import on, twice
from tests.doors.conftest import PIN, Door, sent, text
from tests.rounds import SEPTEMBER, at, closed_round, given, make_village

from courtyard.honours.models import TitleHeld
from courtyard.households.actions import consent_red_name, hand_over_card, issue_cards
from courtyard.households.rules.states import RedNameConsent
from courtyard.inspections.models import Result, Round, Seat, Visit
from courtyard.rating.queries import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]

TITLE = """
[[titles]]
code = "plate"
kind = "band"
name = "清洁户牌"
band = "good"
while_met = true
recheck_months = 1

[review]
effect = "replaces"
"""
CODES = ("0101", "0102", "0103", "0201", "0202", "0203")
FAIR = {"a-courtyard": "fair", "a-rooms": "fair", "a-surroundings": "fair", "q-came": "yes"}


@pytest.fixture
def door(db: Any, today: date) -> Door:
    """Village 01 under a scheme with a plate that follows the grade and checks that take the round's place; September
    closed, every home good."""
    village = make_village(text=shipped()["wandian"].replace("engine = 1", "engine = 2", 1) + TITLE)
    cadre = village.actor("cadre")
    issue_cards(place=village.place, by=cadre, at=at(date(2026, 9, 2)))
    hand_over_card(household=village.homes["0101"], pin=PIN, by=cadre, at=at(date(2026, 9, 3)))
    consent_red_name(household=village.homes["0101"], red_name=RedNameConsent.BOARD, by=cadre, at=at(date(2026, 9, 3)))
    closed_round(village, {code: given("good") for code in CODES}, SEPTEMBER)
    return Door(village)


def name_of(door: Door, account: Any) -> str:
    return next(name for name, one in door.village.world.accounts.items() if one.pk == account)


def test_a_plaque_is_brought_and_the_household_and_the_board_say_the_title(door: Door) -> None:
    row = TitleHeld.objects.get(household=door.home)
    with on(date(2026, 9, 22)):
        page = text(door.as_("cadre").get("/office/titles"))
        assert "清洁户牌" in page and "共 6 条" in page and "2026-10-20" in page and "牌送到了" in page
        assert door.as_("eva1").get("/office/titles").status_code == 404
        assert "没有哪一户得了称号" in text(door.as_("cadre2").get("/office/titles"))
        assert door.as_("cadre2").post(f"/office/titles/{row.pk}/hung", sent()).status_code == 404
        twice(door.as_("cadre"), f"/office/titles/{row.pk}/hung")
        assert "牌挂着" in text(door.as_("cadre").get("/office/titles"))
        early = door.as_("cadre").post(f"/office/titles/{row.pk}/removed", sent())
        assert early.status_code == 409 and "还挂着这个称号" in text(early)
        mine = text(door.as_("household").get("/me"))
        assert "清洁户牌" in mine and "2026年9月20日得的" in mine and "2026年10月20日起会再来看一次" in mine
        assert "得了「清洁户牌」" in text(door.as_("household").get("/me/rounds"))
        board = text(door.as_("nobody").get("/g/WD/01/G01"))
        assert "<b>清洁户牌</b> 3 户:王建国 另有 2 户" in board


def test_a_check_by_two_takes_the_rounds_place_and_only_the_home_is_told(door: Door) -> None:
    with on(date(2026, 9, 22)):
        assert door.as_("clerk").post("/office/spots", sent(place=str(door.village.place.pk))).status_code == 302
        spot = Round.objects.get(kind="spot")
        visit = Visit.objects.select_related("household").get(round=spot)
        people = [name_of(door, row.evaluator_id) for row in Seat.objects.filter(round=spot).order_by("n")]
        assert len(people) == 2
        address, back = f"/office/revisits/spots/{visit.pk}", f"/office/rounds/{spot.pk}"
        assert door.as_("cadre").get(address).status_code == 404, "the village does not know beforehand"
        first = door.as_(people[0])
        twice(first, address, **FAIR)
        clerk = door.as_("clerk")
        assert "还差一个人" in text(clerk.get(back))
        page = text(clerk.get(address))
        second = door.village.world.accounts[people[1]]
        assert f"照 {second.name} 写的表录入" in page, "typed from paper: the one who is still missing"
        twice(clerk, address, **FAIR, evaluator=second.pk.hex)
        assert clerk.post(f"{back}/end", sent()).status_code == 302
        assert "积分、榜和称号已经跟着改" in text(clerk.get(back))
    result = Result.objects.get(visit__household=visit.household, visit__round__month=SEPTEMBER, superseded_by=None)
    assert result.grade == "fair"
    row = TitleHeld.objects.get(household=visit.household)
    assert (row.state, row.ended_by) == ("withdrawn", "corrected")
    board = text(door.as_("nobody").get(f"/g/{visit.household.group.path}"))
    assert "<b>清洁户牌</b> 2 户" in board and "收回" not in board and visit.household.head not in board


def test_a_title_lost_is_said_to_the_home_with_how_it_comes_back(door: Door) -> None:
    closed_round(door.village, {code: given("fair" if code == "0101" else "good") for code in CODES}, date(2026, 10, 1))
    with on(date(2026, 10, 21)):
        mine = text(door.as_("household").get("/me"))
        assert "「清洁户牌」2026年10月20日收回了:这一轮评为「好」的才挂,这一轮没有做到。" in mine
        assert "以后哪一轮评为「好」,就再挂上。" in mine and "只跟您家说,不公示" in mine
        assert "「清洁户牌」这一轮收回" in text(door.as_("household").get("/me/rounds"))
        for address in ("/g/WD/01/G01", "/v/WD/01"):
            assert "收回了" not in text(door.as_("nobody").get(address))
        assert "共 5 条" in text(door.as_("cadre").get("/office/titles")), "its plaque never hung"
