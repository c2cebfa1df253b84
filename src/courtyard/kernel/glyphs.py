"""Which characters the shipped fonts can print: a name that would lose one on paper is named before it is stored."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

from courtyard.kernel.glyph_ranges import RANGES


@cache
def _spans() -> tuple[list[int], list[int]]:
    pairs = [word.partition("-") for word in RANGES.split()]
    return [int(first, 16) for first, _, _ in pairs], [int(last or first, 16) for first, _, last in pairs]


def prints(letter: str) -> bool:
    """Whether some shipped font draws this one character in Regular and Bold; line breaks need no glyph."""
    firsts, lasts = _spans()
    place = bisect_right(firsts, ord(letter)) - 1
    return letter == "\n" or (place >= 0 and ord(letter) <= lasts[place])


def unprintable(text: str) -> str:
    """The characters of `text` that no shipped font can print, each once, in order of appearance; '' where all print."""
    return "".join(dict.fromkeys(letter for letter in text if not prints(letter)))


def named(letters: str, between: str = "") -> str:
    """These characters as a person can find them: one that no screen shows either is named by its number (U+E000)."""
    hidden = ("Co", "Cn", "Cs", "Cc", "Cf")
    return between.join(f"U+{ord(one):04X}" if unicodedata.category(one) in hidden else one for one in letters)
