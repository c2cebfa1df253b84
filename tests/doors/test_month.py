"""The month of a village in one list: what is left of it follows the work, and it is honest where nothing is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.doors.conftest import Door, sent
from tests.rounds import given, mark

from courtyard.inspections.models import Round

LINE = re.compile(r"<b>([^<]+)</b></span>(.*?)</a>", re.S)


def left(door: Door, who: str = "cadre") -> dict[str, int]:
    """Each line of the village's list → how many are left (0: done)."""
    page = door.as_(who).get(f"/office/month/{door.village.place.pk}").content.decode()
    counted = {words: re.search(r"还有 (\d+)", state) for words, state in LINE.findall(page)}
    return {words: int(n[1]) if n else 0 for words, n in counted.items()}


def test_the_list_follows_the_month(door: Door, today: date):
    homes = len(door.village.homes)
    assert left(door)["开这个月的评比"] == 1
    assert left(door)["做好了、还没交到手的卡"] == homes - 1
    fields = {"place": door.village.place.pk, "month": f"{today:%Y-%m}"}
    assert door.as_("cadre").post("/office/rounds/new", sent(**fields)).status_code in (200, 302)
    opened = Round.objects.get()
    before = left(door)
    assert (before["评分表,一人一份"], before["入户评比"], before["关账"]) == (1, homes, 1)
    assert before["照纸录评分"] == homes
    marks: dict[str, Any] = dict.fromkeys(door.village.homes, given("good")) | {"0203": given("poor")}
    mark(door.village, opened, marks, today)
    slip = "条子,看到了什么的户一户一张"
    assert left(door)[slip] == 1
    assert door.as_("cadre").post(f"/office/rounds/{opened.pk}/slips/print", sent()).status_code == 302
    marked = left(door)
    assert (marked[slip], marked["录回执"]) == (0, 1)
    assert (marked["评分表,一人一份"], marked["入户评比"], marked["照纸录评分"]) == (0, 0, 0)
    assert door.as_("cadre").post(f"/office/rounds/{opened.pk}/close", sent()).status_code == 302
    closed = left(door)
    assert (closed["关账"], closed["公示栏海报"], closed["请两人复看"]) == (0, 0, 1)
    assert closed["红榜等第二个人确认"] == homes - 1


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
