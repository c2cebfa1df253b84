"""积分办法 as a leaflet, the annex to 村规民约: every clause in plain words, the drawings, the resolution where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.drawings import drawn_words
from courtyard.outreach.rules.frame import Frame, frame_facts, prose


@dataclass(frozen=True)
class Passed:
    """The assembly's resolution: its day, how many came of how many households, the filing, the day it takes effect."""

    day: date
    attendance: int
    households: int
    document: str
    starts: date


@dataclass(frozen=True)
class Part:
    """A heading and its sentences, each with its number."""

    number: str
    heading: str
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SchemeLeaflet:
    """A version of a scheme; `passed` is None for a draft that is read out for opinions. `drawn`: (area, drawing);
    `labels`: the scheme's words for an area, (code, word), best first, none where it gives numbers."""

    frame: Frame
    title: str
    version: int
    source: str
    note: str
    parts: tuple[Part, ...]
    passed: Passed | None
    fingerprint: str
    drawn: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


def facts(thing: SchemeLeaflet, medium: str) -> dict[str, Any] | Problem:
    """What `scheme_leaflet.typ` lays out. Problems: `outreach.no_words` (a scheme that says nothing)."""
    parts = [part for part in thing.parts if part.sentences]
    if not parts:
        return Problem("outreach.no_words")
    return {
        "frame": frame_facts(thing.frame),
        "title": thing.title,
        "version": f"第 {thing.version} 版",
        "source": thing.source,
        "note": thing.note,
        "parts": [
            {
                "number": part.number,
                "heading": part.heading,
                "sentences": [{"number": _inner(number), "text": text} for number, text in part.sentences],
            }
            for part in parts
        ],
        "passed": _passed(thing.passed),
        "fingerprint": thing.fingerprint[:16],
        "drawn": [{"name": name, "drawing": drawing} for name, drawing in thing.drawn],
        "words": [{"grade": grade, "word": word} for grade, word in drawn_words(thing.labels)],
    }


def _inner(number: str) -> str:
    """第四条(1) → (1): under its own heading a sentence needs no more."""
    return number[number.find("(") :]


def _passed(passed: Passed | None) -> str:
    if passed is None:
        return "征求意见稿,还没有会议通过"
    return (
        f"{prose(passed.day)}村民会议通过(应到 {passed.households} 户,到会 {passed.attendance} 户),{passed.document},"
        f"{prose(passed.starts)}起执行"
    )


PAPER = Paper("scheme_leaflet", "积分办法", facts)
