"""The ledger's rules, case by case (tests/cases/points)."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from courtyard.points.rules.ledger import (
    AwardDue,
    Debt,
    Movement,
    fold,
    lowest,
    named_twice,
    pay,
    second_person,
    take_back,
    unfit_adjustment,
    unfit_due,
)

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/points/ledger.toml").read_text(encoding="utf-8"))
DAY = date(2026, 9, 1)


def each(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["why"] for case in CASES[kind]])


def code(problem: Any) -> str | None:
    return problem.code if problem else None


def debt(n: int, owed: int) -> Debt:
    return Debt(UUID(int=n), UUID(int=9), n, 2, 1, owed, owed, UUID(int=8), DAY)


@each("fold")
def test_a_balance_is_the_fold_of_the_movements(case: dict[str, Any]) -> None:
    moves = [Movement(*move) for move in case["moves"]]
    assert (fold(case["account"], moves), lowest(case["account"], moves)) == (case["balance"], case["lowest"])


@each("pay")
def test_what_waits_is_paid_whole_or_not_at_all(case: dict[str, Any]) -> None:
    paid = pay(case["left"], case["waiting"])
    assert (paid.points, paid.waiting) == (case["paid"], case["waits"])


@each("back")
def test_taking_back_stops_at_what_is_there(case: dict[str, Any]) -> None:
    debts = [debt(n, owed) for n, owed in enumerate(case["owed"])]
    takings = take_back(case["available"], debts)
    assert [taking.points for taking in takings] == case["taken"]
    assert [taking.whole for taking in takings] == [t.points == t.debt.points for t in takings]


@each("due")
def test_what_may_be_awarded(case: dict[str, Any]) -> None:
    due = AwardDue(UUID(int=1), UUID(int=2), case["clause"], case["points"], DAY)
    assert code(unfit_due(due)) == case.get("problem")


def test_one_clause_once_a_round_and_household() -> None:
    due = AwardDue(UUID(int=1), UUID(int=2), "grade.good", 10, DAY)
    other = AwardDue(UUID(int=1), UUID(int=2), "streak.3", 10, DAY)
    assert named_twice([due, other]) is None
    assert code(named_twice([due, other, due])) == "points.awarded_already"


@each("adjustment")
def test_what_may_be_adjusted(case: dict[str, Any]) -> None:
    assert code(unfit_adjustment(case["points"], case["evidence"])) == case.get("problem")


@each("second")
def test_two_persons_of_two_levels(case: dict[str, Any]) -> None:
    problem = second_person(UUID(int=case["proposer"]), case["proposed_as"], UUID(int=case["second"]), case["levels"])
    assert code(problem) == case.get("problem")
