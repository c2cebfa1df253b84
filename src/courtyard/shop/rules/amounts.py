"""A whole number as a person typed it: one plain way to write it, everything else named for what it is."""

from __future__ import annotations

import re

from courtyard.kernel.problems import Problem

_SIGNED = re.compile(r"[-\u2212\u2013\uff0d][0-9]+([.][0-9]+)?")
_FRACTION = re.compile(r"[0-9]*[.][0-9]+|[0-9]+[.]")


def whole(text: str, most: int) -> int | Problem:
    """The number 1 to `most` that this text writes in plain digits, or why it is none.

    Problems: shop.amount_empty, amount_zero, amount_negative, amount_fraction, amount_wide_digits, amount_too_large,
    amount_not_a_number (also 1e3, NaN, +5, 1,000, 0x10). Leading zeros are read over: 007 is 7.
    """
    text = text.strip(" \t\r\n")
    facts = {"text": text[:20], "most": most}
    if not text:
        return Problem("shop.amount_empty", facts)
    if _SIGNED.fullmatch(text):
        return Problem("shop.amount_negative", facts)
    if _FRACTION.fullmatch(text):
        return Problem("shop.amount_fraction", facts)
    if not text.isascii():
        wide = any(letter.isdecimal() and not letter.isascii() for letter in text)
        return Problem("shop.amount_wide_digits" if wide else "shop.amount_not_a_number", facts)
    if not text.isdigit():
        return Problem("shop.amount_not_a_number", facts)
    digits = text.lstrip("0")
    if not digits:
        return Problem("shop.amount_zero", facts)
    if len(digits) > len(str(most)) or int(digits) > most:
        return Problem("shop.amount_too_large", facts)
    return int(digits)
