"""成绩单: a household's own record of its rounds, made to be kept or hung; it belongs to the household alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts, prose

MOST_ROUNDS = 12
LABELS = {"good": "好", "fair": "中", "poor": "差", "": ""}


@dataclass(frozen=True)
class RecordRound:
    """One round of the household: its name (11月), the grade's code and word ('' where not rated), points it earned."""

    name: str
    grade: str
    points: int
    label: str = ""


@dataclass(frozen=True)
class Record:
    """What a household did in the rounds shown (the last twelve at most), from the oldest.

    `helped`: how often it helped a neighbour this year; which one stands nowhere. `shares`: rounds whose points were paid by
    one factor for the whole village: (its name, budget, needed). `star`: the star it stands on, '' without one."""

    frame: Frame
    head: str
    code: str
    until: date
    rounds: tuple[RecordRound, ...]
    mended: int
    balance: int
    titles: tuple[str, ...] = ()
    helped: int = 0
    shares: tuple[tuple[str, int, int], ...] = ()
    star: str = ""


@dataclass(frozen=True)
class Records:
    """Records of one file, one a page."""

    frame: Frame
    records: tuple[Record, ...]


def facts(thing: Records, medium: str) -> dict[str, Any] | Problem:
    """What `record.typ` lays out. Problem: `outreach.no_records` (nothing to show for a household)."""
    if not thing.records or any(not record.rounds for record in thing.records):
        return Problem("outreach.no_records")
    return {"frame": frame_facts(thing.frame), "records": [_record(record) for record in thing.records]}


def _record(record: Record) -> dict[str, Any]:
    rounds = record.rounds[-MOST_ROUNDS:]
    return {
        "frame": frame_facts(record.frame),
        "head": record.head,
        "code": record.code,
        "until": prose(record.until),
        "rounds": [vars(one) | {"label": one.label or LABELS[one.grade]} for one in rounds],
        "good": sum(one.grade == "good" for one in rounds),
        "rated": sum(one.grade != "" for one in rounds),
        "earned": sum(one.points for one in rounds),
        "mended": record.mended,
        "balance": record.balance,
        "titles": list(record.titles),
        "helped": record.helped,
        "star": record.star,
        "shares": [f"{name} {budget}/{needed}" for name, budget, needed in record.shares],
    }


PAPER = Paper("record", "成绩单", facts)
