"""Points and goods under fire: never oversold, never below zero, one effect a command, one reversal a movement.

Every race has its control: the naive pattern, read in one transaction and written in the next, which must lose.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from tests.points.homes import check_books, fund
from tests.races.racing import check_control, naively, race
from tests.shop.stalls import Stall, open_stall
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.actions import parts
from courtyard.points.models import Counter, Posting
from courtyard.points.queries import balance
from courtyard.points.rules.ledger import AwardDue
from courtyard.records.journal import act
from courtyard.shop.actions import add_item, make_shop, receive_stock, reverse_redemption
from courtyard.shop.models import Item, Redemption, Return, Stock, StockMove
from courtyard.shop.queries import stock_report

pytestmark = pytest.mark.race
ROUNDS = pytest.mark.parametrize(
    "rounds", [pytest.param(1, id="one round"), pytest.param(12, id="many rounds", marks=pytest.mark.long)]
)
CONTROLS = 10


def goods(stall: Stall, name: str, points: int, pieces: int, shop: Any = None) -> Item:
    """One more kind of goods on the shelf."""
    clerk = stall.world.actor("clerk")
    item = add_item(shop=shop or stall.shop, name=name, unit="件", points=points, by=clerk, at=AT)
    receive_stock(item=item, pieces=pieces, by=clerk, at=AT)
    return item


def check(stall: Stall) -> None:
    """Counters equal folds, stock equals movements."""
    check_books([stall.world["WD/01"].pk])
    for line in stock_report(stall.shop.pk):
        assert line.pieces == line.moved


def without_guard(read: Callable[[], int], enough: int, write: Callable[[int], None]) -> bool:
    """The naive pattern over an amount: what was read is written back smaller, whoever came between."""
    seen: list[int] = []

    def look() -> bool:
        seen.append(read())
        return seen[0] >= enough

    return naively(look, lambda: write(seen[0] - enough))


@ROUNDS
def test_one_item_a_hundred_buyers(own_world: Any, rounds: int) -> None:
    stall = open_stall(own_world, 100, points=200)
    for n in range(rounds):
        plough = goods(stall, f"犁{n}", 10, 1)
        heat = race([functools.partial(stall.sell, row, (plough, 1)) for row in stall.homes])
        heat.check_overlap("one item, 100 buyers")
        assert len(heat.answers) == 1
        assert heat.codes == {"shop.sold_out": 99}
        assert Stock.objects.get(pk=plough.pk).pieces == 0
        assert Redemption.objects.filter(lines__item=plough).count() == 1
    check(stall)
    assert sorted(Redemption.objects.values_list("receipt", flat=True)) == list(range(1, rounds + 1))


def test_one_item_without_the_guard_is_oversold(own_world: Any) -> None:
    stall = open_stall(own_world, points=0)
    lost = []
    for n in range(CONTROLS):
        plough = goods(stall, f"犁{n}", 10, 1)

        def write(left: int, item: UUID = plough.pk) -> None:
            Stock.objects.filter(pk=item).update(pieces=left)
            StockMove(item_id=item, kind="sold", pieces=-1, day=day_of(AT), entry=uuid7()).save(force_insert=True)

        def read(item: UUID = plough.pk) -> int:
            return Stock.objects.get(pk=item).pieces

        race([functools.partial(without_guard, read, 1, write)] * 30)
        lost.append(StockMove.objects.filter(item=plough, kind="sold").count() > 1)
    check_control("one item", lost)


@ROUNDS
def test_a_hundred_points_spent_fifty_times_in_two_shops(own_world: Any, rounds: int) -> None:
    stall = open_stall(own_world, rounds, points=100)
    second = make_shop(place=own_world["WD/01"], name="塔湾二店", by=own_world.actor("clerk"), at=AT)
    here, there = goods(stall, "桶", 60, 1000), goods(stall, "盆", 60, 1000, second)
    for row in stall.homes:
        tries = [
            functools.partial(stall.sell, row, (item, 1), shop=shop)
            for item, shop in [(here, stall.shop), (there, second)] * 25
        ]
        heat = race(tries)
        heat.check_overlap("100 points, 50 spends of 60")
        assert len(heat.answers) == 1
        assert heat.codes == {"points.not_enough": 49}
        assert balance(row.pk).points == 40
        assert Redemption.objects.filter(household=row).count() == 1
    check(stall)


def test_points_without_the_guard_are_spent_twice(own_world: Any) -> None:
    stall = open_stall(own_world, CONTROLS, points=100)
    lost = []
    for row in stall.homes:
        account = Counter.objects.get(account__owner=row.pk)
        sink = Posting.objects.filter(credit=account.pk).values_list("debit", flat=True).get()

        def write(left: int, home: int = account.pk, sink: int = sink) -> None:
            Counter.objects.filter(pk=home).update(points=left)
            Posting(
                command=uuid7(), n=0, debit_id=home, credit_id=sink, points=60, cause="redemption", subject=uuid7(),
                day=day_of(AT), booked=day_of(AT), entry=uuid7(),
            ).save(force_insert=True)  # fmt: skip

        def read(home: int = account.pk) -> int:
            return Counter.objects.get(pk=home).points

        race([functools.partial(without_guard, read, 60, write)] * 30)
        lost.append(Posting.objects.filter(debit=account.pk).count() > 1)
    check_control("100 points", lost)


@ROUNDS
def test_one_command_on_fifty_connections(own_world: Any, rounds: int) -> None:
    stall = open_stall(own_world, 1, points=200)
    (row,) = stall.homes
    for n in range(rounds):
        command = uuid7()
        heat = race([functools.partial(stall.sell, row, (stall.soap, 1), command=command)] * 50)
        heat.check_overlap("one command, 50 connections")
        assert len(heat.answers) == 50
        assert len(set(heat.answers)) == 1
        sale = Redemption.objects.get(receipt=n + 1)
        assert (heat.answers[0].redemption, heat.answers[0].receipt) == (sale.pk, n + 1)
    assert Redemption.objects.count() == rounds
    assert balance(row.pk).points == 200 - 10 * rounds
    check(stall)


def test_one_command_without_the_receipt_acts_twice(own_world: Any) -> None:
    stall = open_stall(own_world, points=0)
    lost = []
    for _ in range(CONTROLS):
        command = uuid7()

        def write(left: int, command: UUID = command) -> None:
            move = StockMove(item_id=stall.soap.pk, kind="loss", pieces=-1, subject=command, day=day_of(AT))
            move.entry = uuid7()
            move.save(force_insert=True)

        def unseen(command: UUID = command) -> int:
            return 0 if StockMove.objects.filter(subject=command).exists() else 1

        race([functools.partial(without_guard, unseen, 1, write)] * 30)
        lost.append(StockMove.objects.filter(subject=command).count() > 1)
    check_control("one command", lost)


@pytest.mark.parametrize(
    "count", [pytest.param(60, id="60 movements"), pytest.param(500, id="500 movements", marks=pytest.mark.long)]
)
def test_every_movement_reversed_twice_at_once_is_reversed_once(own_world: Any, count: int) -> None:
    stall = open_stall(own_world, 1, points=10 * count)
    (row,) = stall.homes
    receive_stock(item=stall.soap, pieces=count, by=own_world.actor("keeper"), at=AT)
    sales = [stall.sell(row, (stall.soap, 1)).redemption for _ in range(count)]
    assert balance(row.pk).points == 0
    done = 0
    for first in range(0, count, 20):
        some = Redemption.objects.filter(pk__in=sales[first : first + 20]).select_related("shop__place", "household")
        tries = [
            functools.partial(reverse_redemption, redemption=sale, by=own_world.terminal, at=AT)
            for sale in some
            for _ in range(2)
        ]
        heat = race(tries)
        heat.check_overlap("movements reversed twice")
        assert heat.answers == [10] * len(some)
        assert heat.codes == {"shop.returned_already": len(some)}
        done += len(heat.answers)
    assert done == count == Return.objects.count() == Posting.objects.filter(cause="reversal").count()
    assert balance(row.pk).points == 10 * count
    check(stall)


def test_reversals_without_the_unique_key_happen_twice(own_world: Any) -> None:
    stall = open_stall(own_world, 1, points=200)
    (row,) = stall.homes
    home = Counter.objects.get(account__owner=row.pk).pk
    lost = []
    for _ in range(CONTROLS):
        spent = stall.sell(row, (stall.soap, 1)).redemption
        sale = Posting.objects.get(subject=spent)

        def write(left: int, sale: Posting = sale) -> None:
            Counter.objects.filter(pk=home).update(points=Counter.objects.get(pk=home).points + sale.points)
            Posting(
                command=uuid7(), n=0, debit_id=sale.credit_id, credit_id=home, points=sale.points, cause="reversal",
                subject=sale.subject, day=day_of(AT), booked=day_of(AT), entry=uuid7(),
            ).save(force_insert=True)  # fmt: skip

        def unseen(sale: Posting = sale) -> int:
            return 0 if Posting.objects.filter(subject=sale.subject, cause="reversal").exists() else 1

        race([functools.partial(without_guard, unseen, 1, write)] * 20)
        lost.append(Posting.objects.filter(subject=sale.subject, cause="reversal").count() > 1)
    check_control("reversals", lost)


@ROUNDS
def test_a_village_is_paid_while_its_homes_are_at_the_till(own_database: Any, own_world: Any, rounds: int) -> None:
    """A close holds the village's number from its start (phones pull its rows), a till's sale comes to it later: one
    order of locks, or PostgreSQL would end one of the two."""
    stall = open_stall(own_world, 20, points=100)
    fund(own_world, 200 * rounds)

    def close(round: UUID) -> str:
        with act("test.close", by=own_world.terminal, at=AT, chain=stall.homes[0].village_id, pulls=True) as pen:
            dues = [AwardDue(row.pk, round, "awards.good", 2, day_of(AT)) for row in stall.homes]
            parts.award(pen, stall.homes[0].village_id, dues)
            paid = parts.pay_waiting(pen, stall.homes[0].village_id, day_of(AT))
        return f"paid {paid.points}"

    for _ in range(rounds):
        tills = [functools.partial(stall.sell, row, (stall.soap, 1)) for row in stall.homes]
        heat = race([*tills[:10], *(functools.partial(close, uuid7()) for _ in range(5)), *tills[10:]])
        heat.check_overlap("a close and the till")
        assert not heat.codes
        assert heat.answers.count("paid 40") == 5
        receive_stock(item=stall.soap, pieces=20, by=own_world.actor("keeper"), at=AT)
    assert Redemption.objects.count() == 20 * rounds
    assert [balance(row.pk).points for row in stall.homes] == [100] * 20
    check(stall)
    own_database.command("verify")
