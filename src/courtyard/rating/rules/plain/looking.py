"""What is looked at, how it is marked, how often: said aloud."""

from __future__ import annotations

from collections.abc import Iterable

from courtyard.rating.rules import documents as d
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.plain.words import (
    EVEN_WORDS,
    EVERY_WORDS,
    METHOD_WORDS,
    VISITS_WORDS,
    Said,
    digits,
    month_day,
)

MISSING_WORDS = {
    "renormalise": "有一项没有评的,其余各项按原来的份量折算成 100 份。",
    "not_rated": "除了主人没同意进屋的以外,缺一项的,这一轮整户没有评。没同意进屋的,其余各项按原来的份量折算。",
    "zero": "除了主人没同意进屋的以外,缺一项的,那一项算 0 分。没同意进屋的,其余各项按原来的份量折算。",
}
LEVEL_WORDS = {"town": "镇里", "village": "村里", "group": "村民小组"}


def what(document: SchemeDocument) -> Iterable[Said]:
    """The areas, one by one."""
    for area in document.sheet.areas:
        consent = ";进屋要主人当次同意,没同意就没有评这一项,不算差" if area.consent else ""
        share = f"占 {area.weight} 份" if document.labels_only else f"最多 {area.weight} 分"
        extra = ",是附加分,没有也不少分" if area.extra else ""
        text = f"{area.name},{share}{extra}:{area.looks}{consent}。{_marked(document, area)}"
        yield text, (f"sheet.areas.{area.code}",), area.unpublished
    missing = MISSING_WORDS[document.sheet.missing_area]
    if not document.labels_only:
        missing = missing.replace("折算成 100 份", f"折算成 {decimal_text(document.whole_milli)} 分")
    yield missing, ("sheet.missing_area",), False
    yield "没在家、常年没人住、没领卡参加的,这一轮没有评,不算差。", ("not_rated",), False
    yield "评比员当面改好的(当场改好)只表扬,不记为待整改。", ("mended",), False


def _marked(document: SchemeDocument, area: d.Area) -> str:
    """How one area is marked, where it is not a word alone."""
    marks = document.marks_of(area)
    if marks == "labels":
        return "" if document.labels_only else "这一项评一个字,按字折算。"
    if marks == "scores":
        if not area.items:
            return "这一项打一个分。"
        items = "、".join(
            f"{item.name}最多 {decimal_text(item.most_milli)} 分{'(家里没有的不算这一条)' if item.optional else ''}"
            for item in area.items
        )
        return f"分 {len(area.items)} 条打分:{items}。"
    each = decimal_text(area.each_finding_milli or 0)
    others = [row for row in area.pictures if row.deduct_milli is not None]
    own = "".join(f",{row.name}每处少 {decimal_text(row.deduct_milli or 0)} 分" for row in others)
    usual = f"看到一处少 {each} 分" if area.each_finding_milli is not None else "看到的每处照下面少分"
    return f"从 {area.weight} 分起,{usual}{own},最少剩 {decimal_text(area.least_milli)} 分。"


def how(document: SchemeDocument) -> Iterable[Said]:
    """Labels, several evaluators as one, several visits as one."""
    if document.sheet.labels:
        words = "、".join(f"「{label.name}」算 {decimal_text(label.score_milli)} 分" for label in document.sheet.labels)
        own = any(label.unpublished for label in document.sheet.labels)
        yield f"每位评比员对每一项单独评一个字:{words}。", ("sheet.labels",), own
    else:
        yield "每位评比员对每一项各打各的分。", ("sheet.labels",), False
    aggregate = document.aggregate
    even = f",{EVEN_WORDS[aggregate.even]}" if aggregate.method == "median" else ""
    joined = "各项按份量合成总分" if document.labels_only else "各项加起来是总分"
    yield (
        f"每户应有不少于 {aggregate.raters_least} 人评;有人回避、来的人少了,照样评等次、得积分。同一项几个人的分{METHOD_WORDS[aggregate.method]}{even},"
        f"{digits(aggregate.area_digits, aggregate.rounding)};{joined},"
        f"{digits(aggregate.score_digits, aggregate.rounding)};等次按合成后的总分定。",
        ("aggregate",),
        aggregate.unpublished,
    )
    if document.engine > 1:
        yield f"一期里看了几次的,{VISITS_WORDS[aggregate.visits]}算。", ("aggregate.visits",), aggregate.unpublished
    yield "评比员遇到自己家和亲戚家要回避;亲戚评了的不计入总分。各人评分互相看不到。", ("kin",), False


def often(document: SchemeDocument) -> Iterable[Said]:
    """Full and light rounds, pauses, and who may adopt the scheme."""
    coverage, every = document.coverage, EVERY_WORDS[document.scope.period]
    months = "、".join(str(month) for month in coverage.full_months)
    if len(coverage.full_months) == 12:
        yield f"{every},每轮每户都看。", ("coverage",), coverage.unpublished
    else:
        band = next((one.name for one in document.bands if one.code == coverage.carried_band), coverage.carried_band)
        share = decimal_text(coverage.drawn_share_milli * 100)
        earns = f"没抽到的「{band}」户照上一次的等次得分" if coverage.carried_earns else "没抽到的户这个月没有新增积分"
        most = f";一户最多连着 {coverage.carries_rounds} 轮不看" if coverage.carries_rounds else ""
        yield (
            f"{every}。{months} 月每户都看;其余月份只看上一次没评「{band}」的户,再从「{band}」户里抽 {share}%,事先不公布;{earns}{most}。",
            ("coverage",),
            coverage.unpublished,
        )
    for pause in coverage.pauses:
        yield (
            f"{pause.name}不评:{month_day(pause.since)}到 {month_day(pause.until)}。",
            ("coverage.pauses",),
            coverage.unpublished,
        )
    if document.engine > 1:
        levels = "、".join(LEVEL_WORDS[level] for level in document.scope.levels)
        yield f"本办法由{levels}的会议通过。", ("scope.levels",), False
