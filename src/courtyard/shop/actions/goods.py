"""Shops, what stands on their shelves, and dated prices."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean, unfit
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import Pen, act
from courtyard.shop.models import Item, Price, PriceCash, Shop, Stock
from courtyard.shop.rules.basket import unfit_price


def chain_of(place: Place) -> UUID:
    """The journal a shop's own acts stand in: its village's, or that of the town or county it serves."""
    return place.village_id or place.pk


def _named(name: str, field: str) -> str:
    name = clean(name)
    refuse_if(unfit(name, most=40, field=field))
    if not name:
        refuse("shop.no_name")
    return name


def make_shop(*, place: Place, name: str, by: Actor, at: datetime, command: UUID | None = None) -> Shop:
    """Make a shop that serves the households of this place and below. Refuses shop.no_name, shop.name_taken."""
    refuse_if(may(by, "shop.keep", place.path))
    name = _named(name, "超市名称")
    given = {"place": place.pk, "name": name}
    with act("shop.make_shop", by=by, at=at, chain=chain_of(place), command=command, given=given) as pen:
        if pen.replayed:
            return Shop.objects.get(pk=pen.answer["shop"])
        if Shop.objects.filter(place=place, name=name).exists():
            refuse("shop.name_taken", name=name)
        shop = Shop(id=uuid7(), place=place, name=name)
        shop.save(force_insert=True)
        pen.answer = {"shop": shop.pk}
        return shop


def set_open(*, shop: Shop, is_open: bool, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Open or close a shop; a closed one redeems nothing."""
    refuse_if(may(by, "shop.stock", shop.place.path))
    given = {"shop": shop.pk, "is_open": is_open}
    chain = chain_of(shop.place)
    with act("shop.set_open", by=by, at=at, chain=chain, subject=shop.pk, command=command, given=given) as pen:
        if not pen.replayed:
            Shop.objects.filter(pk=shop.pk).update(is_open=is_open)
            pen.answer = {"is_open": is_open}


def add_item(
    *,
    shop: Shop,
    name: str,
    unit: str,
    points: int,
    by: Actor,
    at: datetime,
    barcode: str = "",
    cash_fen: int = 0,
    free: bool = False,
    command: UUID | None = None,
) -> Item:
    """Put goods on a shop's list with their price in points, and cash beside them, from today; the shelf begins empty.

    Refuses shop.no_name, shop.name_taken, shop.unfit_barcode, shop.not_a_count: 1 to 100,000 points; 0 only
    beside cash, or where it is said to be `free`.
    """
    refuse_if(may(by, "shop.keep", shop.place.path))
    name, unit, barcode = _named(name, "货品名称"), clean(unit), clean(barcode)
    refuse_if(unfit(unit, most=8, field="单位") or unfit_price(points, cash_fen, free=free))
    if barcode and not (barcode.isascii() and barcode.isdigit() and len(barcode) <= 20):
        refuse("shop.unfit_barcode", barcode=barcode)
    given = {"shop": shop.pk, "name": name, "unit": unit, "points": points, "barcode": barcode, **_cash(cash_fen)}
    chain = chain_of(shop.place)
    with act("shop.add_item", by=by, at=at, chain=chain, subject=shop.pk, command=command, given=given) as pen:
        if pen.replayed:
            return Item.objects.get(pk=pen.answer["item"])
        if Item.objects.filter(shop=shop, name=name).exists():
            refuse("shop.name_taken", name=name)
        item = Item(id=uuid7(), shop=shop, name=name, unit=unit, barcode=barcode)
        item.save(force_insert=True)
        Stock(item=item).save(force_insert=True)
        _price(pen, item, points, cash_fen, day_of(at))
        pen.answer = {"item": item.pk}
        return item


def _cash(cash_fen: int) -> dict[str, int]:
    """What is said of cash where there is any, so that commands of points alone stay what they were."""
    return {"cash_fen": cash_fen} if cash_fen else {}


def _price(pen: Pen, item: Item, points: int, cash_fen: int, since: date) -> None:
    price = Price(id=uuid7(), item=item, points=points, since=since)
    pen.grow([price, *([PriceCash(price=price, cash_fen=cash_fen)] if cash_fen else [])])


def set_price(
    *,
    item: Item,
    points: int,
    since: date,
    by: Actor,
    at: datetime,
    cash_fen: int = 0,
    free: bool = False,
    command: UUID | None = None,
) -> None:
    """Set what an item costs from a day on, points and cash beside them: today or later, never backwards, once a day.

    Refuses shop.not_a_count, shop.price_backwards and shop.price_stands.
    """
    place = item.shop.place
    refuse_if(may(by, "shop.keep", place.path) or unfit_price(points, cash_fen, free=free))
    if since < day_of(at):
        refuse("shop.price_backwards", since=since.isoformat())
    given = {"item": item.pk, "points": points, "since": since, **_cash(cash_fen)}
    with act(
        "shop.set_price", by=by, at=at, chain=chain_of(place), subject=item.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return
        if Price.objects.filter(item=item, since=since).exists():
            refuse("shop.price_stands", since=since.isoformat())
        _price(pen, item, points, cash_fen, since)
        pen.answer = {"points": points, **_cash(cash_fen)}
