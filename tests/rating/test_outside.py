"""Schemes of villages that do not exist, written from the documentation alone: their hand-computed answers hold, and
what an author gets wrong, in the document or in the cases, is told where it is wrong and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rating.worked import CASES

from courtyard.rating.rules.cases import judge
from courtyard.rating.rules.documents import as_data
from courtyard.rating.rules.parsing import check_toml

DOCUMENTS = Path(__file__).resolve().parent / "documents"
ANSWERED = {"huaihua": 13, "shuikou": 14, "yuntai": 2, "zhuxi": 16}
HUAIHUA = (DOCUMENTS / "huaihua.toml").read_text(encoding="utf-8")
LIGHT = """
[[case]]
name = "轻月免看:不给分的办法里,也只是没看,不是没有评"
change = {
  "coverage" = { full_months = [1, 4, 7, 10], carried_band = "good", carries_rounds = 1 },
}
steps = [{ day = 2026-01-20, scores = { a = 90 } }]
expect = [
  { day = 2026-02-28, why = "carried", awards = [] },
  { day = 2026-03-31, why = "no_marks", awards = [] },
]
"""


def _scheme(name: str) -> dict[str, object]:
    check = check_toml((DOCUMENTS / f"{name}.toml").read_text(encoding="utf-8"))
    assert check.document is not None, check.problems
    return as_data(check.document)


@pytest.mark.parametrize("name", ANSWERED)
def test_its_hand_computed_answers_hold(name: str) -> None:
    judged = judge(_scheme(name), (CASES / "outside" / f"{name}.toml").read_text(encoding="utf-8"))
    assert [(one.name, one.fault, one.differences) for one in judged.verdicts if not one.ok] == []
    assert (judged.problem, len(judged.verdicts)) == (None, ANSWERED[name])


def test_a_home_that_a_light_round_left_out_is_carried_whether_or_not_it_earns() -> None:
    judged = judge(_scheme("huaihua"), LIGHT.replace("{\n  ", "{ ").replace(",\n}", " }"))
    assert [(one.fault, one.differences) for one in judged.verdicts] == [("", ())]


def _clauses(text: str) -> list[str]:
    return [f"{one.code} {one.facts['clause']}" for one in check_toml(text).problems]


def test_a_kind_that_is_not_there_is_one_fault_and_the_keys_beside_it_are_none() -> None:
    assert _clauses(HUAIHUA.replace('kind = "streak"', 'kind = "lottery"', 1)) == [
        "rating.clause_not_one_of prizes[gift].kind"
    ]
    assert _clauses(HUAIHUA.replace('kind = "streak"\n', "", 1)) == ["rating.clause_missing prizes[gift].kind"]


def test_without_its_engine_a_document_is_not_told_the_faults_of_the_first_one() -> None:
    assert _clauses(HUAIHUA.replace("engine = 2\n", "")) == ["rating.clause_missing engine"]
    assert _clauses(HUAIHUA.replace("engine = 2", 'engine = "two"')) == ["rating.clause_wrong_kind engine"]


def test_an_empty_text_is_left_out_and_an_empty_number_is_a_fault() -> None:
    assert _clauses(HUAIHUA + '[budget]\nshort = "wait"\nsource = ""\n') == []
    assert _clauses(HUAIHUA.replace("worth_fen = 10", 'worth_fen = ""')) == [
        "rating.clause_wrong_kind ledgers[points].worth_fen"
    ]


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ("balance = 3", "balance"),
        ('awards = "awards.base 3"', "awards"),
        ("score = [83]", "score"),
        ("marks = 3", "marks"),
        ('remove = "caps[year]"', "remove"),
        ("change = 3", "change"),
        ('seen = ["yard y1"]\nseen_by = [["yard y1"]]', "seen"),
        ('seen = ["yard y1 x0"]', "seen"),
        ("score_given = 101", "score_given"),
        ("score_given = 90\nmarks = []", "score_given"),
        ('last = "great"', "last"),
        ('homes = [{ code = "a" }, { code = "a" }]', "homes"),
        ("steps = [{ day = 9999-12-31, scores = { a = 90 } }]", "day"),
    ],
)
def test_what_is_wrong_in_a_case_is_named_by_its_key(case: str, fault: str) -> None:
    marks = "" if "marks" in case or "score_given" in case else 'marks = ["looked looked looked looked"]\n'
    (one,) = judge(_scheme("huaihua"), f'[[case]]\nname = "x"\n{marks}grade = "good"\n{case}\n').verdicts
    assert (one.ok, one.fault.partition(":")[0]) == (False, fault)


def test_a_home_that_no_step_names_is_told_by_its_name() -> None:
    text = '[[case]]\nname = "x"\nsteps = [{ day = 2026-01-01, scores = { a = 90 } }]\n'
    text += 'expect = [{ day = 2026-01-31, home = "b", grade = "good" }]\n'
    (one,) = judge(_scheme("huaihua"), text).verdicts
    assert one.fault == "expect.home: 例子里没有「b」这一户"
