"""Prints for the wall: posters and boards, their pictures, and who is named on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.outreach import samples
from tests.outreach.samples import POINT, letters, pages_of, picture_of, png

from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.papers.shelf import PAPERS

# Posters


@pytest.mark.parametrize(("named", "of"), [(1, 1), (6, 9), (14, 14), (36, 40), (60, 80), (80, 80)])
def test_a_red_poster_names_everybody_once_and_counts_the_rest(named: int, of: int) -> None:
    printed = papers.render("red_poster", samples.red(named, of, rated=400))
    text = "".join(pages_of(printed.pdf))
    for n, head in enumerate(samples.HEADS):
        assert text.count(head) == len(range(n, named, len(samples.HEADS)))
    assert (f"另有{of - named}户" in text) == (of > named)
    if printed.pages > 1:
        assert all(f"共{printed.pages}页" in page for page in pages_of(printed.pdf))


def test_a_red_poster_reads_at_three_metres() -> None:
    """At three metres a character of 12 mm stands at 14 minutes of arc: names of usual length are never smaller."""
    for named in (6, 30, 80):
        sizes = letters(papers.render("red_poster", samples.red(named, named, rated=400)).pdf, "陈大山")
        assert min(sizes) >= 12 * POINT


def test_a_red_poster_before_its_second_person_says_what_it_waits_for() -> None:
    waiting = "".join(pages_of(papers.render("red_poster", replace(samples.red(0, 0, rated=30), waiting=12)).pdf))
    assert "红榜等第二个人确认" in waiting and "12户候选" in waiting
    assert "这一轮还没有红榜户" in "".join(pages_of(papers.render("red_poster", samples.red(0, 0, rated=30)).pdf))


def test_a_group_that_is_nearly_all_red_is_named_as_a_whole() -> None:
    text = "".join(pages_of(papers.render("red_poster", samples.red(20, 27, rated=30)).pdf))
    assert "全组" in text and "27" in text and "户达标" in text
    assert not any(head in text for head in samples.HEADS)


@pytest.mark.parametrize("thing", [samples.red(0, 0, 30), samples.red(0, 9, 30)], ids=["nobody red", "nobody agreed"])
def test_a_red_poster_without_names_is_one_page(thing: Any) -> None:
    printed = papers.render("red_poster", thing)
    assert printed.pages == 1
    assert "红榜" in pages_of(printed.pdf)[0]


@pytest.mark.parametrize("count", [0, 1, 3, 8, 20])
def test_a_black_poster_says_things_and_what_was_mended(count: int) -> None:
    printed = papers.render("black_poster", samples.black(places=(3,) * count))
    pages = pages_of(printed.pdf)
    assert "".join(pages).count("3处") == count
    assert all("已改7处" in page and "只写事、不写人" in page for page in pages)
    assert min(letters(printed.pdf, "院里的柴草") or [99]) >= 12 * POINT


def test_a_black_poster_with_names_is_paper_only() -> None:
    thing = samples.black(named=samples.named(7), documents=samples.DOCUMENTS)
    text = "".join(pages_of(papers.render("black_poster", thing).pdf))
    assert all(head in text for head in samples.HEADS)
    assert "决议2026-3号" in text and "影响评估2026-1号" in text
    with pytest.raises(Refused, match="outreach.names_on_paper_only"):
        papers.render_png("black_poster", thing)


@pytest.mark.parametrize("name", [name for name, paper in PAPERS.items() if not paper.picture])
def test_what_is_for_paper_is_never_a_picture(name: str) -> None:
    with pytest.raises(Refused, match="outreach.paper_only"):
        papers.render_png(name, samples.EVERY[name])


@pytest.mark.parametrize("px", [1080, 540])
@pytest.mark.parametrize("name", [name for name, paper in PAPERS.items() if paper.picture])
def test_a_picture_is_as_wide_as_asked(name: str, px: int) -> None:
    image = png(papers.render_png(name, samples.EVERY[name], px_wide=px))
    assert image.width == px and image.height > px / 2


def test_a_long_red_list_is_one_tall_picture() -> None:
    short, long = (png(papers.render_png("red_poster", samples.red(n, n, rated=400))) for n in (6, 80))
    assert short.width == long.width == 1080 and long.height > short.height


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("red_poster", samples.red(0, 0)),
        ("red_poster", samples.red(40, 40, rated=40)),
        ("black_poster", samples.black(places=(), expires_on=None)),
    ],
)
def test_the_last_line_of_a_short_picture_keeps_its_distance_from_the_foot(name: str, thing: Any) -> None:
    image = png(papers.render_png(name, thing)).convert("RGB")
    rows = [image.crop((110, y, image.width - 110, y + 1)).getcolors() for y in range(60, image.height)]
    ground = (image.width - 220, image.getpixel((image.width // 2, 4)))
    ruled = [y for y, row in enumerate(rows) if len(row or ()) == 1 and row != [ground]]
    _heading, foot = [y for n, y in enumerate(ruled) if n == 0 or y - ruled[n - 1] > 9][:2]
    assert all(row == [ground] for row in rows[foot - 20 : foot - 2])


def test_the_board_counts_and_names_nobody_without_consent() -> None:
    text = "".join(pages_of(papers.render("group_board", samples.board()).pdf))
    for words in ("干部和评比员家庭5户:好3中2差0", "改好9处", "另有3户", "没有评4户", "好20", "中14", "2026年6月"):
        assert words in text, words
    assert "2026年5月" not in text


def test_a_correction_stands_as_large_as_what_was_wrong() -> None:
    pdf = papers.render("black_poster", samples.black(corrections=2)).pdf
    assert letters(pdf, "更正:以前") == letters(pdf, "院里的柴草")[:1]
    assert "更正:以前公示的有1条不对" in pages_of(papers.render("group_board", samples.board(corrections=1)).pdf)[0]
    assert "更正" not in "".join(pages_of(papers.render("group_board", samples.board()).pdf))


def test_a_small_group_is_sent_to_the_sheet_of_the_village() -> None:
    text = pages_of(papers.render("black_poster", samples.black(rated=9, places=(), at_village=True)).pdf)[0]
    assert "写在全村那张上" in text and "这一轮没有" not in text
    plain = pages_of(papers.render("black_poster", samples.black(places=(), expires_on=None)).pdf)[0]
    assert "这一轮没有" in plain and "自己到期" not in plain


def test_a_list_that_names_bays_only_counts_homes() -> None:
    bays = (samples.FindingLine("东湾", "待整改", 2, "户"), samples.FindingLine("西湾", "待整改", 1, "户"))
    text = pages_of(papers.render("black_poster", samples.black(rated=6, findings=bays)).pdf)[0]
    assert "东湾" in text and "2户" in text and "1户" in text


def test_a_board_speaks_the_words_of_its_scheme() -> None:
    words = samples.board(labels=("绿牌", "", "红牌"), total=samples.Counts("", 3, 0, 2), red=0, names=())
    text = pages_of(papers.render("group_board", words).pdf)[0]
    assert "绿牌" in text and "红牌" in text and "干部和评比员家庭5户:绿牌3红牌0" in text


def test_a_board_where_nobody_agreed_counts_only() -> None:
    text = pages_of(papers.render("group_board", samples.board(names=())).pdf)[0]
    assert "红榜" in text and "有9户" in text and "另有" not in text


@pytest.mark.parametrize("size", ["a3", "a4"])
def test_a_full_board_stays_one_sheet(size: str) -> None:
    homes = tuple(samples.RedHome(samples.head(n)) for n in range(20))
    printed = papers.render("group_board", samples.board(red=21, names=homes, corrections=1, size=size))
    assert printed.pages == 1


# In grey


def grey(pdf: bytes, *, at: tuple[float, float], size: float = 4) -> float:
    """How light a place is in a grey print, 0 to 255: the mean of a small square, in millimetres from the top left."""
    sheet = picture_of(pdf, dpi=50).convert("L")
    left, top = (round(part * 50 / 25.4) for part in at)
    side = round(size * 50 / 25.4)
    square = sheet.crop((left, top, left + side, top + side))
    return sum(square.tobytes()) / len(square.tobytes())


def test_red_and_black_stay_apart_in_a_grey_print() -> None:
    red = papers.render("red_poster", samples.red(5, 8)).pdf
    black = papers.render("black_poster", samples.black()).pdf
    title = (86.0, 70.0)  # inside the plaque, beside its letters
    assert grey(red, at=title) > 200, "the red list's title stands on a light board"
    assert grey(black, at=title) < 80
    assert grey(red, at=(30, 200), size=2) - grey(black, at=(30, 400), size=2) > 20


def test_grades_stay_apart_in_a_grey_print() -> None:
    board = papers.render("group_board", samples.board(size="a4")).pdf
    good, fair, poor = (grey(board, at=(x, 60)) for x in (17, 79, 141))
    assert fair - good > 60 and good - poor > 30, (good, fair, poor)
