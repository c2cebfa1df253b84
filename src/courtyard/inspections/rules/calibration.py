"""Joint grading (试评): which yards are drawn, whether a sheet is whole, and where the evaluators differ."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from courtyard.inspections.rules.marks import PLACES_MOST
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.alone import area_band, scores_alone
from courtyard.rating.rules.documents import DECLINED, Area, SchemeDocument
from courtyard.rating.rules.facts import Mark
from courtyard.rating.rules.marking import unfit_value
from courtyard.rating.rules.sheet import ScoreSheet

YARDS = 10
Values = Mapping[int, Mapping[str, str]]


def drawn(homes: Iterable[UUID], seed: str, most: int = YARDS) -> list[UUID]:
    """Ten homes drawn by the seed; all of them where there are fewer."""
    return sorted(homes, key=lambda home: hashlib.sha256(f"{seed}/{home}".encode()).digest())[:most]


def unfit_sheet(document: SchemeDocument, values: Values, yards: int) -> Problem | None:
    """Why this is not a whole sheet of the drawn yards, or None. Nothing has a default; indoors may be declined."""
    areas = {area.code: area for area in document.sheet.areas}
    for yard in sorted(values):
        if not 1 <= yard <= yards:
            return Problem("inspections.yard_unknown", {"yard": yard})
        for code, what in values[yard].items():
            problem = _unfit(document, areas[code], what) if code in areas else Problem("rating.area_unknown")
            if problem and document.labels_only:
                return Problem("inspections.yard_unknown", {"yard": yard})
            if problem:
                return Problem(problem.code, {**problem.facts, "yard": yard})
    for yard in range(1, yards + 1):
        given = values.get(yard, {})
        missing = [area.name for area in document.sheet.areas if area.code not in given]
        if missing:
            return Problem("inspections.yard_incomplete", {"yard": yard, "areas": "、".join(missing)})
    return None


def _unfit(document: SchemeDocument, area: Area, what: str) -> Problem | None:
    """Why an area cannot be given this in a joint grading; where findings count, it is in how many places they were."""
    if document.marks_of(area) != "findings" or what == DECLINED:
        return unfit_value(document, area, what)
    if what.isascii() and what.isdigit() and int(what) <= PLACES_MOST:
        return None
    return Problem("inspections.joint_places_unfit", {"area": area.name, "found": what[:20], "most": PLACES_MOST})


@dataclass(frozen=True)
class Spread:
    """One area of one yard: (what was given, how many gave it) in the order of the sheet, the best first; the reader's
    own or ''. `steps`: how far each lies from the best, in grades (in places, where findings count)."""

    yard: int
    area: str
    counts: tuple[tuple[str, int], ...]
    own: str = ""
    steps: tuple[int, ...] = ()

    @property
    def apart(self) -> int:
        """How far the farthest two are: 0 all the same, 1 neighbouring grades, more for more."""
        steps = self.steps or range(len(self.counts))
        given = [n for n, (label, count) in zip(steps, self.counts, strict=False) if count and label != DECLINED]
        return given[-1] - given[0] if given else 0


def spreads(document: SchemeDocument, sheets: Sequence[Values], own: Values | None, yards: int) -> list[Spread]:
    """How the sheets are spread over each area of each yard; nobody's name, only what the reader gave."""
    found = []
    for yard in range(1, yards + 1):
        for area in document.sheet.areas:
            given = Counter(sheet.get(yard, {}).get(area.code, "") for sheet in sheets)
            shown, steps = _scale(document, area, {what for what in given if what not in ("", DECLINED)})
            shown += [DECLINED] if area.consent else []
            counts = tuple((what, given[what]) for what in shown)
            found.append(Spread(yard, area.code, counts, (own or {}).get(yard, {}).get(area.code, ""), steps))
    return found


def _scale(document: SchemeDocument, area: Area, given: set[str]) -> tuple[list[str], tuple[int, ...]]:
    """What an area may be given, the best first, and how far each is from the best: a label each of the scheme's, the
    numbers that were given by the grade they would be, the places that were counted."""
    marks = document.marks_of(area)
    if marks == "labels":
        return [label.code for label in document.sheet.labels], ()
    if marks == "findings":
        places = sorted(given, key=int)
        return places, tuple(int(one) for one in places)
    scores = {what: scores_alone(document, Mark(((area.code, what),)))[area.code] or 0 for what in given}
    shown = sorted(given, key=lambda what: (-scores[what], what))
    return shown, tuple(document.rank(area_band(document, area.code, scores[what]).code) or 0 for what in shown)


def word_of(asked: ScoreSheet, area: Area, what: str) -> str:
    """What was given an area at a joint grading, as it is said: a word, points, or in how many places something was."""
    if not what or what == DECLINED:
        return asked.said(area, what)
    marks = asked.of(area)[0].marks
    if marks == "labels":
        return asked.said(area, what)
    return f"{what} 处" if marks == "findings" else f"{what} 分"


def agreement(found: Iterable[Spread]) -> tuple[int, int, int]:
    """(all the same, one grade apart, further apart) over every area of every yard that two or more graded."""
    several = [one for one in found if sum(count for label, count in one.counts if label != DECLINED) > 1]
    same, near = (sum(one.apart == n for one in several) for n in (0, 1))
    return same, near, len(several) - same - near
