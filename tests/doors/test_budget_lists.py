"""The pages of lists, shops and residents keep to their number of queries, whatever the homes (QUALITY §3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from tests import lists
from tests.doors.asking import behind_its_card, on
from tests.doors.conftest import Door
from tests.doors.test_budget import MOST, SURNAMES, asked
from tests.doors.test_till import Till
from tests.rounds import at, given
from tests.worlds import home

from courtyard.board.views.group import BODIES
from courtyard.shop.actions import add_item, receive_stock

OWN, MOST_OWN = ("/me", "/me/rounds", "/me/points", "/me/goods", "/me/rights"), 8
CLERK = ("/office/lists", "/office/shops")
PUBLIC = ("/", "/v/WD/01", "/g/WD/01", "/g/WD/01/G02", "/rules/WD/01", "/privacy")


def pages(door: Door, more: int) -> dict[str, int]:
    """How many queries each page asks for with so many more homes, entries and goods."""
    for n in range(more):
        code = f"02{n + 10}"
        door.village.homes[code] = home(
            door.village.world, "WD/01/G02", code, f"{SURNAMES[n]}多多", at=at(lists.SEPTEMBER)
        )
    marks = {code: lists.MARKS.get(code, given("poor")) for code in door.village.homes}
    till = Till(door, marks)
    keeper, when = door.village.actor("keeper"), at(lists.CLOSED, 8)
    for n in range(more):
        item = add_item(shop=till.shop, name=f"货{n}", unit="个", points=5, by=door.village.actor("clerk"), at=when)
        receive_stock(item=item, pieces=9, by=keeper, at=when)
    BODIES._bodies.clear()
    return _ask(door, till)


def _ask(door: Door, till: Till) -> dict[str, int]:
    found: dict[str, int] = {}
    with on(lists.LOOKED):
        phone, clerk, keeper = behind_its_card(door, "0201"), door.as_("clerk"), door.as_("keeper")
        till.phone = keeper
        till.scan()
        entry = lists.Listing.objects.get(kind="black", household__code="0201")
        desk = (
            *CLERK,
            f"/office/lists/{entry.pk}",
            f"/office/lists/red/{entry.round_id}",
            f"/office/shops/{till.shop.pk}",
        )
        desk += (f"/office/shops/{till.shop.pk}/items/{till.soap.pk}",)
        for client, addresses in ((clerk, desk), (keeper, (till.url, f"{till.url}/sale")), (phone, PUBLIC)):
            found |= {_name(page, entry, till): asked(client, page) for page in addresses}
        # Last: by now somebody looked at the home, which its own page says.
        own = {page: asked(phone, page) for page in OWN}
        assert max(own.values()) <= MOST_OWN, own
    assert max(found.values()) <= MOST, found
    return found | own


def _name(page: str, entry: Any, till: Till) -> str:
    for id in (entry.pk, entry.round_id, till.shop.pk, till.soap.pk):
        page = page.replace(str(id), "…")
    return page


@pytest.fixture
def few(door: Door) -> dict[str, int]:
    """The counts in the small village, which is as it was afterwards."""
    with transaction.atomic():
        found = pages(door, 0)
        transaction.set_rollback(True)
    return found


def test_ten_times_the_homes_ask_for_no_more(few: dict[str, int], door: Door):
    assert len(few) == 19
    door.village.homes = {code: one for code, one in door.village.homes.items() if code < "0210"}
    assert pages(door, 20) == few
