"""Redemptions by 8 processes at once: 100 accounts of 10 villages, and one last item; beside lock, look and save.

Both sides are started from a barrier, each process on a kept connection of its own; a row that is sold when there is
none left, or a counter that is not the fold of its postings, ends the benchmark as an error.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import OperationalError, connections, transaction

from benchmarks import ground, naive
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, Timed, ratio, say, side_by_side
from courtyard.households.models import Card, Household
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.points.actions import parts
from courtyard.points.models import Account, Counter, Posting
from courtyard.points.rules.ledger import AwardDue, Movement
from courtyard.points.rules.ledger import fold as folded
from courtyard.records.gate import Busy
from courtyard.records.journal import act
from courtyard.records.models import Receipt
from courtyard.shop.actions import Wanted as Basket
from courtyard.shop.actions import add_item, make_shop, receive_stock, record_loss, redeem
from courtyard.shop.models import Item, Price, Redemption, RedemptionLine, Shop, Stock, StockMove

PROCESSES, VILLAGES, HOMES = 8, 10, 10
PRICE = 10
EACH = 12  # redemptions a process


@dataclass(frozen=True)
class Buy:
    """One redemption to try, by plain ids so that it can cross to another process."""

    shop: UUID
    item: UUID
    household: UUID
    card: UUID


class Market:
    """Ten villages, each with a shop of one priced item and ten homes with cards and points."""

    def __init__(self) -> None:
        self.world = ground.world()
        self.by = self.world.terminal
        self.buys: list[list[Buy]] = []
        self.items: list[Item] = []
        for village in ground.new_villages(self.world, VILLAGES, groups=1):
            homes = ground.fill(village, HOMES, first_short=len(self.items) * 100)
            cards = ground.give_cards(homes)
            ground.fund(self.world, village)
            shop = make_shop(place=village, name="积分超市", by=self.by, at=ground.AT)
            item = add_item(shop=shop, name="肥皂", unit="块", points=PRICE, by=self.by, at=ground.AT)
            with act("bench.grant", by=self.by, at=ground.AT, chain=village.pk) as pen:
                round = uuid7()
                due = [AwardDue(home.pk, round, "awards.good", 90_000, naive.DAY) for home in homes]
                parts.award(pen, village.pk, due)
                parts.pay_waiting(pen, village.pk, naive.DAY)
            with act("bench.shop", by=self.by, at=ground.AT, chain=village.pk) as pen:
                parts.spend(pen, homes[0].pk, 1, shop.pk, uuid7(), naive.DAY)
            self.items.append(item)
            self.buys.append([Buy(shop.pk, item.pk, card.household_id, card.pk) for card in cards])

    def stock(self, item: Item, pieces: int) -> None:
        receive_stock(item=item, pieces=pieces, by=self.by, at=ground.AT)

    def only(self, item: Item, pieces: int) -> None:
        """Exactly so many pieces on the shelf."""
        left = Stock.objects.get(pk=item.pk).pieces
        if left:
            record_loss(item=item, pieces=left, by=self.by, at=ground.AT)
        self.stock(item, pieces)

    def many(self) -> list[list[Buy]]:
        """A list a process: every process walks through all villages, none twice at the same home at once."""
        flat = [buys[h] for h in range(HOMES) for buys in self.buys]
        return [[flat[(p + n * PROCESSES) % len(flat)] for n in range(EACH)] for p in range(PROCESSES)]

    def one(self) -> list[list[Buy]]:
        """The same item of the first village for all, by its ten homes."""
        buys = self.buys[0]
        return [[buys[(p + n) % HOMES] for n in range(EACH)] for p in range(PROCESSES)]

    def ours(self, buy: Buy) -> bool:
        shop = Shop.objects.select_related("place").get(pk=buy.shop)
        household = Household.objects.get(pk=buy.household)
        try:
            redeem(
                shop=shop, household=household, lines=[Basket(buy.item, 1)], pin_ok=True, scanned=buy.card, by=self.by,
                at=ground.AT, command=uuid7(),
            )  # fmt: skip
        except Refused as refused:
            if refused.code != "shop.sold_out":
                raise
            return False
        return True

    def naively(self, buy: Buy) -> bool:
        shop = Shop.objects.select_related("place").get(pk=buy.shop)
        household = Household.objects.get(pk=buy.household)
        command = uuid7()
        with transaction.atomic():
            return not Receipt.objects.filter(pk=command).exists() and self._sell(shop, household, buy, command)

    def _sell(self, shop: Shop, household: Household, buy: Buy, command: UUID) -> bool:
        entry = uuid7()
        shop = Shop.objects.select_for_update().get(pk=shop.pk)
        card = Card.objects.get(household=household, state="live")
        item = Item.objects.get(pk=buy.item, shop=shop)
        price = Price.objects.filter(item=item, since__lte=naive.DAY).latest("since").points
        stock = Stock.objects.select_for_update().get(pk=item.pk)
        if not shop.is_open or stock.pieces < 1:
            return False
        home, till = naive.account("household", household.pk), naive.account("shop", shop.pk)
        naive.take(home, price)
        stock.pieces -= 1
        stock.save()
        shop.receipts += 1
        shop.save()
        sale = Redemption.objects.create(
            id=uuid7(), shop=shop, household=household, receipt=shop.receipts, points=price, card=card, by_pin=True,
            day=naive.DAY, at=ground.AT, by=self.by.id, entry=entry,
        )  # fmt: skip
        line = RedemptionLine.objects.create(redemption=sale, item=item, pieces=1, points_each=price, entry=entry)
        gone = StockMove.objects.create(
            item=item, kind="sold", pieces=-1, subject=sale.pk, day=naive.DAY, entry=entry
        )  # fmt: skip
        posting = naive.move(home, till, price, "redemption", sale.pk, entry)
        rows = [sale, line, gone, posting]
        naive.journal(household.village_id, "bench.redeem", household.pk, self.by, ground.AT, rows, command)
        return True


def _patiently(sell: Callable[[Buy], bool], buy: Buy) -> bool:
    """As a client does by Retry-After; the naive side waits its turn again when SQLite says that it is locked."""
    while True:
        try:
            return sell(buy)
        except Busy:
            time.sleep(0.05)
        except OperationalError as error:
            if "locked" not in str(error) and "deadlock" not in str(error):
                raise


def _till(sell: Callable[[Buy], bool], buys: Sequence[Buy], start: Any, sold: Any) -> None:
    connections.close_all()
    Household.objects.exists()
    start.wait()
    done = sum(_patiently(sell, buy) for buy in buys)
    with sold.get_lock():
        sold.value += done
    connections.close_all()


class Heat:
    """Eight processes made ready at a barrier; `run` lets them go and returns how many redemptions stood."""

    def __init__(self, sell: Callable[[Buy], bool], lists: Sequence[Sequence[Buy]], expected: int) -> None:
        connections.close_all()
        context = multiprocessing.get_context("fork")
        self.start, self.sold, self.expected = context.Barrier(len(lists) + 1), context.Value("l", 0), expected
        self.tills = [context.Process(target=_till, args=(sell, buys, self.start, self.sold)) for buys in lists]
        for till in self.tills:
            till.start()
        while self.start.n_waiting < len(lists):
            if any(till.exitcode for till in self.tills):
                raise RuntimeError("a till ended before the start")
            time.sleep(0.01)

    def run(self) -> int:
        self.start.wait()
        for till in self.tills:
            till.join()
        if any(till.exitcode for till in self.tills) or self.sold.value != self.expected:
            raise RuntimeError(f"{self.sold.value} sold, {self.expected} expected")
        return int(self.sold.value)


def bench(wanted: Wanted) -> list[Figure]:
    market = Market()
    say("100 accounts of 10 villages")
    many = _both(market, market.many(), PROCESSES * EACH, wanted.runs)
    say("one last item")
    one = _both(market, market.one(), PROCESSES * EACH - PROCESSES, wanted.runs)
    check()
    return [
        ratio("redemption", "redemption, 8 processes, 100 accounts of 10 villages, beside lock and save",
              many["ours"], many["naive"], at_least=2),
        ratio("redemption", "redemption, 8 processes, one item that runs out, beside lock and save",
              one["ours"], one["naive"], at_least=2, note="nothing oversold, counters equal folds"),
    ]  # fmt: skip


def _both(market: Market, lists: list[list[Buy]], stand: int, runs: int) -> dict[str, Timed]:
    def side(sell: Callable[[Buy], bool]) -> Callable[[int], Callable[[], int]]:
        def ready(n: int) -> Callable[[], int]:
            if stand == PROCESSES * EACH:
                for item in market.items:
                    market.stock(item, PROCESSES * EACH)
            else:
                market.only(market.items[0], stand)
            return Heat(sell, lists, stand).run

        return ready

    return side_by_side({"ours": side(market.ours), "naive": side(market.naively)}, runs)


def check() -> None:
    """Every counter is the fold of its postings, every stock the sum of its movements, after both sides."""
    moves = [Movement(*row) for row in Posting.objects.values_list("debit", "credit", "points")]
    for account in Account.objects.filter(kind="household").values_list("pk", flat=True):
        own = [move for move in moves if account in (move.debit, move.credit)]
        if Counter.objects.get(pk=account).points != folded(account, own):
            raise RuntimeError("a counter is not the fold of its postings")
    for stock in Stock.objects.all():
        if stock.pieces != sum(StockMove.objects.filter(item=stock.item_id).values_list("pieces", flat=True)):
            raise RuntimeError("a stock is not the sum of its movements")
