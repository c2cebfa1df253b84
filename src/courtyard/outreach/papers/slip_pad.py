"""A pad of blank slips: the trio writes by hand at the door; whose a serial was is said when its counterfoil comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.papers.slip import serial_facts
from courtyard.outreach.rules.frame import Frame, frame_facts, place_of


@dataclass(frozen=True)
class PadArea:
    """An area with the words of its picture list, to be ticked; `indoors` where the household is asked first."""

    name: str
    findings: tuple[str, ...]
    indoors: bool = False


@dataclass(frozen=True)
class SlipPad:
    """Blank slips of one place, one a page: the scheme's picture lists, `mend_days` it gives, who helps."""

    frame: Frame
    areas: tuple[PadArea, ...]
    mend_days: int
    helper: str
    objection_to: str
    serials: tuple[str, ...]


def facts(thing: SlipPad, medium: str) -> dict[str, Any] | Problem:
    """What `slip_pad.typ` lays out. Problem: `outreach.no_slips`."""
    if not thing.serials:
        return Problem("outreach.no_slips")
    return {
        "frame": frame_facts(thing.frame),
        "place": place_of(thing.frame),
        "areas": [
            {"name": area.name, "findings": list(area.findings), "indoors": area.indoors} for area in thing.areas
        ],
        "mend_days": thing.mend_days,
        "helper": thing.helper,
        "objection_to": thing.objection_to,
        "slips": [serial_facts(serial) for serial in thing.serials],
    }


PAPER = Paper("slip_pad", "空白条子", facts)
