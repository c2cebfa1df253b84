"""Cases of objections where no entry is open, as cadres read them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from courtyard.honours.rules.grade_objections import Answerer, answer_by, level_of, level_on, made_worse, unfit_answerer
from courtyard.honours.rules.persons import Around
from courtyard.honours.rules.states import AnswerLevel
from courtyard.honours.rules.terms import Process
from courtyard.kernel.days import Holidays
from courtyard.kernel.problems import Problem

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "honours" / "grade_objections.toml").read_text(encoding="utf-8")
)
ONE = UUID(int=1)


def code(found: Any) -> Any:
    return found.code if isinstance(found, Problem) else found


@pytest.mark.parametrize("case", CASES["level"], ids=lambda case: case["says"])
def test_who_answers_next(case):
    found = level_of(case["answered"])
    assert (found.code if isinstance(found, Problem) else found.value) == case.get("problem", case.get("level"))


@pytest.mark.parametrize("case", CASES["stands"], ids=lambda case: case["says"])
def test_whose_it_is_on_a_day(case):
    assert level_on(AnswerLevel(case["level"]), case.get("due"), case["on"]).value == case["stands"]


@pytest.mark.parametrize("case", CASES["answerer"], ids=lambda case: case["says"])
def test_who_may_answer(case):
    people = frozenset({ONE})
    around = Around(raters=people if case.get("rated") else frozenset(), kin=people if case.get("kin") else frozenset())
    found = unfit_answerer(Answerer(ONE, case["of_town"]), AnswerLevel(case["level"]), around)
    assert code(found) == case.get("problem")


@pytest.mark.parametrize("case", CASES["worse"], ids=lambda case: case["says"])
def test_nobodys_grade_falls(case):
    found = made_worse(("good", "fair", "poor"), case.get("before"), case.get("after"))
    assert code(found) == case.get("problem")


def test_the_days_begin_at_the_close():
    process = Process("black_1", 5, 7, 10, 30, 15)
    assert answer_by(process, AnswerLevel.VILLAGE, None, Holidays()) is None
