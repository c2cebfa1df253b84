"""Score sheets of a scheme that gives numbers: a column a number, an area's findings counted, a word written in.

Laid out by `score_numbers.typ`. More columns than one sheet has room for stand on several, each with all the homes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Millimetres of an A4 sheet on its side that the columns share, and what each kind of column needs.
WIDTH = 198.0
NEEDS = {"scores": 12.5, "findings": 30.0, "labels": 17.0, "seen": 26.0}
WIDEST = {"scores": 22.0, "findings": 48.0, "labels": 30.0, "seen": 46.0}
ROWS_A_PAGE, ROWS_WITH_QUESTIONS = 9, 3
WORDS_MOST = 4_200  # what the back has room for at its smallest


@dataclass(frozen=True)
class Unit:
    """A column: the code of its area, how it is marked (scores, findings, labels; seen: the numbers of what was seen, of
    all areas), the line's name where the area has lines, the most it can get."""

    area: str
    marks: str
    name: str = ""
    most: str = ""
    optional: bool = False


def written(areas: Sequence[str]) -> tuple[Unit, ...]:
    """The columns where a word is written in for each of these areas, and the numbers of what was seen."""
    return (*(Unit(code, "labels") for code in areas), Unit("", "seen"))


def strips(units: Sequence[Unit]) -> list[list[Unit]]:
    """The columns sheet by sheet, in order: as many as have room."""
    found: list[list[Unit]] = []
    room = 0.0
    for unit in units:
        need = NEEDS[unit.marks]
        if not found or need > room:
            found.append([])
            room = WIDTH
        found[-1].append(unit)
        room -= need
    return found


def columns(strip: Sequence[Unit]) -> list[dict[str, Any]]:
    """A strip's columns with their widths in thousandths of a millimetre: what is left over is shared out."""
    spare = WIDTH / sum(NEEDS[unit.marks] for unit in strip)
    return [
        {
            "area": unit.area,
            "marks": unit.marks,
            "name": unit.name,
            "most": unit.most,
            "optional": unit.optional,
            "width": int(min(NEEDS[unit.marks] * spare, WIDEST[unit.marks]) * 1000),
        }
        for unit in strip
    ]
