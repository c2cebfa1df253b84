"""Shops in the office: made, stocked, priced, counted, opened and closed; another village's does not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.doors.asking import on, twice
from tests.doors.conftest import TODAY, Door, sent, text
from tests.rounds import at

from courtyard.kernel.ids import uuid7
from courtyard.shop.actions import add_item, make_shop
from courtyard.shop.models import Item, Price, Shop, Stock, StockMove

SHOPS = "/office/shops"


@pytest.fixture
def shop(door: Door) -> Shop:
    return make_shop(place=door.village.place, name="塔湾积分超市", by=door.village.actor("clerk"), at=at(TODAY, 8))


@pytest.fixture
def soap(door: Door, shop: Shop) -> Item:
    return add_item(shop=shop, name="肥皂", unit="块", points=10, by=door.village.actor("clerk"), at=at(TODAY, 8))


def pieces(soap: Item) -> int:
    return int(Stock.objects.get(pk=soap.pk).pieces)


def test_a_shop_is_made_and_goods_are_put_up(door: Door):
    clerk = door.as_("clerk")
    assert "还没有积分超市" in text(clerk.get(SHOPS))
    first = twice(clerk, f"{SHOPS}/new", place=str(door.village.place.pk), name="塔湾积分超市")
    assert Shop.objects.count() == 1
    goods = f"{first['Location']}/items"
    item = twice(clerk, goods, name="肥皂", unit="块", points="10", barcode="6901234567890")
    assert Item.objects.count() == 1
    page = text(clerk.get(item["Location"]))
    assert "2026年9月14日起 10 分" in page
    assert "还没有进过货" in page
    assert "肥皂" in text(clerk.get(first["Location"]))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "名称"),
        ("unit", "", "单位"),
        ("points", "", "没有填数"),
        ("points", "0", "不能是 0"),
        ("cash", "1.005", "不是能用的钱数"),
        ("points", "1.5", "带小数"),
        ("points", "\uff11\uff10", "全角"),
        ("points", "99999999", "太大"),
        ("barcode", "abc", "条码"),
    ],
)
def test_goods_are_refused_by_their_field_and_nothing_typed_is_lost(
    door: Door, shop: Shop, field: str, value: str, words: str
):
    fields = {"name": "洗衣粉", "unit": "袋", "points": "30", "barcode": ""} | {field: value}
    answer = door.as_("clerk").post(f"{SHOPS}/{shop.pk}/items", sent(**fields))
    page = text(answer)
    assert answer.status_code == 409
    assert 'role="alert"' in page
    assert words in page
    assert all(f'value="{kept}"' in page for kept in fields.values() if kept)
    assert not Item.objects.exists()


def test_a_name_is_given_once(door: Door, shop: Shop, soap: Item):
    clerk = door.as_("clerk")
    again = clerk.post(f"{SHOPS}/new", sent(place=str(door.village.place.pk), name=shop.name))
    assert (again.status_code, "没有重复建立" in text(again)) == (409, True)
    goods = clerk.post(f"{SHOPS}/{shop.pk}/items", sent(name="肥皂", unit="块", points="5", barcode=""))
    assert (goods.status_code, "没有重复建立" in text(goods)) == (409, True)


def test_stock_in_loss_and_count(door: Door, shop: Shop, soap: Item):
    keeper, page = door.as_("keeper"), f"{SHOPS}/{shop.pk}/items/{soap.pk}"
    twice(keeper, f"{page}/stock", kind="in", pieces="20")
    twice(keeper, f"{page}/stock", kind="loss", pieces="2")
    assert pieces(soap) == 18
    twice(keeper, f"{page}/stock", kind="count", pieces="17")
    assert pieces(soap) == 17
    assert sorted(StockMove.objects.values_list("pieces", flat=True)) == [-2, -1, 20]
    shown = text(keeper.get(page))
    assert "架上 17 块" in shown
    assert "+20" in shown
    shelf = text(keeper.get(f"{SHOPS}/{shop.pk}"))
    assert "相符" in shelf
    assert "不符" not in shelf


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        ("in", "", "没有填数"),
        ("in", "0", "不能是 0"),
        ("loss", "99", "账上只剩 5"),
        ("count", "5", "不用改"),
        ("count", "-1", "件数"),
        ("gift", "1", "办哪一样"),
    ],
)
def test_stock_is_refused_in_words(door: Door, shop: Shop, soap: Item, kind: str, count: str, words: str):
    keeper, page = door.as_("keeper"), f"{SHOPS}/{shop.pk}/items/{soap.pk}/stock"
    keeper.post(page, sent(kind="in", pieces="5"))
    answer = keeper.post(page, sent(kind=kind, pieces=count))
    assert answer.status_code == 409
    assert words in text(answer)
    assert pieces(soap) == 5


def test_a_price_holds_from_its_day(door: Door, shop: Shop, soap: Item):
    clerk, page = door.as_("clerk"), f"{SHOPS}/{shop.pk}/items/{soap.pk}"
    later = TODAY + timedelta(days=7)
    twice(clerk, f"{page}/price", points="12", since=later.isoformat())
    assert Price.objects.filter(item=soap).count() == 2
    assert '<td class="number" data-label="现价(分)">10</td>' in text(clerk.get(f"{SHOPS}/{shop.pk}"))
    with on(later):
        assert '<td class="number" data-label="现价(分)">12</td>' in text(door.as_("clerk").get(f"{SHOPS}/{shop.pk}"))
    back = clerk.post(f"{page}/price", sent(points="9", since=(TODAY - timedelta(days=1)).isoformat()))
    assert (back.status_code, "过去的日子" in text(back)) == (409, True)
    again = clerk.post(f"{page}/price", sent(points="9", since=later.isoformat()))
    assert (again.status_code, "已经定过价" in text(again)) == (409, True)
    nonsense = clerk.post(f"{page}/price", sent(points="9", since="明天"))
    assert (nonsense.status_code, 'value="9"' in text(nonsense)) == (409, True)


def test_a_shop_closes_and_opens(door: Door, shop: Shop):
    keeper, page = door.as_("keeper"), f"{SHOPS}/{shop.pk}"
    twice(keeper, f"{page}/open", is_open="no")
    assert "关着门" in text(keeper.get(SHOPS))
    twice(keeper, f"{page}/open", is_open="yes")
    assert "关着门" not in text(keeper.get(SHOPS))
    assert keeper.post(f"{page}/open", sent(is_open="maybe")).status_code == 409


def test_prices_and_new_goods_are_the_town_s(door: Door, shop: Shop, soap: Item):
    keeper, page = door.as_("keeper"), f"{SHOPS}/{shop.pk}"
    shown = text(keeper.get(f"{page}/items/{soap.pk}"))
    assert "改价" not in shown
    assert "上新货" not in text(keeper.get(page))
    assert "新建超市" not in text(keeper.get(SHOPS))
    for address in (f"{SHOPS}/new", f"{page}/items"):
        assert keeper.get(address).status_code == 404
    assert keeper.post(f"{page}/items/{soap.pk}/price", sent(points="1", since="2026-09-14")).status_code == 404


def strangers(shop: Shop, soap: Item) -> list[tuple[str, dict[str, Any]]]:
    page = f"{SHOPS}/{shop.pk}"
    return [
        (page, {}),
        (f"{page}/open", {"is_open": "no"}),
        (f"{page}/items/{soap.pk}", {}),
        (f"{page}/items/{soap.pk}/stock", {"kind": "in", "pieces": "5"}),
    ]


@pytest.mark.parametrize("who", ["keeper2", "cadre2"])
def test_another_village_s_shop_does_not_exist(door: Door, shop: Shop, soap: Item, who: str):
    stranger = door.as_(who)
    assert shop.name not in text(stranger.get(SHOPS))
    for address, fields in strangers(shop, soap):
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address, sent(**fields)).status_code == 404, address
    assert not StockMove.objects.exists()
    clerk = door.as_("clerk")
    assert clerk.get(f"{SHOPS}/{uuid7()}").status_code == 404
    assert clerk.get(f"{SHOPS}/{shop.pk}/items/{uuid7()}").status_code == 404
