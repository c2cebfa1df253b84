"""What the till must know of a shop and the goods on the counter, by one statement that others may travel with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from courtyard.records.sets import Statement, key
from courtyard.shop.rules.basket import Cost, PriceFrom, prices_on

_COUNTER = """
SELECT s.is_open, i.id, i.name, p.points, p.since, c.cash_fen FROM shop_shop s
LEFT JOIN shop_item i ON i.shop_id = s.id AND i.id IN ({marks})
LEFT JOIN shop_price p ON p.item_id = i.id AND p.since <= %s
LEFT JOIN shop_pricecash c ON c.price_id = p.id
WHERE s.id = %s
"""


@dataclass(frozen=True)
class Counter:
    """Whether the shop is open, the names of those of the wanted items that are its own, and their prices that day."""

    is_open: bool
    names: dict[UUID, str]
    prices: dict[UUID, Cost]


def asks_counter(shop: UUID, items: Iterable[UUID], day: date) -> Statement:
    """What asks for the shop and its wanted items on a day."""
    wanted = [key(item) for item in items]
    return _COUNTER.format(marks=", ".join(["%s"] * len(wanted))), [*wanted, day, key(shop)]


def counter(rows: Sequence[tuple[Any, ...]], day: date) -> Counter:
    """The shop and its wanted items by the answer; an item without a price yet has none."""
    names = {_uuid(item): str(name) for _, item, name, *_ in rows if item is not None}
    listed = [
        PriceFrom(_uuid(item), points, since, cash or 0)
        for _, item, _, points, since, cash in rows
        if points is not None
    ]
    return Counter(any(is_open for is_open, *_ in rows), names, prices_on(day, listed))


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=str(value))
