"""Kinds of homes from what they were found in, month by month: how many of each, how each is, how long an order lasts.

Every home is of one kind; each month its order lasts, or is drawn anew from its kind. The numbers are moved until they
make what was seen as likely as they can (expectation and maximisation, from a fixed start: the same history, the same
numbers).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from courtyard.rating.rules.simulating.drawing import ORDERS
from courtyard.rating.rules.simulating.model import SHARE, HomeClass

TURNS = 80  # times the numbers are moved; by then they stand still
STAY_MOST = 0.95  # a home that never changes is one that has not been watched long enough
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Seen:
    """One home: how often an order was drawn for certain (first, or after another), and how often it was last month's."""

    drawn: Counts
    same: Counts


@dataclass
class Kinds:
    """Shares of the kinds, each kind's chances of the three orders, how often a month's order is the last one's."""

    sizes: list[float]
    chances: list[list[float]]
    stay: float

    @classmethod
    def of(cls, classes: Sequence[HomeClass], stay: float) -> Kinds:
        """Where the search begins."""
        chances = [
            [one.good_milli / SHARE, one.fair_milli / SHARE, (SHARE - one.good_milli - one.fair_milli) / SHARE]
            for one in classes
        ]
        return cls([one.share_milli / SHARE for one in classes], chances, stay)

    def likely(self, home: Seen) -> list[float]:
        """How likely each kind makes a home's history; together 1."""
        found = []
        for size, chance in zip(self.sizes, self.chances, strict=True):
            for order in range(ORDERS):
                size *= chance[order] ** home.drawn[order]
                size *= (self.stay + (1 - self.stay) * chance[order]) ** home.same[order]
            found.append(size)
        total = sum(found)
        return [part / total for part in found] if total else list(self.sizes)


def seen(rows: Sequence[tuple[date, int]]) -> Seen:
    """A home's orders in order of months; after a month that was not rated it is drawn for certain again."""
    drawn, same = [0] * ORDERS, [0] * ORDERS
    last: tuple[int, int] | None = None
    for month, order in rows:
        place = month.year * 12 + month.month
        if last == (place - 1, order):
            same[order] += 1
        else:
            drawn[order] += 1
        last = place, order
    return Seen(tuple(drawn), tuple(same))


def found_kinds(homes: Iterable[Seen], start: Sequence[HomeClass], changes: int) -> Kinds:
    """The kinds that fit best. `changes`: how often an order was another than the month before."""
    rows = sorted(Counter(homes).items(), key=lambda row: (row[0].drawn, row[0].same))
    pairs = changes + sum(sum(home.same) * often for home, often in rows)
    kinds = Kinds.of(start, 0.5 if pairs else 0.0)
    for _ in range(TURNS):
        kinds = _moved(kinds, rows, pairs)
    return kinds


def _moved(kinds: Kinds, rows: Sequence[tuple[Seen, int]], pairs: int) -> Kinds:
    """One step nearer: homes are shared out among the kinds, the kinds follow; a month like the last lasted or was drawn."""
    held = [0.0] * len(kinds.sizes)
    orders = [[0.1] * ORDERS for _ in kinds.sizes]  # a tenth of a case beside, so that no chance becomes nought
    lasted = 0.0
    for home, often in rows:
        for kind, part in enumerate(kinds.likely(home)):
            weight, chance = often * part, kinds.chances[kind]
            held[kind] += weight
            for order in range(ORDERS):
                either = kinds.stay + (1 - kinds.stay) * chance[order]
                stayed = home.same[order] * kinds.stay / either if either else 0.0
                lasted += weight * stayed
                orders[kind][order] += weight * (home.drawn[order] + home.same[order] - stayed)
    whole = sum(held)
    return Kinds(
        [part / whole for part in held],
        [[part / sum(one) for part in one] for one in orders],
        min(STAY_MOST, lasted / pairs) if pairs else 0.0,
    )
