"""A record says which rounds were paid by one factor for the whole village, and its star; nothing where there is none."""

from __future__ import annotations

from dataclasses import replace

from tests.outreach import samples

from courtyard.outreach import papers


def printed(shares: tuple[tuple[str, int, int], ...], helped: int = 0, star: str = "") -> bytes:
    full = samples.records("王建国")
    one = replace(full.records[0], shares=shares, helped=helped, star=star)
    return papers.render("record", replace(full, records=(one,))).pdf


def test_a_factor_stands_on_the_record_and_it_stays_one_page() -> None:
    [page] = samples.pages_of(printed((("9月", 836, 1332), ("10月", 1, 3)), helped=2, star="四星"))
    assert "为止·四星" in page
    assert "按同一比例发积分的轮:9月836/1332、10月1/3" in page
    assert "这张单子归你家" in page and "今年帮了邻居2次" in page
    [plain] = samples.pages_of(printed(()))
    assert "同一比例" not in plain and "星" not in plain


def test_a_board_counts_the_homes_of_each_star_on_its_one_page() -> None:
    board = samples.board(stars=(("五星", 3), ("没有评星", 1)))
    [page] = samples.pages_of(papers.render("group_board", board).pdf)
    assert "五星3户" in page and "没有评星1户" in page
    assert "星" not in samples.pages_of(papers.render("group_board", samples.board()).pdf)[0]
