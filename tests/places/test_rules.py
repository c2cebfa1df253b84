"""Cases of the holiday table and the complaint line, as clerks read them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from courtyard.kernel.problems import Problem
from courtyard.places.rules.holidays import days_of_year, lines_of, periods_from
from courtyard.places.rules.lines import digits_of, unfit_line

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "places" / "holidays.toml").read_text(encoding="utf-8"))


def table(text: str) -> Any:
    periods = periods_from(text, 2026)
    return periods if isinstance(periods, Problem) else days_of_year(periods, 2026)


@pytest.mark.parametrize("case", CASES["year"], ids=lambda case: case["says"])
def test_a_year_is_taken_whole_or_not_at_all(case):
    text = CASES["whole"].strip()
    for old, new in [case[key] for key in ("replace", "also") if key in case]:
        assert old in text
        text = text.replace(old, new)
    found = table(text)
    assert (found.code if isinstance(found, Problem) else None) == case.get("problem")
    if isinstance(found, Problem):
        assert {key: found.facts[key] for key in case.get("facts", {})} == case.get("facts", {})


def test_a_table_goes_out_as_it_came_in():
    days = table(CASES["whole"])
    assert len(days) == 33 + 6
    assert days[date(2026, 10, 10)] == (True, "上班")
    assert table(lines_of(days)) == days


@pytest.mark.parametrize("case", CASES["line"], ids=lambda case: case["says"])
def test_what_a_complaint_line_may_be(case):
    found = unfit_line(case["line"], above=case.get("above", ""))
    assert (found.code if found else None) == case.get("problem")


def test_one_telephone_however_it_is_written():
    assert digits_of("0722-123 4567") == digits_of("07221234567") == "07221234567"
