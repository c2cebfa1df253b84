"""The questions every scheme leaves open: each is asked of every document, and answered where the document answers."""

from __future__ import annotations

import dataclasses

import pytest
from tests.rating.worked import check, document

from courtyard.rating.rules.documents import Answers, SchemeDocument
from courtyard.rating.rules.questions import Question, questions

# DOMAIN §3 and what DOMAIN §4 adds.
ASKED = [
    "bounds", "rounding", "missing_area", "ties", "cap", "below_zero", "visits", "late", "rule_change", "mended",
    "disputed", "budget", "merge",
]  # fmt: skip


def _one(code: str, of: SchemeDocument) -> Question:
    return next(question for question in questions(of) if question.code == code)


@pytest.mark.parametrize("scheme", ["everything", "wandian", "wandian_small"])
def test_every_question_is_asked_of_every_document(scheme: str) -> None:
    found = questions(document(scheme))
    assert [question.code for question in found] == ASKED
    assert all(question.text.endswith("?") and question.clause for question in found)
    assert all(bool(question.answer) == question.answered for question in found)


def test_a_document_that_answers_everything_leaves_nothing_open() -> None:
    assert [question.code for question in questions(document("everything")) if not question.answered] == []


def test_what_is_not_said_is_open_and_says_what_to_write() -> None:
    silent = dataclasses.replace(document("everything"), answers=Answers(), budget=None)
    found = {question.code: question for question in questions(silent) if not question.answered}
    assert sorted(found) == ["budget", "disputed", "late", "mended", "rule_change"]
    assert found["mended"].write == "nothing(什么也不恢复)、entry(下榜)、points(还积分)、both(下榜,也还积分)"
    assert found["late"].clause == "answers.late"


@pytest.mark.parametrize(
    ("code", "change", "answer"),
    [
        ("bounds", {}, "「好」85(含)到 120(含);「中」60(含)到 85(不含);「差」0(含)到 60(不含);"
                       "「五星」1060(不含)以上;「四星」800(不含)到 1060(含);「零星」到 800(含)"),
        ("rounding", {}, "每一项保留 1 位小数、总分保留 1 位小数,余下的四舍五入"),
        ("rounding", {"aggregate.score_digits": 0, "aggregate.rounding": "up"}, "每一项保留 1 位小数、总分取整数,余下的进一"),
        ("missing_area", {"sheet.missing_area": "zero"}, "这一项算 0 分(没同意进屋的除外)"),
        ("ties", {}, "awards[first]:都算;awards[last]:都算;lists[black]:都算;prizes[top]:都算"),
        ("ties", {"awards[first].ties": "none"}, "awards[first]:都不算;awards[last]:都算;lists[black]:都算;prizes[top]:都算"),
        ("cap", {}, "按得到的算,不按余额算"),
        ("cap", {"caps": [], "frame": {"own_deeds_most": 0}}, "没有封顶"),
        ("below_zero", {}, "积分:减到零为止;荣誉分:可以减到零以下,以后先补上"),
        ("below_zero", {"ledgers[points].negative": "record"}, "积分:只记下来,不减;荣誉分:可以减到零以下,以后先补上"),
        ("visits", {"aggregate.visits": "worst"}, "按最差的一次"),
        ("late", {"answers.late": "dropped"}, "不算"),
        ("rule_change", {"answers.rule_change": "new"}, "这一期就按新办法"),
        ("mended", {"answers.mended": "entry"}, "下榜"),
        ("disputed", {"answers.disputed": "counts"}, "先算上,标明有异议"),
        ("budget", {"budget": {"short": "factor", "rounding": "down"}}, "全村按同一个比例发"),
        ("merge", {}, "两户的积分加在一起;连续的轮数接着长的算"),
        ("merge", {"merge": {"points": "larger", "streak": "ends"}}, "两户的积分取多的一户;连续的轮数断了重来"),
        ("merge", {"account": "person"}, "积分记在人名下,跟着人走;连续的轮数接着长的算"),
    ],
)  # fmt: skip
def test_an_answer_is_told_in_words(code: str, change: dict[str, object], answer: str) -> None:
    found = _one(code, document("everything", change))
    assert (found.answered, found.answer) == (True, answer)


def test_below_zero_is_asked_of_a_deed_that_takes_off_only_once_mended() -> None:
    one = document(
        "everything", {"deeds[litter].points": 0, "awards": [], "multipliers": [], "frame": {"own_deeds_most": 0}}
    )
    assert _one("below_zero", one).answer == "荣誉分:可以减到零以下,以后先补上"


def test_a_document_without_ranks_and_deductions_says_so() -> None:
    one = document("wandian")
    assert (_one("ties", one).answer, _one("below_zero", one).answer) == ("没有按名次定的", "没有减分的")


def test_open_questions_are_warnings_of_engine_2_and_not_of_engine_1() -> None:
    found = check("everything", {}, ("answers", "budget"))
    open_questions = [problem for problem in found.warnings if problem.code == "rating.question_open"]
    assert [problem.facts["clause"] for problem in open_questions] == [
        "answers.late", "answers.rule_change", "answers.mended", "answers.disputed",
    ]  # fmt: skip
    assert "rating.budget_warned" in [problem.code for problem in found.warnings]
    assert check("wandian_small", {"engine": 1}).warnings == ()
