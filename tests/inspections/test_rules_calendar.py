"""The calendar of rounds as law, from tests/cases/inspections/calendar.toml; a proposal reveals nobody."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import date
from typing import Any

import pytest
from tests.inspections.test_rules import cases
from tests.rating.worked import document

from courtyard.inspections.rules import calendar, rounds
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import carries


def scheme(**coverage: Any) -> SchemeDocument:
    """Wandian's document under engine 2, its coverage changed."""
    return document("wandian", {"engine": 2} | {f"coverage.{key}": value for key, value in coverage.items()})


@pytest.mark.parametrize("case", cases("calendar", "next"))
def test_the_next_round(case: dict[str, Any]) -> None:
    adopted, found = case.get("adopted", date.min), scheme(pauses=case.get("pauses", []))
    one = calendar.next_round(
        case["today"], case.get("months", []), case.get("open", []), lambda day: found if day >= adopted else None
    )
    if "expect" not in case:
        assert one is None
        return
    assert one is not None
    told: dict[str, Any] = {"month": one.month, "kind": one.kind.value, "since": one.since, "until": one.until}
    told |= {"passed": [f"{row.month:%Y-%m} {row.pause}" for row in one.passed], "waits": one.waits}
    told |= {"ready": one.ready(case["today"]), "due": one.due(case["today"])}
    assert told == {"passed": [], "waits": None} | case["expect"]


@pytest.mark.parametrize("case", cases("calendar", "early"))
def test_what_is_opened_or_closed_first(case: dict[str, Any]) -> None:
    adopted, found = case.get("adopted", date.min), scheme(pauses=case.get("pauses", []))
    problem = calendar.too_early(
        case["month"], case["today"], case.get("months", []), case.get("open", []),
        lambda day: found if day >= adopted else None,
    )  # fmt: skip
    assert problem == (Problem(case["code"], case["facts"]) if "code" in case else None)


@pytest.mark.parametrize("case", cases("calendar", "paused"))
def test_a_month_in_a_pause(case: dict[str, Any]) -> None:
    problem = calendar.in_a_pause(scheme(pauses=case.get("pauses", [])), case["month"])
    assert (problem.code if problem else "") == case["code"]
    assert (problem.facts.get("next") if problem else None) == case.get("next")


@pytest.mark.parametrize("case", cases("calendar", "visited"))
def test_how_many_homes_it_visits(case: dict[str, Any]) -> None:
    found = scheme(**{key: case[key] for key in ("carries_rounds", "carried_band") if key in case})
    one = calendar.next_round(case["month"], [], [], lambda _: found)
    assert one is not None
    grades = Counter({(key.split()[0], int(key.split()[1])): homes for key, homes in case["grades"].items()})
    visited = calendar.homes_visited(one, case["homes"], grades)
    assert visited == case["visited"]
    # The same number as the round itself takes, whatever is drawn.
    homes = [uuid.uuid5(uuid.NAMESPACE_URL, str(n)) for n in range(case["homes"])]
    told = dict(zip(homes, grades.elements(), strict=False))
    last, out = {home: row[0] for home, row in told.items()}, {home: row[1] for home, row in told.items()}
    taken = {
        rounds.covered(one.kind, found, homes, last, uuid.uuid5(uuid.NAMESPACE_DNS, str(n)), out) for n in range(9)
    }
    assert {len(chosen) for chosen in taken} == {visited}
    if one.kind is RoundKind.LIGHT and visited < case["homes"] and case["homes"] == 40:
        assert len(taken) > 1, "which ones is drawn by the round's own id and unknown beforehand"


def test_why_the_next_round_is_not_opened_yet() -> None:
    today, found = date(2026, 9, 28), scheme()

    def after(months: list[date], still_open: list[date]) -> Problem | None:
        one = calendar.next_round(today, months, still_open, lambda _: found)
        assert one is not None
        return calendar.unfit_next(one, today)

    september, october = date(2026, 9, 1), date(2026, 10, 1)
    assert after([september], []) is None
    assert after([september], [september]) == Problem(
        "inspections.next_waits", {"month": "2026-10", "earlier": "2026-09"}
    )
    assert after([october], []) == Problem("inspections.month_too_far", {"month": "2026-11"})


@pytest.mark.parametrize(
    ("engine", "band", "last", "left_out", "carried"),
    [
        (1, "good", "good", 9, True),
        (1, "good", "fair", 0, False),
        (1, "fair", "good", 0, False),
        (2, "fair", "good", 0, True),
        (2, "fair", "poor", 0, False),
        (2, "fair", "superb", 0, False),
        (2, "good", "", 0, False),
    ],
)
def test_whose_grade_carries(engine: int, band: str, last: str, left_out: int, carried: bool) -> None:
    assert carries(document("wandian", {"engine": engine, "coverage.carried_band": band}), last, left_out) is carried


def test_a_grade_carries_so_many_rounds() -> None:
    found = scheme(carries_rounds=2)
    assert [carries(found, "good", n) for n in range(4)] == [True, True, False, False]
