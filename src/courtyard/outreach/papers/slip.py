"""The slip left at a door: what was seen, how to put it right and by when, who helps, how to object. Never the grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.honours.rules.slips import spaced
from courtyard.kernel.problems import Problem
from courtyard.outreach.papers import qr
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts, prose, prose_weekday

INDOORS = {True: "屋里:主人同意进屋。", False: "屋里:没同意进屋(不算差),没有评。"}


@dataclass(frozen=True)
class Seen:
    """One thing seen: where (area), what (words of the picture list or the rater's own), how it is put right."""

    area: str
    seen: str
    mend: str


@dataclass(frozen=True)
class Slip:
    """A slip for one household. `mended` are words of what was put right while the raters stood there (praise).

    `mend_by` is the last whole day; `provisional` (暂定) where the year had no holiday table. `helper` is who helps,
    with a way to reach them; `objection_to` names where to object; `serial` stands on both parts, and alone in the
    counterfoil's code; `indoors_agreed` is None where the scheme does not look indoors.
    """

    frame: Frame
    head: str
    code: str
    seen_on: date
    seen: tuple[Seen, ...]
    mended: tuple[str, ...]
    mend_by: date | None
    helper: str
    objection_to: str
    serial: str
    indoors_agreed: bool | None = None
    provisional: bool = False


@dataclass(frozen=True)
class Slips:
    """Slips of one file, one a page (a long one runs on)."""

    frame: Frame
    slips: tuple[Slip, ...]


def facts(thing: Slips, medium: str) -> dict[str, Any] | Problem:
    """What `slip.typ` lays out. Problems: `outreach.no_slips`, `outreach.slip_without_day` (seen, but no day)."""
    if not thing.slips:
        return Problem("outreach.no_slips")
    for slip in thing.slips:
        if slip.seen and slip.mend_by is None:
            return Problem("outreach.slip_without_day", {"household": f"{slip.head}({slip.code})"})
    return {"frame": frame_facts(thing.frame), "slips": [_slip(slip) for slip in thing.slips]}


def serial_facts(serial: str) -> dict[str, Any]:
    """A serial as a counterfoil shows it: in two halves, and as a code that holds the serial and nothing else."""
    return {"serial": spaced(serial), "qr": qr.svg(serial)}


def _slip(slip: Slip) -> dict[str, Any]:
    return {
        "frame": frame_facts(slip.frame),
        "head": slip.head,
        "code": slip.code,
        "seen_on": prose(slip.seen_on),
        "seen": [{"area": one.area, "seen": one.seen, "mend": one.mend} for one in slip.seen],
        "mended": list(slip.mended),
        "mend_by": "" if slip.mend_by is None else prose_weekday(slip.mend_by) + ("(暂定)" if slip.provisional else ""),
        "helper": slip.helper,
        "objection_to": slip.objection_to,
        **serial_facts(slip.serial),
        "indoors": "" if slip.indoors_agreed is None else INDOORS[slip.indoors_agreed],
    }


PAPER = Paper("slip", "告诉你一声", facts)
