"""Prints for homes and raters: cards and their QR codes, score sheets, slips, notices."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from tests.outreach import samples
from tests.outreach.samples import credit, letters, pages_of, picture_of, size_of

from courtyard.honours.rules.slips import is_sound
from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.papers import qr
from courtyard.outreach.rules.frame import DISCLAIMER

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
    assert [code.text for code in zxingcpp.read_barcodes(cut)] == [samples.url(0)]
    edge: list[Any] = [cut.getpixel((x, y)) for x in range(cut.width) for y in (0, cut.height - 1)]
    edge += [cut.getpixel((x, y)) for y in range(cut.height) for x in (0, cut.width - 1)]
    assert min(edge) > 250


@pytest.mark.parametrize("name", ["征信卡", "农户征信积分卡", "塔湾村家庭征信与环境卫生积分卡"])
def test_the_disclaimer_is_at_least_half_as_tall_as_the_cards_name(name: str) -> None:
    pdf = papers.render("cards", samples.cards(1, dataclasses.replace(samples.FRAME, card_name=name))).pdf
    [under], [title] = letters(pdf, DISCLAIMER), letters(pdf, name)
    assert under >= title / 2


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


@pytest.mark.parametrize(
    ("labels", "drawn"),
    [
        ((("tidy", "整洁"), ("untidy", "待改进")), "什么样算整洁、待改进"),
        ((("good", "达标"), ("poor", "未达标")), "什么样算达标、未达标"),
        ((("best", "很好"), ("good", "好"), ("fair", "一般"), ("poor", "待整改")), "什么样算好、一般、待整改"),
    ],
)
def test_a_sheet_has_the_scheme_s_own_words_in_its_order(labels: tuple[tuple[str, str], ...], drawn: str) -> None:
    front, back = pages_of(papers.render("score_sheets", samples.sheets(2, labels=labels)).pdf)
    heads = front[front.index("编号") : front.index("王")]
    assert heads.count("".join(word for _, word in labels) + "编号") == len(samples.AREAS)
    assert drawn in back and "好、中、差" not in back + front


@pytest.mark.parametrize(("areas", "labels", "wide"), [(3, 2, False), (3, 4, False), (3, 9, True), (7, 4, True)])
def test_many_words_take_a_wide_sheet(areas: int, labels: int, wide: bool) -> None:
    words = tuple((f"l{n}", "要再看一看的地方"[: n + 1]) for n in range(labels))
    printed = papers.render("score_sheets", samples.sheets(10, areas=(samples.AREAS * 3)[:areas], labels=words))
    width, height = pypdfium2.PdfDocument(printed.pdf)[0].get_size()
    assert (width > height, printed.pages) == (wide, 2)


def test_where_nobody_has_drawn_anything_the_back_says_what_to_look_at() -> None:
    areas = tuple(dataclasses.replace(area, drawing="", looks="地上有没有垃圾") for area in samples.AREAS)
    back = pages_of(papers.render("score_sheets", samples.sheets(2, areas=areas)).pdf)[1]
    assert back.startswith("看什么、怎么记")
    assert back.count("看:地上有没有垃圾") == len(areas)


def test_an_area_that_nobody_has_drawn_says_what_to_look_at() -> None:
    areas = (dataclasses.replace(samples.AREAS[0], drawing="", looks="屋檐水流到哪里"), *samples.AREAS[1:])
    back = pages_of(papers.render("score_sheets", samples.sheets(2, areas=areas)).pdf)[1]
    assert "看:屋檐水流到哪里" in back


def test_a_sheet_of_some_homes_says_which() -> None:
    made = samples.sheets(2)
    some = dataclasses.replace(made, sheets=(dataclasses.replace(made.sheets[0], walk="先走:干部和评比员家"),))
    assert "先走:干部和评比员家" in pages_of(papers.render("score_sheets", some).pdf)[0]


def test_the_drawings_stand_in_the_file_once_however_many_backs() -> None:
    made = samples.sheets(17)
    many = papers.render("score_sheets", dataclasses.replace(made, sheets=made.sheets[:1] * 36))
    assert many.pages == 72
    assert len(many.pdf) < 400_000
    image = picture_of(many.pdf, 1, dpi=60).convert("RGB").crop((60, 60, 460, 380))
    assert len(image.quantize(64).getcolors()) > 20, "and are seen there"


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


@pytest.mark.parametrize("paper", ["slip", "slip_pad"])
def test_nothing_on_a_slip_is_smaller_than_16_points(paper: str) -> None:
    pdf = papers.render(paper, credit(samples.EVERY[paper])).pdf
    for one in pypdfium2.PdfDocument(pdf):
        page = one.get_textpage()
        drawn = [n for n in range(page.count_chars()) if pdfium.FPDFText_GetUnicode(page.raw, n) > 32]
        assert drawn and min(size_of(page, n) for n in drawn) >= 16


def test_a_blank_slip_asks_the_same_four_things_in_order_and_never_the_grade() -> None:
    pdf = papers.render("slip_pad", samples.pad(2)).pdf
    text = pages_of(pdf)
    assert len(text) == 2, "one a page"
    order = [text[0].index(words) for words in ("看到了什么", "怎么改、到哪天", "谁来帮", "不同意怎么办", "条子的回执")]
    assert order == sorted(order)
    wanted = ("柴草杂物", "其他", "主人同意进屋", "没同意(不算差)", "卡上已盖章", "当场就改好了", "对评比有意见,打")
    assert all(words in text[0] for words in wanted)
    assert not re.search(r"[评得]了?[好中差]|等次|\d+分", text[0])
    with pytest.raises(Refused) as caught:
        papers.render("slip_pad", samples.pad(0))
    assert caught.value.code == "outreach.no_slips"


@pytest.mark.parametrize("paper", ["slip", "slip_pad", "notice"])
def test_a_counterfoils_code_holds_the_serial_and_nothing_else(paper: str) -> None:
    thing = samples.notices(samples.notice(serial=samples.SERIAL)) if paper == "notice" else samples.EVERY[paper]
    pdf = papers.render(paper, thing).pdf
    [code] = zxingcpp.read_barcodes(picture_of(pdf, dpi=100).convert("L"))
    [page] = pages_of(pdf)
    assert is_sound(code.text) and page.count(code.text) == 2, "large under the code, and once above"


def test_a_slip_praises_and_a_usual_one_stays_on_one_page() -> None:
    usual = samples.slip(seen=samples.SEEN * 2, objection_to="任何一位村干部、评比员、超市营业员,或者打 0722-1234567")
    [text] = pages_of(papers.render("slip", samples.slips(usual)).pdf)
    areas = ("庭院", "室内", "周边")
    full = tuple(samples.Seen(areas[n % 3], f"第 {n} 样没有收拾好", f"把第 {n} 样收拾好") for n in range(7))
    [crowded] = pages_of(papers.render("slip", samples.slips(dataclasses.replace(usual, seen=full))).pdf)
    assert all(f"第{n}样没有收拾好" in crowded and f"把第{n}样收拾好" in crowded for n in range(7))
    assert "当场就改好了:院坝扫干净了。真好,谢谢!" in text and "卡上已盖章" in text


def test_a_slip_says_whether_the_door_was_opened() -> None:
    text = pages_of(
        papers.render("slip", samples.slips(samples.slip(indoors_agreed=False, seen=(), mend_by=None))).pdf
    )[0]
    assert "没同意进屋(不算差)" in text and "没有要改的" in text
    without = pages_of(papers.render("slip", samples.slips(samples.slip(indoors_agreed=None))).pdf)[0]
    assert "进屋" not in without


def test_a_long_slip_runs_on_and_is_numbered_by_itself() -> None:
    many = tuple(samples.Seen(f"院子{n}", "院里的柴草没有码放", f"码到第 {n} 处") for n in range(14))
    long = samples.slip(1, seen=many)
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
    many = (samples.FINDING,) * 20
    text = pages_of(papers.render("notice", samples.notices(samples.notice(findings=many), samples.notice(1))).pdf)
    assert len(text) == 3
    assert "第1页,共2页" in text[0] and "第2页,共2页" in text[1] and "共" not in text[2].split("印制")[1]
