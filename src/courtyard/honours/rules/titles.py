"""Titles a home holds (称号): why one is lost, how it comes back, when it is checked again. No title is lost in public."""

from __future__ import annotations

from datetime import date

from courtyard.kernel.choices import Choice
from courtyard.rating.rules.checks import due_on, title_of
from courtyard.rating.rules.documents import SchemeDocument, Title, decimal_text
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.facts import Outcome
from courtyard.rating.rules.plain.words import PERIOD_WORDS, name_of, when


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


def told_lost(document: SchemeDocument, title: Title, why: TitleEnd) -> str:
    """Why a title was lost, in the household's own words; said to it alone."""
    least = decimal_text(title.lost_below_milli) if title.lost_below_milli is not None else ""
    if why is TitleEnd.SCORE:
        return f"这一轮的分不到 {least} 分"
    if why is TitleEnd.CHECK:
        return f"复查来的两个人看的分不到 {least} 分"
    if why is TitleEnd.BAND and title.lost_band is not None:
        rounds = f"连续 {title.lost_rounds} 轮" if title.lost_rounds > 1 else "这一轮"
        return f"{rounds}评为「{name_of(document.bands, title.lost_band)}」或更低"
    if why is TitleEnd.CORRECTED:
        return "给它的那一轮结果更正了"
    return f"{when(document, title)}的才挂,这一轮没有做到"


def comes_back(document: SchemeDocument, title: Title) -> str:
    """How a title that was lost is won again."""
    if title.kind == "streak" and title.repeats == "once":
        return "按办法它一户只给一次;别的称号照样可以得"
    said, this = when(document, title), PERIOD_WORDS[document.scope.period]
    return f"以后哪一轮{said.removeprefix(this)},就再挂上" if said.startswith(this) else f"以后{said},就再挂上"
