"""A rule answers with a value or a Problem; an action raises it as Refused; a door says it in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn


@dataclass(frozen=True)
class Problem:
    """Why something cannot be done: a code `<room>.<reason>` and the facts a sentence needs."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def refuse(self) -> NoReturn:
        raise Refused(self)


class Refused(Exception):
    """An action did not happen, wholly; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, dict(problem.facts))
        self.problem = problem

    @property
    def code(self) -> str:
        return self.problem.code


def refuse(code: str, /, **facts: Any) -> NoReturn:
    """Raise Refused with a Problem of this code and these facts."""
    raise Refused(Problem(code, facts))


def refuse_if(problem: Problem | None) -> None:
    """Raise Refused where a rule found a Problem; do nothing where it found none."""
    if problem is not None:
        raise Refused(problem)
