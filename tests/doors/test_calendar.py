"""下一轮 in the office: what the card says, the one confirmation, a pause, a town's villages, and who sees it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.doors.test_budget import MOST, asked
from tests.inspections.test_calendar import SPRING, adopted_by_the_other, under
from tests.rating.worked import document
from tests.rounds import NOVEMBER, OCTOBER, Village, closed_round, given, make_village
from tests.worlds import home

from courtyard.inspections.models import Round
from courtyard.rating.rules.writing import write

NEXT = "/office/rounds/next"
QUARTERLY = {"engine": 2, "scope.period": "quarter"}


@pytest.fixture
def paused(db: None) -> Door:
    """Village 01 under a scheme that pauses over the Spring Festival."""
    return Door(under(pauses=SPRING))


def closed(village: Village, month: date) -> None:
    closed_round(village, dict.fromkeys(village.homes, given("good")), month)


def test_a_cadre_reads_the_next_round_and_opens_it(paused: Door) -> None:
    closed(paused.village, OCTOBER)
    with on(NOVEMBER):
        cadre = paused.as_("cadre")
        page = text(cadre.get(NEXT))
        assert "2026年11月 轻量评比" in page and "<b>2</b> 户(全村 6 户)" in page
        assert "抽到谁,开了才知道" in page and "2026年11月1日到2026年11月30日" in page
        assert not [one.head for one in paused.village.homes.values() if one.head in page], "nobody is named"
        assert NEXT in text(cadre.get(f"/office/month/{paused.village.place.pk}"))
        assert NEXT in text(cadre.get("/office/"))
        answer = twice(cadre, NEXT, place=str(paused.village.place.pk), month="2026-11")
        assert answer["Location"] == f"/office/rounds/{Round.objects.get(month=NOVEMBER).pk}"
        waits = text(cadre.get(NEXT))
        assert "2026年11月的还没有关账" in waits and "开这一轮</button>" not in waits
        again = cadre.post(NEXT, sent(place=str(paused.village.place.pk), month="2026-12"))
        assert again.status_code == 409 and "先关" in text(again)
    assert Round.objects.count() == 2


def test_a_pause_is_said_with_the_month_that_follows_it(paused: Door) -> None:
    closed(paused.village, date(2027, 1, 1))
    with on(date(2027, 2, 2)):
        cadre = paused.as_("cadre")
        page = text(cadre.get(NEXT))
        assert "2027年2月大半在「春节」里" in page and "2027年3月 轻量评比" in page
        assert "还没有开这个月的评比" not in text(cadre.get("/office/")), "a month in a pause is nobody's task"
        month = text(cadre.get(f"/office/month/{paused.village.place.pk}"))
        assert "开这个月的评比" not in month and "这个月不评(春节)" in month
        refused = cadre.post("/office/rounds/new", sent(place=str(paused.village.place.pk), month="2027-02"))
        assert refused.status_code == 409 and "下一轮从 2027年3月 起" in text(refused)


def test_next_month_is_not_opened_over_this_one_unless_it_is_given_up(paused: Door) -> None:
    with on(date(2026, 10, 20)):
        cadre = paused.as_("cadre")
        fields = {"place": str(paused.village.place.pk), "month": "2026-11"}
        refused = cadre.post("/office/rounds/new", sent(**fields))
        assert refused.status_code == 409 and "2026年10月 的评比还没有开" in text(refused)
        assert "这个月不评了" in text(cadre.get("/office/rounds/new"))
        answer = twice(cadre, "/office/rounds/new", **fields, skips="yes")
        assert answer["Location"] == f"/office/rounds/{Round.objects.get(month=NOVEMBER).pk}"


def test_a_round_that_is_too_far_off_is_shown_and_waits(db: None) -> None:
    door = Door(make_village(text=write(document("wandian", QUARTERLY))))
    closed(door.village, OCTOBER)
    with on(date(2026, 10, 28)):
        page = text(door.as_("cadre").get(NEXT))
        assert "2027年1月 全面评比" in page and "还早,到2026年12月再来开" in page and "开这一轮</button>" not in page
    with on(date(2026, 12, 1)):
        assert "开这一轮</button>" in text(door.as_("cadre").get(NEXT))


def test_a_town_opens_all_its_villages_with_one_confirmation(paused: Door) -> None:
    village = paused.village
    home(village.world, "WD/02/G01", "0101", "胡一刀")
    town = str(village.world["WD"].pk)
    with on(OCTOBER):
        clerk = paused.as_("clerk")
        assert "1 个村还排不出下一轮" in text(clerk.get(NEXT))
        adopted_by_the_other(village)
        page = text(clerk.get(NEXT))
        assert "2 个村,要看 7 户(一共 7 户)" in page and "给 2 个村各开这一轮" in page
        assert page.index("塔湾村") < page.index("石桥村"), "in order of places"
        assert "2 个村开好了" in text(clerk.post(NEXT, sent(place=town, month="2026-10")))
        again = text(clerk.post(NEXT, sent(place=town, month="2026-10")))
        assert "这个月的都开好了" in again
        assert asked(clerk, NEXT) <= MOST
    assert Round.objects.count() == 2


def test_villages_at_different_months_each_have_a_card(paused: Door) -> None:
    village = paused.village
    home(village.world, "WD/02/G01", "0101", "胡一刀")
    adopted_by_the_other(village)
    closed(village, OCTOBER)
    with on(date(2026, 10, 28)):
        page = text(paused.as_("clerk").get(NEXT))
        assert "石桥村 2026年10月 全面评比" in page and "塔湾村 2026年11月 轻量评比" in page
        assert "开石桥村的这一轮</button>" in page and "开塔湾村的这一轮</button>" in page


def test_another_village_s_next_round_is_none_of_theirs(paused: Door) -> None:
    stranger = paused.as_("cadre2")
    assert "塔湾村" not in text(stranger.get(NEXT))
    answer = stranger.post(NEXT, sent(place=str(paused.village.place.pk), month="2026-10"))
    assert answer.status_code == 404 and not Round.objects.exists()
    assert paused.as_("eva1").get(NEXT).status_code == 404


def test_the_month_of_a_village_keeps_to_its_budget(paused: Door) -> None:
    closed(paused.village, OCTOBER)
    with on(NOVEMBER):
        assert asked(paused.as_("cadre"), f"/office/month/{paused.village.place.pk}") <= MOST
        assert asked(paused.as_("cadre"), "/office/") <= MOST
