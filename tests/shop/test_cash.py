"""Goods for points and cash: a dated price, one receipt, the day's sum; nothing of it is typed at the till."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.shop.stalls import Stall, check_stock, open_stall, pieces, refused
from tests.worlds import AT, World

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.models import Posting
from courtyard.points.queries import balance
from courtyard.shop.actions import add_item, receive_stock, reverse_redemption, set_price
from courtyard.shop.models import CashLine, Item, Redemption
from courtyard.shop.queries import catalogue, dated_prices, days_receipts, receipt, shelf, sums
from courtyard.shop.rules.basket import Cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall(world: World) -> Stall:
    return open_stall(world, 2)


@pytest.fixture
def towel(stall: Stall) -> Item:
    """A towel for 30 points and 2.50 元."""
    return new(stall, "毛巾", 30, 250)


def new(stall: Stall, name: str, points: int, cash_fen: int, free: bool = False) -> Item:
    clerk, keeper = stall.world.actor("clerk"), stall.world.actor("keeper")
    made = add_item(shop=stall.shop, name=name, unit="条", points=points, cash_fen=cash_fen, free=free, by=clerk, at=AT)
    receive_stock(item=made, pieces=10, by=keeper, at=AT)
    return made


def test_a_receipt_of_points_and_cash(stall: Stall, towel: Item) -> None:
    a, _ = stall.homes
    command = uuid7()
    sold = stall.sell(a, (towel, 2), (stall.soap, 1), command=command)
    assert (sold.points, sold.cash_fen, balance(a.pk).free, pieces(towel)) == (70, 500, 130, 8)
    assert stall.sell(a, (towel, 2), (stall.soap, 1), command=command) == sold, "the same receipt again"
    told = receipt(sold.redemption)
    assert told is not None and (told.points, told.cash_fen) == (70, 500)
    assert [(x.name, x.points, x.cash_fen) for x in told.lines] == [("毛巾", 60, 500), ("肥皂", 10, 0)]
    assert [(x.pieces, x.cash_each_fen) for x in CashLine.objects.all()] == [(2, 250)], "only what costs cash"
    check_stock(stall.shop)


def test_cash_follows_the_dated_price(stall: Stall, towel: Item) -> None:
    a, _ = stall.homes
    clerk, tomorrow = stall.world.actor("clerk"), AT + timedelta(days=1)
    set_price(item=towel, points=30, cash_fen=300, since=day_of(tomorrow), by=clerk, at=AT)
    assert stall.sell(a, (towel, 1)).cash_fen == 250
    assert stall.sell(a, (towel, 1), at=tomorrow).cash_fen == 300
    set_price(item=towel, points=40, since=day_of(tomorrow + timedelta(days=1)), by=clerk, at=tomorrow)
    assert stall.sell(a, (towel, 1), at=tomorrow + timedelta(days=1)).cash_fen == 0
    assert [cost for _, cost in dated_prices(towel.pk)] == [Cost(40), Cost(30, 300), Cost(30, 250)]
    [shown] = [one for one in shelf(stall.shop.pk, day_of(AT)) if one.item == towel.pk]
    [offered] = [one for one in catalogue(a, 10, day_of(AT)) if one.item == towel.pk]
    assert (shown.points, shown.cash_fen, offered.cash_fen, offered.missing) == (30, 250, 250, 20)


def test_points_that_do_not_suffice_take_no_cash(stall: Stall) -> None:
    a, _ = stall.homes
    dear = new(stall, "电饭锅", 201, 9_900)
    with refused("points.not_enough"):
        stall.sell(a, (dear, 1))
    assert not CashLine.objects.exists()


def test_what_costs_cash_alone_books_no_points(stall: Stall) -> None:
    a, _ = stall.homes
    seeds, leaflet = new(stall, "菜籽", 0, 100), new(stall, "年历", 0, 0, free=True)
    sold = stall.sell(a, (seeds, 3), (leaflet, 1))
    assert (sold.points, sold.cash_fen, balance(a.pk).free) == (0, 300, 200)
    assert not Posting.objects.filter(subject=sold.redemption).exists()
    sale = Redemption.objects.get(pk=sold.redemption)
    assert reverse_redemption(redemption=sale, by=stall.world.actor("cadre"), at=AT) == 0
    assert (pieces(seeds), pieces(leaflet), balance(a.pk).free) == (10, 10, 200)


def test_the_day_in_one_sum(stall: Stall, towel: Item) -> None:
    a, b = stall.homes
    stall.sell(a, (towel, 1))
    stall.sell(b, (towel, 3))
    undone = stall.sell(b, (towel, 1), (stall.soap, 1))
    cadre = stall.world.actor("cadre")
    reverse_redemption(redemption=Redemption.objects.get(pk=undone.redemption), by=cadre, at=AT)
    day = sums(days_receipts(stall.shop.pk, day_of(AT)))
    assert (day.receipts, day.returned, day.points, day.cash_fen) == (2, 1, 120, 1_000)
    assert sums([]).cash_fen == 0
