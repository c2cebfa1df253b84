"""What is read of points: statements, a village's month, a year's earnings, in so many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.points.homes import counted, fund, grant, homes, propose, spent, taken_back
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.points.actions import confirm_adjustment
from courtyard.points.queries import balances, budget, earned_this_year, statement, village_statement

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def test_the_year_counts_what_was_earned_paid_or_not_and_not_what_was_taken_back(world):
    a, b = homes(world, 2)
    fund(world, 10)
    grant(world, [(a, 10)])
    spent(world, a, 10)
    round, _ = grant(world, [(a, 3), (b, 3)])
    grant(world, [(b, 5)], at=AT + timedelta(days=365))
    taken_back(world, b, round, AT + timedelta(days=370))
    assert earned_this_year([a.pk, b.pk], 2026) == {a.pk: 13, b.pk: 0}
    assert earned_this_year([b.pk], 2027) == {b.pk: 5}


def test_a_statement_runs_from_line_to_line(world):
    (a,) = homes(world, 1)
    fund(world, 13)
    first, _ = grant(world, [(a, 10)])
    spent(world, a, 4)
    taken_back(world, a, first, LATER)
    assert statement(a.pk).balance == balances([a.pk])[a.pk]
    assert statement(a.pk).balance.owed == 4
    grant(world, [(a, 9)], at=LATER)
    found = statement(a.pk)
    assert found.balance == balances([a.pk])[a.pk]
    assert [(line.cause.value, line.points, line.balance) for line in found.lines] == [
        ("award", 10, 10), ("redemption", -4, 6), ("reversal", -6, 0), ("award", 9, 9), ("reversal", -4, 5),
    ]  # fmt: skip
    assert found.lines[0].clause == "awards.good"
    assert (found.lines[2].counts_for, found.lines[2].booked) == (day_of(AT), day_of(LATER))
    grant(world, [(a, 50)], at=LATER)
    waiting = statement(a.pk).waiting
    assert [(line.points, line.clause, line.day) for line in waiting] == [(50, "awards.good", day_of(LATER))]


def test_a_village_statement_by_the_day_things_were_booked(world):
    a, b = homes(world, 2)
    fund(world, 100)
    round, _ = grant(world, [(a, 10), (b, 20)])
    spent(world, b, 15)
    confirm_adjustment(adjustment=propose(world, a, 5), by=world.actor("clerk"), at=AT)
    first, last = day_of(AT).replace(day=1), day_of(AT).replace(day=30)
    before = village_statement(world["WD/01"].pk, first, last)
    assert (before.funded, before.issued, before.adjusted, before.redeemed) == (100, 30, 5, 15)
    assert (before.left, before.outstanding, before.taken_back, before.waiting) == (65, 20, 0, 0)
    taken_back(world, a, round, LATER)
    assert village_statement(world["WD/01"].pk, first, last) == before
    october = village_statement(world["WD/01"].pk, last + timedelta(days=1), last + timedelta(days=31))
    assert (october.issued, october.taken_back, october.left, october.outstanding) == (0, 10, 75, 10)
    other = village_statement(world["WD/02"].pk, first, last)
    assert (other.funded, other.issued, other.outstanding, other.left) == (0, 0, 0, 0)


def test_statements_do_not_grow_with_the_homes(world):
    few, many = homes(world, 24), homes(world, 60, "WD/02/G01")
    fund(world, 10_000)
    fund(world, 10_000, "WD/02")
    grant(world, [(h, 1) for h in few])
    grant(world, [(h, 1) for h in many])
    small = counted(lambda: grant(world, [(h, 10) for h in few]))
    large = counted(lambda: grant(world, [(h, 10) for h in many]))
    assert small == large <= 20
    assert counted(lambda: balances([h.pk for h in few])) == counted(lambda: balances([h.pk for h in many])) == 3
    assert counted(lambda: statement(few[0].pk)) <= 6
    assert counted(lambda: budget(few[0].village_id)) == 3


def test_awards_are_found_by_village_home_or_round_never_through_the_whole_county(world):
    """An index on `reverses` would draw SQLite to its NULLs: nearly every award there is (300,000 homes)."""
    rows = homes(world, 3)
    fund(world, 1_000)
    with CaptureQueriesContext(connection) as seen:
        round, _ = grant(world, [(row, 10) for row in rows])
        taken_back(world, rows[0], round)
        budget(rows[0].village_id)
        statement(rows[0].pk)
        earned_this_year([row.pk for row in rows], 2026)
    reads = [q["sql"] for q in seen if q["sql"].lstrip().startswith("SELECT") and "points_award" in q["sql"]]
    assert len(reads) >= 8
    for sql in reads:
        with connection.cursor() as cursor:
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
            plan = [str(row[-1]) for row in cursor.fetchall()]
        assert plan
        if connection.vendor == "sqlite":
            awards = [step for step in plan if step.split()[1] in ("a", "points_award")]
            found = ("household=?", "entry=?", "round=?", "id=?")
            assert all(step.startswith("SEARCH") and any(f"({by}" in step for by in found) for step in awards), plan
