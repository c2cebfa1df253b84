"""What one evaluator may give an area: a label, a number or its items' numbers, or that it was looked at."""

from __future__ import annotations

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import DECLINED, LOOKED, NOT_APPLICABLE, Area, SchemeDocument, decimal_text
from courtyard.rating.rules.reading import exact_milli


def unfit_value(document: SchemeDocument, area: Area, what: str) -> Problem | None:
    """Why an area cannot be given this, or None."""
    if what == DECLINED:
        return None if area.consent else Problem("rating.area_needs_no_consent", {"area": area.name})
    marks = document.marks_of(area)
    if marks == "labels":
        known = {label.code for label in document.sheet.labels}
        return None if what in known else Problem("rating.label_unknown", {"area": area.name, "label": what})
    if marks == "findings":
        return None if what == LOOKED else Problem("rating.only_looked", {"area": area.name, "found": what[:20]})
    return _unfit_numbers(area, what)


def _unfit_numbers(area: Area, what: str) -> Problem | None:
    if not area.items:
        if _within(what, area.weight * 1000):
            return None
        return Problem("rating.number_unfit", {"area": area.name, "found": what[:20], "most": str(area.weight)})
    parts = what.split("+")
    if len(parts) != len(area.items):
        return Problem("rating.items_unfit", {"area": area.name, "found": len(parts), "items": len(area.items)})
    for item, part in zip(area.items, parts, strict=True):
        if part == NOT_APPLICABLE and item.optional:
            continue
        if part == NOT_APPLICABLE or not _within(part, item.most_milli):
            facts = {"area": item.name, "found": part[:20], "most": decimal_text(item.most_milli)}
            return Problem("rating.number_unfit", facts)
    return None


def _within(text: str, most_milli: int) -> bool:
    found = exact_milli(text)
    return found is not None and 0 <= found <= most_milli
