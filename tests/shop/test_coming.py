"""How often homes come to the shop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.shop.stalls import open_stall
from tests.worlds import AT

from courtyard.shop.queries.coming import home_months

pytestmark = pytest.mark.django_db


def test_months_of_homes_with_a_receipt_that_stands(world, django_assert_num_queries):
    stall = open_stall(world, 2)
    one, other = stall.homes
    assert home_months(["WD"]) == 0
    stall.sell(one, (stall.soap, 1))
    stall.sell(one, (stall.soap, 2), at=AT + timedelta(minutes=5))
    stall.sell(other, (stall.soap, 1), at=AT + timedelta(days=40))
    stall.sell(one, (stall.soap, 1), at=AT + timedelta(days=40))
    with django_assert_num_queries(1):
        assert home_months(["WD/01"]) == 3
    assert home_months(["WD/02"]) == 0
