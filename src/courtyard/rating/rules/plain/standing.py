"""Lists, titles, prizes, the steps before a list, the card, what was asked and what a village may decide: said aloud."""

from __future__ import annotations

from collections.abc import Iterable

from courtyard.rating.rules import documents as d
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.plain.words import REACH_WORDS, Said, name_of, when, yuan

LATE_WORDS = {"review": "由另一个人看过再定", "next_round": "算到下一期", "dropped": "不算"}
CHANGE_WORDS = {"old": "这一期按旧办法算完", "new": "这一期就按新办法算"}
MENDED_WORDS = {
    "nothing": "什么也不恢复",
    "entry": "当天下榜,分不补",
    "points": "补回积分",
    "both": "当天下榜,也补回积分",
}
DISPUTED_WORDS = {"counts": "先算上,标明有异议", "waits": "先不算,等有了结果再算"}
PART_WORDS = {
    "coverage": "看哪些户", "deeds": "事项", "rewards": "换什么", "process": "公示以前的步骤", "sheet": "评分表",
    "bands": "等次", "awards": "得分", "caps": "封顶", "lists": "榜", "titles": "称号", "card": "卡", "budget": "预算",
}  # fmt: skip


def lists(document: SchemeDocument) -> Iterable[Said]:
    """Both lists, titles, prizes."""
    for rule in document.lists:
        yield _list(document, rule), (f"lists.{rule.code}",), rule.unpublished
    for title in document.titles:
        yield _title(document, title), (f"titles.{title.code}",), title.unpublished
    for prize in document.prizes:
        money = f"奖 {yuan(prize.amount_fen)}" if prize.amount_fen else "奖一份"
        text = f"{prize.name}:{when(document, prize)},{money};记在这里,另外发,不是积分。"
        yield text, (f"prizes.{prize.code}",), prize.unpublished


def _list(document: SchemeDocument, rule: d.ListRule) -> str:
    if rule.kind == "band" and rule.band is not None and not rule.or_better:
        cause = f"这一轮评为「{name_of(document.bands, rule.band)}」"
    else:
        cause = when(document, rule)
    if rule.listing == "black" and rule.kind == "last":  # who is last without being poor is never on it
        cause += f"、并且评为「{document.bands[-1].name}」"
    check = ",并且抽查合格" if rule.recheck and rule.kind == "band" and not rule.or_better else ""
    raters = f"{cause}{check}、有不少于 {rule.raters_least} 人评的"
    kin = "、没有亲戚参评" if rule.kin_excluded else ""
    if rule.listing == "red":
        return f"{rule.name}:{raters}{kin}。户主同意才写名字,不同意的只计户数。"
    finding = "、评差的每一项都有写明的事实" if rule.needs_finding else ""
    return (
        f"{rule.name}:{raters}{finding}{kin},才进入公示前的步骤。{REACH_WORDS[rule.reach]}。"
        "列入照顾名单的、已说一个人弄不动还没等到帮手的,不上这个榜,村里来帮。"
    )


def _title(document: SchemeDocument, title: d.Title) -> str:
    plain = title.kind == "streak" and not (title.or_better or title.recheck) and title.repeats == "anew"
    if plain and document.engine == 1:
        return f"{title.name}候选:连续 {title.rounds} 轮评为「{name_of(document.bands, title.band)}」。"
    parts = [f"{title.name}:{when(document, title)}的给"]
    if title.recheck_months:
        parts.append(f";每 {title.recheck_months} 个月复查一次")
    if title.lost_below_milli is not None:
        parts.append(f";复查或评比不到 {decimal_text(title.lost_below_milli)} 分的收回")
    if title.lost_band is not None:
        rounds = f"连续 {title.lost_rounds} 轮" if title.lost_rounds > 1 else ""
        parts.append(f";{rounds}评为「{name_of(document.bands, title.lost_band)}」或更低的收回")
    if title.while_met:
        parts.append(";不再符合的当期收回")
    return "".join(parts) + "。"


def steps(document: SchemeDocument) -> Iterable[Said]:
    """Due process, with its days."""
    process = document.process
    yield (
        f"先由另一组两个人再看一次,不是差的就此了结;仍是差的,书面告知本户,等 {process.notice_working_days} 个工作日;"
        f"本户口头、书面、电话、托人都可以提异议,一提就停下,{process.objection_working_days} 个工作日内由没评过的人答复;"
        f"还不同意,可请镇里在 {process.town_second_look_working_days} 个工作日内再看一次;以后才可以公示。",
        ("process.notice_working_days", "process.objection_working_days", "process.town_second_look_working_days"),
        process.unpublished,
    )
    yield (
        f"看到的情况请在 {process.mend_days} 天内改。改好了说一声,复查后当天下榜;最长公示 {process.expiry_days} 天,到期自动下榜。",
        ("process.mend_days", "process.expiry_days"),
        process.unpublished,
    )


def card(document: SchemeDocument) -> Iterable[Said]:
    """The card's name and what it is not."""
    text = f"卡的名称是「{document.card.name}」:{document.card.disclaimer}。不领卡就是不参加,不算差。"
    yield text, ("card",), False


def answers(document: SchemeDocument) -> Iterable[Said]:
    """What every scheme leaves open, as far as this one says it."""
    said = document.answers
    if said.late is not None:
        yield f"关账以后才报来的,{LATE_WORDS[said.late]}。", ("answers.late",), False
    if said.rule_change is not None:
        yield f"一期没完、办法改了的,{CHANGE_WORDS[said.rule_change]}。", ("answers.rule_change",), False
    if said.mended is not None:
        yield f"改好了的,{MENDED_WORDS[said.mended]}。", ("answers.mended",), False
    if said.disputed is not None:
        yield f"提了异议还没有结果的,{DISPUTED_WORDS[said.disputed]}。", ("answers.disputed",), False
    if document.engine > 1:
        points = "加在一起" if document.merge.points == "sum" else "取多的一户"
        streak = "接着长的一户算" if document.merge.streak == "longer" else "从头算"
        yield f"两户并成一户的,积分{points},连续的轮数{streak}。", ("merge",), False
    yield from _frame(document)


def _frame(document: SchemeDocument) -> Iterable[Said]:
    frame = document.frame
    if frame is None:
        return
    rooms = "、".join(
        f"{_where(document, room.clause)}({decimal_text(room.least_milli)} 到 {decimal_text(room.most_milli)})"
        for room in frame.may
    )
    if rooms:
        yield f"村里可以自己定这几个数:{rooms}。", ("frame.may",), False
    if frame.own_deeds_most:
        text = f"村里可以自加不超过 {frame.own_deeds_most} 条事项,每条不超过 {decimal_text(frame.own_points_most_milli)} 分。"
        yield text, ("frame.own_deeds_most",), False
    if frame.free:
        parts = "、".join(PART_WORDS.get(part, part) for part in frame.free)
        yield f"村里可以自己写:{parts}。其余照镇里的办法,一字不改。", ("frame.free",), False


def _where(document: SchemeDocument, clause: str) -> str:
    """A clause's path in the words of the page: awards[good].points → 「这一轮评为好」的分."""
    part, _, rest = clause.partition("[")
    code, _, key = rest.partition("].")
    rows = getattr(document, part, ())
    name = next((row.name for row in rows if getattr(row, "code", "") == code and hasattr(row, "name")), "")
    if not name:
        return clause
    words = {"points": "的分", "least": "的下限", "most": "的上限"}
    return f"「{name}」{words.get(key, '的 ' + key)}"
