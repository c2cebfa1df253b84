"""The correction of a published entry (A3): as large as the error was, on the same board, for as many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts, prose


@dataclass(frozen=True)
class CorrectionNotice:
    """What had stood and is withdrawn: the month, what had been seen (without a name), from when it had stood.

    `name` only where the household wants it; `until` is the last day on which this sheet hangs.
    """

    frame: Frame
    round_name: str
    published_on: date
    things: tuple[str, ...]
    since: date
    until: date
    name: str = ""


def facts(thing: CorrectionNotice, medium: str) -> dict[str, Any] | Problem:
    """What `correction.typ` lays out."""
    return {
        "frame": frame_facts(thing.frame),
        "round": thing.round_name,
        "published": prose(thing.published_on),
        "things": list(thing.things),
        "since": prose(thing.since),
        "until": prose(thing.until),
        "name": thing.name,
    }


PAPER = Paper("correction", "更正", facts)
