"""Paths of places: codes joined by '/', '' for the county; a householder's duty adds a last segment H<code>."""

from __future__ import annotations

import re

CODE = re.compile(r"[0-9A-Za-z\-]{1,32}")


def join(parent: str, code: str) -> str:
    """The path of a place with this code under `parent`."""
    return f"{parent}/{code}" if parent else code


def inside(path: str, area: str) -> bool:
    """Whether `path` is `area` or below it."""
    return area == "" or path == area or path.startswith(area + "/")


def parent(path: str) -> str:
    return path.rpartition("/")[0]


def household(group_path: str, code: str) -> str:
    """The last segment on which a householder's duty lies (D7)."""
    return f"{group_path}/H{code}"


_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def chinese_number(text: str) -> int | None:
    """一 … 九十九, full-width or ASCII digits, as a number; None where it is none."""
    import unicodedata

    text = unicodedata.normalize("NFKC", text).strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(letter not in _DIGITS and letter != "十" for letter in text):
        return None
    if "十" not in text:
        return int("".join(str(_DIGITS[letter]) for letter in text)) if len(text) > 1 else _DIGITS[text]
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in tens + ones:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
