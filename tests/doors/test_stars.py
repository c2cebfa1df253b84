"""Stars behind the doors: the home's page says its star and the gate that keeps it from spending, the board counts, a
draft's preview says who would stand where."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.doors.conftest import PIN, Door, text
from tests.doors.test_budget import MOST, asked
from tests.rounds import at, closed_round, given, make_village
from tests.stars import OF_SCORE

from courtyard.households.actions import consent_red_name, hand_over_card, issue_cards
from courtyard.households.rules.states import RedNameConsent
from courtyard.rating.actions import draft_scheme
from courtyard.rating.queries import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]

STARS = (
    OF_SCORE
    + """
[[gates]]
code = "till"
name = "二星以上才换"
shuts = ["redeem"]
star = "two"
"""
)
DAY = date(2026, 9, 21)


def starred(clauses: str = STARS) -> str:
    return shipped()["wandian"].replace("engine = 1", "engine = 2", 1) + clauses


@pytest.fixture
def starry(db: Any, today: date) -> Door:
    """Village 01 under a scheme with stars: 0101 and 0201 of one star, 0102 of two, 0103 of three; closed."""
    village = make_village(text=starred())
    cadre = village.actor("cadre")
    issue_cards(place=village.place, by=cadre, at=at(date(2026, 9, 2)))
    hand_over_card(household=village.homes["0101"], pin=PIN, by=cadre, at=at(date(2026, 9, 3)))
    consent_red_name(household=village.homes["0103"], red_name=RedNameConsent.BOARD, by=cadre, at=at(DAY))
    closed_round(village, {"0101": given("poor"), "0102": given("fair"), "0103": given("good"), "0201": given("poor")})
    return Door(village)


def test_the_homes_own_page_says_its_star_and_its_gate(starry: Door) -> None:
    page = text(starry.as_("household").get("/me"))
    assert "一星" in page and "最近一次评比 40 分" in page
    assert "现在先不能换东西,办法里有一条「二星以上才换」。积分都还在,评上来就能换。" in page
    assert asked(starry.as_("household"), "/me") <= MOST
    assert "为「一星」。见第" in text(starry.as_("household").get("/me/rounds"))


def test_a_board_counts_stars_and_names_the_highest_by_consent(starry: Door) -> None:
    group = starry.village.world["WD/01/G01"]
    page = text(starry.as_("nobody").get(f"/g/{group.path}"))
    assert "三星:张三丰" in page and "二星:" not in page and "一星:" not in page, "nobody else's star is told by name"
    village = text(starry.as_("nobody").get(f"/v/{starry.village.place.path}"))
    assert "张三丰" not in village, "names stand on the group's own board alone"


def test_a_drafts_preview_says_who_would_stand_where(starry: Door) -> None:
    other = starred(STARS.replace("least = 90", "least = 70").replace("most = 90", "most = 70"))
    version = draft_scheme(text_toml=other, place=starry.village.place, by=starry.village.actor("cadre"), at=at(DAY))
    page = text(starry.as_("cadre").get(f"/office/schemes/{version.pk}/compare?village={starry.village.place.pk}"))
    for homes, name in ((2, "三星"), (0, "二星"), (2, "一星")):
        assert f"<li><b>{homes}</b><span>户是「{name}」</span></li>" in page
    assert "<li><b>2</b><span>户先不能换东西(门槛)</span></li>" in page
    assert "中 · 75 分 · 三星" in page and "中 · 75 分 · 二星" in page, "0102 would rise"
