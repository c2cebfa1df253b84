"""标准图: what good, fair and poor look like, area by area, for the wall of a hamlet meeting (A3) or a bench (A4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.group_board import SIZES
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.drawings import drawn_words
from courtyard.outreach.rules.frame import Frame, frame_facts


@dataclass(frozen=True)
class StandardArea:
    """An area: what is looked at, in the scheme's words; `findings` are (what was seen, what would make it good).

    `drawing` names the three pictures, '' where nobody has drawn it; `indoors`: looked at only where the home agrees.
    """

    name: str
    looks: str
    findings: tuple[tuple[str, str], ...] = ()
    drawing: str = ""
    indoors: bool = False


@dataclass(frozen=True)
class StandardPictures:
    """A scheme's standard. `labels` are its words for an area, (code, word), best first; none where it gives numbers."""

    frame: Frame
    scheme: str
    areas: tuple[StandardArea, ...]
    labels: tuple[tuple[str, str], ...] = ()
    size: str = "a3"


def facts(thing: StandardPictures, medium: str) -> dict[str, Any] | Problem:
    """What `standard_pictures.typ` lays out. Problem: `outreach.no_such_size`."""
    if thing.size not in SIZES:
        return Problem("outreach.no_such_size", {"size": thing.size})
    return {
        "frame": frame_facts(thing.frame),
        "size": thing.size,
        "scheme": thing.scheme,
        "drawn": [{"grade": grade, "word": word} for grade, word in drawn_words(thing.labels)],
        "areas": [
            {
                "name": area.name,
                "looks": area.looks,
                "indoors": area.indoors,
                "drawing": area.drawing,
                "findings": [{"seen": seen, "mend": mend} for seen, mend in area.findings],
            }
            for area in thing.areas
        ],
    }


PAPER = Paper("standard_pictures", "标准图", facts)
