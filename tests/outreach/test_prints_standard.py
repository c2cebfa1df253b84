"""The standard in pictures: every drawing has its three, every shipped scheme its wall print and its sheets' backs."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import Any

import pypdfium2
import pytest
import typst
from PIL import Image, ImageChops
from tests.outreach import samples
from tests.outreach.samples import POINT, letters, pages_of, png

from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.gathering import areas_of, labels_of, units_of
from courtyard.outreach.gathering_standard import standard_areas
from courtyard.outreach.papers.calibration import Cell
from courtyard.outreach.papers.coverage import FONTS
from courtyard.outreach.papers.press import TEMPLATES
from courtyard.outreach.papers.score_sheets import Area, ScoreSheets
from courtyard.outreach.rules.drawings import GRADES, drawn_words
from courtyard.rating.queries import shipped
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.looking import DRAWINGS
from courtyard.rating.rules.parsing import check_toml

# Every drawing a row, its three pictures side by side, each 40 mm wide without a gap.
PICTURES = """
#import "/pictures.typ": picture-of, pictures
#set page(width: 120mm, height: auto, margin: 0mm)
#metadata(pictures.pairs().map(((name, of)) => (name, of.keys()))) <held>
#stack(..pictures.keys().map(name => stack(dir: ltr, ..pictures.at(name).keys().map(grade => picture-of(name, grade, 40mm)))))
"""
PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
SCHEMES = sorted(shipped())


@cache
def document(name: str) -> SchemeDocument:
    found = check_toml(shipped()[name]).document
    assert found is not None
    return found


def drawings() -> typst.Compiler:
    facts = {"facts": json.dumps({"frame": {}}), "medium": "paper"}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(PICTURES.encode(), root=str(TEMPLATES), font_paths=fonts, sys_inputs=facts)


def held() -> dict[str, list[str]]:
    return dict(json.loads(drawings().query("<held>", field="value", one=True)))


def test_every_name_a_scheme_may_give_has_its_three_pictures_and_no_more() -> None:
    assert {name: tuple(grades) for name, grades in held().items()} == dict.fromkeys(DRAWINGS, GRADES)


def test_good_fair_and_poor_of_every_drawing_differ_in_grey_too() -> None:
    """Between any two pictures a visible part of the ground has another tone; poor is farther from good than fair is."""

    def apart(one: Image.Image, other: Image.Image) -> float:
        tones = ImageChops.difference(one, other).histogram()
        return sum(tones[40:]) / sum(tones)

    page = png(drawings().compile(format="png", ppi=25.4 * 4)).convert("L")
    assert page.size == (480, len(DRAWINGS) * 112)
    for row, name in enumerate(held()):
        good, fair, poor = (page.crop((160 * n, 112 * row, 160 * (n + 1), 112 * (row + 1))) for n in range(3))
        assert apart(good, fair) > 0.005, name
        assert apart(fair, poor) > 0.02, name
        assert apart(good, poor) > apart(good, fair), name


@pytest.mark.parametrize("name", SCHEMES)
def test_the_wall_print_of_every_shipped_scheme(name: str) -> None:
    """Every area's name, looks and findings in its own words, beside the scheme's words for the drawings."""
    scheme = document(name)
    made = samples.standard(areas=standard_areas(scheme), labels=labels_of(scheme), scheme=scheme.name)
    printed = papers.render("standard_pictures", made)
    text = "".join(pages_of(printed.pdf))
    for area in scheme.sheet.areas:
        assert area.looks in text
        assert all((one.seen in text and one.mend in text) != one.needs_words for one in area.pictures)
    assert "什么样算" + "、".join(word for _, word in drawn_words(labels_of(scheme))) in text
    assert ("主人同意才进屋,没同意不算差" in text) == any(area.consent for area in scheme.sheet.areas)


@pytest.mark.parametrize("name", SCHEMES)
def test_the_sheets_of_every_shipped_scheme_have_the_drawings_on_their_back(name: str) -> None:
    """A back a front, every area's name and numbers of findings in words, as many pictures as areas drawn × three."""
    scheme = document(name)
    [plain] = samples.sheets(6).sheets
    made = dataclasses.replace(plain, areas=areas_of(scheme), labels=labels_of(scheme), units=units_of(scheme))
    printed = papers.render("score_sheets", ScoreSheets(samples.FRAME, (made,)))
    pages = pages_of(printed.pdf)
    assert len(pages) % 2 == 0
    assert all(
        f"第{n}页,共{len(pages)}页({side}面)" in page
        for n, (page, side) in enumerate(zip(pages, "正背" * 9, strict=False), 1)
    )
    back, drawn = pages[1], sum(area.drawing != "" for area in scheme.sheet.areas)
    assert back.startswith("什么样算" + "、".join(word for _, word in drawn_words(made.labels)))
    assert all(area.name in back for area in scheme.sheet.areas)
    assert all(f"{one.code}{one.name}" in back for area in scheme.sheet.areas for one in area.pictures)
    assert tiles(printed.pdf, 1) == 3 * drawn > 0


def tiles(pdf: bytes, page: int) -> int:
    """How many pictures stand on a page: rectangles wider than high by ten to seven."""
    found = [one.get_bounds() for one in pypdfium2.PdfDocument(pdf)[page].get_objects(max_depth=1) if one.type == PATH]
    sizes = [(right - left, top - bottom) for left, bottom, right, top in found]
    return len([1 for wide, high in sizes if wide > 40 and abs(high - 0.7 * wide) < 2])


@pytest.mark.parametrize(
    ("areas", "labels"),
    [(1, 2), (4, 3), (7, 3), (8, 3), (10, 3), (6, 9), (40, 9)],
    ids=lambda count: str(count),
)
def test_sheets_of_few_and_of_many_areas_and_words_keep_one_back_a_front(areas: int, labels: int) -> None:
    """Where a word has no box any more it is written in; nothing runs over to a page of its own."""
    made = tuple(
        Area(
            f"a{n}",
            f"看处{n:02d}",
            ((f"f{n}", "有垃圾没有扫"), (f"g{n}", "有杂物")),
            n == 1,
            DRAWINGS[n % 12],
            "干不干净",
        )
        for n in range(areas)
    )
    words = tuple((f"l{n}", "整齐干净"[:2] + str(n)) for n in range(labels))
    printed = papers.render("score_sheets", samples.sheets(9, areas=made, labels=words))
    pages = pages_of(printed.pdf)
    assert f"第{len(pages)}页,共{len(pages)}页(背面)" in pages[-1]
    stands = [[area.name for area in made if area.name in page] for page in pages]
    assert stands[::2] == stands[1::2], "what stands on a front stands on its back"
    assert sorted(sum(stands[::2], [])) == [area.name for area in made]
    assert all("什么样算" in page for page in pages[1::2])


def test_a_back_with_more_words_than_the_plain_one_holds_makes_room() -> None:
    many = tuple((f"c{n}", f"院里看到的第 {n} 种") for n in range(60))
    areas = (dataclasses.replace(samples.AREAS[0], findings=many), *samples.AREAS[1:])
    front, back = pages_of(papers.render("score_sheets", samples.sheets(3, areas=areas)).pdf)
    assert "第2页,共2页(背面)" in back
    assert "c59院里看到的第59种" in back
    assert "什么样算好、中、差" in back


def test_the_schemes_leaflet_puts_its_own_words_beside_the_drawings() -> None:
    for name, said in (("shuangzhai", "什么样算最清洁、清洁、一般"), ("baming", "什么样算好、中、差")):
        scheme = document(name)
        drawn = tuple((area.name, area.drawing) for area in scheme.sheet.areas if area.drawing)
        made = samples.scheme_leaflet(drawn=drawn, labels=labels_of(scheme))
        assert said in "".join(pages_of(papers.render("scheme_leaflet", made).pdf))


@pytest.mark.parametrize("areas", [3, 5, 13])
def test_where_evaluators_differ_is_readable_for_many_areas(areas: int) -> None:
    """Every yard beside every area, at most four areas side by side."""
    cell = Cell((("9.5 分", 3), ("8 分", 2), ("6 分", 1)), 2)
    names = tuple(f"看处{n:02d}" for n in range(areas))
    made = dataclasses.replace(samples.differences(), areas=names, yards=((cell,) * areas,) * 10)
    printed = papers.render("calibration", made)
    text = "".join(pages_of(printed.pdf))
    assert all(name in text for name in names)
    assert text.count("◆差得远") == 10 * areas
    assert text.count("第10户") == -(-areas // 4)


def test_the_wall_print_comes_as_a3_and_a4_and_nothing_else() -> None:
    sides = []
    for size in ("a3", "a4"):
        printed = papers.render("standard_pictures", samples.standard(size=size))
        sides.append(pypdfium2.PdfDocument(printed.pdf)[0].get_size()[1])
        assert max(letters(printed.pdf, "什么样算好、中、差")) > 24
    assert sides == pytest.approx([420 * POINT, 297 * POINT], abs=1)
    with pytest.raises(Refused, match="outreach.no_such_size"):
        papers.render("standard_pictures", samples.standard(size="a5"))


@pytest.mark.parametrize("case", samples.cases("drawn_words"), ids=lambda case: case["name"])
def test_words_beside_the_drawings(case: dict[str, Any]) -> None:
    assert [list(pair) for pair in drawn_words([tuple(pair) for pair in case["labels"]])] == case["drawn"]
