"""What homes may meet under a scheme and a model: a store of drawn visits by order, deeds with their rates, rewards."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from courtyard.kernel.chances import Chance, stream
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import DeedRule, SchemeDocument
from courtyard.rating.rules.engine_2.stepping import Steps
from courtyard.rating.rules.facts import Mark
from courtyard.rating.rules.periods import Period
from courtyard.rating.rules.simulating.calendar import DEEDS, MENDS
from courtyard.rating.rules.simulating.drawing import ORDERS, Drawer
from courtyard.rating.rules.simulating.model import SHARE, Model

STORE = 1000  # drawn visits of each order
TURN = 20  # so many seeds running share one store, so that intervals know of what the store left to chance
AMOUNTS = (1, 1, 2, 3, 5)  # of what a deed counts: so many units, each as often
HOME = "h"


def turn_of(seed: int) -> int:
    """Which store of visits a seed draws from."""
    return seed // TURN


@dataclass(frozen=True)
class Drawn:
    """A period's visits to one home as drawn: all marks, the score they came to together, the number of their sign."""

    marks: tuple[tuple[Mark, ...], ...]
    score_milli: int | None
    sign: int

    def visits(self, home: str, period: Period, *, spot: bool = False) -> tuple[s.Visit, ...]:
        """The visits as events of a period, the last one on its last day."""
        days = [period.last - timedelta(days=back) for back in reversed(range(len(self.marks)))]
        return tuple(s.Visit(home, day, marks, spot=spot) for day, marks in zip(days, self.marks, strict=True))


class Signs:
    """What a close can ask of a period's visits, by number, with the first visits drawn of each. 0: no visit."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {"": 0}
        self.first: list[Drawn] = [Drawn((), None, 0)]

    def drawn(self, marks: tuple[tuple[Mark, ...], ...], score_milli: int | None, sign: Hashable) -> Drawn:
        """Visits of a sign."""
        number = self._numbers.setdefault(sign, len(self.first))
        found = Drawn(marks, score_milli, number)
        if number == len(self.first):
            self.first.append(found)
        return found


def store(drawer: Drawer, steps: Steps, signs: Signs, visits: int, seed: int) -> tuple[tuple[Drawn, ...], ...]:
    """The store of visits that a seed draws from, by the order a home is in."""
    chance = stream("store", visits, turn_of(seed))
    found = []
    for order in range(ORDERS):
        rows = []
        for _ in range(STORE):
            marks = tuple(drawer.visit(order, chance) for _ in range(visits))
            whole = steps.together([steps.look(one) for one in marks])
            rows.append(signs.drawn(marks, whole.score_milli, (visits, steps.sign(whole))))
        found.append(tuple(rows))
    return tuple(found)


@dataclass(frozen=True)
class Deeds:
    """The deeds of a scheme with how often each is done."""

    rules: tuple[DeedRule, ...]
    rates_milli: tuple[int, ...]  # a home and year
    model: Model
    until: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, document: SchemeDocument, model: Model) -> Deeds:
        """A scheme's deeds; what the model does not name shares what is done in all."""
        named = {row.code: row.a_year_milli for row in model.deeds}
        left = [rule for rule in document.deeds if rule.code not in named]
        gains = [rule for rule in left if rule.points_milli >= 0]
        losses = len(left) - len(gains)
        rates = tuple(
            named.get(rule.code)
            if rule.code in named
            else (
                model.deeds_a_year_milli // len(gains)
                if rule.points_milli >= 0
                else model.losses_a_year_milli // losses
            )
            for rule in document.deeds
        )
        return cls(document.deeds, rates, model, list(accumulate(rates)))  # type: ignore[arg-type]

    def count(self, homes: int, chance: Chance) -> int:
        """How many are done in a month in all homes: as many as come when each comes by itself."""
        mean = homes * sum(self.rates_milli) / SHARE / 12
        count, gone = 0, -math.log(1 - chance())
        while gone < mean:
            count, gone = count + 1, gone - math.log(1 - chance())
        return count

    def draw(self, owners: tuple[str, ...], day: date, chance: Chance) -> s.Deed:
        """One deed of a home on a day; `owners`: its persons, or none."""
        rule = self.rules[bisect(self.until, chance() * self.until[-1])]
        member = owners[int(chance() * len(owners))] if owners else ""
        many, thing, amount = AMOUNTS[int(chance() * len(AMOUNTS))], "", None
        if rule.prices:
            kinds = sorted({row.kind for row in rule.prices})
            thing, amount = kinds[int(chance() * len(kinds))], many * SHARE
        elif rule.per_milli:
            amount = many * rule.per_milli
        disputed, mended = False, None
        if rule.points_milli < 0:
            disputed = chance() * SHARE < self.model.disputed_milli
            if chance() * SHARE < self.model.repaired_milli:
                mended = day + timedelta(days=MENDS - DEEDS)
        return s.Deed(HOME, day, rule.code, member, 1, amount, thing, "", None, mended, disputed)


@dataclass(frozen=True)
class Good:
    """What points buy: a row of the scheme's list, or a price that a place names beside it."""

    code: str
    name: str
    ledger: str
    points: int
    cash_fen: int = 0
    since: str = ""

    def spend(self, day: date, member: str) -> s.Spend:
        """Taking one of it; what is not on the scheme's own list is points alone."""
        if self.code:
            return s.Spend(HOME, day, member, self.ledger, 0, self.code)
        return s.Spend(HOME, day, member, self.ledger, self.points)


def goods_of(document: SchemeDocument, priced: tuple[tuple[str, int], ...] = ()) -> tuple[Good, ...]:
    """What a place's points buy: the scheme's list, and beside it names with their price in the first spendable ledger."""
    listed = tuple(
        Good(row.code, row.name, row.ledger, row.points, row.cash_fen, row.since) for row in document.rewards
    )
    spendable = next((ledger.code for ledger in document.ledgers if ledger.spendable), "")
    return listed + tuple(Good("", name, spendable, points) for name, points in priced if spendable)
