"""Deeds outside a round: what may be recorded, by whom it is confirmed, what it earns; from deeds.toml."""

from __future__ import annotations

import tomllib
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.rating.worked import document

from courtyard.inspections.rules import deeds as rules
from courtyard.inspections.rules.amounts import read_amount
from courtyard.inspections.rules.deeds import Doer, Granted
from courtyard.kernel.problems import Problem

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "inspections" / "deeds.toml").read_text(encoding="utf-8"))
PROPOSER, TODAY = uuid.UUID(int=1), date(2026, 9, 14)


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in CASES[kind]]


@pytest.mark.parametrize("case", cases("deed"))
def test_what_may_be_recorded(case: dict[str, Any]) -> None:
    doer = Doer("0101", case.get("lived_in", True), case.get("taking_part", True), case.get("again", False))
    rule, day = document("wandian").deed(case["item"]), case.get("day", date(2026, 9, 10))
    problem = rules.unfit_deed(rule, day, TODAY, doer, case.get("evidence", True))
    assert (problem.code if problem else "") == case["gives"]


@pytest.mark.parametrize("case", cases("second"))
def test_two_persons_of_two_levels(case: dict[str, Any]) -> None:
    second = PROPOSER if case["who"] == "甲" else uuid.UUID(int=2)
    problem = rules.second_person(PROPOSER, "village_cadre", second, case["levels"])
    assert (problem.code if problem else "") == case["gives"]


@pytest.mark.parametrize("case", cases("grant"))
def test_points_within_the_years_caps(case: dict[str, Any]) -> None:
    scheme = document("wandian")
    rule = scheme.deed(case["item"])
    assert rule is not None
    found = rules.granted(scheme, rule, of_deed=case["of_deed"], of_ledger=case["of_ledger"])
    assert found == Granted(case["points"], case["cut"])


def test_a_deed_without_a_yearly_cap_of_its_ledger_keeps_its_own() -> None:
    scheme = document("wandian", {"caps": []})
    rule = scheme.helping
    assert rule is not None
    assert rules.granted(scheme, rule, of_deed=0, of_ledger=5000) == Granted(5, 0)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['typed']}{case.get('unit', '')}") for case in CASES["amount"]]
)
def test_an_amount_is_read_as_it_was_typed_or_refused(case: dict[str, Any]) -> None:
    found = read_amount(case["typed"], case.get("unit", ""))
    assert (found.code if isinstance(found, Problem) else found) == case.get("gives", case.get("refused"))
