"""The pages of re-visits keep to their number of queries, whatever the homes (QUALITY §3)."""

from __future__ import annotations

from typing import Any

from tests import lists
from tests.doors.conftest import Door
from tests.doors.test_budget import MOST, asked
from tests.doors.test_revisits import name_of, on
from tests.rounds import closed_round, given
from tests.worlds import home

from courtyard.honours.actions import plan_revisits
from courtyard.honours.models import Listing
from courtyard.honours.rules.states import LookKind
from courtyard.inspections.actions.spot import open_spot
from courtyard.inspections.models import Round

MORE = "张李王刘陈杨赵黄周吴"


def _village(door: Door, more: int) -> dict[str, int]:
    for n in range(more):
        code = f"02{n + 10}"
        made = home(door.village.world, "WD/01/G02", code, f"{MORE[n]}多多")
        door.village.homes[code] = made
    closed = closed_round(door.village, {code: lists.MARKS.get(code, given("poor")) for code in door.village.homes})
    with on(lists.LOOKED):
        cadre, supervisor = (door.village.actor(who, lists.at(lists.LOOKED)) for who in ("cadre", "supervisor"))
        plan_revisits(village=door.village.place, kind=LookKind.SECOND, by=cadre, at=lists.at(lists.LOOKED))
        open_spot(village=door.village.place, by=supervisor, at=lists.at(lists.LOOKED))
        return _ask(door, closed)


def _ask(door: Door, closed: Round) -> dict[str, int]:
    entry = Listing.objects.get(kind="black", household__code="0201")
    looker = name_of(door, lists.lookers(door.village, closed)[0])
    walk, spot = Round.objects.get(kind="recheck"), Round.objects.get(kind="spot")
    pages: dict[str, list[str]] = {
        looker: ["/office/", "/office/revisits", f"/office/revisits/entries/{entry.pk}"],
        "cadre": ["/office/revisits", f"/office/lists/{entry.pk}", f"/office/rounds/{walk.pk}"],
        "supervisor": ["/office/", "/office/spots", "/office/concerns", f"/office/rounds/{spot.pk}"],
        "nobody": ["/v/WD/01"],
    }
    found = {}
    for who, addresses in pages.items():
        client: Any = door.as_(who)
        for n, address in enumerate(addresses):
            found[f"{'looker' if who == looker else who} {n}"] = asked(client, address)
    assert max(found.values()) <= MOST, found
    return found


def test_more_homes_to_see_ask_for_no_more(door: Door) -> None:
    from django.db import transaction

    with transaction.atomic():
        few = _village(door, 0)
        transaction.set_rollback(True)
    assert _village(door, 8) == few
