"""(a) a good home from stamp to goods; (b) what is put right at the door; (c) listed, and off the same day it was mended."""

from __future__ import annotations

import re
from datetime import timedelta

import pypdfium2
import pytest
from tests.doors.asking import on
from tests.looks import pressed
from tests.stories.street import CLOSED, FREE, GOOD, HANDED, LOOKED, MENDING, PIN, Street, told_and_published

from courtyard.honours.models import Listing, PasteTask
from courtyard.inspections.models import Finding
from courtyard.shop.models import Redemption, Shop, Stock

pytestmark = pytest.mark.long_on_postgres


def shelf(street: Street) -> Shop:
    """The points shop with two bars of soap for five points each."""
    made = street.post("clerk", "/office/shops/new", place=str(street.place.pk), name="塔湾积分超市")
    item = street.post("clerk", f"{made['Location']}/items", name="肥皂", unit="块", points="5")
    street.post("keeper", f"{item['Location']}/stock", kind="in", pieces="2")
    return Shop.objects.get()


def sell(street: Street, shop: Shop, code: str, status: int = 302) -> str:
    """The home says its number, keys its PIN in, takes a bar of soap; what the till then says."""
    soap, keeper, till = Stock.objects.get().item_id, street.client("keeper"), f"/office/till/{shop.pk}"
    assert keeper.post(till, {"short": street.homes[code].short}).status_code == 302
    fields = {f"pieces-{soap}": "1", "pin": PIN, "command": "0199a000-0000-7000-8000-00000000000" + code[-1]}
    answer = keeper.post(f"{till}/sale", fields)
    assert answer.status_code == status, street.why(answer)
    return keeper.get(answer["Location"]).content.decode() if status == 302 else street.why(answer)


def test_a_good_home_from_stamp_to_goods(street: Street):
    with on(HANDED):
        shop = shelf(street)
        street.post("cadre", "/office/cards/issue", place=str(street.place.pk))
        assert sell(street, shop, "0101", 409) and not Redemption.objects.exists(), (
            "a card in the drawer spends nothing"
        )
    street.give_cards()
    with on(HANDED):
        page = street.get("cadre", f"/office/cards/{street.group['1']}/hand-over")
        assert "已发 3 / 3" in page
        street.choose_pin("0101")
    opened = street.open_round()
    street.walk(opened, GOOD | {"0102": "fair", "0202": "fair"})
    said = street.close(opened)
    assert "评了 6 户" in said
    with on(LOOKED):
        assert "红榜等第二个人确认" in street.get("deputy", "/office/")
        street.post("deputy", f"/office/lists/red/{opened.pk}")
        assert "王建国" in street.get("nobody", "/g/WD/01/G01"), "on the board, as its home chose"
        mine = street.get("0101", "/me")
        assert "好" in mine and "10" in street.get("0101", "/me/points")
        assert "肥皂" in street.get("0101", "/me/goods")
        receipt = sell(street, shop, "0101")
        assert "凭条" in receipt
    assert street.points("0101") == 5
    assert Stock.objects.get().pieces == 1 and Redemption.objects.count() == 1
    with on(LOOKED):
        assert "在积分超市换东西" in street.get("0101", "/me/points")


def test_what_is_put_right_at_the_door_is_praise(street: Street):
    street.give_cards()
    opened = street.open_round()
    street.walk(opened, GOOD, mended=("0203",))
    assert Finding.objects.filter(marks__visit__household__code="0203").exists()
    with on(CLOSED):
        street.post("cadre", f"/office/rounds/{opened.pk}/slips/print")
        answer = street.client("cadre").get(f"/office/rounds/{opened.pk}/slips.pdf?group={street.group['2']}")
        slip = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
        assert "当场就改好了" in slip
        assert not re.search(r"[评是为][好中差]|等次", slip), "never the grade"
    street.close(opened)
    assert not Listing.objects.filter(kind="black").exists()
    with on(LOOKED):
        assert re.search(r"立行立改</span><b>1</b>", street.get("nobody", "/g/WD/01/G02"))
    assert street.points("0203") == 10, "what was mended while they stood there counts as good"


def test_listed_and_off_the_list_the_day_it_was_mended(street: Street):
    listing = told_and_published(street)
    page = f"/office/lists/{listing.pk}"
    with on(FREE + timedelta(days=2)):
        assert "改" in street.get("0203", "/me")
        street.post("0203", f"/me/mended/{listing.pk}")
        assert "上门看改好没有" in street.get("cadre", "/office/lists")
        looker = street.lookers(listing.round, "0203")[0]
        street.post("cadre", f"{page}/revisit", looker=str(looker), **pressed(listing, still_poor=False))
        assert MENDING not in street.get("nobody", "/g/WD/01"), "gone in the same moment"
        assert "已改 1 处" in street.get("nobody", "/g/WD/01")
        task = PasteTask.objects.get(listing=listing)
        assert "已整改" in street.get("cadre", "/office/lists")
        street.post("cadre", f"/office/lists/paste/{task.pk}")
        assert "陈桂花" not in street.get("nobody", "/g/WD/01/G02")
        assert "待整改" not in street.get("0203", "/me")
    listing.refresh_from_db()
    assert (listing.state, listing.mended_on) == ("delisted", FREE + timedelta(days=2))
    assert listing.ended_on == FREE + timedelta(days=2)
