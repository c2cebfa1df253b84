"""Prints as they leave the press: selectable text, pages, QR codes, what must stand on every sheet."""

from __future__ import annotations

import dataclasses
from hashlib import sha256
from typing import Any

import pypdfium2
import pytest
from tests.outreach import samples
from tests.outreach.samples import POINT, credit, letters, pages_of, picture_of

from courtyard.kernel.glyphs import unprintable
from courtyard.kernel.problems import Refused
from courtyard.outreach import papers
from courtyard.outreach.papers import coverage, press
from courtyard.outreach.papers.shelf import PAPERS
from courtyard.outreach.rules.frame import ALIKE, DISCLAIMER, complaint

SIZES = {"a4": (210, 297), "a3": (297, 420)}


@pytest.fixture(scope="module")
def every() -> dict[str, papers.Printed]:
    """One print of each paper on the shelf, card name 征信卡."""
    return {name: papers.render(name, credit(thing)) for name, thing in samples.EVERY.items()}


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
    "hand_over_sheet": samples.hand_over(12),
    "score_sheets": samples.sheets(6),
    "slip": samples.slips(*(samples.slip(n) for n in range(6))),
    "notice": samples.notices(*(samples.notice(n) for n in range(6))),
    "red_poster": samples.red(6, 6),
    "black_poster": samples.black(named=samples.named(6), documents=samples.DOCUMENTS),
    "group_board": samples.board(),
    "record": samples.records(*samples.HEADS),
    "prize_list": samples.prizes(*samples.HEADS),
}


@pytest.mark.parametrize("name", NAMED)
def test_names_are_selectable_text(name: str) -> None:
    text = "".join(pages_of(papers.render(name, NAMED[name]).pdf))
    for head in samples.HEADS:
        assert head in text, head


@pytest.mark.parametrize("name", PAPERS)
def test_no_text_leaves_the_page(name: str) -> None:
    """Every letter lies inside its page and no print has an empty page."""
    document = pypdfium2.PdfDocument(papers.render(name, (samples.EVERY | NAMED)[name]).pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        assert text.count_chars() > 20
        for n in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(n)
            assert -1 <= left <= right <= width + 1 and -1 <= bottom <= top <= height + 1


@pytest.mark.parametrize("name", NAMED)
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
    templates = sorted(press.TEMPLATES.glob("*.typ"))
    assert {path.stem for path in templates} >= set(PAPERS)
    for path in templates:
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


@pytest.mark.parametrize("paper", [name for name in PAPERS if name != "cards"])
def test_elsewhere_the_disclaimer_is_as_tall_as_the_cards_name(paper: str, every: dict[str, papers.Printed]) -> None:
    """Beside 征信卡 in the foot of every other print."""
    small, name = letters(every[paper].pdf, DISCLAIMER), letters(every[paper].pdf, "征信卡")
    assert small and name and min(small) >= max(name) / 2


@pytest.mark.parametrize("name", ["red_poster", "black_poster", "group_board", "cards"])
def test_grey_print_is_still_readable(name: str, every: dict[str, papers.Printed]) -> None:
    """Letters and ground stay far apart without colour: both a dark and a light tone cover part of the sheet."""
    tones = picture_of(every[name].pdf, dpi=40).convert("L").histogram()
    total = sum(tones)
    assert sum(tones[:100]) > 0.004 * total and sum(tones[200:]) > 0.004 * total


def test_a_missing_font_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(press, "FONTS", tmp_path)
    with pytest.raises(FileNotFoundError, match="make setup"):
        papers.render("red_poster", samples.red(1, 2))


def test_a_template_that_fails_is_no_print(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = dataclasses.replace(PAPERS["record"], facts=lambda thing, medium: {"frame": {}})
    monkeypatch.setitem(PAPERS, "record", broken)
    with pytest.raises(RuntimeError, match="record.typ was not printed"):
        papers.render("record", samples.records("王㛃"))
