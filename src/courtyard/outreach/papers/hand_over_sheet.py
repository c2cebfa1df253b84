"""发卡签收表: a group's homes in walking order; beside each signature, in the same row, what the home chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts

ROWS_A_PAGE = 14


@dataclass(frozen=True)
class HandOverRow:
    """One household: `n` is the number it also has on the screen, `said` what is settled already ('' where it waits)."""

    n: int
    head: str
    code: str
    number: str
    bay: str = ""
    said: str = ""


@dataclass(frozen=True)
class HandOverSheet:
    """A group's sheet. `covenant` is the version a mark at 知晓 means, None where the village has put none in."""

    frame: Frame
    rows: tuple[HandOverRow, ...]
    covenant: str = ""


@dataclass(frozen=True)
class HandOverSheets:
    """The sheets of one file, one a group, each numbered 第 x 页,共 y 页 by itself."""

    frame: Frame
    sheets: tuple[HandOverSheet, ...]


def facts(thing: HandOverSheets, medium: str) -> dict[str, Any] | Problem:
    """What `hand_over_sheet.typ` lays out: each sheet's rows cut into pages. Problems: `outreach.no_homes`."""
    if not any(sheet.rows for sheet in thing.sheets):
        return Problem("outreach.no_homes")
    sheets = [_sheet(sheet) for sheet in thing.sheets if sheet.rows]
    return {"frame": frame_facts(thing.frame), "sheets": sheets}


def _sheet(sheet: HandOverSheet) -> dict[str, Any]:
    rows = [
        {
            "n": row.n,
            "head": row.head,
            "code": row.code,
            "bay": row.bay,
            "number": f"{row.number[:3]} {row.number[3:]}",
            "said": row.said,
        }
        for row in sheet.rows
    ]
    return {
        "frame": frame_facts(sheet.frame),
        "homes": len(rows),
        "waiting": sum(not row["said"] for row in rows),
        "covenant": sheet.covenant,
        "pages": [rows[start : start + ROWS_A_PAGE] for start in range(0, len(rows), ROWS_A_PAGE)],
    }


PAPER = Paper("hand_over_sheet", "发卡签收表", facts)
