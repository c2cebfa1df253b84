"""Coming in, going out, text size and language."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.doors.conftest import PASSWORD, Door, text

LOGIN = "/login"


def log_in(client: Client, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"username": "cadre", "password": password, **more}, HTTP_USER_AGENT="phone")


def test_a_person_comes_in_and_goes_out(door: Door):
    client = Client()
    assert log_in(client)["Location"] == "/office/"
    assert "村干部甲" in text(client.get("/office/"))
    assert client.get(LOGIN)["Location"] == "/office/"
    assert client.post("/logout")["Location"] == LOGIN
    assert client.get("/office/")["Location"].startswith("/login")


def test_an_address_alone_does_not_log_out(door: Door):
    client = door.as_("cadre")
    client.get("/logout")
    assert client.get("/office/").status_code == 200


@pytest.mark.parametrize(("username", "password"), [("cadre", "wrong"), ("nobody-here", PASSWORD)])
def test_unknown_name_and_wrong_password_are_answered_alike(door: Door, username, password):
    answer = Client().post(LOGIN, {"username": username, "password": password})
    assert answer.status_code == 403
    assert "登录名或密码不对" in text(answer)  # people.wrong_login
    assert f'value="{username}"' in text(answer), "what was typed is kept"
    assert password not in text(answer)


def test_five_wrong_tries_lock_the_name_for_strange_devices_only(door: Door):
    own = Client()
    log_in(own)
    own.post("/logout")
    for n in range(5):
        answer = Client().post(LOGIN, {"username": "cadre", "password": "wrong"}, HTTP_USER_AGENT=f"browser {n}")
    assert answer.status_code == 429
    assert "等一小时" in text(answer)
    assert log_in(Client()).status_code == 429, "the right password from elsewhere does not help now"
    assert log_in(own)["Location"] == "/office/", "the person's own computer stays open"
    neighbour = Client().post(LOGIN, {"username": "clerk", "password": PASSWORD}, HTTP_USER_AGENT="phone")
    assert neighbour["Location"] == "/office/", "half a village shares one address"


def test_a_device_s_mark_is_its_person_s_only(door: Door):
    own = Client()
    log_in(own)
    mark = next(cookie for name, cookie in own.cookies.items() if name.startswith("workplace-"))
    for _ in range(5):
        stranger = Client()
        stranger.cookies["workplace-0000000000"] = mark.value
        answer = stranger.post(LOGIN, {"username": "clerk", "password": "wrong"})
    assert answer.status_code == 429


def test_guessing_from_one_s_own_computer_locks_that_too(door: Door):
    own = Client()
    log_in(own)
    own.post("/logout")
    for _ in range(5):
        answer = log_in(own, "wrong")
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("target", "lands"),
    [("/office/rounds", "/office/rounds"), ("https://evil.example/", "/office/"), ("//evil.example", "/office/")],
)
def test_only_pages_of_this_site_are_gone_on_to(door: Door, target, lands):
    assert log_in(Client(), next=target)["Location"] == lands


def test_text_size_is_kept_and_leads_back(door: Door):
    client = Client()
    answer = client.post("/size", {"size": "largest", "next": "/login?next=%2Foffice%2F"})
    assert answer["Location"] == "/login?next=%2Foffice%2F"
    assert 'class="size-largest"' in text(client.get(LOGIN))
    assert client.post("/size", {"size": "huge", "next": "https://evil.example/"})["Location"] == "/"
    assert 'class="size-largest"' in text(client.get(LOGIN)), "an unknown size changes nothing"


def test_language_is_kept(door: Door):
    client = Client()
    client.post("/language", {"language": "en", "next": LOGIN})
    page = text(client.get(LOGIN))
    assert '<html lang="en"' in page
    assert "Staff log-in" in page
    assert '<html lang="zh-Hans"' in text(Client().get(LOGIN, HTTP_ACCEPT_LANGUAGE="en")), "not chosen, not changed"
    client.post("/language", {"language": "xx", "next": LOGIN})
    assert '<html lang="en"' in text(client.get(LOGIN))


def test_a_size_is_never_changed_by_an_address(door: Door):
    assert Client().get("/size").status_code == 405
    assert Client().get("/language").status_code == 405
