"""Goods, stock and the till: what is handed over and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.points.homes import check_books
from tests.shop.stalls import check_stock, open_stall, pieces, refused
from tests.worlds import AT, home

from courtyard.households.actions import hand_over_card, issue_cards, reissue_card, set_lived_in
from courtyard.households.models import Household
from courtyard.households.rules.states import Living
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.queries import balance
from courtyard.shop.actions import (
    add_item,
    make_shop,
    receive_stock,
    reverse_redemption,
    set_open,
    set_price,
)
from courtyard.shop.models import Redemption, RedemptionLine, Return
from courtyard.shop.queries import (
    receipt,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall(world):
    return open_stall(world)


def test_goods_against_points(stall):
    (a,) = stall.homes
    sold = stall.sell(a, (stall.soap, 2), (stall.rice, 1))
    assert (sold.receipt, sold.points) == (1, 140)
    assert (pieces(stall.soap), pieces(stall.rice), balance(a.pk).points) == (98, 4, 60)
    facts = receipt(sold.redemption)
    assert (facts.shop, facts.number, facts.head, facts.place, facts.by) == (
        "塔湾积分超市", 1, "陈大山", "塔湾村1组", "营业员甲"
    )  # fmt: skip
    assert sorted((x.name, x.pieces, x.points_each, x.points) for x in facts.lines) == [
        ("大米5千克", 1, 120, 120), ("肥皂", 2, 10, 20)
    ]  # fmt: skip
    assert stall.sell(a, (stall.soap, 1)).receipt == 2
    check_stock(stall.shop)
    check_books([a.village_id])


def test_the_same_command_answers_the_same_receipt(stall):
    (a,) = stall.homes
    command = uuid7()
    first = stall.sell(a, (stall.soap, 2), command=command)
    reissue_card(household=a, by=stall.world.actor("clerk"), at=AT)
    assert stall.sell(a, (stall.soap, 1), (stall.soap, 1), command=command) == first
    assert (pieces(stall.soap), balance(a.pk).points, Redemption.objects.count()) == (98, 180, 1)
    with refused("records.other_input"):
        stall.sell(a, (stall.soap, 3), command=command)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([], "shop.empty_basket"),
        ([0], "shop.not_a_count"),
        ([-1], "shop.not_a_count"),
        ([100], "shop.not_a_count"),
        ([50, 50], "shop.not_a_count"),
        ([2**63], "shop.not_a_count"),
        ([0.5], "shop.not_a_count"),
        ([True], "shop.not_a_count"),
    ],
)
def test_a_basket_that_is_none(stall, wanted, code):
    with refused(code):
        stall.sell(stall.homes[0], *((stall.soap, n) for n in wanted))


def test_more_than_lies_there_is_refused_with_what_is_left(stall):
    with refused("shop.sold_out") as caught:
        stall.sell(stall.homes[0], (stall.soap, 1), (stall.rice, 6))
    assert caught.value.problem.facts == {"item": "大米5千克", "left": 5}


def test_more_than_the_home_has_says_how_many_points_only_to_the_read_card(stall):
    (a,) = stall.homes
    with refused("points.not_enough") as caught:
        stall.sell(a, (stall.rice, 2))
    assert caught.value.problem.facts == {"short": 40}
    with refused("shop.not_enough") as caught:
        stall.sell(a, (stall.rice, 2), scanned=None)
    assert caught.value.problem.facts == {}


def test_a_typed_number_needs_the_pin(stall):
    (a,) = stall.homes
    with refused("shop.pin_needed"):
        stall.sell(a, (stall.soap, 1), scanned=None, pin_ok=False)
    assert stall.sell(a, (stall.soap, 1), scanned=None).points == 10


def test_a_read_card_alone_carries_a_small_sum_a_day(stall):
    (a,) = stall.homes
    stall.sell(a, (stall.soap, 2), pin_ok=False)
    with refused("shop.pin_needed_above"):
        stall.sell(a, (stall.soap, 2), pin_ok=False)
    stall.sell(a, (stall.soap, 1), pin_ok=False)
    stall.sell(a, (stall.soap, 2))
    stall.sell(a, (stall.soap, 3), pin_ok=False, at=AT + timedelta(days=1))


def test_a_shop_serves_its_own_place(stall):
    other = home(stall.world, "WD/02/G01", "0001", "李想")
    issue_cards(place=stall.world["WD/02"], by=stall.world.actor("clerk"), at=AT)
    card = hand_over_card(household=other, pin="730518", by=stall.world.actor("clerk"), at=AT)
    with refused("shop.not_of_this_place"):
        stall.sell(other, (stall.soap, 1), scanned=card.pk)


@pytest.mark.parametrize("who", ["keeper2", "eva1", "cadre", "clerk", "supervisor"])
def test_only_a_shopkeeper_of_the_place_sells(stall, who):
    with refused("people.not_allowed"):
        stall.sell(stall.homes[0], (stall.soap, 1), who=who)


def test_a_closed_shop_sells_nothing(stall):
    set_open(shop=stall.shop, is_open=False, by=stall.world.actor("keeper"), at=AT)
    with refused("shop.closed"):
        stall.sell(stall.homes[0], (stall.soap, 1))
    set_open(shop=stall.shop, is_open=True, by=stall.world.actor("keeper"), at=AT)
    assert stall.sell(stall.homes[0], (stall.soap, 1)).receipt == 1
    with refused("people.not_allowed"):
        set_open(shop=stall.shop, is_open=False, by=stall.world.actor("keeper2"), at=AT)


@pytest.mark.parametrize("living", [Living.EMPTY, Living.AWAY])
def test_a_home_nobody_lives_in_spends_nothing_until_someone_is_back(stall, living):
    (a,) = stall.homes
    set_lived_in(household=a, living=living, by=stall.world.actor("clerk"), at=AT)
    with refused("shop.nobody_home"):
        stall.sell(a, (stall.soap, 1))
    a.refresh_from_db()
    set_lived_in(household=a, living=Living.LIVED_IN, by=stall.world.actor("clerk"), at=AT)
    assert stall.sell(a, (stall.soap, 1)).points == 10


def test_a_home_that_left_the_register_spends_nothing(stall):
    (a,) = stall.homes
    Household.objects.filter(pk=a.pk).update(until=day_of(AT))
    with refused("shop.not_in_register"):
        stall.sell(a, (stall.soap, 1))


def test_a_lost_card_spends_nothing_nor_does_one_not_handed_over(stall):
    (a,) = stall.homes
    lost = stall.cards[a.pk]
    clerk = stall.world.actor("clerk")
    fresh = reissue_card(household=a, by=clerk, at=AT)
    with refused("shop.no_card"):
        stall.sell(a, (stall.soap, 1))
    hand_over_card(household=a, by=clerk, at=AT)
    with refused("shop.other_card"):
        stall.sell(a, (stall.soap, 1), scanned=lost.pk)
    assert stall.sell(a, (stall.soap, 1), scanned=fresh.pk).points == 10


def test_goods_of_another_shop_are_unknown_here(stall):
    clerk = stall.world.actor("clerk")
    other = make_shop(place=stall.world["WD/02"], name="石桥积分超市", by=clerk, at=AT)
    salt = add_item(shop=other, name="盐", unit="包", points=5, by=clerk, at=AT)
    receive_stock(item=salt, pieces=10, by=clerk, at=AT)
    with refused("shop.unknown_item"):
        stall.sell(stall.homes[0], (stall.soap, 1), (salt, 1))


def test_prices_come_from_the_dated_list(stall):
    (a,) = stall.homes
    clerk, tomorrow = stall.world.actor("clerk"), AT + timedelta(days=1)
    set_price(item=stall.soap, points=12, since=day_of(tomorrow), by=clerk, at=AT)
    assert stall.sell(a, (stall.soap, 1)).points == 10
    assert stall.sell(a, (stall.soap, 1), at=tomorrow).points == 12
    with refused("shop.price_stands"):
        set_price(item=stall.soap, points=13, since=day_of(tomorrow), by=clerk, at=AT)
    with refused("shop.price_backwards"):
        set_price(item=stall.soap, points=1, since=day_of(AT), by=clerk, at=tomorrow)
    for points in (0, -1, 100_001, 2**63):
        with refused("shop.not_a_count"):
            set_price(item=stall.soap, points=points, since=day_of(tomorrow), by=clerk, at=AT)
    with refused("people.not_allowed"):
        set_price(item=stall.soap, points=1, since=day_of(tomorrow), by=stall.world.actor("keeper"), at=AT)
    with refused("shop.no_price"):
        stall.sell(a, (stall.soap, 1), at=AT - timedelta(days=1))


def test_undone_on_its_day_by_a_second_person(stall):
    (a,) = stall.homes
    sold = stall.sell(a, (stall.soap, 2), (stall.rice, 1))
    sale = Redemption.objects.get(pk=sold.redemption)
    cadre, command = stall.world.actor("cadre"), uuid7()
    with refused("shop.return_same_person"):
        reverse_redemption(redemption=sale, by=stall.world.actor("keeper"), at=AT)
    with refused("shop.return_too_late"):
        reverse_redemption(redemption=sale, by=cadre, at=AT + timedelta(days=1))
    with refused("people.not_allowed"):
        reverse_redemption(redemption=sale, by=stall.world.actor("keeper2"), at=AT)
    for _ in range(2):
        assert reverse_redemption(redemption=sale, by=cadre, at=AT, command=command) == 140
    assert (pieces(stall.soap), pieces(stall.rice), balance(a.pk).points) == (100, 5, 200)
    with refused("shop.returned_already"):
        reverse_redemption(redemption=sale, by=cadre, at=AT)
    assert receipt(sale.pk).returned
    assert Return.objects.count() == 1
    check_stock(stall.shop)
    check_books([a.village_id])


def test_what_was_undone_no_longer_counts_towards_the_sum_without_a_pin(stall):
    (a,) = stall.homes
    sold = stall.sell(a, (stall.soap, 3), pin_ok=False)
    reverse_redemption(redemption=Redemption.objects.get(pk=sold.redemption), by=stall.world.terminal, at=AT)
    assert stall.sell(a, (stall.soap, 3), pin_ok=False).points == 30


def test_tables_hold_by_themselves(stall):
    """What no action would write, the database refuses too."""
    (a,) = stall.homes
    sold = stall.sell(a, (stall.soap, 1))
    for text in (
        "UPDATE shop_stock SET pieces = -1",
        "INSERT INTO shop_stockmove (item_id, kind, pieces, day, entry)"
        " SELECT item_id, 'gift', 1, day, entry FROM shop_stockmove",
        "UPDATE points_counter SET points = -1",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text)
    for table in ("shop_redemption", "shop_redemptionline", "shop_stockmove", "shop_price"):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert RedemptionLine.objects.filter(redemption=sold.redemption).count() == 1
