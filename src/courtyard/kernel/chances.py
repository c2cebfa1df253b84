"""Chance that can be had again: a stream of numbers that follows from its seed alone."""

from __future__ import annotations

import random
from collections.abc import Callable

# The next number of a stream: at least 0, below 1.
Chance = Callable[[], float]


def stream(*seed: str | int) -> Chance:
    """The stream of a seed: the same seed, the same numbers, on every machine and release of Python.

    Only for what is simulated; ids and secrets come from `kernel.ids` and `records.keys`."""
    return random.Random("/".join(str(part) for part in seed)).random  # noqa: S311
