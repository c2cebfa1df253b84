"""Texts nobody trusts: every refusal is quick, in plain Chinese, and says where in the document."""

from __future__ import annotations

import json
import time

import pytest
from tests.rating.worked import changed, check, said, text_of

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.loading import NODES_MOST, load_json, load_toml
from courtyard.rating.rules.parsing import FAULTS_MOST, check_json, check_toml

SECONDS_MOST = 20  # generous: the machine may be busy; a megabyte of the worst takes two or three


def _only(text: str) -> Problem:
    (problem,) = check_toml(text).problems
    return problem


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("format = 1\nformat = 2\n", "第 2 行", "同一个名称写了两次"),
        ("[scope]\nlevels = []\n[scope]\n", "第 3 行", "同一张表写了两次"),
        ("scope = {a = 1, a = 2}", "第 1 行", "同一个名称写了两次"),
        ("[a]\nb = 1\n[a.b]\nc = 1\n", "第 3 行", "写了两次"),
        ('name = "没有收尾\n', "第 1 行", "引号"),
        ("name = '没有收尾\n", "第 1 行", "引号没有成对"),
        ("x = [1, 2\n", "第 1 行", "方括号没有成对"),
        ("format = 1\n[scope\n", "第 2 行", "方括号没有成对"),
        ("x = {a = 1\n", "第 1 行", "括号"),
        ("\n\nformat 1\n", "第 3 行", "少了等号"),
        ("名称 = 1", "第 1 行", "第 1 行,"),
        ("format = 一", "第 1 行", "文字要加引号"),
        ("since = 2026-13-01", "第 1 行", "第 1 行,"),
        ("a = 1 b = 2", "第 1 行", "请分成两行"),
        ('name = "\\q"', "第 1 行", "反斜杠"),
        ("name = 1\x00", "第 1 行", "第 1 行,"),
        ("a = 1\nx = " + "9" * 5000, "第 2 行", "有一个数太长"),
    ],
)
def test_what_is_no_toml_is_said_with_its_line_in_plain_words(text: str, where: str, why: str) -> None:
    problem = _only(text)
    assert (problem.code, problem.facts["clause"]) == ("rating.document_unreadable", where)
    assert why in said(problem)
    assert "at line" not in said(problem)


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ('{\n"format": 1,}', "第 2 行", "少了名称"),
        ('{"format": }', "第 1 行", "少了值"),
        ('{"format": NaN}', "(整份文件)", "NaN 不是数"),
        ('{"format": 1} {}', "第 1 行", "多余"),
        ("[]", "(整份文件)", "不是一张表"),
    ],
)
def test_what_is_no_json_is_said_with_its_line_in_plain_words(text: str, where: str, why: str) -> None:
    (problem,) = check_json(text).problems
    assert (problem.code, problem.facts["clause"]) == ("rating.document_unreadable", where)
    assert why in said(problem)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("x = [" + "1," * 10_000 + "]", "rating.document_too_many", "x"),
        ("\n".join(f"k{n} = 1" for n in range(NODES_MOST + 1)), "rating.document_too_many", "(整份文件)"),
        ("[[awards]]\ncode = 'a'\n" * 6000, "rating.document_too_many", "awards"),
        ("format = 1\nx = " + "[" * 13 + "]" * 13, "rating.document_too_deep", "x"),
        ("format = 1\nx = " + "[" * 100_000, "rating.document_too_deep", "第 2 行"),
        ("format = 1\n\na.b.c.d.e.f.g.h.i.j.k.l.m = 1", "rating.document_too_deep", "第 3 行"),
        ("format = 1\n#" + "x" * 1_000_000, "rating.document_too_large", "(整份文件)"),
        ("format = 1\nname = '\ufffd'", "rating.document_not_utf8", "第 2 行"),
    ],
    ids=["array", "keys", "rows", "13 deep", "100000 deep", "dotted", "a megabyte", "no utf-8"],
)
def test_what_is_too_much_is_said_with_its_place(text: str, code: str, where: str) -> None:
    problem = _only(text)
    assert (problem.code, problem.facts["clause"]) == (code, where)
    assert "{" not in said(problem)


@pytest.mark.parametrize(
    "value",
    [
        "1e400", "-1e400", "1e99999999999999999999", "1e-999999", "nan", "inf", "-inf", "0x" + "f" * 200_000,
        "0b" + "1" * 200_000, "85." + "1" * 200_000, "84.9995", "2026-01-01", "07:30:00", "true", "[]", "{}", '""', '"85分"',
    ],
    ids=lambda value: value[:12],
)  # fmt: skip
def test_what_is_no_score_is_refused_where_it_stands(value: str) -> None:
    text = text_of("everything").replace("least = 85", f"least = {value}", 1)
    problems = check_toml(text).problems
    assert [problem.facts["clause"] for problem in problems] == ["bands[good].least"]
    assert "{" not in said(problems[0])


@pytest.mark.parametrize(
    "value", ["0x" + "f" * 200_000, "1.5", "true", '"10"', "nan", "1e2"], ids=lambda value: value[:8]
)
def test_what_is_no_whole_number_is_refused_where_it_stands(value: str) -> None:
    text = text_of("everything").replace("expiry_days = 30", f"expiry_days = {value}", 1)
    problems = check_toml(text).problems
    assert [problem.facts["clause"] for problem in problems] == ["process.expiry_days"]
    assert len(said(problems[0])) < 200


def test_a_list_of_huge_numbers_is_refused_where_it_stands() -> None:
    text = text_of("everything").replace("full_months = [1, 4, 7, 10]", f"full_months = [1, 0x{'f' * 9000}]", 1)
    (problem,) = check_toml(text).problems
    assert (problem.code, problem.facts["clause"]) == ("rating.clause_out_of_range", "coverage.full_months")
    text = text_of("everything").replace('levels = ["town", "village"]', f"levels = [[0x{'f' * 9000}]]", 1)
    (problem,) = check_toml(text).problems
    assert (problem.code, problem.facts["clause"]) == ("rating.clause_not_one_of", "scope.levels")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"[a.b.c.d.e.f.g.h.i{n}]" for n in range(35_000)),
        "x = [" + "1," * 490_000 + "]",
        "name = '''" + "\n" * 900_000 + "'''",
        'name = "' + '\\"' * 400_000,
        " " * 900_000 + "=",
        "a" * 900_000 + " = 1",
        "x = 0x" + "f" * 900_000,
        "format = 1." + "1" * 900_000,
    ],
    ids=["tables", "array", "lines", "quotes", "blanks", "key", "hexadecimal", "digits"],
)
def test_a_megabyte_of_the_worst_is_refused_quickly(text: str) -> None:
    began = time.monotonic()
    assert check_toml(text).document is None
    assert time.monotonic() - began < SECONDS_MOST


def test_thousands_of_faults_are_told_as_the_first_hundred_and_their_number() -> None:
    problems = check_toml("\n".join(f"k{n} = 1" for n in range(9000))).problems
    assert len(problems) == FAULTS_MOST + 1
    assert problems[-1].code == "rating.faults_more"
    assert problems[-1].facts["found"] > 9000
    assert "9013" in said(problems[-1])


def test_a_key_of_a_hundred_thousand_letters_is_not_repeated_whole() -> None:
    text = text_of("everything").replace("[card]", "[card]\n" + "a" * 100_000 + " = 1", 1)
    (problem,) = check_toml(text).problems
    assert problem.code == "rating.clause_unknown"
    assert len(said(problem)) < 400


def test_a_key_with_a_brace_or_a_tag_in_it_is_told_as_it_is() -> None:
    text = text_of("everything").replace("[card]", '[card]\n"{x} <b>" = 1', 1)
    (problem,) = check_toml(text).problems
    assert "{x} <b>" in said(problem)


def test_what_a_canonical_text_leaves_empty_reads_as_left_out() -> None:
    assert check("everything", {"sheet.areas[extra].drawing": "", "coverage.pauses": []}).problems == ()
    assert check("everything", {"coverage.full_months": []}).document is None


def test_both_loaders_keep_decimals_exact() -> None:
    assert load_toml("x = 0.1") == load_json('{"x": 0.1}')
    assert str(load_toml("x = 0.10")) == "{'x': Decimal('0.10')}"


def test_an_engine_that_is_no_number_does_not_hide_the_faults() -> None:
    for engine in (99, -1, "2", None, True):
        data = json.dumps(changed("everything", {"engine": engine}), default=str)
        assert "engine" in [problem.facts["clause"] for problem in check_json(data).problems], engine
