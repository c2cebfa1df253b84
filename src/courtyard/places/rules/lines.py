"""The telephone for complaints that stands on every page and print of a place (DOMAIN §4.13)."""

from __future__ import annotations

import unicodedata

from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean

DIGITS_LEAST, DIGITS_MOST, LINE_MOST = 5, 16, 40


def digits_of(line: str) -> str:
    """The number's digits alone: 0722-123 4567 and 07221234567 are one telephone."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", line) if letter.isascii() and letter.isdigit())


def unfit_line(line: str, *, above: str) -> Problem | None:
    """Why this cannot be the complaint line, or None. `above`: the line that would stand where none is set here."""
    text = clean(unicodedata.normalize("NFKC", line))
    if not text:
        return None if above else Problem("places.no_line")
    known = all(letter.isascii() and (letter.isdigit() or letter in "-+(), ") or letter == "转" for letter in text)
    if not known or not DIGITS_LEAST <= len(digits_of(text)) <= DIGITS_MOST or len(text) > LINE_MOST:
        return Problem("places.unfit_line", {"line": line})
    return None
