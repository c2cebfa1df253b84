"""docs/reference/scheme.md is what the declarations say today, and names every key of them."""

from __future__ import annotations

import sys

from tests.house.reading import ROOT, none

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import declared

sys.path.insert(0, str(ROOT / "tools"))
import reference  # noqa: E402


def test_the_reference_is_current() -> None:
    """`make reference` writes it; a declaration that changed without it shows here."""
    stale = [path.name for path, text in reference.pages().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run make reference"


def test_every_part_and_key_has_its_place() -> None:
    text = reference.PAGE.read_text(encoding="utf-8")
    missing: list[str] = []
    waiting: list[tuple[type, str]] = [(SchemeDocument, "")]
    while waiting:
        cls, path = waiting.pop()
        for key in declared(cls):
            if f"`{key.key}`" not in text:
                missing.append(f"{path}{key.key}")
            if key.spec.of:
                if f"\n### {path}{key.key}\n" not in text:
                    missing.append(f"the section {path}{key.key}")
                waiting.append((key.spec.of, f"{path}{key.key}."))
    none(missing)
