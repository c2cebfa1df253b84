"""The words a scheme is said in: what each choice of a clause means to somebody who hears it read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from courtyard.rating.rules import documents as d
from courtyard.rating.rules.documents import Condition, SchemeDocument, decimal_text

# A sentence, the clauses it says, whether its number is our own choice.
Said = tuple[str, tuple[str, ...], bool]
PERIOD_WORDS = {"week": "这一周", "month": "这一轮", "quarter": "这一季", "year": "这一年"}
EVERY_WORDS = {"week": "每周一轮", "month": "每月一轮", "quarter": "每季一轮", "year": "每年一轮"}
REACH_WORDS = {
    "private": "只告诉本户,不公示",
    "hamlets": "只公布各湾、各组各有几处,不写户、不写事",
    "findings": "只写事、不写人,并写明已改几处",
    "names": "写户主姓名(须先有村民会议决议、到期日和影响评估)",
}
METHOD_WORDS = {
    "mean": "取平均",
    "trimmed_mean": "四人及以上去掉一个最高、一个最低再取平均,不到四人直接取平均",
    "median": "取中间的一个",
    "consensus": "要都一样,不一样的这一项算没有评",
}
EVEN_WORDS = {
    "mean": "人数是双数时取中间两个的平均",
    "better": "人数是双数时取中间两个里好的一个",
    "worse": "人数是双数时取中间两个里低的一个",
}
ROUNDING_WORDS = {"half_up": "四舍五入", "half_even": "四舍六入、逢五取双", "down": "直接舍去", "up": "进一"}
VISITS_WORDS = {
    "mean": "取几次的平均",
    "last": "按最后一次",
    "best": "按最好的一次",
    "worst": "按最低的一次",
    "sum": "几次加起来",
}
WITHIN_WORDS = {"group": "全组", "village": "全村", "town": "全镇"}
PER_WORDS = {
    "round": "一轮", "day": "一天", "week": "一周", "month": "一个月", "quarter": "一季", "year": "一个自然年", "ever": "一共"
}  # fmt: skip
SAME_WORDS = {
    "event": "同一回事", "day": "同一天", "week": "同一周", "month": "同一个月", "quarter": "同一季", "year": "同一年", "ever": "从头到尾"
}  # fmt: skip
SHORT_WORDS = {
    "wait": "村里的预算不够发一轮的,等次和榜单照旧,全村这一轮的积分一起待发,补足了再一起发,不分先后。",
    "factor": (
        "村里的预算不够发一轮的,等次和榜单照旧,这一轮全村每一笔得分都按同一个比例发(剩下的预算除以这一轮要发的分),"
        "每一笔不足 1 分的舍去;少发的不再补。"
    ),
}


def listed(words: Iterable[str]) -> str:
    """Words joined as people list them."""
    return "、".join(f"「{word}」" for word in words)


def name_of(rows: Sequence[d.Band] | Sequence[d.Area] | Sequence[d.Ledger] | Sequence[d.Title] | Sequence[d.Star],
            code: str | None) -> str:  # fmt: skip
    """The name of a clause by its code."""
    return next((row.name for row in rows if row.code == code), str(code))


def month_day(text: str) -> str:
    """01-10 → 1 月 10 日."""
    month, day = text.split("-")
    return f"{int(month)} 月 {int(day)} 日"


def yuan(fen: int) -> str:
    """Fen as yuan: 500 → 5 元."""
    return f"{decimal_text(fen * 10)} 元"


def digits(count: int, rounding: str) -> str:
    """How a number is kept."""
    kept = f"保留 {count} 位小数" if count else "取整数"
    return f"{kept},余下{ROUNDING_WORDS[rounding]}"


def bounds(least_milli: int | None, most_milli: int | None, includes: str) -> str:
    """Two bounds with their ends said, e.g. 60 分(含)到 85 分(不含); an open one is above or below."""
    low = "含" if includes in ("least", "both") else "不含"
    high = "含" if includes in ("most", "both") else "不含"
    if least_milli is None and most_milli is None:
        return "不论几分"
    if least_milli is None:
        return f"{decimal_text(most_milli or 0)} 分({high})以下"
    if most_milli is None:
        return f"{decimal_text(least_milli)} 分({low})以上"
    return f"{decimal_text(least_milli)} 分({low})到 {decimal_text(most_milli)} 分({high})"


def band_words(band: d.Band) -> str:
    """The bounds of a band with their ends said."""
    return bounds(band.least_milli, band.most_milli, band.includes)


def when(document: SchemeDocument, rule: Condition) -> str:
    """When a clause applies, as a clause of a sentence: 这一轮评为「好」."""
    kind = getattr(rule, "kind", "band")
    this = PERIOD_WORDS[document.scope.period]
    least = decimal_text(rule.least_milli or 0)
    said = {
        "band": lambda: f"{this}评为{_band(document, rule)}",
        "streak": lambda: f"连续 {rule.rounds} 轮评为{_band(document, rule)}{_repeats(rule)}",
        "improvement": lambda: "比上一次升了等次",
        "better_by": lambda: f"比上一次高 {least} 分或更多",
        "once": lambda: f"头一次评为{_band(document, rule)}",
        "score_least": lambda: f"{this}总分到 {least} 分",
        "score": lambda: f"{this}评了分",
        "area": lambda: f"「{name_of(document.sheet.areas, rule.area)}」到 {least} 分",
        "first": lambda: _rank(document, rule, "前"),
        "last": lambda: _rank(document, rule, "后"),
        "list": lambda: "可以上红榜" if rule.listing == "red" else "列为黑榜候选",
        "title": lambda: f"得了「{name_of(document.titles, rule.title)}」",
        "points": lambda: f"{name_of(document.ledgers, rule.ledger_of)}头一次到 {least} 分",
    }[kind]()
    return said + (",并且这一期抽查过、抽查合格" if rule.recheck else "")


def _band(document: SchemeDocument, rule: Condition) -> str:
    return f"「{name_of(document.bands, rule.band)}」" + ("或更好" if rule.or_better else "")


def _repeats(rule: Condition) -> str:
    return {"anew": "", "once": "(只算头一次)", "each": "(从那以后每轮都算)"}[rule.repeats]


def _rank(document: SchemeDocument, rule: Condition, end: str) -> str:
    where = WITHIN_WORDS[rule.within]
    count = f"{rule.count} 名" if rule.count is not None else f"{decimal_text((rule.share_milli or 0) * 100)}%"
    ties = "并列在界上的都算" if rule.ties == "all" else "并列在界上的都不算"
    small = "评了的户不够这个数就不排" if rule.small == "nobody" else "评了的户不够这个数就有几户算几户"
    band = ""
    if rule.band is not None:
        worse = "或更低" if end == "后" else "或更好"
        band = f"、又评为「{name_of(document.bands, rule.band)}」{worse if rule.or_better else ''}"
    return f"排在{where}{end} {count}{band}({ties};{small})"
