"""The close in the office: one village, or village by village; what was booked and what waits; the budget."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import get_resolver, reverse
from tests.doors.conftest import TODAY, Door, sent, text
from tests.doors.test_budget import MOST, asked
from tests.rounds import OCTOBER, at, given, mark, opened_round, panel
from tests.worlds import AT

from courtyard.honours.models import Listing
from courtyard.inspections.models import Result, Round
from courtyard.points.actions.accounts import draw, open_accounts
from courtyard.points.actions.booking import Move, book
from courtyard.points.queries import budget
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.journal import act
from courtyard.records.models import Entry

CLOSE = "/office/rounds/close"


@pytest.fixture
def marked(door: Door, opened: Round, today) -> Round:
    good, poor = given("good"), given("poor")
    marks = dict.fromkeys(door.village.homes, good) | {"0203": poor}
    mark(door.village, opened, marks, today.replace(day=10))
    return opened


def test_a_round_is_closed_once_and_says_what_it_did(door: Door, marked: Round):
    cadre, url = door.as_("cadre"), f"/office/rounds/{marked.pk}"
    last = Entry.objects.latest("pk")
    before = text(cadre.get(f"{url}/close"))
    assert "每张评分表都录齐了" in before
    assert figures(before) == {
        "这一轮要发": "50", "以前待发的": "0", "一共要": "50", "预算还有": "100000", "红榜候选": "5 户", "黑榜候选": "1 户",
        "会了结、下榜的": "0 条", "得称号的": "0 户", "称号收回的": "0 户",
    }  # fmt: skip
    assert "预算够,关账就到账 50 分" in before
    assert Entry.objects.latest("pk") == last, "looking writes nothing"
    fields = sent()
    assert cadre.post(f"{url}/close", fields)["Location"] == url
    done = text(cadre.get(url))
    assert "评了 6 户,记积分 50 分:到账 50 分,待发 0 分;红榜候选 5 户,黑榜候选 1 户。" in done
    assert "已关账" in done
    assert cadre.post(f"{url}/close", fields).status_code == 302
    again = cadre.post(f"{url}/close", sent())
    assert again.status_code == 409
    assert "早已关账" in text(cadre.get(f"{url}/close"))


def figures(page: str) -> dict[str, str]:
    """Label → figure of the close page's lines."""
    lines = re.findall(r'<tr><th scope="row">(.*?)</tr>', page, re.S)
    found = [re.sub(r"<.*?>", " ", line).split(maxsplit=1) for line in lines]
    return {label: " ".join(figure.split()) for label, figure in found}


def test_a_budget_that_does_not_suffice_is_seen_before_the_button_is_pressed(door: Door, marked: Round):
    spare = budget(door.village.place.pk).left - 49
    with act("test.spend", by=door.village.world.terminal, at=AT, chain=door.village.place.pk) as pen:
        account = open_accounts(pen, AccountKind.ISSUANCE, [door.village.place.pk])[door.village.place.pk]
        shop = open_accounts(pen, AccountKind.SHOP, [door.village.place.pk])[door.village.place.pk]
        assert draw(pen, account, spare)
        book(pen, [Move(account, shop, spare, Cause.ADJUSTMENT, door.village.place.pk, AT.date())])
    cadre, url = door.as_("cadre"), f"/office/rounds/{marked.pk}"
    page = text(cadre.get(f"{url}/close"))
    assert (figures(page)["一共要"], figures(page)["预算还有"]) == ("50", "49")
    assert "预算还差 1 分" in page and "全村 50 分一起待发" in page
    cadre.post(f"{url}/close", sent())
    assert "到账 0 分,待发 50 分" in text(cadre.get(url))


def test_the_page_asks_no_more_with_entries_that_stand_and_marks_that_miss(door: Door, marked: Round):
    door.as_("cadre").post(f"/office/rounds/{marked.pk}/close", sent())
    october = opened_round(door.village, OCTOBER, TODAY)
    day = OCTOBER.replace(day=12)
    mark(door.village, october, {"0101": [given("good")], "0201": given("fair")}, day)
    with time_machine.travel(at(day, 19)):
        client, url = door.as_("cadre"), f"/office/rounds/{october.pk}/close"
        page = text(client.get(url))
        assert "1组 3 户不到 3 人评" in " ".join(re.sub(r"<.*?>", " ", page).split())
        assert Listing.objects.filter(state="candidate").exists()
        assert asked(client, url) <= MOST


def test_what_stops_a_close_is_said_and_there_is_no_button(door: Door, opened: Round):
    page = text(door.as_("cadre").get(f"/office/rounds/{opened.pk}/close"))
    assert "关这一轮的账" not in page
    assert "还没有收到一份评分" in page


def test_nothing_opens_a_closed_round_again(door: Door, marked: Round):
    """Every address that names a round, pressed by everybody there is, with what its forms may hold: it stays closed."""
    cadre = door.as_("cadre")
    cadre.post(f"/office/rounds/{marked.pk}/close", sent())
    before = (Round.objects.filter(pk=marked.pk).values().get(), sorted(Result.objects.values_list()))
    pressed = 0
    for address in addresses_of(marked, door):
        for who in ("cadre", "clerk", "supervisor", "eva1", "household", "nobody"):
            fields = sent(month="2026-09", place=str(door.village.place.pk), state="open", reopen="1", village="WD/01")
            answer = door.as_(who).post(address, fields)
            pressed += answer.status_code not in (404, 405)
    assert pressed, "none of them was there"
    after = Round.objects.filter(pk=marked.pk).values().get()
    assert (after["state"], after["closed"]) == (before[0]["state"], before[0]["closed"]) == ("closed", TODAY)
    assert sorted(Result.objects.values_list()) == before[1]
    assert Round.objects.filter(village=marked.village, month=marked.month).count() == 1


def addresses_of(closed: Round, door: Door) -> list[str]:
    """Every address of the office that takes a round's id, and the one that opens rounds."""
    near = {"group": door.home.group_id, "evaluator": panel(closed, "0101", door.village)[0]}
    found = []
    for one in get_resolver("courtyard.office.urls").reverse_dict.lists():
        name, ways = one[0], one[1]
        if not isinstance(name, str):
            continue
        for way in ways:
            for _, names in way[0]:
                if "id" in names and set(names) <= {"id", *near}:
                    found.append(
                        reverse(f"office:{name}", kwargs={k: closed.pk if k == "id" else near[k] for k in names})
                    )
    rounds = [address for address in found if "/rounds/" in address]
    assert f"/office/rounds/{closed.pk}/close" in rounds
    return [*rounds, "/office/rounds/open"]


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


def test_a_round_nobody_walked_is_called_off_and_the_next_may_be_opened(door: Door, opened: Round):
    cadre, url = door.as_("cadre"), f"/office/rounds/{opened.pk}"
    assert "没有去评,这一轮作罢" in text(cadre.get(f"{url}/close"))
    fields = sent()
    assert cadre.post(f"{url}/call-off", fields)["Location"] == url
    assert cadre.post(f"{url}/call-off", fields)["Location"] == url, "the same answer again"
    opened.refresh_from_db()
    assert opened.state == "dropped" and not Result.objects.exists() and not Listing.objects.exists()
    assert "已经作罢,没有结果" in text(cadre.get(f"{url}/close"))
    page, month = text(cadre.get(url)), text(cadre.get(f"/office/month/{door.village.place.pk}"))
    assert "已作罢" in page and "照纸录入" not in page and "这个月不评(这一轮作罢了)" in month
    assert "评了 0 户" not in text(door.as_("nobody").get("/g/WD/01")), (
        "the board stays with the last round that was walked"
    )
    assert door.as_("cadre2").post(f"{url}/call-off", sent()).status_code == 404
    answer = cadre.post(f"{url}/call-off", sent())
    assert "这一轮已经关账" in text(answer)


def test_a_round_with_a_single_mark_is_not_called_off(door: Door, marked: Round):
    answer = door.as_("cadre").post(f"/office/rounds/{marked.pk}/call-off", sent())
    assert "已经有户评过了,不能作罢" in text(answer)
    marked.refresh_from_db()
    assert marked.state == "open"
