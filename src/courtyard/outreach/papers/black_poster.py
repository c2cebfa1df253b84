"""The black list on the group's board (A3): things, not people; names only with three documents, and only on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers import qr
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import PICTURE, Frame, frame_facts, prose

LEAST_HOMES, LEAST_FINDINGS = 10, 3
THINGS = "处"


@dataclass(frozen=True)
class FindingLine:
    """A thing still to be put right, without a name: the area, what was seen, at how many places.

    Where a list reaches no further than the bays, the area is the bay and `unit` is 户.
    """

    area: str
    seen: str
    places: int = 1
    unit: str = THINGS


@dataclass(frozen=True)
class NamedEntry:
    """A published entry with its name: what was seen, and the day on which it expires."""

    head: str
    code: str
    findings: tuple[str, ...]
    expires_on: date


@dataclass(frozen=True)
class NameDocuments:
    """The three documents names need: the assembly's resolution, the stored impact assessment, until when both hold."""

    resolution: str
    resolved_on: date
    assessment: str
    assessed_on: date
    expires_on: date | None = None


@dataclass(frozen=True)
class BlackPoster:
    """A black list as published. `rated` counts the group's rated homes; `mended` counts what came off it.

    `frame.group` is '' for the village's sheet. With `named` the sheet carries names and needs `documents`; `url` opens the page
    behind it, `findings` are then those without a name, below the names.
    `at_village`: this group is small, its things stand on the village's sheet. `corrections`: entries that stood here
    and were wrong; they are corrected as large as they stood (DOMAIN §4.2).
    """

    frame: Frame
    round_name: str
    published_on: date
    expires_on: date | None
    rated: int
    findings: tuple[FindingLine, ...]
    mended: int
    named: tuple[NamedEntry, ...] = ()
    documents: NameDocuments | None = None
    at_village: bool = False
    corrections: int = 0
    url: str = ""


def barred(thing: BlackPoster, medium: str) -> Problem | None:
    """Why this sheet may not be made (DOMAIN §4.4), or None."""
    if thing.named:
        if medium == PICTURE:
            return Problem("outreach.names_on_paper_only")
        if not thing.frame.group:
            return Problem("outreach.names_only_in_group")
        if thing.documents is None:
            return Problem("outreach.names_need_documents")
        return None
    seen = sum(line.places for line in thing.findings if line.unit == THINGS)
    if thing.frame.group and seen and (thing.rated < LEAST_HOMES or seen < LEAST_FINDINGS):
        facts = {"rated": thing.rated, "findings": seen, "homes": LEAST_HOMES, "least": LEAST_FINDINGS}
        return Problem("outreach.group_too_small", facts)
    return None


def facts(thing: BlackPoster, medium: str) -> dict[str, Any] | Problem:
    """What `black_poster.typ` lays out.

    Problems: `outreach.names_on_paper_only`, `outreach.names_only_in_group`, `outreach.names_need_documents`,
    `outreach.group_too_small` (then the findings belong on the village's sheet).
    """
    problem = barred(thing, medium)
    if problem is not None:
        return problem
    papers = thing.documents
    return {
        "frame": frame_facts(thing.frame),
        "round": thing.round_name,
        "published": prose(thing.published_on),
        "expires": "" if thing.expires_on is None else prose(thing.expires_on),
        "findings": [vars(line) for line in thing.findings],
        "named": [
            {"head": one.head, "findings": list(one.findings), "expires": prose(one.expires_on)} for one in thing.named
        ],
        "mended": thing.mended,
        "at_village": thing.at_village,
        "corrections": thing.corrections,
        "documents": "" if papers is None or not thing.named else _told(papers),
        "qr": qr.svg(thing.url) if thing.named and thing.url else "",
    }


def _told(papers: NameDocuments) -> str:
    until = "" if papers.expires_on is None else f";写名字到 {prose(papers.expires_on)}为止"
    return (
        f"依据:{papers.resolution}({prose(papers.resolved_on)});影响评估:{papers.assessment}"
        f"({prose(papers.assessed_on)}){until}"
    )


PAPER = Paper("black_poster", "黑榜", facts, picture=True)
