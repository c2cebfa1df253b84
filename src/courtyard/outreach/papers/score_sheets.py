"""Paper score sheets: one a rater and group, in walking order; drawn examples of 好/中/差 on the back of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts

ROWS_A_PAGE, ROWS_A_WIDE_PAGE = 17, 10
# Where the three questions stand below the homes, each page has fewer.
ROWS_WITH_QUESTIONS, ROWS_WIDE_WITH_QUESTIONS = 8, 4
UPRIGHT_AREAS, MOST_AREAS = 3, 7


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

    `walk` says which homes of the group these are, where they are not all (the homes that lead; third marks);
    `questions` are asked at every home of a re-visit and ticked below the homes.
    """

    frame: Frame
    round_name: str
    evaluator: str
    areas: tuple[Area, ...]
    rows: tuple[Row, ...]
    walk: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreSheets:
    """The sheets of one file, each numbered 第 x 页,共 y 页 by itself."""

    frame: Frame
    sheets: tuple[ScoreSheet, ...]


def facts(thing: ScoreSheets, medium: str) -> dict[str, Any] | Problem:
    """What `score_sheets.typ` lays out: each sheet's rows cut into pages. Problems: `outreach.no_rows`,
    `outreach.too_many_areas`. Up to 3 areas stand on an upright sheet, up to 7 on a wide one.
    """
    if not thing.sheets or any(not sheet.rows for sheet in thing.sheets):
        return Problem("outreach.no_rows")
    most = max(len(sheet.areas) for sheet in thing.sheets)
    if not 1 <= most <= MOST_AREAS:
        return Problem("outreach.too_many_areas", {"most": MOST_AREAS, "areas": most})
    upright = most <= UPRIGHT_AREAS
    plain = ROWS_A_PAGE if upright else ROWS_A_WIDE_PAGE
    asked = ROWS_WITH_QUESTIONS if upright else ROWS_WIDE_WITH_QUESTIONS
    sheets = [_sheet(sheet, asked if sheet.questions else plain) for sheet in thing.sheets]
    return {"frame": frame_facts(thing.frame), "sheets": sheets}


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
