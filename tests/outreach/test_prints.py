"""Prints as they leave the press: selectable text, pages, QR codes, what must stand on every sheet."""

from __future__ import annotations

import dataclasses
import re
from hashlib import sha256
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from tests.outreach import samples
from tests.outreach.samples import pages_of, picture_of, png

from courtyard.kernel.glyphs import unprintable
from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.papers import coverage, press, qr
from courtyard.outreach.papers.shelf import PAPERS
from courtyard.outreach.rules.frame import ALIKE, DISCLAIMER, complaint

POINT = 72 / 25.4
SIZES = {"a4": (210, 297), "a3": (297, 420)}


@pytest.fixture(scope="module")
def every() -> dict[str, papers.Printed]:
    """One print of each paper on the shelf, card name 征信卡."""
    return {name: papers.render(name, credit(thing)) for name, thing in samples.EVERY.items()}


def credit(thing: Any) -> Any:
    """The same facts under the card name 征信卡, in every frame."""
    if isinstance(thing, samples.Frame):
        return dataclasses.replace(thing, card_name="征信卡", serial="7QK3M9XD2R")
    if isinstance(thing, tuple):
        return tuple(credit(part) for part in thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = {field.name: credit(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
        return dataclasses.replace(thing, **parts)
    return thing


def test_every_paper_on_the_shelf_is_tried() -> None:
    assert set(samples.EVERY) == set(PAPERS)


def test_the_table_of_characters_is_that_of_the_shipped_fonts() -> None:
    assert coverage.TABLE.read_text(encoding="utf-8") == coverage.table()


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_carries_the_complaint_line(name: str, every: dict[str, papers.Printed]) -> None:
    wanted = "".join(complaint(samples.FRAME).split())
    pages = pages_of(every[name].pdf)
    assert len(pages) == every[name].pages
    assert all(wanted in page for page in pages)


@pytest.mark.parametrize("name", PAPERS)
def test_a_credit_card_name_never_stands_without_its_disclaimer(name: str, every: dict[str, papers.Printed]) -> None:
    for page in pages_of(every[name].pdf):
        assert "征信卡" not in page or DISCLAIMER in page
    plain = "".join(pages_of(papers.render(name, samples.EVERY[name]).pdf))
    assert DISCLAIMER not in plain and "征信" not in plain


@pytest.mark.parametrize("name", ["cards", "slip", "notice", "red_poster", "black_poster", "group_board", "record"])
def test_what_hangs_or_is_handed_over_says_that_errands_are_alike(name: str, every: dict[str, papers.Printed]) -> None:
    assert any(ALIKE in page for page in pages_of(every[name].pdf))


@pytest.mark.parametrize(
    ("name", "size"),
    [("cards", "a4"), ("score_sheets", "a4"), ("slip", "a4"), ("notice", "a4"), ("record", "a4"), ("red_poster", "a3"),
     ("black_poster", "a3"), ("group_board", "a3")],
)  # fmt: skip
def test_every_page_has_its_paper_size(name: str, size: str, every: dict[str, papers.Printed]) -> None:
    for page in pypdfium2.PdfDocument(every[name].pdf):
        assert page.get_size() == pytest.approx([side * POINT for side in SIZES[size]], abs=1)


def test_the_board_comes_as_a4_too() -> None:
    printed = papers.render("group_board", samples.board(size="a4"))
    assert pypdfium2.PdfDocument(printed.pdf)[0].get_size() == pytest.approx([210 * POINT, 297 * POINT], abs=1)
    assert printed.pages == 1


NAMED = {
    "cards": samples.cards(6),
    "score_sheets": samples.sheets(6),
    "slip": samples.slips(*(samples.slip(n) for n in range(6))),
    "notice": samples.notices(*(samples.notice(n) for n in range(6))),
    "red_poster": samples.red(6, 6),
    "black_poster": samples.black(named=samples.named(6), documents=samples.DOCUMENTS),
    "group_board": samples.board(),
    "record": samples.records(*samples.HEADS),
}


@pytest.mark.parametrize("name", PAPERS)
def test_names_are_selectable_text(name: str) -> None:
    text = "".join(pages_of(papers.render(name, NAMED[name]).pdf))
    for head in samples.HEADS:
        assert head in text, head


@pytest.mark.parametrize("name", PAPERS)
def test_no_text_leaves_the_page(name: str) -> None:
    """Every letter lies inside its page and no print has an empty page."""
    document = pypdfium2.PdfDocument(papers.render(name, NAMED[name]).pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        assert text.count_chars() > 20
        for n in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(n)
            assert -1 <= left <= right <= width + 1 and -1 <= bottom <= top <= height + 1


@pytest.mark.parametrize("name", PAPERS)
def test_a_print_that_would_lose_a_character_is_refused_naming_the_household(name: str) -> None:
    def spoil(thing: Any) -> Any:
        if isinstance(thing, tuple):
            return tuple(spoil(part) for part in thing)
        if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            parts = {field.name: spoil(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
            if "head" in parts:
                parts["head"] = f"王{samples.MISSING}"
            return dataclasses.replace(thing, **parts)
        return thing

    with pytest.raises(Refused, match="outreach.unprintable") as refused:
        papers.render(name, spoil(NAMED[name]))
    assert refused.value.problem.facts["household"].startswith(f"王{samples.MISSING}")
    assert refused.value.problem.facts["characters"] == samples.MISSING


def test_a_lost_character_outside_a_household_is_named_by_its_text() -> None:
    with pytest.raises(Refused, match="outreach.unprintable") as refused:
        papers.render("red_poster", samples.red(1, 2, motto=f"干净{samples.MISSING}"))
    assert refused.value.problem.facts["household"] == f"干净{samples.MISSING}"


def test_an_unknown_paper_and_a_place_without_complaint_line_are_refused() -> None:
    with pytest.raises(Refused, match="outreach.no_such_paper"):
        papers.render("leaflet", samples.red(1, 2))
    with pytest.raises(Refused, match="outreach.no_such_paper"):
        papers.render_png("leaflet", samples.red(1, 2))
    bare = dataclasses.replace(samples.FRAME, complaint_line=" ")
    with pytest.raises(Refused, match="outreach.no_complaint_line"):
        papers.render("slip", samples.slips(samples.slip(frame=bare)))


def test_the_templates_own_words_can_be_printed() -> None:
    for path in sorted(press.TEMPLATES.glob("*.typ")):
        assert unprintable(path.read_text(encoding="utf-8")) == "", path.name


def test_the_same_facts_make_the_same_bytes() -> None:
    first, again = (papers.render("notice", samples.notices(samples.notice())) for _ in range(2))
    assert first == again
    assert first.sha256 == sha256(first.pdf).hexdigest()
    assert first.facts_sha256 == sha256(first.facts.encode()).hexdigest()
    other = papers.render("notice", samples.notices(samples.notice(1)))
    assert other.sha256 != first.sha256 and other.facts_sha256 != first.facts_sha256
    assert other.template_sha256 == first.template_sha256 != papers.template_sha256("slip")


def test_words_that_look_like_markup_stay_words() -> None:
    words = '#text[x] *b* _i_ $x$ `c` <l> @r // "q" \\ = 一'
    seen = dataclasses.replace(samples.SEEN[0], seen=words)
    text = pages_of(papers.render("slip", samples.slips(samples.slip(seen=(seen,)))).pdf)[0]
    assert "".join(words.split()) in text


# Cards


def test_every_qr_of_a_sheet_decodes_from_a_150_dpi_scan() -> None:
    pdf = papers.render("cards", samples.cards(6)).pdf
    found = [[code.text for code in zxingcpp.read_barcodes(picture_of(pdf, page).convert("L"))] for page in (0, 1)]
    assert sorted(found[0]) == [samples.url(n) for n in range(4)]
    assert sorted(found[1]) == [samples.url(n) for n in (4, 5)]


def test_a_qr_is_cut_out_of_the_sheet_with_its_quiet_zone() -> None:
    """The code alone, as a phone sees it: around the dark modules at least four modules of white."""
    image = picture_of(papers.render("cards", samples.cards(1)).pdf).convert("L")
    [code] = zxingcpp.read_barcodes(image)
    corners = [code.position.top_left, code.position.bottom_right]
    module = (corners[1].x - corners[0].x) / (qr.path(samples.url(0))[0] - 2 * qr.QUIET)
    margin = round(3.5 * module)
    box = (corners[0].x - margin, corners[0].y - margin, corners[1].x + margin, corners[1].y + margin)
    cut = image.crop(box)
    assert zxingcpp.read_barcode(cut).text == samples.url(0)
    edge = [cut.getpixel((x, y)) for x in range(cut.width) for y in (0, cut.height - 1)]
    edge += [cut.getpixel((x, y)) for y in range(cut.height) for x in (0, cut.width - 1)]
    assert min(edge) > 250


def size_of(page: Any, n: int) -> float:
    """The type size of the n-th letter of a text page in points, as it stands on the sheet."""
    matrix = pdfium.FS_MATRIX()
    assert pdfium.FPDFText_GetMatrix(page.raw, n, matrix)
    return pdfium.FPDFText_GetFontSize(page.raw, n) * abs(matrix.d)


def letters(pdf: bytes, words: str) -> list[float]:
    """The type sizes in which these words stand, on every page."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        points = [pdfium.FPDFText_GetUnicode(text.raw, n) for n in range(text.count_chars())]
        whole = "".join(chr(point) if point < 0xD800 or point > 0xDFFF else "?" for point in points)
        found += [size_of(text, start.start()) for start in re.finditer(re.escape(words), whole)]
    return found


@pytest.mark.parametrize("name", ["征信卡", "农户征信积分卡", "塔湾村家庭征信与环境卫生积分卡"])
def test_the_disclaimer_is_at_least_half_as_tall_as_the_cards_name(name: str) -> None:
    pdf = papers.render("cards", samples.cards(1, dataclasses.replace(samples.FRAME, card_name=name))).pdf
    [under], [title] = letters(pdf, DISCLAIMER), letters(pdf, name)
    assert under >= title / 2


@pytest.mark.parametrize("paper", [name for name in PAPERS if name != "cards"])
def test_elsewhere_the_disclaimer_is_as_tall_as_the_cards_name(paper: str, every: dict[str, papers.Printed]) -> None:
    """Beside 征信卡 in the foot of every other print."""
    small, name = letters(every[paper].pdf, DISCLAIMER), letters(every[paper].pdf, "征信卡")
    assert small and name and min(small) >= max(name) / 2


@pytest.mark.parametrize(("count", "singly", "pages"), [(1, False, 1), (4, False, 1), (5, False, 2), (3, True, 3)])
def test_four_cards_a_sheet_or_one(count: int, singly: bool, pages: int) -> None:
    printed = papers.render("cards", samples.cards(count, singly=singly))
    assert printed.pages == pages
    text = pages_of(printed.pdf)
    assert f"第{pages}张,共{pages}张" in text[-1]
    assert sum(page.count("扫码看自家的情况") for page in text) == count


def test_a_card_has_twelve_stamp_boxes_and_lines_for_the_shop() -> None:
    text = pages_of(papers.render("cards", samples.cards(1)).pdf)[0]
    for month in range(1, 13):
        assert f"{month}月" in text
    assert text.count("店里收了") == 2 and text.count("还剩") == 2
    assert "000000" in text and "0103000" in text


# Score sheets


@pytest.mark.parametrize(("homes", "pages"), [(1, 2), (17, 2), (18, 4), (40, 6), (400, 48)])
def test_a_score_sheet_has_a_back_with_pictures_for_every_front(homes: int, pages: int) -> None:
    printed = papers.render("score_sheets", samples.sheets(homes))
    text = pages_of(printed.pdf)
    assert printed.pages == len(text) == pages
    assert f"第{pages}页,共{pages}页(背面)" in text[-1]
    assert all("什么样算好、中、差" in page for page in text[1::2])
    assert "".join(text[0::2]).count("0103") == homes


def test_one_sheet_a_rater_each_numbered_by_itself() -> None:
    text = pages_of(papers.render("score_sheets", samples.sheets(20, ("刘建国", "周小梅", "李䶮"))).pdf)
    assert len(text) == 12
    for n, rater in enumerate(("刘建国", "周小梅", "李䶮")):
        assert f"评比员:{rater}" in text[4 * n] and "第1页,共4页" in text[4 * n]


def test_the_raters_own_kin_are_not_asked_for() -> None:
    text = pages_of(papers.render("score_sheets", samples.sheets(2)).pdf)[0]
    assert text.count("亲属,不评") == 3


def test_a_scheme_of_seven_areas_lies_on_its_side() -> None:
    areas = tuple(dataclasses.replace(area, name=f"{area.name}{n}") for n in range(3) for area in samples.AREAS)[:7]
    printed = papers.render("score_sheets", samples.sheets(11, areas=areas))
    assert printed.pages == 4
    width, height = pypdfium2.PdfDocument(printed.pdf)[0].get_size()
    assert width > height


# Slips and notices


def test_a_slip_says_four_things_in_order_large_enough_and_never_the_grade() -> None:
    pdf = papers.render("slip", credit(samples.slips(samples.slip()))).pdf
    text = pages_of(pdf)[0]
    order = [text.index(words) for words in ("看到了什么", "怎么改、到哪天", "谁来帮", "不同意怎么办", "回执")]
    assert order == sorted(order)
    assert all(words in text for words in ("收到", "不同意", "一个人弄不动", "11月27日(星期五)", "主人同意进屋"))
    assert not re.search(r"[评得]了?[好中差]|等次|\d+分", text.replace("评过", ""))
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    sizes = [size_of(page, n) for n in range(page.count_chars()) if pdfium.FPDFText_GetUnicode(page.raw, n) > 32]
    assert min(sizes) >= 16


def test_a_slip_says_whether_the_door_was_opened() -> None:
    text = pages_of(
        papers.render("slip", samples.slips(samples.slip(indoors_agreed=False, seen=(), mend_by=None))).pdf
    )[0]
    assert "没同意进屋(不算差)" in text and "没有要改的" in text
    without = pages_of(papers.render("slip", samples.slips(samples.slip(indoors_agreed=None))).pdf)[0]
    assert "进屋" not in without


def test_a_long_slip_runs_on_and_is_numbered_by_itself() -> None:
    long = samples.slip(1, seen=samples.SEEN * 6)
    text = pages_of(papers.render("slip", samples.slips(samples.slip(0), long, samples.slip(2))).pdf)
    assert len(text) == 4
    assert "第1页,共2页" in text[1] and "第2页,共2页" in text[2] and "回执" in text[2]
    assert "共" not in text[0].split("回执")[1] and "共" not in text[3].split("回执")[1]


def test_a_notice_says_what_it_rests_on_and_what_can_be_done() -> None:
    text = pages_of(papers.render("notice", samples.notices(samples.notice(provisional=True))).pdf)[0]
    for words in (
        "照片2张", "11月30日(星期一)(暂定)", "村民评议会五人", "7个工作日", "镇里再看一次(10个工作日", "王㛃",
        "11月27日(星期五)(暂定)", "一个人弄不动", "塔湾村民委员会",
    ):  # fmt: skip
        assert words in text, words


def test_a_long_notice_is_numbered() -> None:
    many = (samples.FINDING,) * 12
    text = pages_of(papers.render("notice", samples.notices(samples.notice(findings=many), samples.notice(1))).pdf)
    assert len(text) == 3
    assert "第1页,共2页" in text[0] and "第2页,共2页" in text[1] and "共" not in text[2].split("印制")[1]


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


@pytest.mark.parametrize("name", ["red_poster", "black_poster", "group_board", "cards"])
def test_grey_print_is_still_readable(name: str, every: dict[str, papers.Printed]) -> None:
    """Letters and ground stay far apart without colour: both a dark and a light tone cover part of the sheet."""
    tones = picture_of(every[name].pdf, dpi=40).convert("L").histogram()
    total = sum(tones)
    assert sum(tones[:100]) > 0.004 * total and sum(tones[200:]) > 0.004 * total


def test_the_board_counts_and_names_nobody_without_consent() -> None:
    text = "".join(pages_of(papers.render("group_board", samples.board()).pdf))
    for words in ("干部和评比员家庭5户:好3中2差0", "改好9处", "另有3户", "没有评4户", "好20", "中14", "2026年6月"):
        assert words in text, words
    assert "2026年5月" not in text


def test_a_missing_font_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(press, "FONTS", tmp_path)
    with pytest.raises(FileNotFoundError, match="make setup"):
        papers.render("red_poster", samples.red(1, 2))


def test_a_template_that_fails_is_no_print(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = dataclasses.replace(PAPERS["record"], facts=lambda thing, medium: {"frame": {}})
    monkeypatch.setitem(PAPERS, "record", broken)
    with pytest.raises(RuntimeError, match="record.typ was not printed"):
        papers.render("record", samples.records("王㛃"))
