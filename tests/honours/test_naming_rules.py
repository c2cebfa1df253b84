"""Cases of names on a black list, as cadres read them; how long a correction stands."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from courtyard.honours.rules.correcting import days_stood, last_day
from courtyard.honours.rules.naming import (
    Ground,
    NamePapers,
    in_force,
    reach_at_publication,
    reach_now,
    unfit_papers,
)
from courtyard.honours.rules.states import AssessmentQuestion, Reach
from courtyard.kernel.problems import Problem

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "honours" / "naming.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 9, 14)


def papers(**change: Any) -> NamePapers:
    """The whole papers of the cases, changed."""
    given = {**CASES["whole"], **change}
    answers = {question: given[question.value] for question in AssessmentQuestion}
    named = ("resolved_on", "attendance", "households", "document", "expires_on", "assessed_on", "assessor")
    return NamePapers(**{name: given[name] for name in named}, answers=answers)


def ground(case: dict[str, Any]) -> Ground:
    return Ground(case.get("documents", False), case.get("forbidden", False))


@pytest.mark.parametrize("case", CASES["papers"], ids=lambda case: case["says"])
def test_three_documents_or_none(case):
    change = dict(case.get("change", {}))
    if "without" in case:
        change[case["without"]] = None
    found = unfit_papers(papers(**change), TODAY)
    assert (found.code if found else None) == case.get("problem")


@pytest.mark.parametrize("case", CASES["holds"], ids=lambda case: case["says"])
def test_documents_hold_by_reading(case):
    assert in_force(TODAY, CASES["whole"]["expires_on"], case.get("ended_on"), case["on"]) is case["holds"]


@pytest.mark.parametrize("case", CASES["publishing"], ids=lambda case: case["says"])
def test_the_reach_of_a_publication(case):
    asked = Reach(case["asked"]) if "asked" in case else None
    found = reach_at_publication(Reach(case["wanted"]), asked, ground(case))
    assert (found.code if isinstance(found, Problem) else found.value) == case.get("problem", case.get("reach"))


@pytest.mark.parametrize("case", CASES["reading"], ids=lambda case: case["says"])
def test_the_reach_when_it_is_read(case):
    assert reach_now(Reach(case["stored"]), ground(case)).value == case["reach"]


def day(n: int) -> date:
    return date(2026, 10, n)


@pytest.mark.parametrize(
    ("moves", "stood"),
    [
        # 1 日公示,6 日停下来:看得到六天。
        ([(day(1), "notified", "published"), (day(6), "published", "objected")], 6),
        ([(day(1), "notified", "published"), (day(1), "published", "objected")], 1),
        # 停下来又公示:两段加起来,同一天只算一次。
        (
            [(day(1), "notified", "published"), (day(3), "published", "objected"), (day(3), "objected", "notified")]
            + [(day(3), "notified", "published"), (day(5), "published", "objected")],
            5,
        ),
        # 公示着就更正了。
        ([(day(1), "notified", "published"), (day(2), "published", "published")], 10),
    ],
)
def test_as_long_as_the_error_stood(moves, stood):
    assert days_stood(moves, day(10)) == stood
    assert last_day(day(10), stood) == day(9 + stood)
