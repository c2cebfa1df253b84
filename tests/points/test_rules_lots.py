"""What leaves a home's account at the ends of days, case by case (tests/cases/points/lots.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from courtyard.points.rules.lots import Booked, falls, lots_of
from courtyard.points.rules.standings import (
    DeductionDue,
    MeritDue,
    ResetDue,
    deductions_named_twice,
    falls_by,
    merits_named_twice,
    reach,
    unfit_deduction,
    unfit_merit,
)

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/points/lots.toml").read_text(encoding="utf-8"))
HOME, ROUND, DAY = UUID(int=1), UUID(int=2), date(2026, 9, 30)


def each(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["why"] for case in CASES[kind]])


def bookings(rows: list[Any]) -> list[Booked]:
    found = []
    for n, (cause, points, day, *rest) in enumerate(rows, 1):
        more = rest[0] if rest else {}
        until = date.fromisoformat(more["until"]) if "until" in more else None
        counts, booked = date.fromisoformat(day), date.fromisoformat(more.get("on", day))
        waited, award = more.get("waited", False), more.get("award", "")
        found.append(Booked(n, cause, points, counts, booked, until, waited, award, more.get("undoes")))
    return found


@each("lots")
def test_what_leaves_at_the_ends_of_days(case: dict[str, Any]) -> None:
    rows, through = bookings(case["booked"]), date.fromisoformat(case["through"])
    resets = [ResetDue(date.fromisoformat(day), "points", "resets.one", keep) for day, keep in case.get("resets", [])]
    found = falls(rows, resets, through)
    assert [[fall.day.isoformat(), fall.points] for fall in found] == case["falls"]
    held = [row for row in rows if row.on <= through]
    left = lots_of(held).points - sum(fall.points for fall in found)
    assert 0 <= left == sum(row.points for row in held) - sum(fall.points for fall in found)


@each("reach")
def test_nothing_is_taken_below_0(case: dict[str, Any]) -> None:
    assert reach(case["balance"], case["moves"]) == case["real"]


def test_the_next_to_lapse_is_named_with_how_much() -> None:
    rows = bookings([["award", 10, "2026-09-30", {"until": "2026-12-31"}], ["award", 5, "2026-10-31"]])
    assert lots_of(rows).nearest() == (date(2026, 12, 31), 10)
    assert lots_of(rows[1:]).nearest() is None


def test_a_share_is_rounded_down_to_the_ledgers_unit() -> None:
    assert falls_by(10_500, 333, 1) == 10_500 - 3496, "a standing keeps thousandths"
    assert falls_by(-3, 0, 1) == 0, "below 0 a reset takes nothing"


@pytest.mark.parametrize("milli", [0, True, 10**10, "5"])
def test_an_amount_that_is_none_is_refused(milli: Any) -> None:
    problem = unfit_merit(MeritDue(HOME, ROUND, "honour", "awards.good", milli, DAY))
    assert problem is not None and problem.code == "points.not_an_amount"


def test_a_clause_that_is_no_code_is_refused() -> None:
    problem = unfit_merit(MeritDue(HOME, ROUND, "honour", "评为好", 1000, DAY))
    assert problem is not None and problem.code == "points.no_clause"
    problem = unfit_deduction(DeductionDue(HOME, ROUND, "awards.poor", 0, DAY))
    assert problem is not None and problem.code == "points.not_an_amount"


def test_one_clause_counts_once_a_round_and_ledger() -> None:
    one = MeritDue(HOME, ROUND, "honour", "awards.good", 1000, DAY)
    assert merits_named_twice([one, one._replace(ledger="other")]) is None
    problem = merits_named_twice([one, one])
    assert problem is not None and problem.code == "points.awarded_already"
    taken = DeductionDue(HOME, ROUND, "awards.poor", 5, DAY)
    problem = deductions_named_twice([taken, taken])
    assert problem is not None and problem.code == "points.awarded_already"
