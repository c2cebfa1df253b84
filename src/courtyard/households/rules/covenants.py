"""What a covenant's text must be to hang on a wall. Pure."""

from __future__ import annotations

from datetime import date

from courtyard.kernel.glyphs import named, unprintable
from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import unfit

LONGEST_TITLE, LONGEST_TEXT, LONGEST_DOCUMENT = 60, 3000, 80


def unfit_covenant(
    title: str, text: str, document: str, passed: date, attendance: int, households: int, today: date
) -> Problem | None:
    """Why this version cannot be put in: something is missing, too long, not printable, not passed yet, or nobody (or more
    than all households) came to the assembly."""
    for field, value, most in (
        ("名称", title, LONGEST_TITLE),
        ("内容", text, LONGEST_TEXT),
        ("决议文号", document, LONGEST_DOCUMENT),
    ):
        if not value:
            return Problem("households.covenant_empty", {"field": field})
        problem = unfit(value, most=most, field=field)
        if problem:
            return problem
        lost = unprintable(value.replace("\n", ""))
        if lost:
            return Problem("households.covenant_unprintable", {"field": field, "characters": named(lost, "、")})
    if passed > today:
        return Problem("households.covenant_not_passed", {"day": passed.isoformat()})
    if not 1 <= attendance <= households:
        return Problem("households.covenant_attendance", {"attendance": attendance, "households": households})
    return None
