"""Paper score sheets: one a rater and group, in walking order, in the scheme's words; drawn examples on the back of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers import number_sheets
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.drawings import drawn_words
from courtyard.outreach.rules.frame import Frame, frame_facts

ROWS_A_PAGE, ROWS_A_WIDE_PAGE = 17, 10
# Where the three questions stand below the homes, each page has fewer.
ROWS_WITH_QUESTIONS, ROWS_WIDE_WITH_QUESTIONS = 8, 4
UPRIGHT_AREAS, MOST_AREAS = 3, 7
# Millimetres that the areas share on a sheet, each with its inset; an area has a cell for each word and one, wider by so
# many hundredths, for the numbers of what was seen.
UPRIGHT_WIDTH, WIDE_WIDTH, INSET = 112.5, 192.0, 2.0
NUMBERS, NUMBERS_OF_MANY = 170, 130
# A cell narrower than this has no room for a tick that a pen finds.
LEAST_CELL, UPRIGHT_LEAST_CELL = 4.7, 5.2


@dataclass(frozen=True)
class Area:
    """An area of the sheet: its code, its name, whether it is indoors.

    `findings` are (code, words) of the picture list: the code is what the rater writes. `drawing` names the drawn
    examples on the back; where it is '' the back says in words what to look at (`looks`).
    """

    code: str
    name: str
    findings: tuple[tuple[str, str], ...] = ()
    indoors: bool = False
    drawing: str = ""
    looks: str = ""


@dataclass(frozen=True)
class Row:
    """One household in walking order; `kin` where this rater steps aside for a home already declared."""

    head: str
    code: str
    bay: str = ""
    kin: bool = False


@dataclass(frozen=True)
class ScoreSheet:
    """What one rater takes along a group: `frame.group` names it, `rows` stand in walking order.

    `labels` are the scheme's own words for an area, (code, word) in its order, a column each. `walk` says which homes of
    the group these are, where they are not all (the homes that lead; third marks); `questions` are asked at every
    home of a re-visit and ticked below the homes. `units` are the columns of a scheme that gives numbers.
    """

    frame: Frame
    round_name: str
    evaluator: str
    areas: tuple[Area, ...]
    rows: tuple[Row, ...]
    labels: tuple[tuple[str, str], ...]
    walk: str = ""
    questions: tuple[str, ...] = ()
    units: tuple[number_sheets.Unit, ...] = ()


@dataclass(frozen=True)
class ScoreSheets:
    """The sheets of one file, each numbered 第 x 页,共 y 页 by itself."""

    frame: Frame
    sheets: tuple[ScoreSheet, ...]


def numbers_share(labels: int) -> int:
    """How wide the cell for numbers is beside a word's, in hundredths: less where there are many words."""
    return NUMBERS if labels <= 3 else NUMBERS_OF_MANY


def cell_width(areas: int, labels: int, *, upright: bool) -> float:
    """Millimetres of the cell in which a word of an area is ticked; fewer than three areas are no wider than three."""
    area = (UPRIGHT_WIDTH if upright else WIDE_WIDTH) / max(areas, UPRIGHT_AREAS) - INSET
    return area / (labels + numbers_share(labels) / 100)


def facts(thing: ScoreSheets, medium: str) -> dict[str, Any] | Problem:
    """What `score_sheets.typ` lays out: each sheet's rows cut into pages. Problems: `outreach.no_rows`,
    `outreach.sheet_too_full`. Up to 3 areas stand on an upright sheet where their words have room there, up to 7 on a
    wide one; where there are more areas or words than a box to tick has room for, the word is written in.
    """
    if not thing.sheets or any(not sheet.rows for sheet in thing.sheets):
        return Problem("outreach.no_rows")
    if any(sheet.units for sheet in thing.sheets):
        return _too_full(thing.sheets) or _numbers(thing)
    most, words = (max(map(len, of)) for of in zip(*((one.areas, one.labels) for one in thing.sheets), strict=True))
    upright = most <= UPRIGHT_AREAS and cell_width(most, words, upright=True) >= UPRIGHT_LEAST_CELL
    width = cell_width(most, words, upright=upright)
    if most > MOST_AREAS or width < LEAST_CELL:
        written = (replace(one, units=number_sheets.written([area.code for area in one.areas])) for one in thing.sheets)
        return facts(replace(thing, sheets=tuple(written)), medium)
    plain = ROWS_A_PAGE if upright else ROWS_A_WIDE_PAGE
    asked = ROWS_WITH_QUESTIONS if upright else ROWS_WIDE_WITH_QUESTIONS
    sheets = [_sheet(sheet, asked if sheet.questions else plain) for sheet in thing.sheets]
    room = {"wide": not upright, "cell": int(width * 1000), "numbers": numbers_share(words)}
    return _too_full(thing.sheets) or {"frame": frame_facts(thing.frame), "sheets": sheets} | room


def _too_full(sheets: Iterable[ScoreSheet]) -> Problem | None:
    """A Problem where some back has no room for what is looked at, the lines and the numbers of what was seen."""
    most = number_sheets.WORDS_MOST
    for sheet in sheets:
        for strip in number_sheets.strips(sheet.units) or [[]]:
            own = {unit.area for unit in strip}
            shown = [area for area in sheet.areas if area.code in own] or sheet.areas
            seen = sum(len(words) + 4 for area in shown for _, words in area.findings)
            words = (
                seen + sum(len(one.name) + len(one.looks) for one in shown) + sum(len(one.name) + 8 for one in strip)
            )
            if words > most:
                return Problem("outreach.sheet_too_full", {"most": most, "words": words})
    return None


def _numbers(thing: ScoreSheets) -> dict[str, Any]:
    """The same where numbers or words are written in: on their side, a strip of columns a page."""
    sheets = []
    for sheet in thing.sheets:
        asked = number_sheets.ROWS_WITH_QUESTIONS if sheet.questions else number_sheets.ROWS_A_PAGE
        strips = [number_sheets.columns(strip) for strip in number_sheets.strips(sheet.units)]
        sheets.append(_sheet(sheet, asked) | {"strips": strips})
    room = {"wide": True, "cell": 0, "numbers": 0}
    return {"frame": frame_facts(thing.frame), "sheets": sheets} | room


def _sheet(sheet: ScoreSheet, step: int) -> dict[str, Any]:
    rows = [
        {"n": n, "head": row.head, "code": row.code, "bay": row.bay, "kin": row.kin}
        for n, row in enumerate(sheet.rows, 1)
    ]
    return {
        "frame": frame_facts(sheet.frame),
        "round": sheet.round_name,
        "evaluator": sheet.evaluator,
        "walk": sheet.walk,
        "questions": list(sheet.questions),
        "homes": len(rows),
        "strips": [],
        "labels": [{"code": code, "word": word} for code, word in sheet.labels],
        "drawn": [{"grade": grade, "word": word} for grade, word in drawn_words(sheet.labels)],
        "areas": [
            {
                "code": area.code,
                "name": area.name,
                "indoors": area.indoors,
                "drawing": area.drawing,
                "looks": area.looks,
                "findings": [{"code": code, "words": words} for code, words in area.findings],
            }
            for area in sheet.areas
        ],
        "pages": [rows[start : start + step] for start in range(0, len(rows), step)],
    }


PAPER = Paper("score_sheets", "评分表", facts, tagged=False)
