"""The close in the office: one village, or village by village; what was booked and what waits; the budget."""

from __future__ import annotations

import pytest
from tests.doors.conftest import Door, sent, text
from tests.rounds import given, mark

from courtyard.inspections.models import Round
from courtyard.points.queries import budget

CLOSE = "/office/rounds/close"


@pytest.fixture
def marked(door: Door, opened: Round, today) -> Round:
    good, poor = given("good"), given("poor")
    marks = dict.fromkeys(door.village.homes, good) | {"0203": poor}
    mark(door.village, opened, marks, today.replace(day=10))
    return opened


def test_a_round_is_closed_once_and_says_what_it_did(door: Door, marked: Round):
    cadre, url = door.as_("cadre"), f"/office/rounds/{marked.pk}"
    before = text(cadre.get(f"{url}/close"))
    assert "每张评分表都录齐了" in before
    assert "还可以发 100000 分" in before
    fields = sent()
    assert cadre.post(f"{url}/close", fields)["Location"] == url
    done = text(cadre.get(url))
    assert "评了 6 户,记积分 50 分:到账 50 分,待发 0 分;红榜候选 5 户,黑榜候选 1 户。" in done
    assert "已关账" in done
    assert cadre.post(f"{url}/close", fields).status_code == 302
    again = cadre.post(f"{url}/close", sent())
    assert again.status_code == 409
    assert "早已关账" in text(cadre.get(f"{url}/close"))


def test_villages_are_closed_one_after_another(door: Door, marked: Round):
    clerk = door.as_("clerk")
    assert "下一个:塔湾村" in text(clerk.get(CLOSE))
    answer = text(clerk.post(CLOSE, sent(), HTTP_HX_REQUEST="true"))
    assert "评了 6 户" in answer
    assert "都办完了" in answer
    assert Round.objects.get(pk=marked.pk).state == "closed"
    assert "没有开着的轮次" in text(clerk.get(CLOSE))


def test_a_village_that_cannot_be_closed_is_named_and_passed(door: Door, opened: Round):
    answer = text(door.as_("clerk").post(CLOSE, sent()))
    assert f'name="passed" value="{opened.pk}"' not in answer, "nothing is left to close"
    assert "塔湾村" in answer
    assert Round.objects.get(pk=opened.pk).state == "open"


def test_nobody_closes_another_village_s(door: Door, marked: Round):
    stranger = door.as_("cadre2")
    assert stranger.post(f"/office/rounds/{marked.pk}/close", sent()).status_code == 404
    stranger.post(CLOSE, sent())
    assert Round.objects.get(pk=marked.pk).state == "open"


def test_points_wait_for_a_budget_and_are_paid_together(door: Door, marked: Round):
    village = door.village.place
    clerk, page = door.as_("clerk"), f"/office/points/{village.pk}"
    fields = sent(points="500", document="镇财政所 2026 年第 12 号")
    for _ in range(2):
        assert clerk.post(f"{page}/fund", fields).status_code == 302
    assert budget(village.pk).funded == 100_500
    assert "100500" in text(clerk.get("/office/points"))
    nothing = clerk.post(f"{page}/pay", sent())
    assert nothing.status_code == 409
    assert "「多少分」填的「-5」" in text(clerk.post(f"{page}/fund", sent(points="-5", document="x")))
    assert door.as_("cadre").post(f"{page}/fund", fields).status_code == 404
    assert door.as_("cadre").get(page).status_code == 200
    assert door.as_("cadre2").get(page).status_code == 404
