"""What the areas really were, as whoever answers an objection writes it down: one text an area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from courtyard.inspections.rules.marks import PLACES_MOST, Given
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import LOOKED, SchemeDocument
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.engines import unfit_mark
from courtyard.rating.rules.facts import Mark, Rank, Seen

Really = Mapping[str, tuple[str, tuple[Seen, ...]]]


def as_written(given: Given) -> dict[str, str]:
    """Area → what it really was; where findings count, with each and its places: "looked c1*3 c2"."""
    values = dict(given.tidy().values)
    for one in given.tidy().found:
        if values.get(one.area) == LOOKED or values.get(one.area, "").startswith(f"{LOOKED} "):
            values[one.area] += f" {one.code}*{one.places}" if one.places > 1 else f" {one.code}"
    return values


def really(values: Mapping[str, str]) -> Really:
    """The same, read: area → what stands for every rater's mark there, and what was seen."""
    found: dict[str, tuple[str, tuple[Seen, ...]]] = {}
    for area, text in values.items():
        what, *seen = text.split(" ")
        things = [one.partition("*") for one in seen]
        found[area] = what, tuple(Seen(area, code, False, _places(n) if star else 1) for code, star, n in things)
    return found


def _places(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def unfit_correction(document: SchemeDocument, values: Really) -> Problem | None:
    """Why this cannot be what the areas really were under the scheme's sheet, or None."""
    seen = tuple(one for _, things in values.values() for one in things)
    problem = unfit_mark(document, Mark(tuple((area, what) for area, (what, _) in values.items()), seen))
    if problem:
        return problem
    wrong = next((one for one in seen if not 1 <= one.places <= PLACES_MOST), None)
    if wrong is not None:
        return Problem("inspections.really_places_unfit", {"area": document.area(wrong.area).name, "most": PLACES_MOST})
    return None


def in_good_faith(document: SchemeDocument, before: Rank, now: Rank) -> Rank:
    """The rank of a home after somebody else's result was put right: it may rise by that, and never falls.

    Who now is among the first is; who was among the first stays so; who no longer is among the last is not; nobody
    comes to be among the last (docs/decisions/0021)."""
    first = {clause for clause, kind, _ in plan_of(document).ranked if kind == "first"}
    held, new = set(before.clauses), set(now.clauses)
    clauses = tuple(sorted((held | new) & first | (held & new)))
    return before if set(clauses) == held else replace(now, clauses=clauses, klass=before.klass, out=before.out)


def put_right(mark: Mark, values: Really) -> Mark:
    """One rater's marks with these areas put right; what had been seen there falls away."""
    given = tuple((area, values[area][0] if area in values else what) for area, what in mark.given)
    marked = {area for area, _ in mark.given}
    seen = tuple(one for one in mark.seen if one.area not in values)
    seen += tuple(one for area, (_, things) in values.items() if area in marked for one in things)
    return replace(mark, given=given, seen=seen)
