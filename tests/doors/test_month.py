"""The month of a village in one list: what is left of it follows the work, and it is honest where nothing is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.doors.conftest import Door, sent
from tests.rounds import given, mark, opened_round

from courtyard.inspections.models import Round

LINE = re.compile(r"<b>([^<]+)</b></span>(.*?)</a>", re.S)


def left(door: Door, who: str = "cadre") -> dict[str, int]:
    """Each line of the village's list → how many are left (0: done)."""
    counted = {words: re.search(r"还有 (\d+)", state) for words, state in lines(door, who).items()}
    return {words: int(n[1]) if n else 0 for words, n in counted.items()}


def lines(door: Door, who: str = "cadre") -> dict[str, str]:
    """Each line of the village's list → its state as the page's markup."""
    return dict(LINE.findall(door.as_(who).get(f"/office/month/{door.village.place.pk}").content.decode()))


def test_the_list_follows_the_month(door: Door, today: date):
    homes = len(door.village.homes)
    assert left(door)["开这个月的评比"] == 1
    assert left(door)["做好了、还没交到手的卡"] == homes - 1
    fields = {"place": door.village.place.pk, "month": f"{today:%Y-%m}"}
    assert door.as_("cadre").post("/office/rounds/new", sent(**fields)).status_code in (200, 302)
    opened = Round.objects.get()
    before = left(door)
    assert (before["入户评比"], before["关账"], before["照纸录评分"]) == (homes, 1, homes)
    sheet = "评分表,一人一份"
    assert f"已录 0/{homes} 户" in lines(door)[sheet] and "sign-todo" in lines(door)[sheet]
    mark(door.village, opened, {"0101": given("good")}, today)
    assert f"已录 1/{homes} 户" in lines(door)[sheet] and "sign-todo" in lines(door)[sheet], "one home is not all"
    marks: dict[str, Any] = dict.fromkeys(door.village.homes, given("good")) | {"0203": given("poor")}
    mark(door.village, opened, marks, today)
    slip = "条子,看到了什么的户一户一张"
    assert left(door)[slip] == 1
    assert door.as_("cadre").post(f"/office/rounds/{opened.pk}/slips/print", sent()).status_code == 302
    marked = left(door)
    assert (marked[slip], marked["录回执"]) == (0, 1)
    assert (marked["入户评比"], marked["照纸录评分"]) == (0, 0)
    assert f"已录 {homes}/{homes} 户" in lines(door)[sheet] and "sign-done" in lines(door)[sheet]
    assert door.as_("cadre").post(f"/office/rounds/{opened.pk}/close", sent()).status_code == 302
    closed = left(door)
    assert (closed["关账"], closed["公示栏海报"], closed["请两人复看"]) == (0, 0, 1)
    assert closed["红榜等第二个人确认"] == homes - 1
    for paper in ("公示栏海报", "成绩单,一户一张"):
        assert "随时可以打印" in lines(door)[paper] and "办好了" not in lines(door)[paper]
    assert f"已录 {homes}/{homes} 户" in lines(door)[sheet] and "sign-done" in lines(door)[sheet]


def test_a_round_closed_with_homes_nobody_marked_does_not_say_its_sheets_are_done(door: Door, today: date):
    opened = opened_round(door.village, today.replace(day=1))
    mark(door.village, opened, {"0101": given("good")}, today)
    assert door.as_("cadre").post(f"/office/rounds/{opened.pk}/close", sent()).status_code == 302
    state = lines(door)["评分表,一人一份"]
    assert f"已录 1/{len(door.village.homes)} 户" in state and "sign-off" in state


def test_one_village_s_month_opens_at_once_and_several_are_chosen_from(door: Door):
    assert door.as_("cadre").get("/office/month")["Location"] == f"/office/month/{door.village.place.pk}"
    page = door.as_("clerk").get("/office/month").content.decode()
    assert "塔湾村" in page
    assert "石桥村" in page


def test_another_village_s_month_is_not_there(door: Door):
    assert door.as_("cadre2").get(f"/office/month/{door.village.place.pk}").status_code == 404


def test_where_nothing_is_to_do_it_says_so(door: Door):
    empty = door.village.world["WD/02"]
    page = door.as_("cadre2").get(f"/office/month/{empty.pk}").content.decode()
    assert "这个月的事都办好了" in page
