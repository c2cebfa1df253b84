"""The household's statement, the village's month and the public page: corrections, factors and what waits in plain words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import time_machine
from tests.doors.conftest import Door, sent, text
from tests.doors.test_budget import MOST, asked
from tests.honours.test_corrections import late
from tests.rounds import OCTOBER, at, closed_round, given, make_village

from courtyard.households.actions import hand_over_card, issue_cards
from courtyard.points.actions import fund_budget
from courtyard.rating.queries import shipped

GOOD, FAIR = given("good"), given("fair")
FACTOR = shipped()["wandian"].replace('short = "wait"', 'short = "factor"\nrounding = "down"')
MARKS = {"0101": FAIR, "0102": GOOD, "0103": GOOD, "0201": GOOD}


def behind(budget: int, scheme: str) -> Door:
    """The September round closed under this scheme with this budget; home 0101 has its card."""
    village = make_village(budget=budget, text=scheme)
    cadre = village.actor("cadre")
    issue_cards(place=village.place, by=cadre, at=at(date(2026, 9, 2)))
    hand_over_card(household=village.homes["0101"], pin="482913", by=cadre, at=at(date(2026, 9, 3)))
    door = Door(village)
    door.closed = closed_round(village, MARKS)  # type: ignore[attr-defined]
    return door


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def seen(door: Door, day: date) -> Any:
    return time_machine.travel(at(day, 16))


def test_a_factor_is_said_on_the_statement_the_village_s_page_and_the_public_one(db: None) -> None:
    door = behind(22, FACTOR)
    with seen(door, date(2026, 9, 21)):
        own = plain(text(door.as_("household").get("/me/points")))
        assert "2026年9月评比:这一轮评为中 得 3 分,村里预算不够,全村每笔都按 22/33 发 +2" in own
        rounds = plain(text(door.as_("household").get("/me/rounds")))
        assert "这一轮一共 3 分。" in rounds and "这一轮全村每笔都按 22/33 发" in rounds
        office = plain(text(door.as_("cadre").get(f"/office/points/{door.village.place.pk}")))
        assert "2026年9月 这一轮每笔按 22/33 发" in office
        public = plain(text(door.as_("nobody").get("/v/WD/01")))
        assert "这一轮每笔按 22/33 发" in public
        assert "预算增加 0 22" in public and "发到户 0 20" in public and "20 各户手里还有" in public
        assert "王建国" not in public
        assert asked(door.as_("nobody"), "/v/WD/01") <= MOST
        assert asked(door.as_("household"), "/me/points") <= 8
    page = plain(text(door.as_("clerk").get("/office/points")))
    assert "塔湾村" in page


def test_an_award_of_which_nothing_is_left_is_told_too(db: None) -> None:
    door = behind(1, FACTOR)
    with seen(door, date(2026, 9, 21)):
        own = plain(text(door.as_("household").get("/me/points")))
    assert "没有到账的" in own
    assert "得 3 分,村里预算不够,全村每笔都按 1/33 发,不足 1 分,没有到账" in own
    assert "待发" not in own


def test_a_correction_is_told_with_its_month(db: None) -> None:
    door = behind(1_000, shipped()["wandian"])
    closed_round(door.village, {"0101": GOOD, "0102": GOOD}, OCTOBER)
    late(door.village, door.closed, "0101", GOOD)  # type: ignore[attr-defined]
    with seen(door, date(2026, 11, 26)):
        own = plain(text(door.as_("household").get("/me/points")))
    assert "更正,收回:2026年9月评比:这一轮评为中 算在2026年9月 -3" in own
    assert "更正,收回:2026年10月评比:比上一次升了等次 算在2026年10月 -5" in own
    assert "2026年9月评比:这一轮评为好 算在2026年9月 +10" in own


def test_a_correction_that_waits_shows_what_is_in_hand_and_what_is_owed(db: None) -> None:
    door = behind(33, shipped()["wandian"])
    late(door.village, door.closed, "0101", GOOD)  # type: ignore[attr-defined]
    with seen(door, date(2026, 11, 26)):
        own = plain(text(door.as_("household").get("/me/points")))
        assert "现在有 3 分 待发 10 分 更正后还欠 3 分" in own
        public = plain(text(door.as_("nobody").get("/v/WD/01")))
        assert "10 待发" in public
        clerk, page = door.as_("clerk"), f"/office/points/{door.village.place.pk}"
        fund_budget(
            village=door.village.place, points=10, document="万政发〔2026〕9号", by=door.village.actor("clerk"),
            at=at(date(2026, 11, 26)),
        )  # fmt: skip
        assert clerk.post(f"{page}/pay", sent()).status_code == 302
        own = plain(text(door.as_("household").get("/me/points")))
    assert "现在有 10 分" in own and "还欠" not in own
