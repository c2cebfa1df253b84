"""Reading scheme documents: every fault by code and clause, limits, and that equal documents have equal fingerprints."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from tests.rating.worked import SCHEMES, cases, changed, check, document, named_with_its_clause, said, text_of

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import as_data, canonical, decimal_text, fingerprint
from courtyard.rating.rules.loading import BYTES_MOST
from courtyard.rating.rules.parsing import check_json, check_toml, parse_json
from courtyard.rating.rules.reading import exact_milli

FAULTS = cases("documents")
SHIPPED = sorted(path.stem for path in SCHEMES.glob("*.toml"))


@pytest.mark.parametrize("case", FAULTS, ids=[case["name"] for case in FAULTS])
def test_a_fault_is_named_with_its_clause(case: dict[str, Any]) -> None:
    found = check("wandian", case.get("change"), tuple(case.get("remove", ())))
    named_with_its_clause(case, found)


def test_cases_name_only_what_the_runner_knows() -> None:
    known = {"name", "change", "remove", "code", "warns", "clause", "says"}
    assert [case["name"] for case in FAULTS if set(case) - known] == []


# What real places do and an assembly should know: kept as it is, and warned of.
MEANT = {
    "luoyu": {"rating.quota_warned", "rating.ends_meet_warned"},
    "ruyang": {"rating.quota_warned", "rating.ends_meet_warned"},
    "wendeng": {"rating.doubled_warned"},
}


@pytest.mark.parametrize("scheme", SHIPPED)
def test_a_shipped_scheme_is_sound_and_warned_of_nothing_but_what_its_place_does(scheme: str) -> None:
    found = check_toml(text_of(scheme))
    assert found.problems == ()
    assert {problem.code for problem in found.warnings} == MEANT.get(scheme, set())
    assert found.document is not None
    assert found.document.code == scheme


@pytest.mark.parametrize("scheme", SHIPPED)
def test_canonical_text_reads_back_as_the_same_document(scheme: str) -> None:
    one = document(scheme)
    text = canonical(one)
    assert parse_json(text) == one
    assert check_json(text).document == one
    assert canonical(check_json(text).document or one) == text
    assert json.loads(text) == as_data(one)


def test_order_blanks_and_ways_of_writing_a_number_do_not_change_the_fingerprint() -> None:
    base = fingerprint(canonical(document()))
    shuffled = dict(reversed(list(changed("wandian", {}).items())))
    again = check_json(json.dumps(shuffled)).document
    assert again is not None
    assert fingerprint(canonical(again)) == base
    assert fingerprint(canonical(document(change={"bands[good].least": 85}))) == base
    assert fingerprint(canonical(document(change={"bands[good].least": "85.000"}))) == base
    assert fingerprint(canonical(document(change={"name": "家庭环境卫生积分办法 "}))) == base
    assert (
        fingerprint(canonical(document(change={"bands[good].least": "85.001", "bands[fair].most": "85.001"}))) != base
    )


def test_all_faults_are_told_at_once() -> None:
    found = check("wandian", {"awards[good].points": "ten", "process.expiry_days": 365, "extra": 1}, ("card",))
    assert {problem.code for problem in found.problems} == {
        "rating.clause_wrong_kind",
        "rating.clause_out_of_range",
        "rating.clause_unknown",
        "rating.clause_missing",
    }


def _codes(text: str) -> list[str]:
    return [problem.code for problem in check_toml(text).problems]


def test_a_document_over_a_megabyte_is_refused() -> None:
    text = text_of("wandian")
    room = BYTES_MOST - len(text.encode()) - 2
    assert check_toml(text + "\n#" + "x" * room).problems == ()
    assert _codes(text + "\n#" + "x" * (room + 1)) == ["rating.document_too_large"]
    assert _codes(text + "\n#" + "字" * (room // 2)) == ["rating.document_too_large"], "bytes, not characters"


def test_a_document_of_ten_thousand_items_is_refused() -> None:
    assert _codes("x = [" + "1," * 10_000 + "]") == ["rating.document_too_many"]
    rows = "".join(f"[[awards]]\ncode = 'a{n}'\n" for n in range(6000))
    assert _codes(rows) == ["rating.document_too_many"]


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 400_000 + "]" * 400_000,
        "x = " + "[" * 50 + "]" * 50,
        "x = " + "{a=" * 5000 + "1" + "}" * 5000,
        ".".join("a" * 400_000) + " = 1",
        "[" + ".".join("a" * 100) + "]",
        " . ".join('"a"' for _ in range(50_000)) + " = 1",
        "a.b.c.d.e.f.g.h.i.j.k.l.m = 1",
    ],
    ids=["brackets", "50 brackets", "tables", "dotted", "table name", "quoted", "13 parts"],
)
def test_deep_nesting_is_refused_before_it_costs(text: str) -> None:
    """Some of these take tomllib hours: refused before parsing."""
    assert _codes(text) == ["rating.document_too_deep"]


@pytest.mark.parametrize(
    "text",
    ["format = ", "format = 1\nformat = 1", "[scope\n", "名称 = 1", "x = 1e", "x = " + "9" * 5000, "x = 2026-13-01"],
)
def test_what_is_not_toml_is_said_with_its_line(text: str) -> None:
    (problem,) = check_toml(text).problems
    assert problem.code == "rating.document_unreadable"
    assert "TOML" in said(problem)


@pytest.mark.parametrize("text", ["", "[]", "1", "null", '{"format": NaN}', '{"format": Infinity}', '{"format": 1,}'])
def test_what_is_not_json_is_refused(text: str) -> None:
    (problem,) = check_json(text).problems
    assert problem.code == "rating.document_unreadable"
    assert isinstance(parse_json(text), Problem)


def test_json_that_says_a_key_twice_is_refused() -> None:
    (problem,) = check_json('{"format": 1, "format": 2}').problems
    assert (problem.code, problem.facts["clause"]) == ("rating.clause_twice", "format")


def test_json_nested_deep_is_refused() -> None:
    assert [p.code for p in check_json("[" * 100_000 + "]" * 100_000).problems] == ["rating.document_too_deep"]


def test_a_lone_surrogate_is_refused() -> None:
    data = json.dumps(changed("wandian", {"card.name": "X"})).replace('"X"', '"\\ud800"')
    assert "kernel.unfit_character" in [problem.code for problem in check_json(data).problems]


def test_dates_and_special_numbers_of_toml_are_refused_where_they_stand() -> None:
    for value in ("2026-01-01", "nan", "inf", "-inf", "[]"):
        text = text_of("wandian").replace('least = "85"', f"least = {value}", 1)
        assert [p.facts["clause"] for p in check_toml(text).problems] == ["bands[good].least"], value


def test_a_mark_of_order_at_the_beginning_and_windows_lines_do_not_matter() -> None:
    text = text_of("wandian")
    assert check_toml("\ufeff" + text).document == document()
    assert check_toml(text.replace("\n", "\r\n")).document == document()


def test_a_file_that_was_no_utf8_is_refused_with_its_line() -> None:
    text = text_of("wandian").encode("gbk").decode("utf-8", errors="replace")
    (problem,) = check_toml(text).problems
    assert problem.code == "rating.document_not_utf8"
    assert text.split("\n")[problem.facts["line"] - 1].count("\ufffd")


def test_an_empty_document_names_every_clause_it_lacks() -> None:
    found = check_toml("")
    assert {problem.code for problem in found.problems} == {"rating.clause_missing"}
    top = tomllib.loads(text_of("wandian"))
    optional = {"awards", "budget", "caps", "coverage", "deeds", "lists", "titles"}
    assert {problem.facts["clause"] for problem in found.problems} == set(top) - optional


def test_the_linter_of_today_does_not_lock_away_what_was_adopted() -> None:
    data = json.dumps(changed("wandian", {"awards[good].name": "党员户评为好"}))
    assert check_json(data).document is None
    assert not isinstance(parse_json(data), Problem)


def test_thousandths_are_exact() -> None:
    assert [exact_milli(text) for text in ("0.1", " 85 ", "84.999", "1.0000", 7, "0.0005", "", "x", None, True)] == [
        100, 85000, 84999, 1000, 7000, None, None, None, None, None,
    ]  # fmt: skip
    assert exact_milli("84.999" + "0" * 30) == 84999
    assert exact_milli("84.999" + "0" * 30 + "1") is None, "not rounded on the way"
    assert [decimal_text(milli) for milli in (0, 85000, 91700, 84999, 100)] == ["0", "85", "91.7", "84.999", "0.1"]


def test_a_scheme_without_deeds_keeps_the_text_it_was_adopted_with() -> None:
    """Deeds came later: an older version's canonical text, and so its fingerprint, names none."""
    one = document("wandian", {"deeds": []})
    assert (one.deeds, one.helping) == ((), None)
    assert '"deeds"' not in canonical(one)
    assert parse_json(canonical(one)) == one
