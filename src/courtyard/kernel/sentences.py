"""Problem codes said in plain Chinese: what happened, why, and what to do. Rooms register theirs on start-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courtyard.kernel.problems import Problem

_SENTENCES: dict[str, Any] = {}


def register(sentences: Mapping[str, Any]) -> None:
    """Add a room's sentences (code → text with {fact} fields; a lazy translation is fine)."""
    _SENTENCES.update(sentences)


def registered() -> Mapping[str, Any]:
    return dict(_SENTENCES)


class _Facts(dict):
    def __missing__(self, key: str) -> str:
        return f"〔{key}〕"


def say(problem: Problem) -> str:
    """The sentence a person reads for this problem; an unregistered code is named openly."""
    text = _SENTENCES.get(problem.code)
    if text is None:
        return f"没有办成(代码 {problem.code})。请把这个代码告诉管理员。"
    return str(text).format_map(_Facts(problem.facts))
