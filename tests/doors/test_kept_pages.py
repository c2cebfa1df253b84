"""A stranger's look at a public board is a kept page: nobody's but its form token, never older than what it shows."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse
from tests.doors.conftest import Door, text
from tests.worlds import AT

from courtyard.board.views.group import PAGES, TOKEN
from courtyard.households.actions.lines import keep_complaint_line

BOARD = "/g/WD/01/G01"


def token(page: str) -> str:
    found = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert len(set(found)) == 1
    return str(found[0])


def test_a_second_look_is_one_query_and_the_form_token_each_viewer_s_own(door: Door, django_assert_num_queries):
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    one = text(first.get(BOARD))
    with django_assert_num_queries(1):
        other = text(second.get(BOARD))
    assert TOKEN not in one + other and token(one) != token(other)
    assert one.replace(token(one), "") == other.replace(token(other), "")
    form = {"size": "large", "next": BOARD}
    assert second.post(reverse("text_size"), {**form, "csrfmiddlewaretoken": token(one)}).status_code == 403
    assert second.post(reverse("text_size"), {**form, "csrfmiddlewaretoken": token(other)}).status_code == 302
    larger = text(second.get(BOARD))
    assert "size-large" in larger.split("<head>")[0] and "size-large" not in other.split("<head>")[0]


def test_who_is_logged_in_gets_a_page_of_the_own_and_leaves_nothing_behind(door: Door):
    name = door.village.world.accounts["clerk"].name
    own = text(door.as_("clerk").get(BOARD))
    assert name in own
    stranger = text(Client().get(BOARD))
    assert name not in stranger and name in text(door.as_("clerk").get(BOARD))
    assert "退出" not in stranger


def test_language_and_complaint_line_are_never_older_than_they_are(door: Door):
    client = Client()
    assert "0722-1234567" in text(client.get(BOARD))
    town = door.village.world["WD"]
    keep_complaint_line(place=town, line="0722-7654321", by=door.village.world.terminal, at=AT)
    assert "0722-7654321" in text(client.get(BOARD))
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in text(client.get(BOARD))


def test_what_an_address_adds_is_never_kept(door: Door):
    before = len(PAGES._bodies)
    assert "?from=poster" in text(Client().get(f"{BOARD}?from=poster"))
    assert len(PAGES._bodies) == before
    client = Client()
    client.cookies["size"] = "enormous"
    assert "size-normal" in text(client.get(BOARD))
    assert Client().get("/g/WD/01/G77").status_code == 404
