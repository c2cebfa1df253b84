"""What the shelf holds: a print's name, its facts function and whether it may be a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem


@dataclass(frozen=True)
class Paper:
    """One kind of print: `facts(thing, medium)` is pure and gives plain data or a Problem; the template has its name.

    `picture`: may be made as PNG; `tagged`: structure tags for screen readers (left out where thousands of cards or
    of boxes to tick would make the file many times as large).
    """

    name: str
    title: str
    facts: Callable[[Any, str], dict[str, Any] | Problem]
    picture: bool = False
    tagged: bool = True
