"""The screens around the main job, looked at as they stand while a month is under way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.browser.walking import Walk
from tests.groups import NUMBERS, group_of
from tests.naming import filed
from tests.rounds import VILLAGE, Village, at, fill_village, given, mark, opened_round, others
from tests.worlds import person

from courtyard.honours.actions import close_village, say_cannot_alone
from courtyard.honours.models import Listing
from courtyard.households.actions import set_covenant
from courtyard.inspections.actions import draw_yards
from courtyard.inspections.actions.deeds import record_deed
from courtyard.inspections.models import Round
from courtyard.kernel.actors import DutyKind

pytestmark = [pytest.mark.browser, pytest.mark.long]

COVENANT = (
    "门前屋后自己扫,柴草农具码整齐。\n谁家有老人一个人弄不动,左邻右舍搭把手。\n评比公开,不同意就说,说了要给答复。"
)


def month_under_way(village: Village, today: date) -> Round:
    """Closed this morning: one home poor and not yet looked at again, one owed help, a deed, the papers of names."""
    now = at(today, 8)
    cadre = village.actor("cadre", now)
    for n in NUMBERS[6:]:
        person(village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, VILLAGE)
    group_of(village)
    draw_yards(village=village.place, by=cadre, at=now)
    given_ = {"title": "塔湾村村规民约", "text": COVENANT, "passed": today, "document": "塔湾村民会议〔2026〕1号"}
    set_covenant(place=village.place, attendance=5, households=6, by=cadre, at=now, **given_)
    opened = opened_round(village, today.replace(day=1), today)
    homes = dict.fromkeys(("0101", "0102", "0103", "0201", "0202"), given("good")) | {"0203": given("poor")}
    mark(village, opened, homes, today)
    close_village(closing=opened, by=cadre, at=at(today, 9))
    say_cannot_alone(household=village.homes["0202"], by=cadre, at=now)
    record_deed(
        village=village.place, household=village.homes["0103"], item="cleanup", day=today, evidence="照片 1", by=cadre,
        at=now,
    )  # fmt: skip
    filed(
        village, today, resolved_on=today - timedelta(days=20), assessed_on=today - timedelta(days=10),
        expires_on=today + timedelta(days=100),
    )  # fmt: skip
    return opened


def at_the_desk(walk: Walk, page: Any, addresses: dict[str, str], shows: dict[str, str]) -> None:
    """Each address opens, shows the thing that was put there, and is looked at."""
    for name, address in addresses.items():
        page.goto(walk.url + "/office/" + address)
        assert shows[name] in page.locator("main").inner_text(), name
        walk.station(page, name)


def test_screens_around_the_main_job(served, own_world, browser_pages):
    walk, village, today = Walk(served.url, browser_pages), fill_village(Village(own_world)), date.today()
    opened, place = month_under_way(village, today), village.place.pk
    addresses = {
        "month": f"month/{place}", "slips": f"rounds/{opened.pk}/slips", "draws": f"rounds/{opened.pk}/draws",
        "counterfoils": "counterfoils", "groups": "groups", "help": "help", "deeds": "deeds", "covenants": "covenants",
    }  # fmt: skip
    shows = {
        "month": "要上门的", "slips": "空白条子", "draws": "和记录一样", "counterfoils": "纸上勾了什么",
        "groups": "在任", "help": "0202", "deeds": "0103", "covenants": "塔湾村村规民约",
    }  # fmt: skip
    cadre = walk.as_("cadre")
    at_the_desk(walk, cadre, addresses, shows)
    cadre.goto(walk.url + "/office/help")
    cadre.locator(".rows th a").first.click()
    cadre.get_by_text("谁去帮").first.wait_for()
    walk.station(cadre, "help-task")
    clerk = walk.as_("clerk")
    addresses = {
        "names": f"lists/names/{place}", "holidays": f"places/holidays/{today.year + 1}", "people": "people",
    }  # fmt: skip
    shows = {"names": "塔湾村民会议〔2026〕5号", "holidays": "照放假通知写", "people": "镇干部"}
    at_the_desk(walk, clerk, addresses, shows)
    looked_at_again(walk, village, opened)
    walk.check()


def looked_at_again(walk: Walk, village: Village, opened: Round) -> None:
    """Another group's evaluator finds the home on the phone, and its screen presets nothing."""
    goes = others(opened, village, "0203")[0]
    name = next(name for name, account in village.world.accounts.items() if account.pk == goes)
    page = walk.as_(name, phone=True)
    page.goto(walk.url + "/office/revisits")
    walk.station(page, "revisits")
    page.locator(".todo a").first.click()
    page.get_by_text(Listing.objects.get(kind="black").household.code).first.wait_for()
    assert not page.locator(".at-the-door input[type=radio]:checked").count(), "no button is preset"
    walk.station(page, "revisit")
