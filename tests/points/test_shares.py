"""One factor for all where a budget does not suffice: cases, properties, and what is booked."""

from __future__ import annotations

import random
import tomllib
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.points.homes import check_books, fund, grant, homes, taken_back
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.actions import pay_village
from courtyard.points.actions.amending import amend
from courtyard.points.models import Cut, Factor
from courtyard.points.queries import balance, budget, earned_this_year
from courtyard.points.rules.ledger import AwardDue, taken_now
from courtyard.points.rules.shares import Share, share
from courtyard.records.journal import act

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/points/shares.toml").read_text(encoding="utf-8"))
LATER = AT + timedelta(days=40)


def each(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["why"] for case in CASES[kind]])


@each("share")
def test_what_each_award_is_paid(case: dict[str, Any]) -> None:
    found = share(case["left"], case["before"], sum(case["awards"]))
    assert case["paid"] == ([found.of(points) for points in case["awards"]] if found else [])
    if found:
        assert [found.of(points) + found.cut(points) for points in case["awards"]] == case["awards"]


@each("off")
def test_what_is_taken_back_now(case: dict[str, Any]) -> None:
    taken = taken_now(case["free"], case["owed"], case["waits"], left=case["left"], waiting=case["waiting"])
    assert taken == case["taken"]


@given(st.integers(0, 10_000), st.lists(st.integers(1, 1_000_000), min_size=1, max_size=60), st.randoms())
def test_a_factor_never_passes_the_budget_and_knows_no_order(left: int, awards: list[int], chance: Any) -> None:
    found = share(left, 0, sum(awards))
    assert (found is None) == (sum(awards) <= left)
    if found is None:
        return
    paid = {points: found.of(points) for points in awards}
    assert sum(found.of(points) for points in awards) <= left
    assert all(0 <= now <= points for points, now in paid.items())
    assert all(paid[one] <= paid[other] for one in paid for other in paid if one <= other)
    assert all(now <= Fraction(points * left, sum(awards)) < now + 1 for points, now in paid.items())
    mixed = list(awards)
    chance.shuffle(mixed)
    assert share(left, 0, sum(mixed)) == found


@given(st.integers(0, 500), st.integers(0, 500), st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_a_larger_budget_never_pays_anybody_less(left: int, more: int, awards: list[int]) -> None:
    few, many = share(left, 0, sum(awards)), share(left + more, 0, sum(awards))
    assert all((few.of(p) if few else p) <= (many.of(p) if many else p) for p in awards)


@pytest.mark.django_db
def test_a_round_is_cut_by_one_factor_whoever_comes_first(world: Any) -> None:
    rows = homes(world, 12)
    fund(world, 83)
    points = [(row, 10) for row in rows]
    random.Random(7).shuffle(points)
    round, paid = grant(world, points, factor=True)
    assert (paid.points, paid.waiting, paid.share) == (72, 0, Share(83, 120))
    assert {balance(row.pk).points for row in rows} == {6}
    assert budget(world["WD/01"].pk).left == 11
    assert earned_this_year([rows[0].pk], 2026) == {rows[0].pk: 10}, "awards stay as earned"
    written = Factor.objects.get(round=round)
    assert (written.budget, written.needed, written.day) == (83, 120, day_of(AT))
    assert set(Cut.objects.values_list("points", flat=True)) == {4}
    check_books([world["WD/01"].pk])


@pytest.mark.django_db
def test_what_was_cut_does_not_wait_and_an_award_of_one_point_may_be_nothing(world: Any) -> None:
    a, b = homes(world, 2)
    fund(world, 10)
    _, paid = grant(world, [(a, 10), (b, 1)], factor=True)
    assert (paid.points, paid.waiting) == (9, 0)
    assert (balance(b.pk).points, balance(b.pk).waiting) == (0, 0)
    fund(world, 500, at=LATER)
    assert budget(world["WD/01"].pk).waiting == 0
    check_books([world["WD/01"].pk])


@pytest.mark.django_db
def test_an_old_debt_cuts_nobody(world: Any) -> None:
    (a,) = homes(world, 1)
    fund(world, 9)
    assert grant(world, [(a, 10)])[1].waiting == 10
    _, paid = grant(world, [(a, 5)], factor=True)
    assert (paid.points, paid.waiting, paid.share) == (0, 15, None)
    fund(world, 6, at=LATER)
    assert pay_village(village=world["WD/01"], by=world.actor("clerk"), at=LATER).points == 15
    assert not Factor.objects.exists()


@pytest.mark.django_db
def test_a_correction_of_a_cut_round_has_the_rounds_own_factor(world: Any) -> None:
    a, b = homes(world, 2)
    fund(world, 12)
    round, paid = grant(world, [(a, 10), (b, 10)], factor=True)
    assert (paid.share, balance(a.pk).points) == (Share(12, 20), 6)
    dues = [AwardDue(a.pk, round, "awards.fair", 3, day_of(AT))]
    with act("test.correct", by=world.terminal, at=LATER, chain=a.village_id) as pen:
        done = amend(pen, a.village_id, a.pk, [round], dues, day_of(LATER))
    assert (done.taken, done.granted, done.paid.points) == (10, 3, 1)
    assert (balance(a.pk).points, balance(a.pk).owed, budget(a.village_id).left) == (1, 0, 5)
    assert taken_back(world, b, round, LATER) == 10
    assert budget(a.village_id).left == 11
    check_books([a.village_id])


@pytest.mark.django_db
def test_a_correction_the_budget_does_not_cover_waits_and_takes_nothing_meanwhile(world: Any) -> None:
    a, other = homes(world, 2)
    fund(world, 3)
    round, _ = grant(world, [(a, 3)])
    dues = [AwardDue(a.pk, round, "awards.good", 10, day_of(AT))]
    with act("test.correct", by=world.terminal, at=LATER, chain=a.village_id) as pen:
        amend(pen, a.village_id, a.pk, [round], dues, day_of(LATER))
    found = balance(a.pk)
    assert (found.points, found.waiting, found.owed) == (3, 10, 3)
    check_books([a.village_id])
    fund(world, 10, at=LATER)
    pay_village(village=world["WD/01"], by=world.actor("clerk"), at=LATER)
    found = balance(a.pk)
    assert (found.points, found.waiting, found.owed, budget(a.village_id).left) == (10, 0, 0, 3)
    check_books([a.village_id])


@pytest.mark.django_db
def test_what_stays_the_same_is_not_booked_again(world: Any) -> None:
    (a,) = homes(world, 1)
    fund(world, 100)
    round, other = uuid7(), uuid7()
    for one in (round, other):
        grant(world, [(a, 10)], round=one)
    dues = [AwardDue(a.pk, one, "awards.good", 10, day_of(AT)) for one in (round, other)]
    with act("test.correct", by=world.terminal, at=LATER, chain=a.village_id) as pen:
        done = amend(pen, a.village_id, a.pk, [round, other], dues, day_of(LATER))
        assert pen._texts == []
    assert (done.taken, done.granted) == (0, 0)
