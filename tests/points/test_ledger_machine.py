"""The ledger against a model of it: any order of verbs, any earlier command sent again, the books right after each.

The model is a handful of numbers; `check_books` folds the tables by hand beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.points.homes import check_books, homes
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.points.actions import confirm_adjustment, fund_budget, lapse, parts, pay_village, propose_adjustment
from courtyard.points.actions.amending import amend
from courtyard.points.actions.deducting import deduct
from courtyard.points.actions.merits import merit
from courtyard.points.models import Adjustment, Award, Counter, Deduction, Merit, Posting, Reset
from courtyard.points.queries import balances, budget
from courtyard.points.queries.lots import accounts_of
from courtyard.points.queries.merits import merits_of
from courtyard.points.rules.ledger import AwardDue
from courtyard.points.rules.lots import lots_of
from courtyard.points.rules.standings import DeductionDue, MeritDue, ResetDue
from courtyard.points.rules.states import AdjustmentReason
from courtyard.records.journal import act

pytestmark = pytest.mark.django_db
DAY = day_of(AT)
HOME = st.integers(0, 2)


def everything() -> tuple[Any, ...]:
    """Rows and figures that a repeated or refused command must leave alone."""
    return (
        Award.objects.count(),
        Posting.objects.count(),
        list(Counter.objects.order_by("pk").values_list()),
        (Merit.objects.count(), Deduction.objects.count(), Reset.objects.count()),
    )


class Ledger(RuleBasedStateMachine):
    """A village of three homes, its budget and its till."""

    world: Any
    rows: list[Any]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.village = self.world["WD/01"]
        self.left = 0
        self.points = [0, 0, 0]
        self.owed = [0, 0, 0]
        self.waiting: dict[tuple[UUID, int], int] = {}
        self.paid: dict[tuple[UUID, int], int] = {}
        self.rounds: list[UUID] = []
        self.nothing: set[tuple[UUID, int]] = set()
        self.factors: dict[UUID, tuple[int, int]] = {}
        self.spends: list[tuple[UUID, int, int]] = []
        self.sent: list[Callable[[], Any]] = []
        self.honour = [0, 0, 0]
        self.evenings = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def send(self, command: Callable[[], Any], refused: str = "") -> None:
        """Carry a command out (refused where the model says so, and then nothing moved) and keep it to send again."""
        before = everything()
        if refused:
            with pytest.raises(Refused) as caught:
                command()
            assert caught.value.code == refused
            assert everything() == before
        else:
            command()
            self.sent.append(command)

    def collect(self, home: int) -> None:
        taken = min(self.points[home], self.owed[home])
        self.points[home] -= taken
        self.owed[home] -= taken
        self.left += taken

    def set_off(self, home: int) -> None:
        """All is taken where that lets everything be paid, else only what is owed beyond what waits for the home."""
        waits = sum(n for (_, at), n in self.waiting.items() if at == home)
        full = min(self.points[home], self.owed[home])
        covered = sum(self.waiting.values()) <= self.left + full
        taken = full if covered else min(self.points[home], max(0, self.owed[home] - waits))
        self.points[home] -= taken
        self.owed[home] -= taken
        self.left += taken

    def pay(self) -> None:
        total = sum(self.waiting.values())
        if not total or total > self.left:
            return
        self.left -= total
        for (round, home), points in self.waiting.items():
            self.points[home] += points
            self.paid[(round, home)] = points
        for home in {home for _, home in self.waiting}:
            self.collect(home)
        self.waiting = {}

    def within(self, verb: str, given: dict[str, Any], body: Callable[[Any], Any]) -> Callable[[], None]:
        command = uuid7()

        def carry_out() -> None:
            with act(verb, by=self.world.terminal, at=AT, chain=self.village.pk, command=command, given=given) as pen:
                if not pen.replayed:
                    body(pen)

        return carry_out

    @initialize(points=st.integers(1, 40))
    def begin(self, points: int) -> None:
        self.fund(points)

    def fund(self, points: int) -> None:
        command, clerk = uuid7(), self.world.actor("clerk")
        self.send(
            lambda: fund_budget(
                village=self.village, points=points, document="万政发17", by=clerk, at=AT, command=command
            )
        )
        self.left += points

    @rule(points=st.integers(1, 40))
    def raise_budget(self, points: int) -> None:
        self.fund(points)

    @rule(points=st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any))
    def close(self, points: list[int]) -> None:
        round = uuid7()
        self.grant(round, {home: n for home, n in enumerate(points) if n})
        self.rounds.append(round)

    @rule(points=st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any), days=st.integers(0, 3))
    def close_for_a_time(self, points: list[int], days: int) -> None:
        round = uuid7()
        self.grant(round, {home: n for home, n in enumerate(points) if n}, until=DAY + timedelta(days))
        self.rounds.append(round)

    @rule(points=st.lists(st.integers(0, 12), min_size=3, max_size=3).filter(any))
    def close_by_factor(self, points: list[int]) -> None:
        round = uuid7()
        self.grant(round, {home: n for home, n in enumerate(points) if n}, cut=True)
        self.rounds.append(round)

    def grant(self, round: UUID, points: dict[int, int], *, cut: bool = False, until: date | None = None) -> None:
        dues = [AwardDue(self.rows[home].pk, round, "awards.good", n, DAY, until) for home, n in points.items()]

        def body(pen: Any) -> None:
            parts.award(pen, self.village.pk, dues)
            parts.pay_waiting(pen, self.village.pk, DAY, cut=round if cut else None)

        standing = any((round, home) in self.waiting.keys() | self.paid.keys() | self.nothing for home in points)
        given = {"round": round, "points": sorted(points.items())}
        self.send(self.within("test.close", given, body), "points.awarded_already" if standing else "")
        if standing:
            return
        before, needed = sum(self.waiting.values()), sum(points.values())
        if cut and before <= self.left < before + needed:
            self.factors[round] = (self.left - before, needed)
        budget, of = self.factors.get(round, (1, 1))
        for home, n in points.items():
            if n * budget // of:
                self.waiting[(round, home)] = n * budget // of
            else:
                self.nothing.add((round, home))
        self.pay()

    @precondition(lambda self: self.rounds)
    @rule(data=st.data(), home=HOME, points=st.integers(1, 12))
    def earn_again(self, data: Any, home: int, points: int) -> None:
        self.grant(data.draw(st.sampled_from(self.rounds)), {home: points})

    @precondition(lambda self: self.rounds)
    @rule(data=st.data(), home=HOME)
    def take_back(self, data: Any, home: int) -> None:
        round = data.draw(st.sampled_from(self.rounds))
        household = self.rows[home].pk
        given = {"round": round, "home": home}
        self.send(
            self.within("test.reverse", given, lambda pen: amend(pen, self.village.pk, household, [round], [], DAY))
        )
        if (round, home) in self.waiting or (round, home) in self.paid or (round, home) in self.nothing:
            self.nothing.discard((round, home))
            self.waiting.pop((round, home), 0)
            self.owed[home] += self.paid.pop((round, home), 0)
            self.set_off(home)
            self.pay()

    @rule(home=HOME, points=st.integers(1, 15))
    def spend(self, home: int, points: int) -> None:
        subject, household, shop = uuid7(), self.rows[home].pk, self.world["WD"].pk
        given = {"home": home, "points": points}
        body = self.within("test.spend", given, lambda pen: parts.spend(pen, household, points, shop, subject, DAY))
        short = points > self.points[home]
        self.send(body, "points.not_enough" if short else "")
        if not short:
            self.points[home] -= points
            self.spends.append((subject, home, points))

    @precondition(lambda self: self.spends)
    @rule(data=st.data())
    def give_back(self, data: Any) -> None:
        subject, home, points = data.draw(st.sampled_from(self.spends))
        done = Posting.objects.filter(reverses__subject=subject).exists()
        body = self.within("test.back", {"home": home}, lambda pen: parts.give_back(pen, subject, DAY))
        self.send(body, "points.reversed_already" if done else "")
        if not done:
            self.points[home] += points

    @rule(keep=st.none() | st.sampled_from([0, 333, 1000]))
    def end_a_day(self, keep: int | None) -> None:
        """What is over lapses, and a reset leaves a share: each home keeps what the rest of its lots comes to."""
        day, command, village = DAY + timedelta(self.evenings), uuid7(), self.village
        at = AT + timedelta(self.evenings + 1)
        resets = [] if keep is None else [ResetDue(day, "points", "resets.year", keep)]
        over = {one.household: lots_of(one.bookings).lapsing(day) for one in accounts_of(row.pk for row in self.rows)}
        self.send(
            lambda: lapse(village=village, day=day, resets=resets, by=self.world.terminal, at=at, command=command)
        )
        self.evenings += 1
        for home, row in enumerate(self.rows):
            assert 0 <= over.get(row.pk, 0) <= self.points[home]
            self.points[home] -= over.get(row.pk, 0)
            if keep is not None:
                self.points[home] = self.points[home] * keep // 1000
        for one in accounts_of(row.pk for row in self.rows):
            assert lots_of(one.bookings).lapsing(day) == 0

    @rule(home=HOME, milli=st.integers(-3000, 5000).filter(bool))
    def count_in_a_standing(self, home: int, milli: int) -> None:
        due = MeritDue(self.rows[home].pk, uuid7(), "honour", "awards.good", milli, DAY)
        self.send(self.within("test.merit", {"home": home}, lambda pen: merit(pen, self.village.pk, [due])))
        self.honour[home] += milli

    @rule(home=HOME, points=st.integers(1, 9))
    def take_off(self, home: int, points: int) -> None:
        due = DeductionDue(self.rows[home].pk, uuid7(), "awards.poor", points, DAY)
        self.send(self.within("test.deduct", {"home": home}, lambda pen: deduct(pen, self.village.pk, [due])))
        self.points[home] -= min(points, self.points[home])

    @rule()
    def pay_what_waits(self) -> None:
        command, clerk, total = uuid7(), self.world.actor("clerk"), sum(self.waiting.values())
        code = "points.nothing_waits" if not total else "points.budget_short" if total > self.left else ""
        self.send(lambda: pay_village(village=self.village, by=clerk, at=AT, command=command), code)
        self.pay()

    @rule(home=HOME, points=st.integers(-8, 8).filter(bool))
    def adjust(self, home: int, points: int) -> None:
        command, clerk = uuid7(), self.world.actor("clerk")
        id = propose_adjustment(
            household=self.rows[home],
            points=points,
            reason=AdjustmentReason.OTHER,
            evidence="照片1",
            by=self.world.actor("cadre"),
            at=AT,
        )
        row = Adjustment.objects.get(pk=id)
        code = ""
        if points > self.left:
            code = "points.budget_short"
        if -points > self.points[home]:
            code = "points.not_enough"
        self.send(lambda: confirm_adjustment(adjustment=row, by=clerk, at=AT, command=command), code)
        if not code:
            self.points[home] += points
            self.left -= points

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data: Any) -> None:
        before = everything()
        data.draw(st.sampled_from(self.sent))()
        assert everything() == before

    @invariant()
    def the_books_are_right(self) -> None:
        check_books([self.village.pk])
        found = balances([row.pk for row in self.rows])
        for home, row in enumerate(self.rows):
            waits = sum(n for (_, at), n in self.waiting.items() if at == home)
            balance = found[row.pk]
            assert (balance.points, balance.waiting, balance.owed) == (self.points[home], waits, self.owed[home])
        assert budget(self.village.pk).left == self.left
        held = merits_of([row.pk for row in self.rows], "honour", DAY)
        assert [held.get(row.pk, 0) for row in self.rows] == self.honour


QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.mark.parametrize(
    ("examples", "steps"),
    [pytest.param(12, 20, id="short"), pytest.param(40, 40, id="many seeds", marks=pytest.mark.long)],
)
def test_whatever_is_done_in_whatever_order_the_books_are_right(world: Any, examples: int, steps: int) -> None:
    Ledger.world, Ledger.rows = world, homes(world, 3)
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=QUIET, database=None
        ),
    )
