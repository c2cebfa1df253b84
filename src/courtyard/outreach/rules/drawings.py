"""Which of the three drawn grades a scheme's own word stands beside."""

from __future__ import annotations

from collections.abc import Sequence

GOOD, FAIR, POOR = "good", "fair", "poor"
GRADES = (GOOD, FAIR, POOR)
PLAIN_WORDS = ((GOOD, "好"), (FAIR, "中"), (POOR, "差"))


def drawn_words(labels: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(drawn grade, the scheme's word for it), the best first, for a scheme's labels as (code, word), the best first.

    A label whose code is a drawn grade stands beside it. Where no code is, the first word is the good drawing, the last
    the poor one, and of three the middle one the fair. A scheme without words (it gives numbers) takes 好、中、差.
    """
    if not labels:
        return PLAIN_WORDS
    coded = tuple((code, word) for code, word in labels if code in GRADES)
    if coded:
        return coded
    words = [word for _, word in labels]
    middle = [(FAIR, words[1])] if len(words) == len(GRADES) else []
    return ((GOOD, words[0]), *middle, (POOR, words[-1]))
