"""The points shops: opened, stocked, counted; who has points comes for soap."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from courtyard.households.queries import live_cards
from courtyard.ops.demo.facts import data
from courtyard.ops.demo.town import Town
from courtyard.points.queries import balances
from courtyard.shop.actions import (
    Wanted,
    add_item,
    count_stock,
    make_shop,
    receive_stock,
    record_loss,
    redeem,
    set_price,
)
from courtyard.shop.queries.shelf import shelf, shops


def stock(town: Town) -> None:
    """A shop a village, with its goods, prices and first deliveries."""
    at, clerk = town.agenda.now, town.actor("clerk")
    for village in town.villages:
        shop = make_shop(place=village, name=f"{village.name}积分超市", by=clerk, at=at)
        keeper = town.actor(f"keeper{town.number(village):02d}")
        for goods in data()["goods"]:
            item = add_item(shop=shop, name=goods["name"], unit=goods["unit"], points=goods["points"], by=clerk, at=at)
            receive_stock(item=item, pieces=goods["pieces"], by=keeper, at=at)


def reprice(town: Town, day: date) -> None:
    """Soap costs less from a day on: prices are dated."""
    at, clerk = town.agenda.now, town.actor("clerk")
    for shop in shops([data()["town_code"]]):
        cheaper = shop.items.order_by("name")[0]
        set_price(item=cheaper, points=18, since=day, by=clerk, at=at)


def plan(town: Town, village: Any, closed: date) -> None:
    """The shop opens on two mornings after a close; at the end of the second the shelf is counted."""
    for n, day in enumerate((closed + timedelta(days=2), closed + timedelta(days=9))):
        town.agenda.on(day, 9, 0, lambda at, n=n: _morning(town, village, n, at))  # type: ignore[misc]


def _morning(town: Town, village: Any, n: int, at: datetime) -> None:
    shop = shops([village.path]).first()
    assert shop is not None
    keeper = town.actor(f"keeper{town.number(village):02d}")
    cards = [card for card in live_cards([village.path]) if card.handed_over and card.household.living == "lived_in"]
    points = balances([card.household_id for card in cards])
    able = [card for card in cards if points[card.household_id].free >= 10]
    come = town.chance.sample(able, min(len(able), len(cards) // 8))
    for minute, card in enumerate(come):
        lines, total = _basket(town, shop, points[card.household_id].free, at)
        if not lines:
            continue
        scanned = card.pk if total <= 30 and town.chance.random() < 0.6 else None
        redeem(
            shop=shop, household=card.household, lines=lines, pin_ok=scanned is None, scanned=scanned, by=keeper,
            at=at + timedelta(minutes=2 * minute),
        )  # fmt: skip
    if n:
        _count(town, shop, keeper, at + timedelta(hours=3))


def _basket(town: Town, shop: Any, free: int, at: datetime) -> tuple[list[Wanted], int]:
    """One or two things the household can pay for and the shelf still has."""
    lines: list[Wanted] = []
    total = 0
    for offer in town.chance.sample(shelf(shop.pk, at.date()), 2):
        if offer.points and offer.pieces and total + offer.points <= free:
            lines.append(Wanted(offer.item, 1))
            total += offer.points
    return lines, total


def _count(town: Town, shop: Any, keeper: Any, at: datetime) -> None:
    goods = {item.pk: item for item in shop.items.all()}
    lying = [offer for offer in shelf(shop.pk, at.date()) if offer.pieces > 2]
    if not lying:
        return
    broken, missing = town.chance.sample(lying, 2)
    record_loss(item=goods[broken.item], pieces=1, by=keeper, at=at)
    count_stock(item=goods[missing.item], counted=missing.pieces - 1, by=keeper, at=at)
