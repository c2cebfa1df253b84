"""Twenty writers on SQLite for a minute: nineteen through the served process, one posting batches of 500 beside it.

Each of the nineteen opens its household's page by card and PIN again and again: a write each (the try is counted).
"""

from __future__ import annotations

import http.client
import os
import re
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import OperationalError
from tests.ground.databases import OwnDatabase
from tests.ground.serving import Served, free_port

from benchmarks import ground
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, database, say
from benchmarks.postings import BATCH, Books
from courtyard.households.actions import hand_over_card
from courtyard.households.models import Card
from courtyard.records.gate import Busy

WRITERS = 19
PIN = "730518"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Seen:
    """What the writers met: seconds of each answered write, and how many were put off or met a lock."""

    waits: list[float] = field(default_factory=list)
    busy: int = 0
    locked: int = 0
    other: list[int] = field(default_factory=list)
    batches: list[float] = field(default_factory=list)


def write_on(port: int, card: str, until: float, seen: Seen) -> None:
    """One phone on a kept connection: the card's page once, then the PIN again and again."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", f"/c/{card}")
    answer = line.getresponse()
    found = TOKEN.search(answer.read().decode())
    cookies = SimpleCookie()
    for header in answer.headers.get_all("Set-Cookie") or []:
        cookies.load(header)
    if answer.status != 200 or found is None:
        raise RuntimeError(f"the card's page is answered {answer.status}")
    headers = {
        "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items()),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"pin": PIN, "csrfmiddlewaretoken": found.group(1)})
    while time.monotonic() < until:
        began = time.monotonic()
        line.request("POST", f"/c/{card}", body, headers)
        answer = line.getresponse()
        text = answer.read()
        seen.waits.append(time.monotonic() - began)
        if answer.status == 503 and answer.headers.get("Retry-After"):
            seen.busy += 1
        elif b"locked" in text:
            seen.locked += 1
        elif answer.status != 302:
            seen.other.append(answer.status)


def post_on(books: Books, until: float, seen: Seen) -> None:
    """The writer of batches: 500 awards granted and paid, over and over, from a process beside the server."""
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            books.granted(BATCH)
            books.pay()
        except Busy:
            seen.busy += 1
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            seen.locked += 1
        seen.batches.append(time.monotonic() - began)


def bench(wanted: Wanted) -> list[Figure]:
    books = Books()
    for _ in range(80):
        ground.fund(books.world, books.village)
    homes = ground.fill(ground.new_villages(books.world, 1)[0], WRITERS)
    ground.give_cards(homes)
    cards = [hand_over_card(household=home, pin=PIN, by=books.by, at=ground.AT).token for home in homes]
    if Card.objects.filter(state="live").count() != WRITERS:
        raise RuntimeError("a card too many or too few")
    port = free_port()
    served = Served(
        f"http://127.0.0.1:{port}", port, OwnDatabase(Path(settings.VAR), os.environ.get("DATABASE_URL", ""))
    )
    served.start()
    try:
        seen = _minute(books, port, cards, 10 if wanted.quick else 60)
    except RuntimeError:
        say(served.log.read_text(errors="replace")[-4000:])
        raise
    finally:
        served.stop()
    return _figures(seen)


def _minute(books: Books, port: int, cards: list[str], seconds: int) -> Seen:
    say(f"{WRITERS} phones and one writer of batches for {seconds} s")
    seen, until = Seen(), time.monotonic() + seconds
    faults: list[BaseException] = []

    def kept(card: str) -> None:
        try:
            write_on(port, card, until, seen)
        except Exception as error:  # noqa: BLE001  # raised below, in the benchmark's own thread
            faults.append(error)

    threads = [threading.Thread(target=kept, args=(card,)) for card in cards]
    for thread in threads:
        thread.start()
    post_on(books, until, seen)
    for thread in threads:
        thread.join()
    if faults or seen.other:
        raise RuntimeError(f"a writer was answered otherwise: {faults or seen.other[:5]}")
    return seen


def _figures(seen: Seen) -> list[Figure]:
    waits = sorted(seen.waits)
    what = f"20 writers on the served SQLite ({len(waits):,} writes, {len(seen.batches)} batches of {BATCH})"

    def figure(name: str, value: float, unit: str, most: float | None, note: str = "") -> Figure:
        return Figure("waiting", f"{what}: {name}", database(), value, unit, at_most=most, note=note)

    return [
        figure("half wait at most", waits[len(waits) // 2], "s", None),
        figure("p99", waits[len(waits) * 99 // 100], "s", 2.0),
        figure("longest", waits[-1], "s", 5.0, f"{seen.busy} answered 503 with Retry-After"),
        figure("“database is locked”", float(seen.locked), "times", 0),
        figure("longest batch", max(seen.batches), "s", 5.0),
    ]
