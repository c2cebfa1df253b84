"""The hand-over sheet and the covenant leaflet: what a home signs, and that nothing depends on what it marks."""

from __future__ import annotations

import dataclasses

import pytest
from tests.outreach import samples
from tests.outreach.samples import pages_of

from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.papers.hand_over_sheet import HandOverSheet, HandOverSheets


def test_forty_homes_are_three_numbered_pages_with_every_choice() -> None:
    pages = pages_of(papers.render("hand_over_sheet", samples.hand_over(40)).pdf)
    assert len(pages) == 3
    for n, page in enumerate(pages, 1):
        assert f"第{n}页,共3页" in page
        for words in ("领卡签名", "红榜名字", "不上", "公示栏", "知晓", "不参加", "不算差", "密码不写在纸上", "盖章处"):
            assert words in page, words
        assert "非金融征信,不影响贷款和依法办事" in page, "the card is called 征信卡"
    assert "没有参加(不算差)" in pages[0] and "已领,2026年11月3日" in pages[0]


def test_without_a_covenant_nothing_is_asked_about_it() -> None:
    [page] = pages_of(papers.render("hand_over_sheet", samples.hand_over(3, covenant="")).pdf)
    assert "知晓" not in page and "村规民约" not in page


def test_the_leaflet_says_that_nothing_depends_on_it() -> None:
    [page] = pages_of(papers.render("covenant", samples.COVENANT).pdf)
    assert "打不打勾都照样领卡、评比、换东西、办事" in page and "第2版" in page
    assert "三、邻居一个人弄不动,大家搭把手。" in page


def test_an_empty_sheet_and_an_empty_leaflet_are_refused() -> None:
    empty = HandOverSheets(samples.FRAME, (HandOverSheet(samples.FRAME, ()),))
    with pytest.raises(Refused, match="outreach.no_homes"):
        papers.render("hand_over_sheet", empty)
    with pytest.raises(Refused, match="outreach.no_words"):
        papers.render("covenant", dataclasses.replace(samples.COVENANT, lines=(" ",)))
