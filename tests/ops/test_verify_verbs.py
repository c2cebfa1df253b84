"""Verbs the demonstration does not use leave nothing for verify to find either."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.ops.tampering import failing

from courtyard.honours.actions import decide_late_marks, object_to, settle_lapsed, withdraw_notice
from courtyard.honours.models import Listing
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.actions import reissue_card
from courtyard.households.queries import homes, live_cards
from courtyard.inspections.queries.sheets import open_reviews
from courtyard.people.queries import actor_named
from courtyard.places.models import Place
from courtyard.points.actions import confirm_adjustment, fund_budget, pay_village, propose_adjustment
from courtyard.points.models import Adjustment, Award
from courtyard.points.queries import balances
from courtyard.points.rules.states import AdjustmentReason
from courtyard.shop.actions import Wanted, redeem, reverse_redemption
from courtyard.shop.models import Redemption, Shop

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def people(town_copy):
    return lambda name: actor_named(name, AT.date())


def villages():
    return list(Place.objects.filter(kind="village").select_related("town", "village").order_by("order"))


def test_a_raised_budget_pays_everything_that_waited(people):
    village = villages()[1]
    fund_budget(village=village, points=9000, document="补发1号", by=people("clerk"), at=AT)
    paid = pay_village(village=village, by=people("clerk"), at=AT)
    assert paid.points > 0
    assert not Award.objects.filter(village=village.pk, postings=None, reverses=None, reversed_by=None).exists()
    assert failing() == set()


def test_goods_brought_back_the_same_day(people):
    shop = Shop.objects.select_related("place").order_by("place__order").first()
    cards = [card for card in live_cards([shop.place.path]) if card.handed_over and card.household.living == "lived_in"]
    points = balances([card.household_id for card in cards])
    card = max(cards, key=lambda card: points[card.household_id].free)
    item = min(shop.items.all(), key=lambda item: item.prices.order_by("-since").first().points)
    sold = redeem(
        shop=shop, household=card.household, lines=[Wanted(item.pk, 1)], pin_ok=True, scanned=None,
        by=people("keeper01"), at=AT,
    )  # fmt: skip
    redemption = Redemption.objects.select_related("shop__place", "household").get(pk=sold.redemption)
    from courtyard.people.actions import open_terminal

    terminal = open_terminal(county_name="", at=AT)
    assert reverse_redemption(redemption=redemption, by=terminal, at=AT) == sold.points
    assert failing() == set()


def test_points_put_right_by_two_people(people):
    home = homes([villages()[0].path]).first()
    for points in (15, -5):
        key = propose_adjustment(
            household=home, points=points, reason=list(AdjustmentReason)[0], evidence="凭据 7 号", by=people("cadre01"),
            at=AT,
        )  # fmt: skip
        adjustment = Adjustment.objects.select_related("village").get(pk=key)
        confirm_adjustment(adjustment=adjustment, by=people("clerk"), at=AT)
    assert failing() == set()


def test_late_marks_decided_a_notice_that_never_came_and_days_that_ran_out(people):
    for review in open_reviews([""]):
        decide_late_marks(
            visit=review.visit, evaluator=review.evaluator, keep=review.choices[0].id, by=people("clerk"), at=AT
        )
    told = Listing.objects.select_related("household", "group", "village").filter(
        kind="black", state="published", expires_on__gte=AT.date()
    )
    for listing in told:
        withdraw_notice(listing=listing, by=people("clerk"), at=AT)
    rows = Listing.objects.select_related("household", "group", "village").filter(kind="black", state="confirmed")
    for listing in rows:
        object_to(listing=listing, channel=ObjectionChannel.SPOKEN, words="请再看一看", by=people("clerk"), at=AT)
    for village in villages():
        later = AT.replace(year=2027)
        settle_lapsed(village=village, by=actor_named("clerk", later.date()), at=later)
    assert failing() == set()


def test_a_lost_card(people):
    card = live_cards([villages()[0].path]).first()
    reissue_card(household=card.household, by=people("cadre01"), at=AT)
    assert failing() == set()
