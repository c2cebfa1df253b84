"""Every page × method × person × place against tests/cases/access.toml, and no village's home on another's screen."""

from __future__ import annotations

import logging
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from tests.doors.access_world import TODAY, names
from tests.doors.conftest import Door, sent
from tests.rounds import at, make_village

TABLE = tomllib.loads((Path(__file__).parents[1] / "cases" / "access.toml").read_text(encoding="utf-8"))
OPEN_TO_ALL = {
    "所有人": {"GET": {200}, "POST": {200, 302, 403, 409}},
    "所有人或转走": {"GET": {200, 302}, "POST": {302, 403}},
    "转走": {"GET": {302}, "POST": {302}},
    "只能提交": {"GET": {405}, "POST": {302}},
}
# A submission of an empty form by whoever may: done, or refused in words; never "no such page", never "log in first".
TAKEN = {200, 302, 403, 409}
CANARIES = ("王建国", "李秀英", "张三丰", "陈桂花", "刘大明", "周小妹", "郑新户")
STRANGERS = ("外村干部", "外村评比员", "外村营业员", "过路人")


@pytest.fixture(autouse=True)
def quick_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may print is asked here, not what the print looks like."""
    monkeypatch.setattr("courtyard.outreach.papers.press._press", lambda *_, **__: (1, b"%PDF-1.7"))
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def things(db: None, tmp_path: Path) -> Any:
    door = Door(make_village())
    with time_machine.travel(at(TODAY, 9), tick=True):
        found = names(door, tmp_path)
        found["kinhome"] = str(door.village.homes["0103"].pk)
        yield door, found


def clients(door: Door, rater: str) -> dict[str, Client]:
    ids = {str(account.pk): name for name, account in door.village.world.accounts.items()}
    return {who: door.as_(ids[rater] if name == "rater" else name) for who, name in TABLE["people"].items()}


def ask(client: Client, method: str, address: str) -> Any:
    """Ask, and undo what the answer did, so that each question meets the same world."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, sent())
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def judged(page: dict[str, Any], who: str, method: str, answer: Any) -> str:
    """What is wrong with this answer by the table, or ''."""
    status, sees = answer.status_code, page["see"]
    if isinstance(sees, str):
        return "" if status in OPEN_TO_ALL[sees][method] else f"{status}"
    allowed = sees if method == "GET" else page.get("send", sees)
    to_log_in = status == 302 and answer["Location"].startswith(("/login?", "/card?"))
    if who in allowed:
        right = (status in {200, 302, 409} if method == "GET" else status in TAKEN) and not to_log_in
        return "" if right else f"{status}, should be let in"
    if who == "过路人":
        return "" if to_log_in else f"{status}, should be asked to log in"
    return "" if status == 404 else f"{status}, should be as if it did not exist"


@pytest.mark.long_on_postgres
def test_every_page_for_every_person(things):
    door, found = things
    wrong = []
    people = clients(door, found["rater"])
    for name, page in TABLE["pages"].items():
        address = page["at"].format(**found)
        for who, client in people.items():
            for method in ("GET", "POST"):
                answer = ask(client, method, address)
                fault = judged(page, who, method, answer)
                if fault:
                    wrong.append(f"{who} {method} {name} {address}: {fault}")
                body = answer.content.decode(errors="replace")
                leaked = [one for one in CANARIES if one in body] if who in STRANGERS else []
                if leaked and not name.startswith("board:group"):
                    wrong.append(f"{who} {method} {name}: shows {leaked[0]}")
    assert not wrong, "\n".join(wrong)


def test_the_table_names_only_people_it_introduces():
    for name, page in TABLE["pages"].items():
        for sees in (page["see"], page.get("send", [])):
            assert isinstance(sees, str) and sees in OPEN_TO_ALL or set(sees) <= set(TABLE["people"]), name
        assert page["says"]


def test_a_wrong_line_is_found():
    page = {"see": ["村干部"]}
    answer = type("Answer", (), {"status_code": 404})()
    assert judged(page, "村干部", "GET", answer)
    assert not judged(page, "外村干部", "GET", answer)
    let_in = type("Answer", (), {"status_code": 200})()
    assert judged(page, "外村干部", "GET", let_in)
    assert judged(page, "过路人", "GET", answer)
