"""A scheme in plain Chinese, numbered like a covenant, so that every result can name the clause it came from (D21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courtyard.rating.rules import documents as d
from courtyard.rating.rules.documents import SchemeDocument, decimal_text

NUMERALS = "一二三四五六七八九十"
OWN_MARK = "〔自定〕"
OWN_NOTE = "标「自定」的,上级没有公布这个数,由本办法自己定,村民会议可以改。"
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
}
EVEN_WORDS = {
    "mean": "人数是双数时取中间两个的平均",
    "better": "人数是双数时取中间两个里好的一个",
    "worse": "人数是双数时取中间两个里低的一个",
}
ROUNDING_WORDS = {"half_up": "四舍五入", "half_even": "四舍六入、逢五取双", "down": "直接舍去"}

SHORT_WORDS = {
    "wait": "村里的预算不够发一轮的,等次和榜单照旧,全村这一轮的积分一起待发,补足了再一起发,不分先后。",
    "factor": (
        "村里的预算不够发一轮的,等次和榜单照旧,这一轮全村每一笔得分都按同一个比例发(剩下的预算除以这一轮要发的分),"
        "每一笔不足 1 分的舍去;少发的不再补。"
    ),
}


@dataclass(frozen=True)
class Sentence:
    """One numbered sentence, the clauses of the document it says, and whether its number is our own choice."""

    number: str
    text: str
    clauses: tuple[str, ...]
    unpublished: bool


@dataclass(frozen=True)
class Section:
    """A heading and its sentences."""

    number: str
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class PlainPage:
    """The whole scheme for the board and the web page; `note` says what 〔自定〕 means, where it occurs."""

    title: str
    source: str
    note: str
    sections: tuple[Section, ...]


Said = tuple[str, tuple[str, ...], bool]


def plain_language(document: SchemeDocument) -> PlainPage:
    """The scheme as headings and sentences; every clause is said once."""
    parts: tuple[tuple[str, Callable[[SchemeDocument], Iterable[Said]]], ...] = (
        ("看什么", _what),
        ("怎么打分", _how),
        ("等次", _bands),
        ("积分", _points),
        ("红榜、黑榜和标杆户", _lists),
        ("公示以前的步骤", _steps),
        ("多久看一次", _when),
        ("卡和积分的用处", _card),
    )
    sections = []
    for place, (heading, say) in enumerate(parts):
        number = f"第{NUMERALS[place]}条"
        sentences = tuple(
            Sentence(f"{number}({n})", f"{text}{OWN_MARK}" if own else text, clauses, own)
            for n, (text, clauses, own) in enumerate(say(document), start=1)
        )
        sections.append(Section(number, heading, sentences))
    own_numbers = any(sentence.unpublished for section in sections for sentence in section.sentences)
    return PlainPage(document.name, document.source, OWN_NOTE if own_numbers else "", tuple(sections))


def clause_numbers(document: SchemeDocument) -> dict[str, str]:
    """Clause of the document → its number on the plain page, e.g. awards.good → 第四条(1)."""
    return {
        clause: sentence.number
        for section in plain_language(document).sections
        for sentence in section.sentences
        for clause in sentence.clauses
    }


def _what(document: SchemeDocument) -> Iterable[Said]:
    for area in document.sheet.areas:
        consent = ";进屋要主人当次同意,没同意就没有评这一项,不算差" if area.consent else ""
        text = f"{area.name},占 {area.weight} 份:{area.looks}{consent}。"
        yield text, (f"sheet.areas.{area.code}",), area.unpublished
    missing = {
        "renormalise": "有一项没有评的,其余各项按原来的份量折算成 100 份。",
        "not_rated": "除了主人没同意进屋的以外,缺一项的,这一轮整户没有评。没同意进屋的,其余各项按原来的份量折算。",
    }
    yield missing[document.sheet.missing_area], ("sheet.missing_area",), False
    yield "没在家、常年没人住、没领卡参加的,这一轮没有评,不算差。", ("not_rated",), False
    yield "评比员当面改好的(当场改好)只表扬,不记为待整改。", ("mended",), False


def _how(document: SchemeDocument) -> Iterable[Said]:
    words = "、".join(f"「{label.name}」算 {decimal_text(label.score_milli)} 分" for label in document.sheet.labels)
    own = any(label.unpublished for label in document.sheet.labels)
    yield f"每位评比员对每一项单独评一个字:{words}。", ("sheet.labels",), own
    aggregate = document.aggregate
    even = f",{EVEN_WORDS[aggregate.even]}" if aggregate.method == "median" else ""
    yield (
        f"每户应有不少于 {aggregate.raters_least} 人评;有人回避、来的人少了,照样评等次、得积分。同一项几个人的分{METHOD_WORDS[aggregate.method]}{even},"
        f"{_digits(aggregate.area_digits, aggregate.rounding)};各项按份量合成总分,"
        f"{_digits(aggregate.score_digits, aggregate.rounding)};等次按合成后的总分定。",
        ("aggregate",),
        aggregate.unpublished,
    )
    yield "评比员遇到自己家和亲戚家要回避;亲戚评了的不计入总分。各人评分互相看不到。", ("kin",), False


def _digits(digits: int, rounding: str) -> str:
    kept = f"保留 {digits} 位小数" if digits else "取整数"
    return f"{kept},余下{ROUNDING_WORDS[rounding]}"


def band_words(band: d.Band) -> str:
    """The bounds of a band with their ends said, e.g. 60 分(含)到 85 分(不含)."""
    low = "含" if band.includes in ("least", "both") else "不含"
    high = "含" if band.includes in ("most", "both") else "不含"
    return f"{decimal_text(band.least_milli)} 分({low})到 {decimal_text(band.most_milli)} 分({high})"


def _bands(document: SchemeDocument) -> Iterable[Said]:
    for band in document.bands:
        yield f"{band_words(band)}为「{band.name}」。", (f"bands.{band.code}",), band.unpublished


def _points(document: SchemeDocument) -> Iterable[Said]:
    for rule in document.awards:
        gained = f"得 {rule.points} 分" if rule.points else "没有新增积分"
        again = ";满了以后从头再数" if rule.kind == "streak" else ""
        steps = f"(升 {rule.steps} 等或更多,都只算一次)" if rule.kind == "improvement" else ""
        yield f"{rule.name}{steps},{gained}{again}。", (f"awards.{rule.code}",), rule.unpublished
    for cap in document.caps:
        name = next(ledger.name for ledger in document.ledgers if ledger.code == cap.ledger)
        text = f"一户一个自然年最多得 {cap.points} 分{name},按得到的算,不按余额算;超过的部分不计。"
        yield text, (f"caps.{cap.code}",), cap.unpublished
    for deed in document.deeds:
        evidence = ",要写明凭据" if deed.needs_evidence else ""
        helping = ";帮好了邻居一户,就记这一项" if deed.helping else ""
        text = (
            f"评比以外的事项「{deed.name}」,一次得 {deed.points} 分,这一项一户一个自然年最多得 {deed.year_points} 分{helping}"
            f"{evidence};由另一级的人确认了才算,也算在一年最多得的分里。"
        )
        yield text, (f"deeds.{deed.code}",), deed.unpublished
    yield "没有评的一轮不算进连续,也不打断连续。积分只有得,没有减。", ("streaks",), False
    own = document.budget is not None and document.budget.unpublished
    yield SHORT_WORDS["factor" if document.cuts else "wait"], ("budget",), own


def _lists(document: SchemeDocument) -> Iterable[Said]:
    for rule in document.lists:
        band = document.band(str(rule.band)).name
        raters = f"这一轮评为「{band}」、有不少于 {rule.raters_least} 人评的"
        if rule.listing == "red":
            kin = "、没有亲戚参评" if rule.kin_excluded else ""
            text = f"{rule.name}:{raters}{kin}。户主同意才写名字,不同意的只计户数。"
        else:
            finding = "、评差的每一项都有写明的事实" if rule.needs_finding else ""
            kin = "、没有亲戚参评" if rule.kin_excluded else ""
            text = (
                f"{rule.name}:{raters}{finding}{kin},才进入公示前的步骤。{REACH_WORDS[rule.reach]}。"
                "列入照顾名单的、已说一个人弄不动还没等到帮手的,不上这个榜,村里来帮。"
            )
        yield text, (f"lists.{rule.code}",), rule.unpublished
    for title in document.titles:
        text = f"{title.name}候选:连续 {title.rounds} 轮评为「{document.band(str(title.band)).name}」。"
        yield text, (f"titles.{title.code}",), title.unpublished


def _steps(document: SchemeDocument) -> Iterable[Said]:
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


def _when(document: SchemeDocument) -> Iterable[Said]:
    coverage = document.coverage
    months = "、".join(str(month) for month in coverage.full_months)
    band = document.band(coverage.carried_band).name
    if len(coverage.full_months) == 12:
        yield "每月一轮,每轮每户都看。", ("coverage",), coverage.unpublished
        return
    share = decimal_text(coverage.drawn_share_milli * 100)
    earns = f"没抽到的「{band}」户照上一次的等次得分" if coverage.carried_earns else "没抽到的户这个月没有新增积分"
    yield (
        f"每月一轮。{months} 月每户都看;其余月份只看上一次没评「{band}」的户,再从「{band}」户里抽 {share}%,事先不公布;{earns}。",
        ("coverage",),
        coverage.unpublished,
    )


def _card(document: SchemeDocument) -> Iterable[Said]:
    yield f"卡的名称是「{document.card.name}」:{document.card.disclaimer}。不领卡就是不参加,不算差。", ("card",), False
    for ledger in document.ledgers:
        worth = ""
        if ledger.worth_fen is not None:
            worth = f",1 分大约能换值 {decimal_text(ledger.worth_fen * 10)} 元的东西"
        text = f"{ledger.name}:记在户上,可以在积分超市换东西{worth};积分不是钱,不能提现。没有到期日,往后要定到期日须经会议通过并先告知。"
        yield text, (f"ledgers.{ledger.code}",), ledger.unpublished
    yield "办事不看红黑榜;亮卡只多得、不少办。", ("statutory",), False
