"""Exact sums and the one place where they are rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from courtyard.rating.rules.documents import Aggregate


def rounded(value: Fraction, digits: int, rounding: str) -> int:
    """A score in thousandths rounded once to `digits` decimals; down is towards zero, up away from it."""
    unit = 10 ** (3 - digits)
    steps = value / unit
    if rounding == "half_up":
        whole = math.floor(abs(steps) + Fraction(1, 2))
    elif rounding == "half_even":
        return round(steps) * unit
    else:
        whole = math.ceil(abs(steps)) if rounding == "up" else math.floor(abs(steps))
    return (whole if steps >= 0 else -whole) * unit


def towards_zero(milli: Fraction, unit: int) -> int:
    """Thousandths cut to whole `unit`s (1000 for whole points), towards zero."""
    whole = math.floor(abs(milli) / unit) * unit
    return whole if milli >= 0 else -whole


def combined(aggregate: Aggregate, scores: Sequence[Fraction]) -> Fraction | None:
    """Several evaluators' scores of one area as one, exactly; None where a consensus was not reached."""
    ordered = sorted(scores)
    count = len(ordered)
    if aggregate.method == "consensus":
        return ordered[0] if ordered[0] == ordered[-1] else None
    if aggregate.method == "median":
        low, high = ordered[(count - 1) // 2], ordered[count // 2]
        return {"mean": (low + high) / 2, "better": high, "worse": low}[aggregate.even]
    if aggregate.method == "trimmed_mean" and count >= 4:
        ordered = ordered[1:-1]
    return sum(ordered, Fraction(0)) / len(ordered)


def of_several(visits: str, scores: Sequence[int]) -> Fraction:
    """The scores of several visits of one period, in order of days, as one."""
    if visits == "best":
        return Fraction(max(scores))
    if visits == "worst":
        return Fraction(min(scores))
    if visits == "last":
        return Fraction(scores[-1])
    total = Fraction(sum(scores))
    return total if visits == "sum" else total / len(scores)
