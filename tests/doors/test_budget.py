"""A page asks the database at most twelve things, and no more with ten times the homes (QUALITY §3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from tests.doors.conftest import Door
from tests.rounds import given, mark, opened_round, panel
from tests.worlds import AT, home

from courtyard.households.actions import propose_care
from courtyard.households.rules.states import CareKind

MOST = 12
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


def more_homes(door: Door, count: int) -> None:
    cadre = door.village.actor("cadre")
    for n in range(count):
        code = f"09{n:02d}"
        made = home(door.village.world, "WD/01/G01", code, f"{SURNAMES[n]}多多")
        door.village.homes[code] = made
        propose_care(household=made, kind=CareKind.ILL, by=cadre, at=AT)


def asked(client: Any, address: str) -> int:
    """How many statements a page runs, over all databases, transactions' own apart."""
    client.get(address)
    with CaptureQueriesContext(connections["default"]) as here:
        if "access" in connections:
            with CaptureQueriesContext(connections["access"]) as there:
                answer = client.get(address)
            found = [*here.captured_queries, *there.captured_queries]
        else:
            answer = client.get(address)
            found = list(here.captured_queries)
    assert answer.status_code == 200, address
    own = [
        one["sql"] for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SET "))
    ]
    if len(own) > MOST:
        print("\n".join(sql[:200] for sql in own))
    return len(own)


def addresses(door: Door, opened: Any) -> dict[str, list[str]]:
    rater, group = panel(opened, "0101", door.village)[0], door.home.group_id
    of_cadre = [
        "/office/", "/office/households", "/office/households?q=duo", f"/office/households/{door.home.pk}",
        "/office/cards", "/office/care", "/office/questions", "/office/roster", "/office/schemes", "/office/rounds",
        f"/office/rounds/{opened.pk}", f"/office/rounds/{opened.pk}/panel/{group}",
        f"/office/rounds/{opened.pk}/marks/{group}/{rater}", f"/office/rounds/{opened.pk}/close", "/office/rounds/close",
        "/office/reviews", "/office/help", "/office/deeds", "/office/points", "/office/points/adjustments", f"/office/points/{door.village.place.pk}",
        f"/office/month/{door.village.place.pk}",
    ]  # fmt: skip
    return {"cadre": of_cadre, "clerk": ["/office/", "/office/people", "/office/schemes"], "eva1": ["/office/"]}


@pytest.mark.parametrize("who", ["cadre", "clerk", "eva1"])
def test_pages_keep_to_their_budget_whatever_the_homes(door: Door, who: str):
    more_homes(door, 3)
    opened = opened_round(door.village)
    mark(door.village, opened, {code: given("good") for code in door.village.homes}, opened.month)
    client = door.as_(who)
    few = {address: asked(client, address) for address in addresses(door, opened)[who]}
    over = {address: count for address, count in few.items() if count > MOST}
    assert not over
    more_homes_in_the_round(door, opened)
    many = {address: asked(client, address) for address in few}
    assert many == few


def more_homes_in_the_round(door: Door, opened: Any) -> None:
    """Thirty more homes, in the round, all marked."""
    from courtyard.inspections.actions import include_home

    cadre = door.village.actor("cadre", AT)
    before = set(door.village.homes)
    for n in range(3, 30):
        code = f"09{n:02d}"
        made = home(door.village.world, "WD/01/G01", code, f"{SURNAMES[n]}多多")
        door.village.homes[code] = made
        propose_care(household=made, kind=CareKind.ILL, by=cadre, at=AT)
        include_home(opened=opened, household=made, by=cadre, at=AT)
    marks = {code: given("good") for code in door.village.homes if code not in before}
    mark(door.village, opened, marks, opened.month)
