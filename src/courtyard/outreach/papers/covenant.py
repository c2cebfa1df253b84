"""村规民约 as a leaflet for each home: the text as the assembly passed it, and that nothing depends on knowing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts, prose


@dataclass(frozen=True)
class CovenantLeaflet:
    """A version of a covenant: its text line by line, the assembly's day, the document that says so, and how many of how
    many households came (None where nobody wrote it down)."""

    frame: Frame
    title: str
    version: int
    lines: tuple[str, ...]
    passed: date
    document: str
    attended: tuple[int, int] | None = None


def facts(thing: CovenantLeaflet, medium: str) -> dict[str, Any] | Problem:
    """What `covenant.typ` lays out. Problems: `outreach.no_words` (a leaflet without a text)."""
    lines = [line for line in thing.lines if line.strip()]
    if not lines:
        return Problem("outreach.no_words")
    return {
        "frame": frame_facts(thing.frame),
        "title": thing.title,
        "version": f"第 {thing.version} 版",
        "lines": lines,
        "passed": prose(thing.passed),
        "document": thing.document,
        "attended": "到会 {} 户,应到 {} 户".format(*thing.attended) if thing.attended else "",
    }


PAPER = Paper("covenant", "村规民约", facts)
