"""People and duties in the office, and 今天."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.doors.conftest import Door, sent, text
from tests.rounds import given, mark

from courtyard.people.models import Account, Duty

PEOPLE = "/office/people"


def fields(door: Door, **more: str) -> dict[str, str]:
    base = {"name": "新来的", "username": "newcomer", "password": "plum-blossom-77", "kind": "evaluator"}
    return sent(**(base | {"place": str(door.village.place.pk)} | more))


def test_a_person_gets_an_account_and_a_duty(door: Door):
    clerk = door.as_("clerk")
    assert clerk.post(f"{PEOPLE}/new", fields(door)).status_code == 302
    assert "新来的" in text(clerk.get(PEOPLE))
    answer = Client().post("/login", {"username": "newcomer", "password": "plum-blossom-77"})
    assert answer["Location"] == "/office/"
    taken = clerk.post(f"{PEOPLE}/new", fields(door))
    assert taken.status_code == 409
    assert "plum-blossom-77" not in text(taken)


def test_an_ended_duty_is_gone_with_the_next_click(door: Door):
    cadre = door.as_("cadre")
    assert cadre.get("/office/households").status_code == 200
    duty = Duty.objects.get(account=door.village.id("cadre"))
    assert door.as_("clerk").post(f"{PEOPLE}/duties/{duty.pk}/end", sent()).status_code == 302
    assert cadre.get("/office/households").status_code == 404


def test_a_cadre_keeps_no_people(door: Door):
    cadre = door.as_("cadre")
    assert cadre.get(PEOPLE).status_code == 404
    assert cadre.post(f"{PEOPLE}/new", fields(door)).status_code == 404
    assert not Account.objects.filter(username="newcomer").exists()


def test_a_duty_that_is_not_given_out_is_refused(door: Door):
    answer = door.as_("clerk").post(f"{PEOPLE}/new", fields(door, kind="operator"))
    assert "「职责」还没有选" in text(answer)


def test_today_is_honest(door: Door, opened, today):
    assert "照纸录评分:还有 6 户" in text(door.as_("cadre").get("/office/"))
    assert "导入名册" in text(door.as_("cadre2").get("/office/"))
    mark(door.village, opened, {code: given("good") for code in door.village.homes}, today.replace(day=10))
    assert "录齐了,可以关账" in text(door.as_("cadre").get("/office/"))


def test_an_evaluator_sees_what_is_left(door: Door, opened):
    names = [f"eva{n}" for n in range(1, 7)]
    pages = [text(door.as_(name).get("/office/")) for name in names]
    assert sum("还有 3 户要评" in page for page in pages) >= 3
    assert not any("导入名册" in page for page in pages)


@pytest.mark.parametrize("who", ["keeper", "supervisor"])
def test_others_have_their_own_day(door: Door, who):
    page = text(door.as_(who).get("/office/"))
    assert "今天" in page
    assert "导入名册" not in page
