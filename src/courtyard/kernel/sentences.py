"""Problem codes said in plain Chinese: what happened, why, and what to do. Rooms register theirs on start-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from courtyard.kernel.problems import Problem

_SENTENCES: dict[str, Any] = {}
# A day or a month as facts carry it; a Chinese sentence says it as people do.
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def register(sentences: Mapping[str, Any]) -> None:
    """Add a room's sentences (code → text with {fact} fields; a lazy translation is fine)."""
    _SENTENCES.update(sentences)


def registered() -> Mapping[str, Any]:
    return dict(_SENTENCES)


class _Facts(dict):
    def __missing__(self, key: str) -> str:
        return f"〔{key}〕"


def _said(fact: Any) -> Any:
    """2026-11-23 → 2026年11月23日, 2026-11 → 2026年11月, 2026-W47 → 2026年第47周; anything else as it is."""
    if week := _WEEK.fullmatch(str(fact)):
        return f"{week[1]}年第{int(week[2])}周"
    found = _DAY.fullmatch(str(fact))
    if found is None:
        return fact
    year, month, day = found.groups()
    return f"{year}年{int(month)}月{int(day)}日" if day else f"{year}年{int(month)}月"


def say(problem: Problem) -> str:
    """The sentence a person reads for this problem; an unregistered code is named openly."""
    text = _SENTENCES.get(problem.code)
    if text is None:
        return f"没有办成(代码 {problem.code})。请把这个代码告诉管理员。"
    words = str(text)
    facts = {name: _said(fact) for name, fact in problem.facts.items()} if _CHINESE.search(words) else problem.facts
    return words.format_map(_Facts(facts))
