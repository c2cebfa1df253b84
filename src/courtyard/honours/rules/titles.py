"""Titles a home holds (称号): whether it holds one, why it no longer does, when it is checked again."""

from __future__ import annotations

from datetime import date

from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.checks import due_on
from courtyard.rating.rules.documents import Title


class TitleState(Choice):
    HELD = "held", "挂着"
    LOST = "lost", "收回了"
    WITHDRAWN = "withdrawn", "更正掉了"


class TitleEnd(Choice):
    """Why a title is held no more; `corrected`: the result that gave it was put right, so it was never due."""

    SCORE = "score", "评分不到"
    BAND = "band", "连着几轮等次不到"
    UNMET = "unmet", "这一轮不再符合"
    CHECK = "check", "复查分数不到"
    CORRECTED = "corrected", "结果更正了"


def check_due(title: Title | None, since: date, checked: date | None) -> date | None:
    """The day a held title is due for its next check, from the day it was given or last checked; None where it never is."""
    return due_on(title, checked or since)


def unfit_plaque(state: TitleState, *, hung: bool, removed: bool, hanging: bool) -> Problem | None:
    """Why a plaque cannot be hung (`hanging`) or taken down now, or None."""
    if hanging:
        if state is not TitleState.HELD:
            return Problem("honours.title_not_held")
        return Problem("honours.plaque_hangs") if hung else None
    if state is TitleState.HELD:
        return Problem("honours.title_still_held")
    return Problem("honours.plaque_not_there") if removed or not hung else None
