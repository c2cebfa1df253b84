"""What is read of shops: the shelf, receipts, the stock report, in so many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.points.homes import counted
from tests.shop.stalls import open_stall
from tests.worlds import AT, home

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.shop.queries import (
    catalogue,
    days_receipts,
    household_receipts,
    receipt,
    shelf,
    shops,
    stock_report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall(world):
    return open_stall(world)


def test_the_shelf_and_the_catalogue(stall):
    (a,) = stall.homes
    day = day_of(AT)
    assert [(x.name, x.points, x.pieces) for x in shelf(stall.shop.pk, day)] == [
        ("大米5千克", 120, 5), ("肥皂", 10, 100)
    ]  # fmt: skip
    assert [x.points for x in shelf(stall.shop.pk, day - timedelta(days=1))] == [None, None]
    assert [(x.shop, x.name, x.points, x.missing) for x in catalogue(a, 100, day)] == [
        ("塔湾积分超市", "肥皂", 10, 0), ("塔湾积分超市", "大米5千克", 120, 20)
    ]  # fmt: skip
    assert catalogue(home(stall.world, "WD/02/G01", "0001", "李想"), 0, day) == []
    assert [s.name for s in shops(("WD/01",))] == ["塔湾积分超市"]
    assert not shops(("WD/02",))


def test_a_days_redemptions_in_order_of_receipts(world):
    stall = open_stall(world, 3)
    for row in stall.homes:
        stall.sell(row, (stall.soap, 1))
    stall.sell(stall.homes[0], (stall.soap, 2), at=AT + timedelta(days=1))
    assert [(r.number, r.points) for r in days_receipts(stall.shop.pk, day_of(AT))] == [(1, 10), (2, 10), (3, 10)]
    assert [r.number for r in household_receipts(stall.homes[0].pk)] == [4, 1]
    assert receipt(uuid7()) is None


def test_reads_do_not_grow_with_the_rows(world):
    stall = open_stall(world, 4)
    stall.sell(stall.homes[0], (stall.soap, 1))
    one = [counted(lambda: days_receipts(stall.shop.pk, day_of(AT))), counted(lambda: stock_report(stall.shop.pk))]
    for row in stall.homes:
        stall.sell(row, (stall.soap, 1), (stall.rice, 1))
    many = [counted(lambda: days_receipts(stall.shop.pk, day_of(AT))), counted(lambda: stock_report(stall.shop.pk))]
    assert one == many == [4, 1]
    assert counted(lambda: shelf(stall.shop.pk, day_of(AT))) == 2
