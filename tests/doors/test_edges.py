"""Every button of an entry's page in every state, over HTTP, against a table written by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests import lists
from tests.doors.asking import on
from tests.doors.conftest import Door, sent, text
from tests.looks import look_again, pressed, revisit
from tests.rounds import at

from courtyard.honours.actions import decide_objection, drop, report_mended
from courtyard.honours.actions.slips import print_notice
from courtyard.honours.models import Listing, Objection, Step

CASES = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "honours" / "edges_over_http.toml").read_text(encoding="utf-8")
)["state"]
PRESSES = (
    "look", "clear", "drop", "notice", "not_received", "objection", "uphold", "dismiss", "publish", "mended", "stay",
    "mend",
)  # fmt: skip
WORDS = {"channel": "spoken", "words": "那天下过雨"}
Ready = tuple[Listing, date]


def candidate(door: Door) -> Ready:
    """One of the two has looked already: the next one's look decides."""
    closed, listing = lists.candidate(door.village)
    first = lists.lookers(door.village, closed)[0]
    by = door.village.actor("cadre", at(lists.LOOKED))
    look_again(listing=listing, looker=first, still_poor=True, by=by, at=at(lists.LOOKED))
    return listing, lists.LOOKED


def confirmed(door: Door) -> Ready:
    return lists.confirmed(door.village)[1], lists.TOLD


def notified(door: Door) -> Ready:
    return lists.notified(door.village)[1], lists.OBJECT_UNTIL


def over(door: Door) -> Ready:
    return notified(door)[0], lists.PUBLISH_FROM


def said_mended(door: Door) -> Ready:
    listing, day = over(door)
    report_mended(listing=listing, by=door.village.actor("cadre", at(day, 8)), at=at(day, 8))
    return listing, day


def published(door: Door) -> Ready:
    return lists.published(door.village)[1], lists.PUBLISH_FROM


def objected(before: Callable[[Door], Ready]) -> Callable[[Door], Ready]:
    def ready(door: Door) -> Ready:
        listing, day = before(door)
        lists.objection(door.village, listing, day)
        return listing, day

    return ready


def late(door: Door) -> Ready:
    listing, _ = objected(notified)(door)
    return listing, Objection.objects.get(listing=listing).answer_by + timedelta(days=1)


def lapsed(door: Door) -> Ready:
    listing, _ = candidate(door)
    assert listing.lapses_on is not None
    return listing, listing.lapses_on + timedelta(days=1)


def dropped(door: Door) -> Ready:
    listing, day = confirmed(door)
    drop(listing=listing, reasons="看错了", by=door.village.actor("cadre", at(day, 8)), at=at(day, 8))
    return listing, day


def ended(before: Callable[[Door], Ready]) -> Callable[[Door], Ready]:
    def ready(door: Door) -> Ready:
        listing, day = before(door)
        looker = lists.lookers(door.village, listing.round)[0]
        revisit(
            listing=listing, looker=looker, still_poor=False, by=door.village.actor("cadre", at(day, 8)), at=at(day, 8)
        )
        return listing, day

    return ready


def overturned(door: Door) -> Ready:
    listing, day = objected(published)(door)
    decide_objection(
        objection=Objection.objects.get(listing=listing), upheld=True, reasons="说得对", values=None,
        by=door.village.actor("supervisor", at(day)), at=at(day),
    )  # fmt: skip
    return listing, day


READY: dict[str, Callable[[Door], Ready]] = {
    "candidate": candidate,
    "confirmed": confirmed,
    "notified, days not over": notified,
    "notified, days over": over,
    "notified, said to be mended": said_mended,
    "objected, was candidate": objected(candidate),
    "objected, was notified": objected(notified),
    "objected, was published": objected(published),
    "published": published,
    "published, expired by its days": lambda door: (published(door)[0], lists.EXPIRES + timedelta(days=1)),
    "candidate, lapsed by its days": lapsed,
    "objected, not answered in time": late,
    "dropped": dropped,
    "mended": ended(over),
    "delisted": ended(published),
    "overturned": overturned,
}


def press(door: Door, listing: Listing, day: date, button: str, serial: str) -> Any:
    """Send the form of this button as whoever may."""
    looker = {"looker": str(lists.lookers(door.village, listing.round)[1])}
    who, page, fields = {
        "look": ("cadre", "look", looker | pressed(listing, still_poor=True)),
        "clear": ("cadre", "look", looker | pressed(listing, still_poor=False)),
        "drop": ("cadre", "drop", {"reasons": "看错了"}),
        "notice": ("cadre", "notice", {"kind": "counterfoil", "day": day.isoformat(), "serial": serial}),
        "not_received": ("cadre", "not-received", {}),
        "objection": ("cadre", "objection", WORDS),
        "uphold": ("supervisor", "decide", {"upheld": "yes", "reasons": "说得对"}),
        "dismiss": ("supervisor", "decide", {"upheld": "no", "reasons": "看过照片"}),
        "publish": ("deputy", "publish", {}),
        "mended": ("cadre", "mended", {}),
        "stay": ("cadre", "revisit", looker | pressed(listing, still_poor=True)),
        "mend": ("cadre", "revisit", looker | pressed(listing, still_poor=False)),
    }[button]
    return door.as_(who).post(f"/office/lists/{listing.pk}/{page}", sent(**fields))


def standing(listing: Listing) -> tuple[str, int]:
    return Listing.objects.values_list("state", flat=True).get(pk=listing.pk), Step.objects.filter(
        listing=listing
    ).count()


@pytest.mark.long_on_postgres
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_button_in_this_state(door: Door, case: dict[str, Any]):
    assert sorted([*case["taken"], *case["refused"]]) == sorted(PRESSES), "every button is written down, once"
    listing, day = READY[case["name"]](door)
    with on(day, 15):
        serial = ""
        if case["name"] == "confirmed":
            by = door.village.actor("cadre", at(day, 14))
            serial = print_notice(listing=listing, by=by, at=at(day, 14))
        before = standing(listing)
        for button in case["refused"]:
            answer = press(door, listing, day, button, serial or "0000000195")
            assert answer.status_code == 409, (button, answer.status_code)
            assert 'role="alert"' in text(answer), f"{button}: says why"
            assert standing(listing) == before, button
        for button, target in case["taken"].items():
            with transaction.atomic():
                answer = press(door, listing, day, button, serial)
                assert answer.status_code == 302, (button, text(answer)[:3000])
                after = standing(listing)
                transaction.set_rollback(True)
            assert after[0] == target, button
            assert after[1] > before[1], button


def test_the_table_names_every_state_of_an_entry():
    assert {case["name"] for case in CASES} == set(READY)
