"""What waits is looked for among the awards of open grants: none is lost, and none outlives the payment."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from tests.points.homes import fund, grant, homes, taken_back
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.points.actions import parts
from courtyard.points.models import Grant
from courtyard.points.queries import waiting_in
from courtyard.records.journal import act

pytestmark = pytest.mark.django_db


def test_a_grant_stands_until_all_that_waits_in_its_village_is_paid(world: Any) -> None:
    rows = homes(world, 2)
    village = rows[0].village_id
    grant(world, [(rows[0], 10)])
    grant(world, [(rows[1], 5)])
    assert (Grant.objects.filter(village=village).count(), waiting_in(village)) == (2, 15)
    fund(world, 14)
    with act("test.pay", by=world.terminal, at=AT, chain=village) as pen:
        assert parts.pay_waiting(pen, village, day_of(AT)).waiting == 15
    assert (Grant.objects.filter(village=village).count(), waiting_in(village)) == (2, 15)
    fund(world, 1)
    with act("test.pay", by=world.terminal, at=AT, chain=village) as pen:
        assert parts.pay_waiting(pen, village, day_of(AT)).points == 15
    assert (Grant.objects.filter(village=village).count(), waiting_in(village)) == (0, 0)


def test_a_grant_whose_awards_were_all_taken_back_goes_with_the_next_payment(world: Any) -> None:
    (home,) = homes(world, 1)
    round, _ = grant(world, [(home, 10)])
    taken_back(world, home, round)
    with act("test.pay", by=world.terminal, at=AT, chain=home.village_id) as pen:
        paid = parts.pay_waiting(pen, home.village_id, day_of(AT))
    assert (paid.points, paid.waiting, Grant.objects.count()) == (0, 0, 0)


def test_the_migration_finds_the_grants_of_what_waits(world: Any) -> None:
    from importlib import import_module

    first, second = homes(world, 2)
    fund(world, 10)
    grant(world, [(first, 10)])
    grant(world, [(second, 7)])
    before = set(Grant.objects.values_list("village", "entry"))
    Grant.objects.all().delete()
    assert waiting_in(second.village_id) == 0
    with connection.cursor() as cursor:
        cursor.execute(import_module("courtyard.points.migrations.0003_grants").STANDING)
    assert set(Grant.objects.values_list("village", "entry")) == before
    assert (len(before), waiting_in(second.village_id)) == (1, 7)
