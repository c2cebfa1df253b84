"""Documents of engine 2: every fault and caution by code and clause, and what looks like one and is none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rating.worked import cases, check, named_with_its_clause

FAULTS = cases("documents_2") + cases("wording") + cases("cautions")
KNOWN = {"name", "change", "remove", "code", "warns", "sound", "clause", "says"}


@pytest.mark.parametrize("case", FAULTS, ids=[case["name"] for case in FAULTS])
def test_a_fault_is_named_with_its_clause(case: dict[str, Any]) -> None:
    found = check("everything", case.get("change"), tuple(case.get("remove", ())))
    if case.get("sound"):
        assert (found.problems, found.warnings) == ((), ())
        return
    named_with_its_clause(case, found)


def test_cases_name_only_what_the_runner_knows() -> None:
    assert [case["name"] for case in FAULTS if set(case) - KNOWN] == []
    assert [case["name"] for case in FAULTS if len(set(case) & {"code", "warns", "sound"}) != 1] == []
    names = [case["name"] for case in FAULTS]
    assert sorted(set(names)) == sorted(names)


def test_the_document_they_change_is_sound() -> None:
    found = check("everything")
    assert (found.problems, found.warnings) == ((), ())
