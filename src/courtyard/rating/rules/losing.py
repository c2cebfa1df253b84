"""Why a title is lost and how it comes back, in the household's own words; said to it alone."""

from __future__ import annotations

from courtyard.rating.rules.checks import title_of
from courtyard.rating.rules.documents import SchemeDocument, Title, decimal_text
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.plain.words import PERIOD_WORDS, name_of, when

SCORE, BAND, UNMET, CHECK, CORRECTED = "score", "band", "unmet", "check", "corrected"


def why_lost(document: SchemeDocument, code: str, grade: str | None, score_milli: int | None, run: int) -> str:
    """Why a round takes a title: its score, so many rounds running in a grade (`run` before it), or its condition no
    longer holds."""
    title = title_of(document, code)
    assert title is not None
    if title.lost_below_milli is not None and (score_milli or 0) < title.lost_below_milli:
        return SCORE
    ranks = plan_of(document).rank_of
    low = title.lost_band is not None and grade is not None and ranks[grade] >= ranks[title.lost_band]
    return BAND if low and run + 1 >= title.lost_rounds else UNMET


def told_lost(document: SchemeDocument, title: Title, why: str) -> str:
    """Why a title was lost, as the clause of a sentence."""
    least = decimal_text(title.lost_below_milli) if title.lost_below_milli is not None else ""
    this = PERIOD_WORDS[document.scope.period]
    if why == SCORE:
        return f"{this}的分不到 {least} 分"
    if why == CHECK:
        return f"复查来的两个人看的分不到 {least} 分"
    if why == BAND and title.lost_band is not None:
        rounds = f"连续 {title.lost_rounds} 轮" if title.lost_rounds > 1 else this
        return f"{rounds}评为「{name_of(document.bands, title.lost_band)}」或更低"
    if why == CORRECTED:
        return "给它的那一轮结果更正了"
    return f"{when(document, title)}的才挂,{this}没有做到"


def comes_back(document: SchemeDocument, title: Title) -> str:
    """How a title that was lost is won again."""
    if title.kind == "streak" and title.repeats == "once":
        return "按办法它一户只给一次;别的称号照样可以得"
    said, this = when(document, title), PERIOD_WORDS[document.scope.period]
    return f"以后哪一轮{said.removeprefix(this)},就再挂上" if said.startswith(this) else f"以后{said},就再挂上"
