"""Two documents compared clause by clause, and a village's scheme held against its town's frame."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rating.worked import cases, changed, document

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.differences import (
    ADDED,
    CHANGED,
    REMOVED,
    Difference,
    code_names,
    differences,
    held_at,
    moved,
    sentence,
)
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import declared
from courtyard.rating.rules.frames import outside_frame
from courtyard.rating.rules.wording import BESIDE, WORDS, word
from courtyard.rating.sentences import SENTENCES


def one_of(change: dict[str, Any]) -> Difference:
    (found,) = differences(document(), document("wandian", change))
    return found


def test_the_same_document_differs_in_nothing() -> None:
    assert differences(document(), document()) == ()


def test_a_number_a_word_and_a_text_are_told_with_old_and_new() -> None:
    found = one_of({"awards[good].points": 12})
    assert (found.clause, found.label, found.kind) == ("awards[good].points", "得分「这一轮评为好」 · 几分", CHANGED)
    assert (found.old, found.new, found.held_new, found.part) == ("10", "12", 12_000, "awards")
    found = one_of({"aggregate.method": "median"})
    assert (found.clause, found.old, found.new) == ("aggregate.method", "取平均", "取中间的一个")
    found = one_of({"lists[red].kin_excluded": True})
    assert (found.old, found.new) == ("否", "是")
    found = one_of({"coverage.full_months": [1, 7]})
    assert (found.label, found.old, found.new) == ("看哪些户 · 哪几个月每户都看", "1、4、7、10", "1、7")


def test_a_code_is_told_by_the_name_of_what_it_means() -> None:
    found = one_of({"coverage.carried_band": "fair"})
    assert (found.clause, found.old, found.new) == ("coverage.carried_band", "好", "中")
    names = code_names(document())
    assert (names["bands", "fair"], names["ledgers", "points"]) == ("中", "积分")
    assert "good" not in sentence(document().coverage, names)


def test_rows_inside_rows_are_named_to_the_key() -> None:
    found = one_of({"sheet.areas[courtyard].pictures[c1].mend": "码好"})
    assert found.clause == "sheet.areas[courtyard].pictures[c1].mend"
    assert found.label == "评分表 · 看哪里「庭院」 · 看到的情况「柴草杂物」 · 怎么改"


def test_a_row_added_and_a_row_gone() -> None:
    row = {
        "code": "tree", "name": "门前栽树", "points": 2, "ledger": "points", "year_points": 10, "needs_evidence": True,
    }  # fmt: skip
    more = document("wandian", {"deeds[+]": row})
    (found,) = differences(document(), more)
    assert (found.clause, found.kind, found.old) == ("deeds[tree]", ADDED, "")
    assert found.label == "事项「门前栽树」"
    assert "几分 2" in found.new and "要有凭据 是" in found.new
    (gone,) = differences(more, document())
    assert (gone.clause, gone.kind, gone.new, gone.old) == ("deeds[tree]", REMOVED, "", found.new)


def test_a_part_added_whole_and_a_key_that_came() -> None:
    without = document("wandian", {"budget": {"short": "wait"}})
    (found,) = differences(without, document("wandian", {"budget": {"short": "factor", "rounding": "down"}}))[:1]
    assert (found.clause, found.old, found.new) == ("budget.short", "全村待发", "按同一个比例发")
    kinds = {row.clause: row.kind for row in differences(without, document("wandian", {"budget": {"short": "wait", "source": "村集体"}}))}  # fmt: skip
    assert kinds == {"budget.source": ADDED}


def test_moving_a_row_is_no_difference_but_is_told_apart() -> None:
    data = changed("wandian", {})
    order = list(reversed(data["deeds"]))
    other = document("wandian", {"deeds": order})
    assert differences(document(), other) == ()
    assert moved(document(), other) == ("deeds",)
    assert moved(document(), document("wandian", {"deeds": [*data["deeds"], {**order[0], "code": "more"}]})) == ()


def test_a_clause_is_found_by_the_path_faults_name_it_by() -> None:
    row, held = held_at(document(), "sheet.areas[rooms].pictures[r1].seen") or (None, None)
    assert row is not None and (row.key, held) == ("seen", "屋里地面没有扫")
    assert (held_at(document(), "bands[good].least") or (0, 0))[1] == 85_000
    for clause in (
        "bands[x].least",
        "bands.least",
        "awards[good]x",
        "",
        "nothing",
        "code.more",
        "scope[1]",
        "bands[good].",
    ):
        found = held_at(document(), clause)
        assert found is None, clause


def test_every_choice_has_a_chinese_word_and_no_word_stands_for_nothing() -> None:
    choices: set[tuple[str, str]] = set()
    waiting: list[type] = [SchemeDocument]
    while waiting:
        for row in declared(waiting.pop()):
            choices |= {(row.key, choice) for choice in row.spec.choices}
            waiting += [row.spec.of] if row.spec.of else []
    assert [pair for pair in choices if word(*pair) == pair[1]] == []
    assert set(WORDS) <= {choice for _, choice in choices}
    assert set(BESIDE) <= choices


FRAMES = cases("frames")
TOWN = {"engine": 2, "scope.levels": ["town"]}


def framed(change: dict[str, Any]) -> SchemeDocument:
    return document("wandian", {**TOWN, **change})


@pytest.mark.parametrize("case", FRAMES, ids=[case["name"] for case in FRAMES])
def test_a_village_keeps_within_its_towns_frame(case: dict[str, Any]) -> None:
    assert set(case) <= {"name", "frame", "town", "village", "outside"}
    town = framed({**case.get("town", {}), **({"frame": case["frame"]} if "frame" in case else {})})
    village = framed({**case.get("town", {}), **case["village"]})
    found = outside_frame(town, village)
    told = [f"{problem.code} {problem.facts['clause']}" for problem in found]
    assert told == case.get("outside", [])
    assert all("{" not in _say(problem) for problem in found)


def _say(problem: Problem) -> str:
    return str(SENTENCES[problem.code]).format_map(problem.facts)
