"""What papers say before they are laid out: cases from tests/cases/outreach, and one test a refusal of a paper."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from tests.outreach import samples

from courtyard.kernel.glyphs import prints, unprintable
from courtyard.kernel.problems import Problem
from courtyard.outreach.papers import (
    black_poster,
    calibration,
    cards,
    group_board,
    notice,
    record,
    red_poster,
    score_sheets,
    slip,
)
from courtyard.outreach.rules.frame import PAPER, PICTURE, complaint, disclaimer, frame_facts, prose, prose_weekday


@pytest.mark.parametrize("case", samples.cases("red_lists"), ids=lambda case: case["name"])
def test_who_is_named_on_a_red_list(case: dict[str, Any]) -> None:
    poster = samples.red(case["board"], case["red"], case["rated"], case["wechat"])
    facts = red_poster.facts(poster, PICTURE if case.get("picture") else PAPER)
    if "refused" in case:
        assert isinstance(facts, Problem)
        assert facts.code == case["refused"]
        return
    assert isinstance(facts, dict)
    assert (len(facts["names"]), facts["others"], facts["whole"]) == (case["names"], case["others"], case["whole"])


@pytest.mark.parametrize("case", samples.cases("black_lists"), ids=lambda case: case["name"])
def test_what_a_black_list_may_be(case: dict[str, Any]) -> None:
    frame = dataclasses.replace(samples.FRAME, group=case.get("group", "3组"))
    poster = samples.black(case["rated"], tuple(case.get("places", ())), frame=frame)
    poster = dataclasses.replace(
        poster,
        named=samples.named(2) if case.get("named") else (),
        documents=samples.DOCUMENTS if case.get("documents") else None,
    )
    facts = black_poster.facts(poster, PICTURE if case.get("picture") else PAPER)
    assert (facts.code if isinstance(facts, Problem) else "") == case["refused"]


def test_things_without_a_name_stand_below_the_names() -> None:
    facts = black_poster.facts(samples.black(named=samples.named(2), documents=samples.DOCUMENTS), PAPER)
    assert isinstance(facts, dict)
    assert len(facts["findings"]) == 2 and len(facts["named"]) == 2
    assert "head" not in facts["findings"][0]
    facts = black_poster.facts(samples.black(documents=samples.DOCUMENTS), PAPER)
    assert isinstance(facts, dict)
    assert facts["named"] == [] and facts["documents"] == ""


@pytest.mark.parametrize("case", samples.cases("frames"), ids=lambda case: case["card_name"])
def test_a_name_that_sounds_like_credit_brings_the_disclaimer(case: dict[str, Any]) -> None:
    assert disclaimer(case["card_name"]) == case["disclaimer"]
    assert (
        frame_facts(dataclasses.replace(samples.FRAME, card_name=case["card_name"]))["disclaimer"] == case["disclaimer"]
    )


def test_dates_and_the_complaint_line_as_they_are_read() -> None:
    assert prose(samples.DAY) == "2026年11月23日"
    assert prose_weekday(samples.DAY) == "11月23日(星期一)"
    assert complaint(samples.FRAME) == "对评比有意见,打 0722-1234567(不归本村管)"
    assert complaint(dataclasses.replace(samples.FRAME, village="", group="")) == "对评比有意见,打 0722-1234567"


REFUSED: dict[str, tuple[Any, Any]] = {
    "outreach.no_cards": (cards, samples.cards(0)),
    "outreach.too_many_cards": (cards, samples.cards(2001)),
    "outreach.unfit_url": (
        cards,
        samples.Cards(samples.FRAME, 2026, (samples.Card("王", "", "1", "1", "http://x.cn/c/1"),)),
    ),
    "outreach.no_rows": (score_sheets, samples.sheets(0)),
    "outreach.sheet_too_full": (score_sheets, samples.sheets(2, areas=samples.AREAS * 120)),
    "outreach.no_joint_sheets": (calibration, samples.differences(0)),
    "outreach.no_slips": (slip, samples.slips()),
    "outreach.slip_without_day": (slip, samples.slips(samples.slip(mend_by=None))),
    "outreach.no_notices": (notice, samples.notices()),
    "outreach.notice_without_evidence": (notice, samples.notices(samples.notice(findings=()))),
    "outreach.no_such_size": (group_board, samples.board(size="a5")),
    "outreach.counts_disagree": (group_board, samples.board(red=2)),
    "outreach.no_records": (record, samples.Records(samples.FRAME, ())),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_paper_refuses(code: str) -> None:
    paper, thing = REFUSED[code]
    facts = paper.facts(thing, PAPER)
    assert isinstance(facts, Problem)
    assert facts.code == code


def test_a_finding_without_evidence_is_no_notice() -> None:
    bare = dataclasses.replace(samples.FINDING, evidence="")
    facts = notice.facts(samples.notices(samples.notice(findings=(samples.FINDING, bare))), PAPER)
    assert isinstance(facts, Problem)
    assert facts.facts["household"] == "王㛃(0103000)"


@pytest.mark.parametrize(
    "url", ["https://card.example.cn/c/A", "http://127.0.0.1:8000/c/A", "http://localhost:8000/c/A"]
)
def test_a_card_may_lead_here(url: str) -> None:
    thing = samples.Cards(samples.FRAME, 2026, (samples.Card("王", "", "1", "000000", url),))
    assert isinstance(cards.facts(thing, PAPER), dict)


@pytest.mark.parametrize(
    "url",
    ["ftp://x/c/A", "https://", "https://村.cn/c/A", "https://x.cn/c/A B", "http://127.0.0.1.x.cn/c/A", "javascript:1"],
)
def test_a_card_may_not_lead_there(url: str) -> None:
    thing = samples.Cards(samples.FRAME, 2026, (samples.Card("王", "", "1", "000000", url),))
    assert isinstance(cards.facts(thing, PAPER), Problem)


def test_provisional_days_say_so() -> None:
    plain, marked = (
        slip.facts(samples.slips(samples.slip(provisional=provisional)), PAPER) for provisional in (False, True)
    )
    assert isinstance(plain, dict) and isinstance(marked, dict)
    assert plain["slips"][0]["mend_by"] == "11月27日(星期五)"
    assert marked["slips"][0]["mend_by"] == "11月27日(星期五)(暂定)"


def test_the_picture_of_a_board_names_only_who_agreed_to_the_chat() -> None:
    homes = (red_poster.RedHome("王㛃", True), red_poster.RedHome("李䶮", False))
    facts = group_board.facts(samples.board(red=3, names=homes), PICTURE)
    assert isinstance(facts, dict)
    assert (facts["names"], facts["others"]) == (["王㛃"], 2)


@pytest.mark.parametrize("text", ["", "王㛃䶮𠮷", "阿卜杜热西提·买买提", "陈 大山\n(A-1)", "①✓□—…「」"])
def test_what_the_fonts_print(text: str) -> None:
    assert unprintable(text) == ""


@pytest.mark.parametrize(
    ("text", "lost"),
    [("王𤭢𤭢", "𤭢"), ("😀王\u200b", "😀\u200b"), ("\ufeff户", "\ufeff"), ("a\tb", "\t"), ("\ue000", "\ue000")],
)
def test_what_the_fonts_do_not_print(text: str, lost: str) -> None:
    assert unprintable(text) == lost


def test_the_edges_of_a_range_print() -> None:
    assert prints(" ") and prints("~") and not prints("\x1f") and not prints("\x7f")
    assert not prints("\U0010ffff")
