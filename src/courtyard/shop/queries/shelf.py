"""What lies on the shelf: items with the day's price and the pieces left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from courtyard.households.models import Household
from courtyard.kernel.paths import parent
from courtyard.places.queries import within
from courtyard.shop.models import Item, Price, Shop, StockMove
from courtyard.shop.rules.basket import Cost, PriceFrom, prices_on
from courtyard.shop.rules.states import MoveKind


@dataclass(frozen=True)
class OnShelf:
    """An item of a shop: its price that day (points None: not priced yet; cash beside them in fen) and the pieces left."""

    item: UUID
    name: str
    unit: str
    barcode: str
    points: int | None
    pieces: int
    cash_fen: int = 0


@dataclass(frozen=True)
class Offer:
    """An item as a household sees it: where, for how many points (and cash beside them), whether there is some, and how
    many points miss."""

    shop: str
    item: UUID
    name: str
    unit: str
    points: int
    pieces: int
    missing: int
    cash_fen: int = 0


@dataclass(frozen=True)
class StockLine:
    """An item's stock: the guarded count beside the sum of its movements, and that sum by kind."""

    item: UUID
    name: str
    unit: str
    pieces: int
    moved: int
    received: int
    sold: int
    returned: int
    lost: int
    counted: int


def shops(areas: Iterable[str]) -> QuerySet[Shop]:
    """Shops at places within areas, in order of places (one query)."""
    return Shop.objects.filter(within(areas, "place__path")).select_related("place").order_by("place__path", "name")


def shops_serving(household: Household) -> QuerySet[Shop]:
    """The open shops that serve a household: those of its own places, upwards (one query)."""
    paths = [household.group.path]
    while paths[-1]:
        paths.append(parent(paths[-1]))
    return Shop.objects.filter(place__path__in=paths, is_open=True).select_related("place").order_by("name")


def prices(items: Iterable[UUID], day: date) -> dict[UUID, Cost]:
    """Item → what it costs that day, from the dated list (one query); an item without a price yet is absent."""
    listed = Price.objects.filter(item__in=list(items), since__lte=day)
    rows = listed.values_list("item", "points", "since", "cash__cash_fen")
    return prices_on(day, (PriceFrom(item, points, since, cash or 0) for item, points, since, cash in rows))


def dated_prices(item: UUID) -> list[tuple[date, Cost]]:
    """Every price of an item with its first day, the newest first (one query)."""
    rows = Price.objects.filter(item=item).order_by("-since").values_list("since", "points", "cash__cash_fen")
    return [(since, Cost(points, cash or 0)) for since, points, cash in rows]


def shelf(shop_id: UUID, day: date) -> list[OnShelf]:
    """The shop's items with price and pieces, by name (two queries)."""
    items = list(Item.objects.filter(shop=shop_id).select_related("stock").order_by("name"))
    costs = prices((item.pk for item in items), day)
    return [
        OnShelf(
            i.pk, i.name, i.unit, i.barcode, cost.points if cost else None, i.stock.pieces, cost.cash_fen if cost else 0
        )
        for i in items
        for cost in [costs.get(i.pk)]
    ]


def catalogue(household: Household, free: int, day: date) -> list[Offer]:
    """What the household's shops offer that day, cheapest first; `free` is what it can spend (two queries)."""
    items = list(Item.objects.filter(shop__in=shops_serving(household)).select_related("stock", "shop"))
    costs = prices((item.pk for item in items), day)
    offers = [
        Offer(i.shop.name, i.pk, i.name, i.unit, cost.points, i.stock.pieces, max(0, cost.points - free), cost.cash_fen)
        for i in items
        for cost in [costs.get(i.pk)]
        if cost is not None
    ]
    return sorted(offers, key=lambda offer: (offer.points, offer.name, offer.shop))


def stock_report(shop_id: UUID) -> list[StockLine]:
    """Every item's count beside the fold of its movements, by name (one query): the two agree."""
    kinds = {kind: Sum("moves__pieces", filter=Q(moves__kind=kind.value), default=0) for kind in MoveKind}
    items = (
        Item.objects.filter(shop=shop_id)
        .select_related("stock")
        .annotate(
            moved=Sum("moves__pieces", default=0),
            received=kinds[MoveKind.IN],
            sold=kinds[MoveKind.SOLD],
            back=kinds[MoveKind.BACK],
            lost=kinds[MoveKind.LOSS],
            counted=kinds[MoveKind.COUNT],
        )
    )
    return [
        StockLine(i.pk, i.name, i.unit, i.stock.pieces, i.moved, i.received, i.sold, i.back, i.lost, i.counted)
        for i in items.order_by("name")
    ]


def movements(item_id: UUID) -> QuerySet[StockMove]:
    """An item's movements, oldest first (one query)."""
    return StockMove.objects.filter(item=item_id).order_by("id")
