"""Help and deeds through the doors: said, taken, done, thanked; the stranger, the repeat; who never sees the care list."""

from __future__ import annotations

import re
from typing import Any

from tests import lists
from tests.doors.conftest import TODAY, Door, sent, text
from tests.rounds import at, closed_round, given, opened_round, panel

from courtyard.honours.models import HelpTask, Listing
from courtyard.households.actions import confirm_care, propose_care
from courtyard.households.models import Household
from courtyard.households.rules.states import CareKind
from courtyard.inspections.models import Deed
from courtyard.outreach.gathering import score_sheets_of
from courtyard.points.queries import balance

CARE_WORDS = ("照顾名单", "独居老人")


def alone(door: Door, who: str = "eva1", code: str = "0201", **more: Any) -> Any:
    return door.as_(who).post("/office/help/alone", sent(home=code, channel="spoken", **more), follow=True)


def test_said_to_an_evaluator_taken_by_a_neighbour_done_and_thanked(door: Door):
    answer = alone(door)
    assert "帮好以前什么也不公示" in text(answer)
    assert "早已记下" in text(alone(door)) and HelpTask.objects.count() == 1
    task = HelpTask.objects.get()
    cadre = door.as_("cadre")
    assert "1 户等人帮" in text(cadre.get("/office/"))
    board = text(cadre.get("/office/help"))
    assert "陈桂花" in board and "还没有人" in board
    page = f"/office/help/{task.pk}"
    form = sent(neighbour="0101", person="", words="")
    for _ in range(2):  # the same command again is the same deed
        assert "王建国家" in text(cadre.post(f"{page}/take", form, follow=True))
    done = sent(day=TODAY.isoformat())
    for _ in range(2):
        assert "去帮的邻居记了一件事项" in text(cadre.post(f"{page}/done", done, follow=True))
    deed = Deed.objects.get()
    assert "1 件事项等确认" in text(door.as_("clerk").get("/office/"))
    confirmed = door.as_("clerk").post(f"/office/deeds/{deed.pk}/confirm", sent(), follow=True)
    assert "记 5 分" in text(confirmed) and balance(door.home.pk).points == 5
    own = door.as_("household")
    mine, points = text(own.get("/me")), text(own.get("/me/points"))
    assert "谢谢您帮了邻居" in mine and "帮邻居收拾" in points
    assert "陈桂花" not in mine + points, "thanks never name who was helped"


def test_a_household_says_it_itself_and_sees_who_comes(door: Door):
    own = door.as_("household")
    closed_round(door.village, {"0101": given("fair"), "0201": given("fair")})
    assert "我一个人弄不动" in text(own.get("/me"))
    form = sent()
    for _ in range(2):
        assert "村里安排人来帮" in text(own.post("/me/alone", form, follow=True))
    task = HelpTask.objects.get()
    assert task.channel == "page" and "村里正在安排人" in text(own.get("/me"))
    door.as_("cadre").post(f"/office/help/{task.pk}/take", sent(words="组里志愿队"))
    assert "组里志愿队来帮您" in text(own.get("/me"))
    refused = door.as_("cadre").post(f"/office/help/{task.pk}/end", sent())
    assert refused.status_code == 409 and "要不要帮由他们自己说" in text(refused)
    assert "不用帮了" in text(own.post(f"/me/no-help/{task.pk}", sent(), follow=True))
    own.post("/me/alone", sent())
    own.post(f"/me/no-help/{HelpTask.objects.get(state='open').pk}", sent())
    third = own.post("/me/alone", sent())
    assert third.status_code == 409 and "今年已经说过 2 次" in text(third)
    assert 'action="/me/alone"' not in text(own.get("/me"))
    alone(door)
    theirs = HelpTask.objects.get(household=door.village.homes["0201"].pk)
    assert own.post(f"/me/no-help/{theirs.pk}", sent()).status_code == 404, (
        "a neighbour's help is not theirs to give up"
    )


def test_strangers_and_bad_input(door: Door):
    alone(door)
    task = HelpTask.objects.get()
    page = f"/office/help/{task.pk}"
    for who in ("cadre2", "eva1", "keeper"):
        for method, address in (
            ("get", page),
            ("post", f"{page}/take"),
            ("post", f"{page}/done"),
            ("post", f"{page}/end"),
        ):
            assert getattr(door.as_(who), method)(address, sent()).status_code == 404, (who, address)
    assert "陈桂花" not in text(door.as_("cadre2").get("/office/help"))
    unknown = alone(door, "cadre2")
    assert unknown.status_code == 409 and "没有找到「0201」这一户" in text(unknown)
    cadre = door.as_("cadre")
    for fields, words in (
        ({}, "还没有写清谁去帮"),
        ({"neighbour": "0999"}, "没有找到「0999」"),
        ({"neighbour": "0201"}, "自己家不能算"),
    ):
        answer = cadre.post(f"{page}/take", sent(**fields))
        assert answer.status_code == 409 and words in text(answer)
    late = cadre.post(f"{page}/done", sent(words="志愿队", day="2026-09-15"))
    assert late.status_code == 409 and "还没有到" in text(late) and "志愿队" in text(late), "input is kept"


def test_a_deed_is_recorded_by_one_and_confirmed_by_another_level(door: Door):
    cadre = door.as_("cadre")
    page = text(cadre.get("/office/deeds"))
    assert "参加组里大扫除(3 分)" in page and "/confirm" not in page
    village = str(door.village.place.pk)
    form = sent(village=village, home="0102", item="cleanup", day="2026-09-12", evidence="照片 7")
    for _ in range(2):
        assert "等镇里或监督员确认" in text(cadre.post("/office/deeds/record", form, follow=True))
    deed = Deed.objects.get()
    again = cadre.post("/office/deeds/record", {**form, "command": ""})
    assert again.status_code == 409 and "同一件一天只记一次" in text(again) and "照片 7" in text(again)
    assert cadre.post(f"/office/deeds/{deed.pk}/confirm", sent()).status_code in (403, 404)
    outside = door.as_("cadre2").post("/office/deeds/record", sent(**{**form, "home": "0102"}))
    assert outside.status_code == 404, "another village does not exist for them"
    supervisor = door.as_("supervisor")
    assert "李秀英" in text(supervisor.get("/office/deeds"))
    assert "记 3 分" in text(supervisor.post(f"/office/deeds/{deed.pk}/confirm", sent(), follow=True))
    answer = supervisor.post(f"/office/deeds/{deed.pk}/decline", sent())
    assert answer.status_code == 409 and "没有再办一次" in text(answer)
    assert "李秀英" not in text(door.as_("cadre2").get("/office/deeds"))


def test_care_confirmed_on_the_page_takes_the_entry_off_at_once_and_opens_help(door: Door):
    _, listing = lists.notified(door.village)
    cadre = door.as_("cadre")
    line = propose_care(
        household=Household.objects.get(pk=listing.household_id), kind=CareKind.ELDER_ALONE,
        by=door.village.actor("cadre", at(TODAY)), at=at(TODAY),
    )  # fmt: skip
    assert "陈桂花" in text(cadre.get("/office/care"))
    cadre.post(f"/office/care/{line.pk}", sent(decision="yes"))
    assert Listing.objects.get(pk=listing.pk).state == "dropped"
    assert HelpTask.objects.get().why == "care"
    assert "照顾名单上的户评为差" in text(cadre.get("/office/help"))


def test_set_away_on_the_page_ends_the_entry(door: Door):
    _, listing = lists.notified(door.village)
    door.as_("cadre").post(f"/office/households/{listing.household_id}/living", sent(living="away"))
    assert Listing.objects.get(pk=listing.pk).state == "dropped"


def test_an_evaluator_never_sees_who_is_cared_for(door: Door):
    """Sheet, marks page, one home a screen, 今天: the same bytes whether a home is on the care list or not."""
    opened = opened_round(door.village)
    rater = panel(opened, "0101", door.village)[0]
    who = next(name for name, account in door.village.world.accounts.items() if account.pk == rater)
    client = door.as_(who)
    group = door.home.group_id
    pages = [
        "/office/",
        f"/office/rounds/{opened.pk}",
        f"/office/rounds/{opened.pk}/marks/{group}/{rater}",
        f"/office/rounds/{opened.pk}/marks/{group}/{rater}/home",
    ]

    def bare() -> list[str]:
        answers = [client.get(page) for page in pages]
        assert {answer.status_code for answer in answers} == {200}
        return [re.sub(r'(value|nonce)="[^"]*"', "", text(answer)) for answer in answers]

    before, paper = bare(), score_sheets_of(opened, TODAY)
    cadre = door.village.actor("cadre", at(TODAY))
    home = Household.objects.get(pk=door.home.pk)
    line = propose_care(household=home, kind=CareKind.ELDER_ALONE, by=cadre, at=at(TODAY))
    confirm_care(care=line, confirmed=True, by=cadre, at=at(TODAY))
    after = bare()
    assert before == after
    assert score_sheets_of(opened, TODAY) == paper, "the printed sheet is the same too"
    assert not [word for page in after for word in CARE_WORDS if word in page]
    assert client.get("/office/care").status_code == 404
    assert client.get("/office/help").status_code == 404
