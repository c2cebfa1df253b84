"""What a place may be called and where it may stand."""

from __future__ import annotations

from courtyard.kernel.choices import Choice
from courtyard.kernel.paths import CODE
from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean, unfit


class PlaceKind(Choice):
    COUNTY = "county", "县"
    TOWN = "town", "镇"
    VILLAGE = "village", "村"
    GROUP = "group", "村民小组"


ABOVE = {
    PlaceKind.TOWN: PlaceKind.COUNTY,
    PlaceKind.VILLAGE: PlaceKind.TOWN,
    PlaceKind.GROUP: PlaceKind.VILLAGE,
}


def unfit_place(kind: PlaceKind, above: PlaceKind, code: str, name: str) -> Problem | None:
    """Why a place of this kind, code and name cannot stand under a place of kind `above`, or None."""
    if ABOVE.get(kind) != above:
        return Problem("places.wrong_level", {"kind": kind.label, "above": above.label})
    if not CODE.fullmatch(code):
        return Problem("places.unfit_code", {"code": code})
    if not clean(name) or "/" in name:
        return Problem("places.unfit_name", {"name": name})
    return unfit(name, most=40, field="地名")
