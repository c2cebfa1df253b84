"""How a result came about, line by line, for the household's own page: the marks, the sums, the clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import DECLINED, Area, AwardRule, SchemeDocument, decimal_text
from courtyard.rating.rules.engine_2.closing import multiplying
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.explain_beside import told_beside
from courtyard.rating.rules.explain_rank import told_rank
from courtyard.rating.rules.facts import Seen
from courtyard.rating.rules.plain import band_words, clause_numbers
from courtyard.rating.rules.plain.words import PER_WORDS, bounds
from courtyard.rating.rules.rungs import star_at

WHY_WORDS = {
    f.NOT_TAKING_PART: "没有评:您家没有领卡参加,不算差。",
    f.NOT_LIVED_IN: "没有评:这处房子登记为没人常住,不算差。",
    f.NO_MARKS: "没有评:这一轮没有收到评分,不算差。",
    f.NOT_AT_HOME: "没有评:评比员来时没有人在家,不算差。",
    f.ONLY_KIN: "没有评:来的评比员都是亲戚,要回避,不算差。",
    f.AREA_MISSING: "没有评:有的项目没有评到,按办法整户没有评,不算差。",
    f.CARRIED: "这个月是轻轮次,没有抽到您家,没有新的等次。",
}
NOT_RATED_WORDS = {DECLINED: "主人没同意进屋,不算差", "no_consensus": "几个人评的不一样"}
NEVER_WORDS = {
    f.CARE_LIST: "按帮扶的约定",
    f.HELP_OWED: "您说过一个人弄不动,帮手还没到",
    f.KIN: "有亲戚参加了评分",
    "fewer_than_one": "有的项目没有人评",
    "fewer_than_two": "评的人不到两个",
    "fewer_than_three": "评的人不到三个",
    f.NO_FINDING: "评差的项目没有写明看到了什么",
    f.MENDED: "看到的情况当场改好了",
    f.NOT_POOR: "名次在后,但没有评为最低一等,不算差",
}


@dataclass(frozen=True)
class Line:
    """One line and the part of the page it belongs to: seen (看到了什么), how (怎么来的), points, lists."""

    part: str
    text: str


def explain(document: SchemeDocument, breakdown: Mapping[str, Any], seen: Sequence[Seen] = ()) -> tuple[Line, ...]:
    """A kept breakdown in plain Chinese; `seen` are the visit's findings where they are still kept."""
    numbers = clause_numbers(document)
    lines = [*_seen(document, seen)]
    if breakdown["grade"] is None:
        lines.append(Line("how", WHY_WORDS[breakdown["why"]]))
    lines += _areas(document, breakdown, numbers)
    lines += _grade(document, breakdown, numbers)
    lines += _points(document, breakdown, numbers)
    lines += _lists(document, breakdown, numbers)
    for told in (told_rank, told_beside):
        lines += [Line(part, text) for part, text in told(document, breakdown, numbers)]
    return tuple(lines)


def _seen(document: SchemeDocument, seen: Sequence[Seen]) -> Iterator[Line]:
    for area in document.sheet.areas:
        pictures = {picture.code: picture for picture in area.pictures}
        for item in dict.fromkeys(item for item in seen if item.area == area.code):
            picture = pictures[item.code]
            if item.mended:
                yield Line("seen", f"{area.name}:{picture.seen},当场改好了,谢谢。")
            else:
                yield Line("seen", f"{area.name}:看到{picture.seen}。怎么改:{picture.mend}。")


def _areas(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    for result in breakdown["areas"]:
        area = document.area(result["area"])
        if result["why"]:
            reason = NOT_RATED_WORDS.get(result["why"], "没有人评这一项")
            yield Line("how", f"{area.name}:没有评({reason})。见{numbers['sheet.missing_area']}。")
            continue
        yield Line("how", f"{_given(document, area, result)}。见{numbers[_rule_of(document, area)]}。")


def _rule_of(document: SchemeDocument, area: Area) -> str:
    """The clause an area's score follows: how raters are joined, or what takes off from its points."""
    return f"sheet.areas.{area.code}" if document.marks_of(area) == "findings" else "aggregate"


def _given(document: SchemeDocument, area: Area, result: Mapping[str, Any]) -> str:
    """What the raters gave an area, never who, and what it comes to."""
    value = decimal_text(result["score_milli"])
    if document.marks_of(area) == "labels":
        counts = result["counts"]
        labels = [label for label in document.sheet.labels if label.code in counts]
        given = "、".join(f"{counts[label.code]} 人评「{label.name}」" for label in labels)
        share = f"占 {area.weight} 份" if document.labels_only else f"最多 {area.weight} 分"
        return f"{area.name}({share}):{given},合 {value} 分"
    numbers = "、".join(decimal_text(milli) for milli in result.get("given", ()))
    seen = (
        f"看到 {result['findings']} 样要改的," if document.marks_of(area) == "findings" and result["findings"] else ""
    )
    extra = "附加分,最多" if area.extra else "最多"
    return f"{area.name}({extra} {area.weight} 分):{seen}各人的分是 {numbers},合 {value} 分"


def _grade(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    if breakdown["grade"] is None:
        return
    yield Line("how", f"{_total(document, breakdown)}。见{numbers['aggregate']}。")
    band = document.band(breakdown["grade"])
    by_score = document.band_of(min(breakdown["score_milli"], document.most_milli))
    if by_score.code != band.code:
        yield Line(
            "how", f"按总分是「{by_score.name}」;有写明的情况,等次最多算「{band.name}」{_vetoed(document, numbers)}。"
        )
    else:
        yield Line(
            "how",
            f"{band_words(band)}为「{band.name}」,所以这一轮是「{band.name}」。见{numbers[f'bands.{band.code}']}。",
        )
    if star := star_at(document, breakdown["score_milli"]):
        told = bounds(star.least_milli, star.most_milli, star.includes)
        yield Line("how", f"总分 {told}为「{star.name}」。见{numbers[f'stars.{star.code}']}。")
    if breakdown["kin"]:
        yield Line("how", f"有 {breakdown['kin']} 份评分是亲戚评的,没有计入。见{numbers['kin']}。")


def _vetoed(document: SchemeDocument, numbers: Mapping[str, str]) -> str:
    known = [numbers[f"vetoes.{veto.code}"] for veto in document.vetoes if "grade" in veto.effects]
    return f"。见{'、'.join(known)}" if known else ""


def _total(document: SchemeDocument, breakdown: Mapping[str, Any]) -> str:
    """How the areas make the whole."""
    total = decimal_text(breakdown["score_milli"])
    rated = [area for area in breakdown["areas"] if area["score_milli"] is not None]
    if document.labels_only:
        sums = " + ".join(f"{decimal_text(area['score_milli'])}×{area['weight']}" for area in rated)
        return f"总分:({sums}) ÷ {_weights(document, breakdown, rated)} = {total} 分"
    extra = {area.code for area in document.sheet.areas if area.extra}
    core = [area for area in rated if area["area"] not in extra]
    weights, whole = _weights(document, breakdown, core), document.whole_milli // 1000
    sums = " + ".join(decimal_text(area["score_milli"]) for area in core)
    if weights != whole:
        sums = f"({sums}) × {whole} ÷ {weights}"
    sums += "".join(f" + {decimal_text(area['score_milli'])}" for area in rated if area["area"] in extra)
    return f"总分:{sums} = {total} 分"


def _weights(document: SchemeDocument, breakdown: Mapping[str, Any], rated: Sequence[Mapping[str, Any]]) -> int:
    """What the sum is divided by: the rated areas, and with `zero` also those nobody marked."""
    weights = sum(area["weight"] for area in rated)
    if document.sheet.missing_area != "zero":
        return weights
    extra = {area.code for area in document.sheet.areas if area.extra}
    lost = [area for area in breakdown["areas"] if area["why"] not in ("", DECLINED) and area["area"] not in extra]
    return weights + sum(area["weight"] for area in lost)


def _points(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    rules = {f"awards.{rule.code}": rule for rule in document.awards}
    for award in breakdown["awards"]:
        rule = rules[award["clause"]]
        milli, book = _milli(award), _book(document, award["ledger"])
        sign, rest = ("+", "") if milli >= 0 else ("", ",不够的不减")
        text = f"{rule.name}:{sign}{decimal_text(milli)} 分{book}{rest}。见{numbers[award['clause']]}。"
        caps = [cap for cap in plan_of(document).caps(rule, award["ledger"]) if not cap.taken]
        if award["cut"] and caps:
            most = f"{PER_WORDS[caps[0].per]}最多得 {decimal_text(caps[0].points_milli)} 分"
            most = most.replace("一个自然年", "今年")
            told = "、".join(numbers[f"caps.{cap.code}"] for cap in caps)
            text = (
                f"{rule.name}:本来是 {decimal_text(milli + award['cut'] * 1000)} 分{book},{most},"
                f"这次记 {decimal_text(milli)} 分。见{numbers[award['clause']]}、{told}。"
            )
        past = breakdown["history"]
        text += _times(document, rule, breakdown)
        for one in multiplying(plan_of(document), rule, len(past.get("grades", ())), past.get("period", past["run"])):
            factor, clause = decimal_text(one.factor_milli), numbers[f"multipliers.{one.code}"]
            text += f"这一次按「{one.name}」乘 {factor}。见{clause}。"
        yield Line("points", text)
    yield from _sums(document, breakdown)


def _sums(document: SchemeDocument, breakdown: Mapping[str, Any]) -> Iterator[Line]:
    """What the round came to, ledger by ledger where there are several."""
    sums = {ledger.code: 0 for ledger in document.ledgers}
    for award in breakdown["awards"]:
        sums[award["ledger"]] += _milli(award)
    told = [f"{decimal_text(milli)} 分{_book(document, code)}" for code, milli in sums.items() if milli]
    words = f"这一轮一共 {'、'.join(told)}。" if told else "这一轮没有新增积分,以前的积分都在。"
    yield Line("points", words)


def _milli(award: Mapping[str, Any]) -> int:
    return int(award["points"] * 1000 + award.get("rest_milli", 0))


def _book(document: SchemeDocument, code: str) -> str:
    """Which ledger, where there are several or it is only a standing."""
    ledger = document.ledger(code)
    return f"(记在「{ledger.name}」)" if len(document.ledgers) > 1 or not ledger.spendable else ""


def _times(document: SchemeDocument, rule: AwardRule, breakdown: Mapping[str, Any]) -> str:
    """How many times over an award counts: people of the home, grades it rose."""
    people, last = breakdown.get("people", 0), breakdown["history"]["last"]
    ranks = {band.code: n for n, band in enumerate(document.bands)}
    told = (
        f"按登记的 {people} 口人,一人 {decimal_text(rule.points_milli)} 分算。"
        if rule.per_member and people > 1
        else ""
    )
    if rule.each_step and last in ranks and breakdown["grade"] in ranks:
        steps = (ranks[last] - ranks[breakdown["grade"]]) // (rule.steps or 1)
        told += f"升了几等算几次,这次算 {steps} 次。" if steps > 1 else ""
    return told


def _lists(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    rules = {f"lists.{rule.code}": rule for rule in document.lists}
    titles = {f"titles.{title.code}": title for title in document.titles}
    for candidate in breakdown["candidates"]:
        clause = candidate["clause"]
        if clause in titles:
            name = titles[clause].name
            told = f"可以做{name}候选" if document.engine == 1 else f"得了「{name}」"
            yield Line("lists", f"{told}。见{numbers[clause]}。")
        elif candidate["listing"] == "red":
            yield Line("lists", f"可以上{rules[clause].name};写不写名字由您定。见{numbers[clause]}。")
        else:
            steps = numbers["process.notice_working_days"]
            yield Line(
                "lists",
                f"会请另一组两个人再来看一次,然后告知您,您可以提异议;改好了就此了结。见{numbers[clause]}、{steps}。",
            )
    for never in breakdown["never"]:
        reasons = ";".join(NEVER_WORDS.get(reason, "评的人不够") for reason in never["reasons"])
        yield Line("lists", f"不上{rules[never['clause']].name}:{reasons}。见{numbers[never['clause']]}。")
    if breakdown["help_due"]:
        yield Line("lists", "村里会安排人来帮忙。")
