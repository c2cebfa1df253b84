"""Budgets, awards, payments, spending, taking back: each with its refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.points.homes import check_books, fund, grant, homes, refused, spent, taken_back
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.points.actions import (
    fund_budget,
    parts,
    pay_village,
)
from courtyard.points.models import Budget, Counter, Posting
from courtyard.points.queries import balance, budget, earned_this_year
from courtyard.points.rules.ledger import AwardDue
from courtyard.records.journal import act
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=40)


def test_a_budget_is_put_in_once_a_command(world):
    command = uuid7()
    given = {"village": world["WD/01"], "points": 500, "document": "万政发2026-17", "command": command}
    first = fund_budget(**given, by=world.actor("clerk"), at=AT)
    assert fund_budget(**given, by=world.actor("clerk"), at=AT) == first
    assert budget(world["WD/01"].pk).left == 500
    assert Budget.objects.get().document == "万政发2026-17"
    assert "万政发" not in Entry.objects.get(verb="points.fund_budget").canonical
    check_books([world["WD/01"].pk])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"points": 0}, "points.not_an_amount"),
        ({"points": -5}, "points.not_an_amount"),
        ({"points": 1_000_001}, "points.not_an_amount"),
        ({"points": 2**63}, "points.not_an_amount"),
        ({"document": "  "}, "points.no_document"),
        ({"document": "\x00"}, "kernel.unfit_character"),
        ({"document": "文" * 81}, "kernel.too_long"),
    ],
)
def test_a_budget_that_is_none_is_refused(world, change, code):
    given = {"village": world["WD/01"], "points": 500, "document": "万政发2026-17"} | change
    with refused(code):
        fund_budget(**given, by=world.actor("clerk"), at=AT)


def test_a_budget_is_a_villages(world):
    with refused("points.not_a_village"):
        fund_budget(village=world["WD"], points=5, document="x", by=world.actor("clerk"), at=AT)


@pytest.mark.parametrize("who", ["cadre", "cadre2", "keeper", "supervisor", "eva1"])
def test_only_the_town_puts_a_budget_in(world, who):
    with refused("people.not_allowed"):
        fund_budget(village=world["WD/01"], points=5, document="x", by=world.actor(who), at=AT)
    with refused("people.not_allowed"):
        pay_village(village=world["WD/01"], by=world.actor(who), at=AT)


def test_a_round_is_paid_whole(world):
    a, b = homes(world, 2)
    fund(world, 13)
    round, paid = grant(world, [(a, 10), (b, 3)])
    assert (paid.points, paid.waiting) == (13, 0)
    assert (balance(a.pk).points, balance(b.pk).points) == (10, 3)
    assert budget(world["WD/01"].pk).left == 0
    posting = Posting.objects.get(award__household=a.pk)
    assert (posting.subject, posting.day, posting.booked, posting.points) == (round, day_of(AT), day_of(AT), 10)
    check_books([world["WD/01"].pk])


def test_where_one_point_is_short_everybody_waits_and_is_paid_together_later(world):
    a, b = homes(world, 2)
    fund(world, 12)
    _, paid = grant(world, [(a, 10), (b, 3)])
    assert (paid.points, paid.waiting) == (0, 13)
    assert (balance(a.pk).points, balance(a.pk).waiting) == (0, 10)
    assert budget(world["WD/01"].pk).short == 1
    with refused("points.budget_short") as caught:
        pay_village(village=world["WD/01"], by=world.actor("clerk"), at=LATER)
    assert caught.value.problem.facts == {"short": 1, "left": 12}
    fund(world, 1, at=LATER)
    command = uuid7()
    for _ in range(2):
        paid = pay_village(village=world["WD/01"], by=world.actor("clerk"), at=LATER, command=command)
        assert (paid.points, paid.waiting) == (13, 0)
    assert (balance(a.pk).points, balance(b.pk).points) == (10, 3)
    late = Posting.objects.get(award__household=a.pk)
    assert (late.day, late.booked) == (day_of(AT), day_of(LATER))
    with refused("points.nothing_waits"):
        pay_village(village=world["WD/01"], by=world.actor("clerk"), at=LATER)
    check_books([world["WD/01"].pk])


def test_a_small_later_round_does_not_overtake_one_that_waits(world):
    (a,) = homes(world, 1)
    fund(world, 10)
    assert grant(world, [(a, 11)])[1].waiting == 11
    assert grant(world, [(a, 3)])[1].waiting == 14
    assert balance(a.pk).points == 0


def test_a_village_pays_from_its_own_budget(world):
    (a,) = homes(world, 1)
    fund(world, 100, "WD/02")
    assert grant(world, [(a, 10)])[1].waiting == 10
    assert budget(world["WD/02"].pk).left == 100


@pytest.mark.parametrize(
    ("clause", "points", "code"),
    [("awards.good", 0, "points.not_an_amount"), ("", 10, "points.no_clause"), ("好", 10, "points.no_clause")],
)
def test_an_unfit_award_is_refused_with_the_whole_round(world, clause, points, code):
    a, b = homes(world, 2)
    fund(world, 100)
    dues = [AwardDue(a.pk, uuid7(), "awards.good", 10, day_of(AT)), AwardDue(b.pk, uuid7(), clause, points, day_of(AT))]
    with refused(code), act("test.close", by=world.terminal, at=AT, chain=a.village_id) as pen:
        parts.award(pen, a.village_id, dues)


def test_a_round_is_awarded_once(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    round, _ = grant(world, [(a, 10)])
    with refused("points.awarded_already"):
        grant(world, [(a, 10)], round=round)
    with refused("points.awarded_already"):
        grant(world, [(a, 10), (a, 10)])


def test_spending_stops_at_what_is_there(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    grant(world, [(a, 10)])
    with refused("points.not_enough") as caught:
        spent(world, a, 11)
    assert caught.value.problem.facts == {"short": 1}
    spent(world, a, 10)
    with refused("points.not_enough"):
        spent(world, a, 1)
    with refused("points.not_an_amount"):
        spent(world, a, 0)
    assert balance(a.pk).points == 0
    check_books([world["WD/01"].pk])


def test_a_home_that_never_earned_anything_spends_nothing(world):
    (a,) = homes(world, 1)
    with pytest.raises(Refused) as caught:
        spent(world, a, 1)
    assert caught.value.problem.facts == {"short": 1}


def test_what_is_held_is_not_spent(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    grant(world, [(a, 10)])
    Counter.objects.filter(account__owner=a.pk).update(held=4)
    with refused("points.not_enough") as caught:
        spent(world, a, 7)
    assert caught.value.problem.facts == {"short": 1}
    spent(world, a, 6)
    assert (balance(a.pk).points, balance(a.pk).free) == (4, 0)


def test_what_was_spent_is_given_back_once(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    grant(world, [(a, 10)])
    subject = spent(world, a, 10)

    def give_back(subject):
        with act("test.back", by=world.terminal, at=AT, chain=a.village_id) as pen:
            return parts.give_back(pen, subject, day_of(AT))

    assert give_back(subject) == 10
    assert balance(a.pk).points == 10
    with refused("points.reversed_already"):
        give_back(subject)
    with refused("points.nothing_spent"):
        give_back(uuid7())
    check_books([world["WD/01"].pk])


def test_awards_taken_back_return_to_the_budget_once(world):
    (a,) = homes(world, 1)
    fund(world, 10)
    round, _ = grant(world, [(a, 10)])
    assert taken_back(world, a, round, LATER) == 10
    assert taken_back(world, a, round, LATER) == 0
    assert taken_back(world, a, uuid7(), LATER) == 0
    assert (balance(a.pk).points, budget(world["WD/01"].pk).left) == (0, 10)
    reversal = Posting.objects.get(cause="reversal")
    assert reversal.reverses.cause == "award"
    assert (reversal.day, reversal.booked) == (day_of(AT), day_of(LATER))
    check_books([world["WD/01"].pk])


def test_an_award_that_waits_just_waits_no_longer(world):
    (a,) = homes(world, 1)
    round, _ = grant(world, [(a, 10)])
    assert taken_back(world, a, round) == 10
    assert balance(a.pk).waiting == 0
    assert not Posting.objects.exists()
    fund(world, 10)
    with refused("points.nothing_waits"):
        pay_village(village=world["WD/01"], by=world.actor("clerk"), at=AT)
    check_books([world["WD/01"].pk])


def test_what_is_taken_back_after_it_was_spent_is_owed_and_comes_from_later_payments(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    first, _ = grant(world, [(a, 10)])
    second, _ = grant(world, [(a, 5)])
    spent(world, a, 12)
    assert taken_back(world, a, first) == 10
    assert (balance(a.pk).points, balance(a.pk).owed) == (0, 7)
    check_books([world["WD/01"].pk])
    assert taken_back(world, a, second) == 5
    assert (balance(a.pk).points, balance(a.pk).owed) == (0, 12)
    grant(world, [(a, 8)])
    assert (balance(a.pk).points, balance(a.pk).owed) == (0, 4)
    grant(world, [(a, 8)])
    assert (balance(a.pk).points, balance(a.pk).owed) == (4, 0)
    assert budget(world["WD/01"].pk).issued == 16
    check_books([world["WD/01"].pk])


def test_a_corrected_result_earns_the_same_clause_again(world):
    (a,) = homes(world, 1)
    fund(world, 10)
    round, _ = grant(world, [(a, 10)])
    for n in range(2):
        assert taken_back(world, a, round) == 10
        _, paid = grant(world, [(a, 10)], round=round)
        assert paid.points == 10, n
    assert balance(a.pk).points == 10
    assert earned_this_year([a.pk], 2026) == {a.pk: 10}
    check_books([world["WD/01"].pk])


def test_postings_and_awards_are_never_altered(world):
    (a,) = homes(world, 1)
    fund(world, 100)
    grant(world, [(a, 10)])
    for statement_text in (
        "UPDATE points_posting SET points = points + 1", "DELETE FROM points_posting",
        "UPDATE points_award SET points = points + 1", "DELETE FROM points_award",
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement_text)
