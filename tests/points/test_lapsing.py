"""The ends of days in a village: whole or not at all, once, in the order of days; and what is written beside awards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.points.homes import check_books, fund, homes, refused
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.actions import lapse, parts
from courtyard.points.actions.deducting import amend_deductions, deduct
from courtyard.points.actions.lapsing import Fallen
from courtyard.points.actions.merits import amend_merits, merit
from courtyard.points.models import Deduction, Evening, Merit, Posting, Reset
from courtyard.points.queries import balance
from courtyard.points.queries.merits import merits_in, standings_of
from courtyard.points.rules.ledger import AwardDue
from courtyard.points.rules.standings import DeductionDue, MeritDue, ResetDue
from courtyard.records.journal import act
from courtyard.records.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]
TODAY = day_of(AT)
LAST = TODAY + timedelta(2)


def earn(world: Any, home: Any, points: int, until: date | None = None) -> None:
    with act("test.close", by=world.terminal, at=AT, chain=home.village_id) as pen:
        parts.award(pen, home.village_id, [AwardDue(home.pk, uuid7(), "awards.good", points, TODAY, until)])
        parts.pay_waiting(pen, home.village_id, TODAY)


def evening(world: Any, day: date, resets: list[ResetDue] | None = None, command: Any = None) -> Fallen:
    village = world["WD/01"]
    at = AT + (day - TODAY) + timedelta(1)
    return lapse(village=village, day=day, resets=resets or [], by=world.terminal, at=at, command=command)


def test_a_day_is_booked_once_it_is_over_and_once(world: Any) -> None:
    first, second = homes(world, 2)
    fund(world, 100)
    earn(world, first, 10, LAST)
    earn(world, first, 5)
    earn(world, second, 7)
    with refused("points.day_not_over"):
        lapse(village=world["WD/01"], day=TODAY, resets=[], by=world.terminal, at=AT)
    with refused("people.not_allowed"):
        lapse(village=world["WD/01"], day=LAST, resets=[], by=world.actor("keeper"), at=AT + timedelta(5))
    reset, command = ResetDue(LAST, "points", "resets.year", 500), uuid7()
    assert evening(world, LAST - timedelta(1)) == Fallen()
    assert evening(world, LAST, [reset], command) == Fallen(lapsed=10, reset=3 + 4, homes=2)
    assert evening(world, LAST, [reset], command) == Fallen(lapsed=10, reset=7, homes=2), "the same answer again"
    assert evening(world, LAST, [reset]) == Fallen(), "another command for the same day does nothing"
    assert [balance(home.pk).points for home in (first, second)] == [2, 3]
    assert (Reset.objects.count(), Evening.objects.get().day) == (1, LAST)
    lines = Posting.objects.filter(cause__in=("expiry", "reset")).order_by("n").values_list("cause", "points", "day")
    assert list(lines) == [("expiry", 10, LAST), ("reset", 3, LAST), ("reset", 4, LAST)]
    check_books([world["WD/01"].pk])


def test_a_standing_waits_for_no_budget_and_is_put_right_without_a_debt(world: Any) -> None:
    (home,) = homes(world, 1)
    village, round = world["WD/01"].pk, uuid7()
    due = MeritDue(home.pk, round, "honour", "awards.good", 2500, TODAY, LAST)
    with act("test.close", by=world.terminal, at=AT, chain=village) as pen:
        merit(pen, village, [due, due._replace(clause="awards.poor", milli=-500, until=None)])
    with refused("points.awarded_already"), act("test.close", by=world.terminal, at=AT, chain=village) as pen:
        merit(pen, village, [due])
    assert standings_of(home.pk, TODAY) == {"honour": 2000}
    assert merits_in(village, "honour", LAST) == {home.pk: 2000}, "the last day still counts"
    assert merits_in(village, "honour", LAST, evening=True) == {home.pk: -500}, "and is over at its end"
    with act("test.correct", by=world.terminal, at=AT, chain=village) as pen:
        assert amend_merits(pen, village, home.pk, [round], [due._replace(milli=1500)])
        assert not amend_merits(pen, village, home.pk, [round], [due._replace(milli=1500)])
    assert standings_of(home.pk, TODAY) == {"honour": 1500}
    third = ResetDue(LAST, "honour", "resets.third", 333, spendable=False, base_milli=10_000)
    assert evening(world, LAST, [third]) == Fallen()
    assert Merit.objects.get(clause="resets.third").milli == -(10_000 - 3330)
    assert Posting.objects.count() == 0 and balance(home.pk).owed == 0


def test_what_is_taken_off_never_goes_below_0_and_comes_back_whole(world: Any) -> None:
    (home,) = homes(world, 1)
    village, round = world["WD/01"].pk, uuid7()
    fund(world, 10)
    earn(world, home, 8)
    due = DeductionDue(home.pk, round, "awards.poor", 5, TODAY)
    with act("test.close", by=world.terminal, at=AT, chain=village) as pen:
        assert deduct(pen, village, [due, due._replace(clause="awards.last")]) == 8, "5, then the 3 that are left"
    with refused("points.awarded_already"), act("test.close", by=world.terminal, at=AT, chain=village) as pen:
        deduct(pen, village, [due])
    assert (balance(home.pk).points, balance(home.pk).owed) == (0, 0)
    with act("test.correct", by=world.terminal, at=AT, chain=village) as pen:
        assert not amend_deductions(pen, village, home.pk, [round], [due, due._replace(clause="awards.last")])
        assert amend_deductions(pen, village, home.pk, [round], [due])
    assert balance(home.pk).points == 3, "given back although the budget is spent on others"
    assert Deduction.objects.filter(reverses__isnull=False).count() == 1
    check_books([village])
    assert Entry.objects.filter(verb="points.lapse").count() == 0
