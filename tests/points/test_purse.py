"""A household's purse is its balance, in one statement."""

from __future__ import annotations

from uuid import uuid5

from tests import lists
from tests.rounds import closed_round, given, make_village

from courtyard.kernel.ids import VISITS
from courtyard.points.queries import balance
from courtyard.points.queries.purse import Purse, purse


def test_a_purse_is_the_balance(db: None, django_assert_num_queries):
    village = make_village()
    closed_round(village, lists.MARKS)
    for home in village.homes.values():
        whole = balance(home.pk)
        with django_assert_num_queries(1):
            assert purse(home.pk) == Purse(whole.free, whole.waiting)
    assert purse(village.homes["0101"].pk).free == 10


def test_what_waits_is_said(db: None):
    village = make_village(budget=5)
    closed_round(village, {"0101": given("good"), "0102": given("good")})
    assert purse(village.homes["0101"].pk) == Purse(0, 10)


def test_a_home_without_a_booking_has_an_empty_one(db: None):
    assert purse(uuid5(VISITS, "nobody")) == Purse(0, 0)
