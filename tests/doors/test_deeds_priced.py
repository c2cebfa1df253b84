"""A home's autumn of deeds through the doors: weighed and paid by the day's price, told of, objected to, put right, taken
back; what was typed wrong is refused in plain words and leaves no row; the stranger finds nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from tests.deeds import FROM, TEXT
from tests.doors.conftest import PIN, TODAY, Door, sent, text
from tests.rounds import at, make_village

from courtyard.households.actions import hand_over_card, issue_cards
from courtyard.inspections.models import Deed, DeedChange
from courtyard.points.queries import balance

pytestmark = pytest.mark.long_on_postgres


@pytest.fixture
def door(db: None, today: date) -> Door:
    village = make_village(text=TEXT)
    cadre = village.actor("cadre")
    issue_cards(place=village.place, by=cadre, at=at(date(2026, 9, 2)))
    hand_over_card(household=village.homes["0101"], pin=PIN, by=cadre, at=at(date(2026, 9, 3)))
    return Door(village)


def record(door: Door, item: str, **more: str) -> Any:
    form = sent(village=str(door.village.place.pk), home="0101", item=item, day="2026-09-12", evidence="照片 7", **more)
    return door.as_("cadre").post("/office/deeds/record", form, follow=True)


BAD = ("0", "100000.5", "-1", "1e3", "NaN", "9223372036854775808", "\uff16", "0.0001", "1_000", "٣")


def test_an_amount_that_is_none_is_refused_and_kept_on_the_page(door: Door):
    for typed in BAD:
        answer = record(door, "recycle/carton", amount=typed)
        assert answer.status_code in (409, 422) and "没有看懂" in text(answer) and typed in text(answer), typed
    assert not Deed.objects.exists()


def test_what_is_counted_comes_whole_and_what_is_weighed_says_how_much(door: Door):
    assert "要写整数" in text(record(door, "bulbs", amount="0.1"))
    assert "请写上数量" in text(record(door, "recycle/carton"))
    assert "没有这样东西的价" in text(record(door, "recycle/iron", amount="1"))
    assert not Deed.objects.exists()


def test_weighed_at_the_desk_confirmed_by_the_town_seen_at_home(door: Door):
    page = text(door.as_("cadre").get("/office/deeds"))
    assert "交可回收物:纸板(每公斤 1.2 元)" in page and "为村里修路出钱(每 10 元 0.5 分)" in page
    assert record(door, "recycle/carton", amount="2.5").status_code == 200
    deed = Deed.objects.get()
    assert deed.amount_milli == 2500 and deed.thing == "carton"
    clerk = door.as_("clerk")
    assert "纸板 2.5 公斤" in text(clerk.get("/office/deeds"))
    assert "记 300 分" in text(clerk.post(f"/office/deeds/{deed.pk}/confirm", sent(), follow=True))
    mine = text(door.as_("household").get("/me/deeds"))
    assert "纸板 2.5 公斤" in mine and "「积分」得 300 分" in mine
    assert balance(door.home.pk).points == 300


def test_what_takes_off_is_told_objected_to_answered_and_put_right(door: Door):
    clerk, cadre, own = door.as_("clerk"), door.as_("cadre"), door.as_("household")
    record(door, "bulbs", amount="20")
    clerk.post(f"/office/deeds/{Deed.objects.get().pk}/confirm", sent())
    assert "告诉" in text(record(door, "dumping"))
    assert record(door, "dumping", told=TODAY.isoformat()).status_code == 200
    deed = Deed.objects.get(item="dumping")
    page = f"/office/deeds/{deed.pk}"
    early = clerk.post(f"{page}/confirm", sent())
    assert early.status_code == 409 and FROM.isoformat() in text(early)
    assert "有一件事告诉过您家" in text(own.get("/me")) and "看到了什么:照片 7" in text(own.get("/me/deeds"))
    form = sent(words="那天不在家")
    for _ in range(2):  # the same command again is one objection
        assert "收到了" in text(own.post(f"/me/deeds/{deed.pk}/object", form, follow=True))
    change = DeedChange.objects.get()
    supervisor = door.as_("supervisor")
    assert "王建国" in text(supervisor.get(page)) and "那天不在家" in text(supervisor.get(page))
    none = supervisor.post(f"{page}/answer", sent(change=str(change.pk), answer="no"))
    assert none.status_code == 409 and "照实的话" in text(none)
    said = sent(change=str(change.pk), answer="no", words="照片是前一天的")
    assert "已答复" in text(supervisor.post(f"{page}/answer", said, follow=True))
    assert "照片是前一天的" in text(own.get("/me/deeds"))
    with time_machine.travel(at(FROM, 9), tick=True):
        clerk, cadre, own, supervisor = (door.as_(who) for who in ("clerk", "cadre", "household", "supervisor"))
        done = clerk.post(f"{page}/confirm", sent(), follow=True)
        assert "「积分」减 10 分" in text(done) and balance(door.home.pk).points == 30
        assert "垃圾倒在沟里" in text(own.get("/me/points")), "the statement names the deed"
        cadre.post(f"{page}/say", sent(kind="mended", day=FROM.isoformat(), words="去看过,清干净了"))
        mended = DeedChange.objects.get(kind="mended")
        supervisor.post(f"{page}/answer", sent(change=str(mended.pk), answer="yes"))
        assert balance(door.home.pk).points == 38
        assert "改好了,按办法改算" in text(own.get("/me/deeds"))
        cadre.post(f"{page}/say", sent(kind="mistaken", words="是隔壁的"))
        wrong = DeedChange.objects.get(kind="mistaken")
        supervisor.post(f"{page}/answer", sent(change=str(wrong.pk), answer="yes"))
        assert balance(door.home.pk).points == 40 and "已经收回" in text(own.get("/me/deeds"))


def test_the_stranger_finds_nothing(door: Door):
    record(door, "bulbs", amount="3")
    page = f"/office/deeds/{Deed.objects.get().pk}"
    assert door.as_("cadre2").get(page).status_code == 404
    assert door.as_("cadre2").post(f"{page}/object", sent(words="不同意")).status_code == 404
    assert door.as_("cadre").post(f"{page}/answer", sent(answer="yes")).status_code in (403, 404)
