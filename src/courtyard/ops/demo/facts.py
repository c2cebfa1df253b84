"""What the demonstration is made from: data.toml, the sizes, and what may be asked of the command."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Size:
    """How large the town is: villages, groups a village, homes a group."""

    villages: int
    groups: int
    homes: int


SIZES = {"small": Size(2, 5, 30), "town": Size(15, 10, 40)}
# What the tests load: everything happens in it, in seconds.
TINY = Size(2, 4, 10)
EVALUATORS = 12


@cache
def data() -> dict[str, Any]:
    """The demonstration's names, goods and words."""
    return tomllib.loads((files("courtyard.ops.demo") / "data.toml").read_text(encoding="utf-8"))
