"""Joint grading (试评): which yards are drawn, whether a sheet is whole, and where the evaluators differ."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import DECLINED, SchemeDocument

YARDS = 10
Values = Mapping[int, Mapping[str, str]]


def drawn(homes: Iterable[UUID], seed: str, most: int = YARDS) -> list[UUID]:
    """Ten homes drawn by the seed; all of them where there are fewer."""
    return sorted(homes, key=lambda home: hashlib.sha256(f"{seed}/{home}".encode()).digest())[:most]


def unfit_sheet(document: SchemeDocument, values: Values, yards: int) -> Problem | None:
    """Why this is not a whole sheet of the drawn yards, or None. Nothing has a default; indoors may be declined."""
    labels = {label.code for label in document.sheet.labels}
    for yard in sorted(values):
        if not 1 <= yard <= yards:
            return Problem("inspections.yard_unknown", {"yard": yard})
        for area, label in values[yard].items():
            known = next((one for one in document.sheet.areas if one.code == area), None)
            if known is None or not (label in labels or (label == DECLINED and known.consent)):
                return Problem("inspections.yard_unknown", {"yard": yard})
    for yard in range(1, yards + 1):
        given = values.get(yard, {})
        missing = [area.name for area in document.sheet.areas if area.code not in given]
        if missing:
            return Problem("inspections.yard_incomplete", {"yard": yard, "areas": "、".join(missing)})
    return None


@dataclass(frozen=True)
class Spread:
    """One area of one yard: (label, how many gave it) in the order of the sheet, the reader's own label or ''."""

    yard: int
    area: str
    counts: tuple[tuple[str, int], ...]
    own: str = ""

    @property
    def apart(self) -> int:
        """How far the farthest two are: 0 all the same, 1 neighbouring grades, more for more."""
        given = [n for n, (label, count) in enumerate(self.counts) if count and label != DECLINED]
        return given[-1] - given[0] if given else 0


def spreads(document: SchemeDocument, sheets: Sequence[Values], own: Values | None, yards: int) -> list[Spread]:
    """How the sheets are spread over each area of each yard; nobody's name, only the reader's own label."""
    labels = [label.code for label in document.sheet.labels]
    found = []
    for yard in range(1, yards + 1):
        for area in document.sheet.areas:
            given = Counter(sheet.get(yard, {}).get(area.code, "") for sheet in sheets)
            shown = [*labels, DECLINED] if area.consent else labels
            counts = tuple((label, given[label]) for label in shown)
            found.append(Spread(yard, area.code, counts, (own or {}).get(yard, {}).get(area.code, "")))
    return found


def agreement(found: Iterable[Spread]) -> tuple[int, int, int]:
    """(all the same, one grade apart, further apart) over every area of every yard that two or more graded."""
    several = [one for one in found if sum(count for label, count in one.counts if label != DECLINED) > 1]
    same, near = (sum(one.apart == n for one in several) for n in (0, 1))
    return same, near, len(several) - same - near
