"""Shops, goods, dated prices, stock movements and counters, redemptions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models import Card, Household
from courtyard.places.models import Place
from courtyard.records.checks import known
from courtyard.shop.rules import states
from courtyard.shop.rules.basket import MOST_CASH_FEN, MOST_PIECES, MOST_PRICE


class Shop(models.Model):
    """A points shop: it serves the households of its place and below. `receipts` is the last receipt's number."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="shops")
    name = models.CharField(max_length=40)
    is_open = models.BooleanField(default=True)
    receipts = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(("id", "place", "name", "is_open"), "public") | {"receipts": "internal"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="shop_name_once")]


class Item(models.Model):
    """Goods on a shop's shelf. `barcode` may be empty."""

    id = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=8)
    barcode = models.CharField(max_length=20, default="")

    privacy = dict.fromkeys(("id", "shop", "name", "unit", "barcode"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="shop_item_once")]


class Price(models.Model):
    """What an item costs in points from a day (the latest day not after today holds)."""

    id = models.UUIDField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="prices")
    points = models.BigIntegerField()
    since = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "item", "points", "since", "entry"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "since"], name="shop_price_once_a_day"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=MOST_PRICE), name="shop_price_in_range"),
        ]


class PriceCash(models.Model):
    """What an item costs in cash beside its points, by the same dated price; a price without one asks for points alone."""

    price = models.OneToOneField(Price, primary_key=True, on_delete=models.PROTECT, related_name="cash")
    cash_fen = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("price", "cash_fen", "entry"), "public")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cash_fen__gte=1, cash_fen__lte=MOST_CASH_FEN), name="shop_price_cash_in_range"
            ),
        ]


class Stock(models.Model):
    """The guarded count of an item: the sum of its movements, never below 0."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT)
    pieces = models.BigIntegerField(default=0)

    privacy = {"item": "public", "pieces": "public"}

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pieces__gte=0), name="shop_stock_not_below_0")]


class StockMove(models.Model):
    """One movement of stock, signed pieces."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=8, choices=states.MoveKind.choices())
    pieces = models.BigIntegerField()
    subject = models.UUIDField(null=True)
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "item", "kind", "pieces", "subject", "day", "entry"), "internal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(pieces=0), name="shop_move_moves"),
            known("shop_move_kind", "kind", states.MoveKind),
        ]


class Redemption(models.Model):
    """Goods handed over against points (0 where they cost cash alone): who, where; `receipt` is the number on the slip.

    `card` is the card whose code was read, None where its number was typed; `by_pin` that the PIN was given."""

    id = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="redemptions")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="redemptions")
    receipt = models.BigIntegerField()
    points = models.BigIntegerField()
    card = models.ForeignKey(Card, null=True, on_delete=models.PROTECT, related_name="+")
    by_pin = models.BooleanField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "shop", "household", "receipt", "card", "by_pin", "day", "at", "by", "entry"), "internal"
    ) | {"points": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "receipt"], name="shop_receipt_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="shop_redemption_points"),
            models.CheckConstraint(condition=Q(by_pin=True) | ~Q(card=None), name="shop_redemption_card_or_pin"),
        ]
        indexes = [models.Index(fields=["household", "day"], name="shop_redemption_household")]


class RedemptionLine(models.Model):
    """One item of a redemption: pieces at points each, as priced that day."""

    redemption = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    pieces = models.BigIntegerField()
    points_each = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "redemption", "item", "pieces", "points_each", "entry"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["redemption", "item"], name="shop_line_once"),
            models.CheckConstraint(
                condition=Q(pieces__gte=1, pieces__lte=MOST_PIECES, points_each__gte=0, points_each__lte=MOST_PRICE),
                name="shop_line_in_range",
            ),
        ]


class CashLine(models.Model):
    """What one item of a redemption cost in cash beside its points: fen a piece, as priced that day. Cash is counted with
    the day and kept in the shop's own box; here it is never booked as points."""

    redemption = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="cash")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    pieces = models.BigIntegerField()
    cash_each_fen = models.BigIntegerField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "redemption", "item", "pieces", "cash_each_fen", "entry"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["redemption", "item"], name="shop_cash_line_once"),
            models.CheckConstraint(
                condition=Q(
                    pieces__gte=1, pieces__lte=MOST_PIECES, cash_each_fen__gte=1, cash_each_fen__lte=MOST_CASH_FEN
                ),
                name="shop_cash_line_in_range",
            ),
        ]


class Return(models.Model):
    """That a redemption was undone on its day by a second person: goods back on the shelf, points back to the home."""

    redemption = models.OneToOneField(Redemption, primary_key=True, on_delete=models.PROTECT, related_name="returned")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("redemption", "day", "at", "by", "entry"), "internal")
