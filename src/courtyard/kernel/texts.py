"""Text as it may be stored (D19): NFC, no NUL, no lone surrogate, no control characters, within a length."""

from __future__ import annotations

import unicodedata

from courtyard.kernel.problems import Problem


def clean(text: str) -> str:
    """NFC, outer blanks off; inner runs of blanks become one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def unfit(text: str, *, most: int, field: str) -> Problem | None:
    """Why this text cannot be stored, or None. `most` counts characters."""
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        return Problem("kernel.unfit_character", {"field": field})
    if len(text) > most:
        return Problem("kernel.too_long", {"field": field, "most": most, "length": len(text)})
    return None


SENTENCES = {
    "kernel.unfit_character": "「{field}」里有不能保存的字符(控制符)。请删掉后再填。",
    "kernel.too_long": "「{field}」太长:最多 {most} 个字,现在 {length} 个。请写短些。",
}
