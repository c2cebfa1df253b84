"""Help: who may say it, who helps, when it is late, when it is owed no longer; from tests/cases/honours/help.toml."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
from tests.honours.test_rules import cases

from courtyard.honours.rules import help as rules
from courtyard.honours.rules.help import Helper, HelpState, HelpWhy
from courtyard.kernel.problems import Problem

SINCE, DUE, TODAY = date(2026, 9, 22), date(2026, 9, 29), date(2026, 9, 25)
PEOPLE = {name: uuid.uuid5(uuid.NAMESPACE_OID, name) for name in ("本户", "邻居", "干部")}


def code(problem: Problem | None) -> str:
    return problem.code if problem else ""


@pytest.mark.parametrize("case", cases("help", "ask"))
def test_twice_a_calendar_year(case: dict[str, Any]) -> None:
    problem = rules.may_ask(case["asked"])
    assert code(problem) == case["gives"]
    assert problem is None or problem.facts == {"most": 2}


@pytest.mark.parametrize("case", cases("help", "helper"))
def test_one_helper(case: dict[str, Any]) -> None:
    ids = {key: PEOPLE[case[key]] for key in ("household", "account") if key in case}
    helper = Helper(**ids, words=case.get("words", ""))
    assert code(rules.unfit_helper(helper, PEOPLE["本户"])) == case["gives"]
    if not case["gives"]:
        assert helper.kind.value == case["kind"]


@pytest.mark.parametrize("case", cases("help", "done"))
def test_the_day_it_was_done(case: dict[str, Any]) -> None:
    assert code(rules.unfit_done(case["day"], since=SINCE, today=TODAY)) == case["gives"]


@pytest.mark.parametrize("case", cases("help", "end"))
def test_who_gives_it_up(case: dict[str, Any]) -> None:
    assert code(rules.may_end(HelpWhy(case["why"]), by_household=case["by_household"])) == case["gives"]


@pytest.mark.parametrize("case", cases("help", "late"))
def test_late_is_counted_while_it_is_owed(case: dict[str, Any]) -> None:
    assert rules.late_days(HelpState(case["state"]), DUE, case["on"]) == case["days"]


@pytest.mark.parametrize("case", cases("help", "close"))
def test_what_a_close_ends(case: dict[str, Any]) -> None:
    ended = rules.ends_help(HelpState(case["state"]), case.get("grade"), "poor", out=case.get("out", False))
    assert (ended.value if ended else "") == case["gives"]
