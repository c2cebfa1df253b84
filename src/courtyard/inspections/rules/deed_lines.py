"""What a deed counts, said in plain Chinese: in which ledger, how much, and why not more."""

from __future__ import annotations

from datetime import date

from courtyard.rating.rules import story
from courtyard.rating.rules.documents import DeedRule, SchemeDocument, decimal_text
from courtyard.rating.rules.documents.earning import Price

WHY = {
    story.DEDUPED: "同一回事记了几条,只算最高的",
    story.LATE: "报来晚了,不算",
    story.WAITS: "报来晚了,等另一个人看过再算",
    story.DISPUTED: "有意见,答复以前先不算",
    story.MENDED: "改好了,按办法改算",
    story.RECORDED: "这本账减分只记下来,不从账上减",
}


def count_line(
    document: SchemeDocument, ledger: str, milli: int, cut_milli: int, cut_by: str, why: str, until: date | None
) -> str:
    """One ledger's line: 「积分」减 10 分(改好了,按办法改算)."""
    name = next((one.name for one in document.ledgers if one.code == ledger), ledger)
    if milli > 0:
        said = f"「{name}」得 {decimal_text(milli)} 分"
    elif milli < 0:
        said = f"「{name}」减 {decimal_text(-milli)} 分"
    else:
        said = f"「{name}」没有变"
    beside = [WHY[why]] if why in WHY else []
    if cut_by and cut_milli:
        left = decimal_text(abs(cut_milli))
        beside.append(f"到了封顶,少{'记' if cut_milli > 0 else '减'} {left} 分")
    if milli < 0 and _stops(document, ledger):
        beside.append("减到 0 为止")
    if until is not None and milli:
        beside.append(f"算到 {until.isoformat()}")
    return said + (f"({';'.join(beside)})" if beside else "")


def _stops(document: SchemeDocument, ledger: str) -> bool:
    return any(one.code == ledger and one.negative == "floor" for one in document.ledgers)


def worth_line(rule: DeedRule, price: Price | None = None) -> str:
    """What a deed is worth, in a few words beside its name: 5 分 · 每 10 元 0.5 分 · 每公斤 1.4 元."""
    points = f"{'减 ' if rule.points_milli < 0 else ''}{decimal_text(abs(rule.points_milli))} 分"
    unit = rule.unit or "份"
    if price is not None:
        return f"每{unit} {decimal_text(price.price_milli)} 元"
    if rule.per_milli is not None:
        return f"每 {decimal_text(rule.per_milli)} {unit} {points}"
    return points + (",按人口算" if rule.per_member else "")
