"""A household reads in words why somebody looked at its data."""

from __future__ import annotations

import ast

from tests.doors.conftest import Door, text
from tests.house.reading import none, sources

from courtyard.board.reasons import REASONS, reason


def codes() -> set[str]:
    """Every `why="…"` that the office hands on to the store of access lines."""
    return {
        keyword.value.value
        for source in sources()
        if source.room == "office"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "why" and isinstance(keyword.value, ast.Constant) and keyword.value.value
    }


def test_every_code_of_the_office_has_its_words():
    found = codes()
    assert len(found) > 10
    none(sorted(found - REASONS.keys()))
    none(sorted(REASONS.keys() - found))


def test_the_page_says_it_in_words(door: Door):
    door.as_("cadre").get(f"/office/households/{door.home.pk}")
    page = text(door.as_("household").get("/me/rights"))
    assert "看这一户的资料" in page and "office page" not in page
    assert reason("印更正") == "印更正"
