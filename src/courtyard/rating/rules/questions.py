"""What every scheme leaves open and its authors must be asked (DOMAIN §3): each question, and what the document answers.

A question is answered where the document says so, or where the format itself has one answer for all; what a key says that
was left out is told too, so that an author sees what it comes to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from courtyard.rating.rules.documents import Band, SchemeDocument, Star, decimal_text
from courtyard.rating.rules.naming import conditions


@dataclass(frozen=True)
class Question:
    """One question in plain Chinese: whether it is answered, the answer, the clause that answers it, what to write there."""

    code: str
    text: str
    answered: bool
    answer: str
    clause: str
    write: str


ROUNDINGS = {"half_up": "四舍五入", "half_even": "逢五取双", "down": "舍去", "up": "进一"}
MISSING = {
    "renormalise": "其余各项按份量折算成全部",
    "not_rated": "整户这一期没有评(没同意进屋的除外)",
    "zero": "这一项算 0 分(没同意进屋的除外)",
}
TIES = {"all": "都算", "none": "都不算"}
NEGATIVES = {"floor": "减到零为止", "debt": "可以减到零以下,以后先补上", "record": "只记下来,不减"}
VISITS = {"mean": "取平均", "last": "按最后一次", "best": "按最好的一次", "worst": "按最差的一次", "sum": "加在一起"}
LATES = {"review": "另一个人看过再定", "next_round": "算到下一期", "dropped": "不算"}
CHANGES = {"old": "这一期按旧办法算完", "new": "这一期就按新办法"}
RESTORES = {"nothing": "什么也不恢复", "entry": "下榜", "points": "还积分", "both": "下榜,也还积分"}
DISPUTES = {"counts": "先算上,标明有异议", "waits": "等有了结果再算"}
SHORTS = {"wait": "全村一起待发", "factor": "全村按同一个比例发"}
SUMS = {"sum": "加在一起", "larger": "取多的一户"}
STREAKS = {"longer": "接着长的算", "ends": "断了重来"}


def questions(document: SchemeDocument) -> tuple[Question, ...]:
    """The open questions in the order an author is asked them."""
    return tuple(ask(document) for ask in _QUESTIONS)


def _told(code: str, text: str, answer: str, clause: str, write: str = "") -> Question:
    return Question(code, text, True, answer, clause, write)


def _asked(code: str, text: str, held: str | None, words: dict[str, str], clause: str) -> Question:
    """A question a key answers or leaves open."""
    write = "、".join(f"{key}({word})" for key, word in words.items())
    return Question(code, text, held is not None, words[held] if held is not None else "", clause, write)


def span(rung: Band | Star) -> str:
    """The bounds of a band or star with their ends said: 60(含)到 85(不含)."""
    low = "含" if rung.includes in ("least", "both") else "不含"
    high = "含" if rung.includes in ("most", "both") else "不含"
    if rung.least_milli is None:
        return f"到 {decimal_text(rung.most_milli)}({high})" if rung.most_milli is not None else "不论多少"
    if rung.most_milli is None:
        return f"{decimal_text(rung.least_milli)}({low})以上"
    return f"{decimal_text(rung.least_milli)}({low})到 {decimal_text(rung.most_milli)}({high})"


def _bounds(document: SchemeDocument) -> Question:
    rungs: list[Band | Star] = [*document.bands, *document.stars]
    answer = ";".join(f"「{rung.name}」{span(rung)}" for rung in rungs)
    return _told("bounds", "正好在界上的分数归哪一等?", answer, "bands")


def _rounding(document: SchemeDocument) -> Question:
    rules = document.aggregate
    kept = "、".join(
        f"{what}{f'保留 {digits} 位小数' if digits else '取整数'}"
        for what, digits in (("每一项", rules.area_digits), ("总分", rules.score_digits))
    )
    return _told("rounding", "除不尽的分怎么进位?", f"{kept},余下的{ROUNDINGS[rules.rounding]}", "aggregate.rounding")


def _missing(document: SchemeDocument) -> Question:
    answer = MISSING[document.sheet.missing_area]
    return _told("missing_area", "有一项没有看到,怎么算?", answer, "sheet.missing_area")


def _ties(document: SchemeDocument) -> Question:
    ranked = [(clause, rule.ties) for clause, rule in conditions(document) if rule.kind in ("first", "last")]
    if not ranked:
        return _told("ties", "名次并列怎么办?", "没有按名次定的", "ranking")
    answer = ";".join(f"{clause}:{TIES[ties]}" for clause, ties in ranked)
    return _told("ties", "最后一个名额上有几户并列,怎么办?", answer, f"{ranked[0][0]}.ties")


def _cap(document: SchemeDocument) -> Question:
    answer = "按得到的算,不按余额算" if document.caps else "没有封顶"
    return _told("cap", "封顶管的是得到的分,还是手里的余额?", answer, "caps")


def _below_zero(document: SchemeDocument) -> Question:
    text = "减分减到零以下怎么办?"
    taken = {rule.ledger for rule in document.awards if rule.points_milli < 0}
    for deed in document.deeds:
        if min(deed.points_milli, deed.mended_points_milli or 0) < 0:
            taken |= {deed.ledger, *deed.also}
    rows = [ledger for ledger in document.ledgers if ledger.code in taken]
    if not rows:
        return _told("below_zero", text, "没有减分的", "ledgers")
    answer = ";".join(f"{ledger.name}:{NEGATIVES[ledger.negative]}" for ledger in rows)
    return _told("below_zero", text, answer, f"ledgers[{rows[0].code}].negative")


def _visits(document: SchemeDocument) -> Question:
    return _told("visits", "一期里看了两次,算哪一次?", VISITS[document.aggregate.visits], "aggregate.visits")


def _late(document: SchemeDocument) -> Question:
    return _asked("late", "关账以后才报来的怎么办?", document.answers.late, LATES, "answers.late")


def _rule_change(document: SchemeDocument) -> Question:
    held = document.answers.rule_change
    return _asked("rule_change", "一期还没完,办法改了,这一期按哪个算?", held, CHANGES, "answers.rule_change")


def _mended(document: SchemeDocument) -> Question:
    return _asked("mended", "改好了,恢复积分、下榜,还是都恢复?", document.answers.mended, RESTORES, "answers.mended")


def _disputed(document: SchemeDocument) -> Question:
    held = document.answers.disputed
    return _asked("disputed", "提了异议还没有结果的,先算还是不算?", held, DISPUTES, "answers.disputed")


def _budget(document: SchemeDocument) -> Question:
    held = None if document.budget is None else document.budget.short
    return _asked("budget", "村里的预算不够发一轮积分,怎么办?", held, SHORTS, "budget.short")


def _merge(document: SchemeDocument) -> Question:
    rule, each = document.merge, document.account == "person"
    points = "积分记在人名下,跟着人走" if each else f"两户的积分{SUMS[rule.points]}"
    answer = f"{points};连续的轮数{STREAKS[rule.streak]}"
    return _told("merge", "两户并成一户,积分和连续的轮数怎么算?", answer, "merge")


_QUESTIONS: tuple[Callable[[SchemeDocument], Question], ...] = (
    _bounds, _rounding, _missing, _ties, _cap, _below_zero, _visits, _late, _rule_change, _mended, _disputed, _budget, _merge,
)  # fmt: skip
