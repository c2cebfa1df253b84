"""Titles a home holds (称号): why one is lost, how it comes back, when it is checked again. No title is lost in public."""

from __future__ import annotations

from datetime import date

from courtyard.kernel.choices import Choice
from courtyard.rating.rules.checks import due_on, title_of
from courtyard.rating.rules.documents import SchemeDocument, Title
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.facts import Outcome


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


def why_lost(document: SchemeDocument, code: str, outcome: Outcome, run: int) -> TitleEnd:
    """Why a round's outcome takes a title: its score, so many rounds running in a grade (`run` before it), or its condition
    no longer holds."""
    title = title_of(document, code)
    assert title is not None
    if title.lost_below_milli is not None and (outcome.score_milli or 0) < title.lost_below_milli:
        return TitleEnd.SCORE
    ranks = plan_of(document).rank_of
    if title.lost_band is not None and outcome.grade is not None and ranks[outcome.grade] >= ranks[title.lost_band]:
        return TitleEnd.BAND if run + 1 >= title.lost_rounds else TitleEnd.UNMET
    return TitleEnd.UNMET


def check_due(title: Title | None, since: date, checked: date | None) -> date | None:
    """The day a held title is due for its next check, from the day it was given or last checked; None where it never is."""
    return due_on(title, checked or since)
