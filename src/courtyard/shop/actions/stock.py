"""Goods coming in, counted and lost: each changes the guarded count and writes one movement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.sets import Answer, Statement, key, together
from courtyard.shop.actions.goods import chain_of
from courtyard.shop.models import Item, Stock, StockMove
from courtyard.shop.rules.basket import MOST_STOCK, unfit_number
from courtyard.shop.rules.states import MoveKind

_TAKE = "UPDATE shop_stock SET pieces = pieces - %s WHERE item_id = %s AND pieces >= %s"


def put(pen: Pen, pieces: dict[UUID, int]) -> None:
    """Put pieces on the shelf, in order of item (two tills lock the same rows in one order)."""
    for item in sorted(pieces):
        Stock.objects.filter(pk=item).update(pieces=F("pieces") + pieces[item])


def take(pen: Pen, pieces: dict[UUID, int]) -> UUID | None:
    """Take pieces off the shelf, in order of item; the first item that has not so many, and then the action refuses."""
    return first_short(pieces, together(takes(pieces)))


def takes(pieces: dict[UUID, int]) -> list[Statement]:
    """The statements that take these pieces off the shelf, each where there are so many, in order of item."""
    return [(_TAKE, [pieces[item], key(item), pieces[item]]) for item in sorted(pieces)]


def first_short(pieces: dict[UUID, int], answers: Sequence[Answer]) -> UUID | None:
    """The first item that `takes` found short: the action must refuse then, which puts the others back."""
    return next((item for item, done in zip(sorted(pieces), answers, strict=True) if done.touched != 1), None)


def moves(pen: Pen, kind: MoveKind, pieces: dict[UUID, int], subject: UUID | None = None) -> list[StockMove]:
    """The movements, signed pieces an item, of the entry's day."""
    day = day_of(pen.at)
    return [
        StockMove(item_id=item, kind=kind.value, pieces=count, subject=subject, day=day)
        for item, count in pieces.items()
    ]


def receive_stock(*, item: Item, pieces: int, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Take in a delivery of 1 to 100,000 pieces. Refuses shop.not_a_count."""
    place = item.shop.place
    refuse_if(may(by, "shop.stock", place.path) or unfit_number(pieces, MOST_STOCK))
    given = {"item": item.pk, "pieces": pieces}
    with act(
        "shop.receive_stock", by=by, at=at, chain=chain_of(place), subject=item.pk, command=command, given=given
    ) as pen:
        if not pen.replayed:
            put(pen, {item.pk: pieces})
            pen.grow(moves(pen, MoveKind.IN, {item.pk: pieces}))
            pen.answer = {"pieces": pieces}


def record_loss(*, item: Item, pieces: int, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Write off pieces that are spoiled or gone. Refuses shop.not_a_count and shop.stock_short."""
    place = item.shop.place
    refuse_if(may(by, "shop.stock", place.path) or unfit_number(pieces, MOST_STOCK))
    given = {"item": item.pk, "pieces": pieces}
    with act(
        "shop.record_loss", by=by, at=at, chain=chain_of(place), subject=item.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return
        if take(pen, {item.pk: pieces}):
            refuse("shop.stock_short", item=item.name, left=Stock.objects.get(pk=item.pk).pieces)
        pen.grow(moves(pen, MoveKind.LOSS, {item.pk: -pieces}))
        pen.answer = {"pieces": -pieces}


def count_stock(*, item: Item, counted: int, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Make the count what was counted on the shelf; returns the difference, which is booked as a movement.

    Refuses shop.count_negative, shop.nothing_differs, and shop.moved_meanwhile where goods moved at that moment.
    """
    place = item.shop.place
    refuse_if(may(by, "shop.stock", place.path))
    if counted != 0 and unfit_number(counted, MOST_STOCK):
        refuse("shop.count_negative", number=str(counted), most=MOST_STOCK)
    given = {"item": item.pk, "counted": counted}
    with act(
        "shop.count_stock", by=by, at=at, chain=chain_of(place), subject=item.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return int(pen.answer["pieces"])
        standing = Stock.objects.get(pk=item.pk).pieces
        difference = counted - standing
        if not difference:
            refuse("shop.nothing_differs")
        swap(Stock.objects.filter(pk=item.pk, pieces=standing), "shop.moved_meanwhile", pieces=counted)
        pen.grow(moves(pen, MoveKind.COUNT, {item.pk: difference}))
        pen.answer = {"pieces": difference}
        return difference
