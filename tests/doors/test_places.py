"""Holidays and complaint lines through the doors; what a table of holidays does to the day of a publication."""

from __future__ import annotations

from datetime import date

from tests import lists
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.lists import PUBLISH_FROM, TOLD
from tests.places.test_rules import CASES

from courtyard.households.actions import declare_kin
from courtyard.households.rules.states import KinKind
from courtyard.people.said_days import prose
from courtyard.places.queries import holidays

TABLE = "/office/places/holidays/2026"
# The five working days after Tuesday 22 September, when 中秋 is free from Friday to Sunday and 29, 30 are worked.
WITH_THE_TABLE = date(2026, 10, 1)


def test_a_table_with_a_gap_is_answered_in_words_and_nothing_is_lost(door: Door):
    clerk, whole = door.as_("clerk"), CASES["whole"]
    assert "还没有表" in text(clerk.get("/office/places"))
    for old, new, told in (
        ("10月1日至2026年10月7日", "10月1日至2026年10月3日 国庆节\n10-05 至 10-07", "缺了 2026年10月4日"),
        ("05-09 上班", "05-03 上班", "又写放假又写上班"),
        ("06-19 至 06-21 端午节", "六月放三天", "看不懂"),
        ("06-19 至 06-21 端午节", "06-19 至 06-21 端午节\n06-20 端午节", "写了两次"),
    ):
        typed = whole.replace(old, new)
        answer = clerk.post(TABLE, sent(lines=typed))
        assert answer.status_code == 409 and told in text(answer)
        assert "02-15 至 02-23 春节" in text(answer), "what was typed is kept"
        assert not holidays().known(2026)
    twice(clerk, TABLE, lines=whole)
    assert "10-01 至 10-07 国庆节" in text(clerk.get(TABLE))
    assert "存好了" in text(clerk.get("/office/places"))
    assert clerk.get("/office/places/holidays/1999").status_code == 404


def test_a_day_said_as_provisional_never_comes_earlier(door: Door):
    _, listing = lists.notified(door.village)
    assert (listing.publish_from, listing.provisional) == (PUBLISH_FROM, True)
    with on(TOLD):
        assert "(暂定)" in text(door.as_("cadre").get(f"/office/lists/{listing.pk}"))
        twice(door.as_("clerk"), TABLE, lines=CASES["whole"])
    with on(PUBLISH_FROM):
        early = door.as_("deputy").post(f"/office/lists/{listing.pk}/publish", sent())
        assert early.status_code == 409 and prose(WITH_THE_TABLE) in text(early)
    with on(WITH_THE_TABLE):
        twice(door.as_("deputy"), f"/office/lists/{listing.pk}/publish")


def test_the_complaint_line_is_nobodys_with_a_duty_there(door: Door):
    village, clerk = door.village, door.as_("clerk")
    address = f"/office/places/lines/{village.place.pk}"
    own = village.homes["0201"]  # its kept number is 13807222345
    declare_kin(
        account=village.world.accounts["deputy"], household=own, kind=KinKind.OWN_HOME, by=village.actor("cadre"),
        at=lists.at(TOLD),
    )  # fmt: skip
    refused = clerk.post(address, sent(line="138 0722 2345"))
    assert refused.status_code == 409 and "不能当监督电话" in text(refused) and "138 0722 2345" in text(refused)
    twice(clerk, address, line="0722-7654321")
    assert "0722-7654321" in text(door.as_("nobody").get("/g/WD/01"))
    assert door.as_("cadre").get(address).status_code == 404
