"""How the tests of pages ask: on a day, twice with one command, as the household of any home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import time_machine
from django.test import Client
from tests.doors.conftest import Door, sent
from tests.rounds import at

from courtyard.households.queries import live_card


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """It is that Shanghai day."""
    with time_machine.travel(at(day, hour), tick=True):
        yield


def twice(client: Client, address: str, **fields: Any) -> Any:
    """Send a form, and again with its own command as a nervous finger does: both answers lead to the same place."""
    whole = sent(**fields)
    first, again = client.post(address, whole), client.post(address, whole)
    assert first.status_code == again.status_code == 302, (first.content.decode(), again.content.decode())
    assert first["Location"] == again["Location"]
    assert not first["Location"].startswith(("/login", "/card?")), "this client is logged in"
    return first


def behind_its_card(door: Door, code: str) -> Client:
    """A phone on which this home's card and PIN were accepted."""
    client, home = Client(), door.village.homes[code]
    card = live_card(home.pk)
    assert card is not None
    session = client.session
    session["household"], session["card"] = str(home.pk), str(card.pk)
    session.save()
    return client


def bare(answer: Any, *typed: str) -> str:
    """A page without what differs between two loads: the form's tokens and ids, and what was typed."""
    page = str(answer.content.decode())
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r'name="command" value="[^"]*"', "", page)
    for one in typed:
        page = page.replace(one, "")
    return page
