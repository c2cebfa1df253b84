"""Shops, goods and stock: named once, received, counted and lost."""

from __future__ import annotations

import pytest
from tests.shop.stalls import check_stock, open_stall, pieces, refused
from tests.worlds import AT

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.shop.actions import (
    add_item,
    count_stock,
    make_shop,
    receive_stock,
    record_loss,
)
from courtyard.shop.models import Stock, StockMove
from courtyard.shop.queries import (
    movements,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall(world):
    return open_stall(world)


def test_stock_is_received_counted_and_lost_once_a_command(stall):
    keeper = stall.world.actor("keeper")
    commands = [uuid7() for _ in range(3)]
    for _ in range(2):
        receive_stock(item=stall.soap, pieces=20, by=keeper, at=AT, command=commands[0])
        record_loss(item=stall.soap, pieces=5, by=keeper, at=AT, command=commands[1])
        assert count_stock(item=stall.soap, counted=110, by=keeper, at=AT, command=commands[2]) == -5
    assert pieces(stall.soap) == 110
    assert [(m.kind, m.pieces) for m in movements(stall.soap.pk)] == [
        ("in", 100), ("in", 20), ("loss", -5), ("count", -5)
    ]  # fmt: skip
    assert count_stock(item=stall.soap, counted=0, by=keeper, at=AT) == -110
    check_stock(stall.shop)


def test_stock_that_cannot_be(stall):
    keeper = stall.world.actor("keeper")
    for count in (0, -1, 100_001, 2**63, 1.5, True):
        with refused("shop.not_a_count"):
            receive_stock(item=stall.soap, pieces=count, by=keeper, at=AT)
        with refused("shop.not_a_count"):
            record_loss(item=stall.soap, pieces=count, by=keeper, at=AT)
    for count in (-1, 100_001, 0.5):
        with refused("shop.count_negative"):
            count_stock(item=stall.soap, counted=count, by=keeper, at=AT)
    with refused("shop.stock_short") as caught:
        record_loss(item=stall.rice, pieces=6, by=keeper, at=AT)
    assert caught.value.problem.facts == {"item": "大米5千克", "left": 5}
    with refused("shop.nothing_differs"):
        count_stock(item=stall.soap, counted=100, by=keeper, at=AT)
    for stranger in ("keeper2", "eva1"):
        with refused("people.not_allowed"):
            receive_stock(item=stall.soap, pieces=1, by=stall.world.actor(stranger), at=AT)


def test_a_count_while_goods_moved_is_refused(stall, monkeypatch):
    """The count read 100; before it wrote, somebody else's sale (another connection's) made it 99."""
    from courtyard.shop.actions import stock

    def swap(rows, problem, /, **new):
        Stock.objects.filter(pk=stall.soap.pk).update(pieces=99)
        real(rows, problem, **new)

    real = stock.swap
    monkeypatch.setattr(stock, "swap", swap)
    with pytest.raises(Refused) as caught:
        count_stock(item=stall.soap, counted=90, by=stall.world.actor("keeper"), at=AT)
    assert caught.value.code == "shop.moved_meanwhile"
    assert StockMove.objects.filter(kind="count").count() == 0


def test_shops_and_goods_have_one_name_each(world):
    clerk = world.actor("clerk")
    command = uuid7()
    given = {"place": world["WD/01"], "name": " 塔湾 积分超市 ", "by": clerk, "at": AT}
    shop = make_shop(**given, command=command)
    assert make_shop(**given, command=command) == shop
    assert shop.name == "塔湾 积分超市"
    with refused("shop.name_taken"):
        make_shop(**given)
    with refused("shop.no_name"):
        make_shop(place=world["WD/01"], name=" ", by=clerk, at=AT)
    with refused("people.not_allowed"):
        make_shop(place=world["WD/01"], name="x", by=world.actor("cadre"), at=AT)
    item = {"shop": shop, "name": "肥皂", "unit": "块", "points": 10, "by": clerk, "at": AT}
    command = uuid7()
    soap = add_item(**item, command=command)
    assert add_item(**item, command=command) == soap
    with refused("shop.name_taken"):
        add_item(**item)
    with refused("shop.no_name"):
        add_item(**item | {"name": ""})
    with refused("shop.not_a_count"):
        add_item(**item | {"name": "盐", "points": 0})
    for barcode in ("69ab", "6" * 21, "\uff16\uff19"):
        with refused("shop.unfit_barcode"):
            add_item(**item | {"name": "盐", "barcode": barcode})
    with refused("kernel.too_long"):
        add_item(**item | {"name": "盐" * 41})
    with refused("people.not_allowed"):
        add_item(**item | {"name": "盐", "by": world.actor("keeper")})
