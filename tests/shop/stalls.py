"""A stocked shop and homes with cards and points, for tests of the till."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.points.homes import fund, grant, homes
from tests.points.homes import refused as points_refused
from tests.worlds import AT, World

from courtyard.households.actions import hand_over_card, issue_cards
from courtyard.households.models import Card, Household
from courtyard.shop.actions import Wanted, add_item, make_shop, receive_stock, redeem
from courtyard.shop.models import Item, Redemption, Shop, Stock, StockMove
from courtyard.shop.queries import stock_report

PIN = "730518"


@dataclass
class Stall:
    """A shop of village 01 with soap for 10 (100 pieces) and rice for 120 (5), and homes with cards and points."""

    world: World
    shop: Shop
    soap: Item
    rice: Item
    homes: list[Household]
    cards: dict[UUID, Card]

    def sell(self, household: Household, *lines: tuple[Item, int], who: str = "keeper", **change: Any) -> Any:
        """Redeem by a read card and the PIN, unless `change` says otherwise."""
        card = self.cards.get(household.pk)
        given = {"pin_ok": True, "scanned": card.pk if card else None, "at": AT, "shop": self.shop} | change
        wanted = [Wanted(item.pk, pieces) for item, pieces in lines]
        return redeem(household=household, lines=wanted, by=self.world.actor(who), **given)


def open_stall(world: World, count: int = 1, points: int = 200, at: datetime = AT) -> Stall:
    """The stall of `count` homes with so many points each, opened through actions."""
    clerk = world.actor("clerk")
    shop = make_shop(place=world["WD/01"], name="塔湾积分超市", by=clerk, at=at)
    soap = add_item(shop=shop, name="肥皂", unit="块", points=10, by=clerk, at=at, barcode="6901234567892")
    rice = add_item(shop=shop, name="大米5千克", unit="袋", points=120, by=clerk, at=at)
    receive_stock(item=soap, pieces=100, by=world.actor("keeper"), at=at)
    receive_stock(item=rice, pieces=5, by=world.actor("keeper"), at=at)
    rows = homes(world, count)
    issue_cards(place=world["WD/01"], by=clerk, at=at)
    cards = {row.pk: hand_over_card(household=row, pin=PIN, by=clerk, at=at) for row in rows}
    if points:
        fund(world, points * count)
        grant(world, [(row, points) for row in rows])
    return Stall(world, shop, soap, rice, rows, cards)


@contextlib.contextmanager
def refused(code: str) -> Iterator[Any]:
    """Refused with this code: no points, no stock, no receipt moved."""
    before = (
        list(Stock.objects.order_by("pk").values_list()),
        StockMove.objects.count(),
        Redemption.objects.count(),
        list(Shop.objects.order_by("pk").values_list()),
    )
    with points_refused(code) as caught:
        yield caught
    assert before == (
        list(Stock.objects.order_by("pk").values_list()),
        StockMove.objects.count(),
        Redemption.objects.count(),
        list(Shop.objects.order_by("pk").values_list()),
    )


def pieces(item: Item) -> int:
    """What the guarded count says."""
    return Stock.objects.get(pk=item.pk).pieces


def check_stock(shop: Shop) -> None:
    """Every count is the sum of its movements."""
    for line in stock_report(shop.pk):
        assert line.pieces == line.moved == line.received + line.sold + line.returned + line.lost + line.counted
