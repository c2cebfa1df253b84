"""Adjustments by hand: two persons, two levels, within bounds and with evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.points.homes import check_books, fund, homes, propose, refused
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.actions import confirm_adjustment, decline_adjustment
from courtyard.points.queries import balance, budget

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def test_an_adjustment_is_booked_when_a_second_person_confirms_it(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    up = propose(world, a, 20)
    assert balance(a.pk).points == 0
    confirm_adjustment(adjustment=up, by=world.actor("clerk"), at=LATER)
    assert (balance(a.pk).points, budget(world["WD/01"].pk).left) == (20, 80)
    confirm_adjustment(adjustment=propose(world, a, -15), by=world.actor("clerk"), at=LATER)
    assert (balance(a.pk).points, budget(world["WD/01"].pk).left) == (5, 95)
    up.refresh_from_db()
    assert (up.state, up.proposed_as, up.decided) == ("confirmed", "village_cadre", day_of(LATER))
    with refused("points.adjustment_decided"):
        confirm_adjustment(adjustment=up, by=world.actor("clerk"), at=LATER)
    check_books([world["WD/01"].pk])


def test_an_adjustment_is_proposed_and_confirmed_once_a_command(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    proposing, confirming = uuid7(), uuid7()
    row = propose(world, a, command=proposing)
    assert propose(world, a, command=proposing) == row
    for _ in range(2):
        confirm_adjustment(adjustment=row, by=world.actor("clerk"), at=AT, command=confirming)
    assert balance(a.pk).points == 20


def test_a_declined_adjustment_books_nothing(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    row = propose(world, a)
    decline_adjustment(adjustment=row, by=world.actor("clerk"), at=AT)
    assert balance(a.pk).points == 0
    for decide in (decline_adjustment, confirm_adjustment):
        with refused("points.adjustment_decided"):
            decide(adjustment=row, by=world.actor("clerk"), at=AT)


def test_an_adjustment_never_overdraws(world):
    (a,) = homes(world, 1)
    with refused("points.budget_short"):
        confirm_adjustment(adjustment=propose(world, a, 20), by=world.actor("clerk"), at=AT)
    fund(world, 100)
    with refused("points.not_enough"):
        confirm_adjustment(adjustment=propose(world, a, -1), by=world.actor("clerk"), at=AT)


@pytest.mark.parametrize("decide", [confirm_adjustment, decline_adjustment])
def test_two_persons_of_two_levels_decide(world, decide):
    (a,) = homes(world, 1)
    fund(world, 100)
    with refused("points.same_person"):
        decide(adjustment=propose(world, a, who="clerk"), by=world.actor("clerk"), at=AT)
    with refused("points.same_level"):
        decide(adjustment=propose(world, a, who="clerk"), by=world.actor("clerk2"), at=AT)
    for who in ("deputy", "keeper", "cadre2"):
        with refused("people.not_allowed"):
            decide(adjustment=propose(world, a), by=world.actor(who), at=AT)


def test_an_adjustment_has_bounds_and_evidence_and_a_proposer_of_the_place(world):
    (a,) = homes(world, 1)
    for points in (0, 201, -201):
        with refused("points.adjustment_out_of_range"):
            propose(world, a, points)
    with refused("points.no_evidence"):
        propose(world, a, evidence=" ")
    with refused("people.not_allowed"):
        propose(world, a, who="cadre2")
