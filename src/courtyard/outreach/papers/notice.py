"""The notice (告知书) to a black-list candidate: findings, evidence, how and until when to object, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.papers.slip import serial_facts
from courtyard.outreach.rules.frame import Frame, frame_facts, prose, prose_weekday


@dataclass(frozen=True)
class NoticeFinding:
    """A finding of the notice: area, what was seen, how it is put right, and its evidence in words (照片 2 张 …)."""

    area: str
    seen: str
    mend: str
    evidence: str


@dataclass(frozen=True)
class Notice:
    """A notice to one household.

    `looked_again_on` is the day two people of another group looked again; `object_until` and `mend_by` are last whole
    days, `provisional` (暂定) where the year had no holiday table; `decides` says who decides (nobody who rated);
    `decided_within`, `town_looks_within` are working days; `reach` says in words how far the list would reach; with the
    `serial` of its slip it ends in a counterfoil.
    """

    frame: Frame
    number: str
    head: str
    code: str
    round_name: str
    seen_on: date
    looked_again_on: date
    findings: tuple[NoticeFinding, ...]
    mend_by: date
    object_until: date
    decides: str
    decided_within: int
    town_looks_within: int
    reach: str
    helper: str
    objection_to: str
    issued_by: str
    provisional: bool = False
    serial: str = ""


@dataclass(frozen=True)
class Notices:
    """Notices of one file, each beginning on a page of its own."""

    frame: Frame
    notices: tuple[Notice, ...]


def facts(thing: Notices, medium: str) -> dict[str, Any] | Problem:
    """What `notice.typ` lays out. Problems: `outreach.no_notices`, `outreach.notice_without_evidence` (DOMAIN §4.2)."""
    if not thing.notices:
        return Problem("outreach.no_notices")
    for notice in thing.notices:
        if not notice.findings or any(not finding.evidence for finding in notice.findings):
            return Problem("outreach.notice_without_evidence", {"household": f"{notice.head}({notice.code})"})
    return {"frame": frame_facts(thing.frame), "notices": [_notice(notice) for notice in thing.notices]}


def _notice(notice: Notice) -> dict[str, Any]:
    mark = "(暂定)" if notice.provisional else ""
    words = ("number", "head", "code", "decides", "reach", "helper", "objection_to", "issued_by")
    return {name: getattr(notice, name) for name in words} | {
        "frame": frame_facts(notice.frame),
        "round": notice.round_name,
        "seen_on": prose(notice.seen_on),
        "looked_again_on": prose(notice.looked_again_on),
        "findings": [vars(finding) for finding in notice.findings],
        "mend_by": prose_weekday(notice.mend_by) + mark,
        "object_until": prose_weekday(notice.object_until) + mark,
        "decided_within": notice.decided_within,
        "town_looks_within": notice.town_looks_within,
        **(serial_facts(notice.serial) if notice.serial else {"serial": "", "qr": ""}),
    }


PAPER = Paper("notice", "告知书", facts)
