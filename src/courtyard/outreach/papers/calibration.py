"""试评对照表: where the evaluators differed at the yards they graded together; yards by number, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts


@dataclass(frozen=True)
class Cell:
    """One area of one yard: (grade's word, how many gave it) best first, and how far apart the farthest two are."""

    counts: tuple[tuple[str, int], ...]
    apart: int


@dataclass(frozen=True)
class Differences:
    """The drawn yards by number, area by area; `agreement` counts areas all the same, one grade apart, further apart."""

    frame: Frame
    handed_in: int
    areas: tuple[str, ...]
    yards: tuple[tuple[Cell, ...], ...]
    agreement: tuple[int, int, int]


def facts(thing: Differences, medium: str) -> dict[str, Any] | Problem:
    """What `calibration.typ` lays out. Problem: `outreach.no_joint_sheets` where nobody has handed in."""
    if not thing.yards or not thing.handed_in:
        return Problem("outreach.no_joint_sheets")
    return {
        "frame": frame_facts(thing.frame),
        "handed_in": thing.handed_in,
        "areas": list(thing.areas),
        "agreement": list(thing.agreement),
        "yards": [
            [{"counts": [list(pair) for pair in cell.counts if pair[1]], "apart": cell.apart} for cell in row]
            for row in thing.yards
        ],
    }


PAPER = Paper("calibration", "试评对照表", facts)
