"""What every page has: the policy, the no-index line, plain words for a refusal, for being busy, for a page that is not."""

from __future__ import annotations

import contextlib

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from tests.doors.conftest import PIN, Door, sent, text

from courtyard.households.queries import live_card
from courtyard.office.views import households
from courtyard.project import sessions
from courtyard.project.middleware import Courtyard
from courtyard.project.sessions import SessionStore
from courtyard.records.gate import Busy


def test_every_answer_carries_the_policy(door: Door):
    for address in ("/", "/login", "/office/", "/nothing/here"):
        answer = Client().get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'self'; script-src 'self'; style-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Cache-Control"] == "no-store"


def test_no_page_has_inline_script_or_style(door: Door, opened):
    cadre = door.as_("cadre")
    for address in ("/office/", "/office/households", f"/office/rounds/{opened.pk}", "/office/roster", "/login"):
        page = text(cadre.get(address))
        assert "style=" not in page
        assert "<style" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count("<script src="), address


def test_every_page_says_whom_to_complain_to(door: Door):
    page = text(door.as_("cadre").get("/office/"))
    assert "0722-1234567" in page
    assert "办事不看红黑榜;亮卡只多得、不少办" in page
    assert "12345" in text(Client().get("/login")), "where no place is known, the country's own line"


def test_a_busy_database_is_said_and_asked_again(door: Door, monkeypatch):
    """records.busy"""

    def busy(**_: object) -> None:
        raise Busy

    monkeypatch.setattr(households.actions, "set_lived_in", busy)
    answer = door.as_("cadre").post(f"/office/households/{door.home.pk}/living", sent(living="empty"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "现在同时办理的人太多" in text(answer)


@pytest.mark.parametrize("fault", [Busy(), OperationalError("database is locked")])
def test_a_session_that_cannot_be_written_now_is_busy_too(door: Door, monkeypatch, fault: Exception):
    card = live_card(door.home.pk)

    def unwritable(*_: object) -> None:
        raise fault

    monkeypatch.setattr(SessionStore, "save", unwritable)
    answer = Client().post(f"/c/{card.token}", sent(pin=PIN))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "现在同时办理的人太多" in text(answer)


def test_another_fault_of_the_database_is_not_called_busy(door: Door, monkeypatch):
    card = live_card(door.home.pk)

    def unwritable(*_: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(SessionStore, "save", unwritable)
    with pytest.raises(OperationalError):
        Client().post(f"/c/{card.token}", sent(pin=PIN))


def test_a_session_is_written_in_the_writers_turn(door: Door, monkeypatch):
    turns = []

    @contextlib.contextmanager
    def turn():
        turns.append("in")
        yield
        turns.append("out")

    monkeypatch.setattr(sessions, "writers_turn", turn)
    store = SessionStore()
    store["household"] = "x"
    store.save()
    assert turns[0] == "in"
    assert SessionStore(store.session_key)["household"] == "x"
    turns.clear()
    store.delete()
    assert turns == ["in", "out"]


def test_a_refusal_is_json_where_json_is_asked_for(door: Door):
    answer = door.as_("cadre").post(
        f"/office/households/{door.home.pk}/care", sent(kind="nothing"), HTTP_ACCEPT="application/json"
    )
    assert answer.status_code == 409
    assert answer.json()["code"] == "people.not_chosen"


def test_a_page_that_declares_nothing_is_refused():
    def bare(request: object) -> None: ...

    request = RequestFactory().get("/")
    with pytest.raises(RuntimeError, match="does not declare"):
        Courtyard(lambda _: None).process_view(request, bare, (), {})  # type: ignore[arg-type, return-value]


def test_a_form_of_another_site_is_not_taken(door: Door):
    client = Client(enforce_csrf_checks=True)
    client.force_login(door.village.world.accounts["cadre"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/office/households/{door.home.pk}/living", sent(living="empty"))
    assert answer.status_code == 403
