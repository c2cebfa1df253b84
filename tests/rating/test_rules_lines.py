"""On which line a clause stands: what an author is told beside every fault of a TOML text."""

from __future__ import annotations

import pytest
from tests.rating.worked import said, text_of

from courtyard.rating.rules.lines import places
from courtyard.rating.rules.parsing import check_json, check_toml

TEXT = text_of("everything")
LINES = TEXT.split("\n")


@pytest.mark.parametrize(
    ("clause", "line"),
    [
        ("format", "format = 1"),
        ("process.mend_days", "mend_days = 7"),
        ("process", "[process]"),
        ("awards[good].points", "points = 10"),
        ("awards[good].bonus", "[[awards]]"),
        ("awards[1].points", "points = 10"),
        ("bands", "[[bands]]"),
        ("sheet.labels[fair].key", '  { code = "fair", name = "中", key = "2", score = 75 },'),
        (
            "sheet.areas[kitchen].items[well].most",
            '  { code = "well", name = "水缸加盖", most = 10, optional = true },',
        ),
        ("frame.own_deeds_most", "own_deeds_most = 5"),
    ],
)
def test_a_clause_is_found_by_itself_or_by_what_holds_it(clause: str, line: str) -> None:
    number = places(TEXT).line_of(clause)
    assert number is not None
    assert LINES[number - 1] == line


def test_rows_of_one_list_are_told_apart() -> None:
    found = [places(TEXT).line_of(f"caps[{code}].points") for code in ("year", "learn")]
    assert [LINES[number - 1] for number in found] == ["points = 700", "points = 3"]


def test_what_is_nowhere_has_no_line() -> None:
    assert [places(TEXT).line_of(clause) for clause in ("hooks", "(整份文件)", "", "第 3 行")] == [None] * 4


def test_tables_inside_rows_and_texts_of_several_lines() -> None:
    text = (
        "[[sheet.areas]]\ncode = 'a'\nlooks = '''\n[card]\nname = 1\n'''\n"
        "[[sheet.areas.pictures]]\ncode = 'p'\nseen = 1\n[[sheet.areas]]\ncode = 'b'\n[[sheet.areas.pictures]]\ncode = 'q'\nseen = 2\n"
    )
    found = places(text)
    assert found.line_of("sheet.areas[a].pictures[p].seen") == 9
    assert found.line_of("sheet.areas[b].pictures[q].seen") == 14
    assert found.line_of("card.name") is None


def test_a_fault_and_a_warning_of_toml_carry_their_line_and_those_of_json_none() -> None:
    (fault,) = check_toml(TEXT.replace("mend_days = 7", "mend_days = 99")).problems
    assert LINES[fault.facts["line"] - 1] == "mend_days = 7"
    assert "99" in said(fault)
    (warning,) = check_toml(TEXT.replace("raters_least = 3\nrounding", "raters_least = 2\nrounding")).warnings
    assert LINES[warning.facts["line"] - 1] == "raters_least = 3"
    assert "line" not in check_json("{}").problems[0].facts


def test_faults_of_clauses_and_of_words_are_told_together() -> None:
    text = TEXT.replace("most = 120", "most = 110").replace('name = "肥皂"', 'name = "补分卡"')
    assert [problem.code for problem in check_toml(text).problems] == ["rating.bands_short", "rating.bought_off"]
