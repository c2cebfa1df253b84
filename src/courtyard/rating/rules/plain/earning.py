"""What earns points, how much at most, and what becomes of them: said aloud."""

from __future__ import annotations

from collections.abc import Iterable

from courtyard.rating.rules import documents as d
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.plain.words import (
    PER_WORDS,
    SAME_WORDS,
    SHORT_WORDS,
    Said,
    listed,
    month_day,
    name_of,
    when,
    yuan,
)

NEGATIVE_WORDS = {
    "floor": "减到 0 为止,不会减到零以下",
    "debt": "可以减到零以下,以后得的分先补上",
    "record": "减分只记下来,不从账上减",
}


def points(document: SchemeDocument) -> Iterable[Said]:
    """Awards, times they count more, caps, deeds, and where the budget is short."""
    for rule in document.awards:
        yield _award(document, rule), (f"awards.{rule.code}",), rule.unpublished
    for multiplier in document.multipliers:
        since = "一户头" if multiplier.since == "joined" else "办法起用后头"
        which = listed(rule.name for rule in document.awards if rule.code in multiplier.awards) or "各项"
        text = (
            f"{multiplier.name}:{since} {multiplier.periods} 期,{which}得分乘 {decimal_text(multiplier.factor_milli)}。"
        )
        yield text, (f"multipliers.{multiplier.code}",), multiplier.unpublished
    for cap in document.caps:
        yield _cap(document, cap), (f"caps.{cap.code}",), cap.unpublished
    for deed in document.deeds:
        yield _deed(document, deed), (f"deeds.{deed.code}",), deed.unpublished
    yield from _several(document)
    minus = any(rule.points_milli < 0 for rule in (*document.awards, *document.deeds))
    streaks = "没有评的一轮不算进连续,也不打断连续。" + ("" if minus else "积分只有得,没有减。")
    yield streaks, ("streaks",), False
    budget = document.budget
    source = ""
    if budget is not None and budget.source:
        share = f"的 {decimal_text(budget.source_share_milli * 100)}%" if budget.source_share_milli is not None else ""
        source = f"发积分的钱来自{budget.source}{share}。"
    yield (
        source + SHORT_WORDS["factor" if document.cuts else "wait"],
        ("budget",),
        budget is not None and budget.unpublished,
    )


def _gained(milli: int) -> str:
    if milli == 0:
        return "没有新增积分"
    return f"得 {decimal_text(milli)} 分" if milli > 0 else f"减 {decimal_text(-milli)} 分"


def _award(document: SchemeDocument, rule: d.AwardRule) -> str:
    again = ";满了以后从头再数" if rule.kind == "streak" and rule.repeats == "anew" else ""
    steps = ""
    if rule.kind == "improvement":
        steps = f"(每升 {rule.steps} 等算一次)" if rule.each_step else f"(升 {rule.steps} 等或更多,都只算一次)"
    cause = "" if document.engine == 1 else when(document, rule)
    told = f":{cause}" if cause and cause.replace("「", "").replace("」", "") != rule.name else ""
    gained = _gained(rule.points_milli)
    if rule.kind == "score":
        more = f",另加 {decimal_text(rule.points_milli)} 分" if rule.points_milli > 0 else ""
        gained = f"总分每 1 分折 {decimal_text(rule.rate_milli or 0)} 分{more}"
    return f"{rule.name}{steps}{told},{gained}{_extras(document, rule)}{again}。"


def _extras(document: SchemeDocument, rule: d.AwardRule | d.DeedRule) -> str:
    """What both awards and deeds may say beside their number."""
    parts = []
    if rule.per_member:
        parts.append("家里几口人算几份")
    if rule.valid_months:
        parts.append(f"{rule.valid_months} 个月后不再算")
    if len(document.ledgers) > 1:
        parts.append(f"记入{name_of(document.ledgers, rule.ledger)}")
    return "".join(f",{part}" for part in parts)


def _cap(document: SchemeDocument, cap: d.Cap) -> str:
    name = name_of(document.ledgers, cap.ledger)
    if not (cap.awards or cap.deeds or cap.category or cap.taken) and cap.per == "year" and cap.owner == "account":
        who = "一户" if document.account == "household" else "一人"
        return f"{who}一个自然年最多得 {decimal_text(cap.points_milli)} 分{name},按得到的算,不按余额算;超过的部分不计。"
    who = "一户" if cap.owner == "household" or document.account == "household" else "一人"
    which = [rule.name for rule in document.awards if rule.code in cap.awards]
    which += [
        deed.name
        for deed in document.deeds
        if deed.code in cap.deeds or (cap.category and deed.category == cap.category)
    ]
    what = f"{listed(which)}{'合起来' if len(which) > 1 else ''}" if which else ""
    verb = "减" if cap.taken else "得"
    return f"{what}{who}{PER_WORDS[cap.per]}最多{verb} {decimal_text(cap.points_milli)} 分{name},按{verb}的算,不按余额算;超过的部分不计。"


def _deed(document: SchemeDocument, deed: d.DeedRule) -> str:
    evidence = ",要写明凭据" if deed.needs_evidence else ""
    helping = ";帮好了邻居一户,就记这一项" if deed.helping else ""
    year = f",这一项一户一个自然年最多得 {deed.year_points} 分" if deed.year_points is not None else ""
    added = "(本村自加)" if deed.added else ""
    return (
        f"评比以外的事项「{deed.name}」{added},{_each(deed)}{year}{_deed_extras(document, deed)}{helping}"
        f"{evidence};由另一级的人确认了才算{_in_the_year(document, deed)}。"
    )


def _in_the_year(document: SchemeDocument, deed: d.DeedRule) -> str:
    """Where a deed counts towards what may be earned in a year altogether."""
    whole = any(
        cap.ledger == deed.ledger and cap.per == "year" and not (cap.awards or cap.deeds or cap.category or cap.taken)
        for cap in document.caps
    )
    return ",也算在一年最多得的分里" if deed.points_milli > 0 and (whole or document.engine == 1) else ""


def _each(deed: d.DeedRule) -> str:
    """What one deed gives."""
    gained = _gained(deed.points_milli)
    if deed.prices:
        rows = "、".join(
            f"{row.name}{row.since} 起 {decimal_text(row.price_milli)} 元{'(自定)' if row.unpublished else ''}"
            for row in deed.prices
        )
        return f"按价目折成钱(每{deed.unit or '份'}:{rows}),每 1 元{gained},零头舍去"
    if deed.per_milli is not None:
        return f"每满 {decimal_text(deed.per_milli)} {deed.unit or '份'}{gained},不满的不算"
    return f"一次{gained}" + (f"(单位:{deed.unit})" if deed.unit else "")


def _deed_extras(document: SchemeDocument, deed: d.DeedRule) -> str:
    parts = [_extras(document, deed)]
    if deed.also:
        parts.append(f",同时记入{listed(name_of(document.ledgers, code) for code in deed.also)}")
    if deed.category:
        same = [one.name for one in document.deeds if one.category == deed.category and one is not deed]
        parts.append(f",和{listed(same)}算一类" if same else "")
    if deed.until_mended:
        parts.append(",没改好以前不过期")
    if deed.direct:
        parts.append(f";直接定为「{name_of(document.stars, deed.direct)}」,到改好为止")
    if deed.mended_points_milli is not None:
        later = deed.mended_points_milli
        parts.append(f";改好以后改算{'减' if later < 0 else ''} {decimal_text(abs(later))} 分")
    return "".join(parts)


def _several(document: SchemeDocument) -> Iterable[Said]:
    """Only the highest, and the same again."""
    for row in document.dedupes:
        which = _which(document, row)
        yield (
            f"{row.name}:{SAME_WORDS[row.within]}里{which}有几条的,只算最高的一条。",
            (f"dedupes.{row.code}",),
            False,
        )
    for one in document.repeats:
        more = ",第三次起再乘" if one.compounds else ""
        text = (
            f"{one.name}:{PER_WORDS[one.within]}里{_which(document, one)}再有同一条的,"
            f"从第二次起乘 {decimal_text(one.factor_milli)}{more}。"
        )
        yield text, (f"repeats.{one.code}",), one.unpublished


def _which(document: SchemeDocument, row: d.Dedupe | d.Repeat) -> str:
    names = [
        deed.name
        for deed in document.deeds
        if deed.code in row.deeds or (row.category and deed.category == row.category)
    ]
    return listed(names) or "各事项"


def spending(document: SchemeDocument) -> Iterable[Said]:
    """Ledgers, what points buy, when, what is shut, what lapses and falls."""
    for ledger in document.ledgers:
        yield _ledger(document, ledger), (f"ledgers.{ledger.code}",), ledger.unpublished
    for reset in document.resets:
        days = "、".join(month_day(day) for day in reset.days)
        keep = f"留 {decimal_text(reset.keep_share_milli * 100)}%,不足 1 分的舍去" if reset.keep_share_milli else "清零"
        name = name_of(document.ledgers, reset.ledger)
        yield f"每年 {days}晚上,{name}的余额{keep}。", (f"resets.{reset.code}",), reset.unpublished
    for window in document.windows:
        text = (
            f"{name_of(document.ledgers, window.ledger)}在 {month_day(window.since)}到 {month_day(window.until)}之间可以换,"
            "别的日子不换。"
        )
        yield text, (f"windows.{window.code}",), window.unpublished
    for gate in document.gates:
        rungs = [f"等次在「{name_of(document.bands, gate.band)}」以下"] if gate.band else []
        rungs += [f"星级在「{name_of(document.stars, gate.star)}」以下"] if gate.star else []
        shuts = "、".join({"redeem": "先不换东西", "awards": "不新增积分"}[one] for one in gate.shuts)
        yield f"{gate.name}:{'或'.join(rungs)}的,{shuts},以前的积分都在。", (f"gates.{gate.code}",), gate.unpublished
    for reward in document.rewards:
        cash = f",另付 {yuan(reward.cash_fen)}" if reward.cash_fen else ""
        since = f"({reward.since} 起)" if reward.since else ""
        book = f",用{name_of(document.ledgers, reward.ledger)}" if len(document.ledgers) > 1 else ""
        yield (
            f"「{reward.name}」{since} {reward.points} 分{cash}{book}。",
            (f"rewards.{reward.code}",),
            reward.unpublished,
        )


def _ledger(document: SchemeDocument, ledger: d.Ledger) -> str:
    owner = "户上" if document.account == "household" else "各人名下"
    worth = f",1 分大约能换值 {decimal_text(ledger.worth_fen * 10)} 元的东西" if ledger.worth_fen is not None else ""
    base = f";从 {decimal_text(ledger.base_milli)} 分起" if ledger.base_milli else ""
    minus = f";{NEGATIVE_WORDS[ledger.negative]}" if document.engine > 1 else ""
    if ledger.spendable:
        end = "没有到期日,往后要定到期日须经会议通过并先告知。"
        if ledger.valid_months:
            end = f"得了 {ledger.valid_months} 个月以后过期,先得的先用。"
        return f"{ledger.name}:记在{owner},可以在积分超市换东西{worth};积分不是钱,不能提现{base}{minus}。{end}"
    end = f"得了 {ledger.valid_months} 个月以后不再算。" if ledger.valid_months else ""
    return f"{ledger.name}:记在{owner},只记高低,不能换东西{worth}{base}{minus}。{end}"
