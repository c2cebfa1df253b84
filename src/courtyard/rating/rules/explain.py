"""How a result came about, line by line, for the household's own page: the marks, the sums, the clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import DECLINED, SchemeDocument, decimal_text
from courtyard.rating.rules.facts import Seen
from courtyard.rating.rules.plain import band_words, clause_numbers

WHY_WORDS = {
    f.NOT_TAKING_PART: "没有评:您家没有领卡参加,不算差。",
    f.NOT_LIVED_IN: "没有评:这处房子登记为没人常住,不算差。",
    f.NO_MARKS: "没有评:这一轮没有收到评分,不算差。",
    f.NOT_AT_HOME: "没有评:评比员来时没有人在家,不算差。",
    f.ONLY_KIN: "没有评:来的评比员都是亲戚,要回避,不算差。",
    f.AREA_MISSING: "没有评:有的项目没有评到,按办法整户没有评,不算差。",
    f.CARRIED: "这个月是轻轮次,没有抽到您家,没有新的等次。",
}
NEVER_WORDS = {
    f.CARE_LIST: "按帮扶的约定",
    f.HELP_OWED: "您说过一个人弄不动,帮手还没到",
    f.KIN: "有亲戚参加了评分",
    "fewer_than_one": "有的项目没有人评",
    "fewer_than_two": "评的人不到两个",
    "fewer_than_three": "评的人不到三个",
    f.NO_FINDING: "评差的项目没有写明看到了什么",
    f.MENDED: "看到的情况当场改好了",
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
            reason = "主人没同意进屋,不算差" if result["why"] == DECLINED else "没有人评这一项"
            yield Line("how", f"{area.name}:没有评({reason})。见{numbers['sheet.missing_area']}。")
            continue
        counts = result["counts"]
        labels = [label for label in document.sheet.labels if label.code in counts]
        given = "、".join(f"{counts[label.code]} 人评「{label.name}」" for label in labels)
        value = decimal_text(result["score_milli"])
        yield Line("how", f"{area.name}(占 {area.weight} 份):{given},合 {value} 分。见{numbers['aggregate']}。")


def _grade(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    if breakdown["grade"] is None:
        return
    rated = [area for area in breakdown["areas"] if area["score_milli"] is not None]
    sums = " + ".join(f"{decimal_text(area['score_milli'])}×{area['weight']}" for area in rated)
    weights = sum(area["weight"] for area in rated)
    total = decimal_text(breakdown["score_milli"])
    yield Line("how", f"总分:({sums}) ÷ {weights} = {total} 分。见{numbers['aggregate']}。")
    band = document.band(breakdown["grade"])
    yield Line(
        "how", f"{band_words(band)}为「{band.name}」,所以这一轮是「{band.name}」。见{numbers[f'bands.{band.code}']}。"
    )
    if breakdown["kin"]:
        yield Line("how", f"有 {breakdown['kin']} 份评分是亲戚评的,没有计入。见{numbers['kin']}。")


def _points(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    rules = {f"awards.{rule.code}": rule for rule in document.awards}
    caps = {cap.ledger: cap for cap in document.caps}
    for award in breakdown["awards"]:
        text = f"{rules[award['clause']].name}:+{award['points']} 分。见{numbers[award['clause']]}。"
        if award["cut"]:
            cap = caps[award["ledger"]]
            text = (
                f"{rules[award['clause']].name}:本来是 {rules[award['clause']].points} 分,今年最多得 {cap.points} 分,"
                f"这次记 {award['points']} 分。见{numbers[award['clause']]}、{numbers[f'caps.{cap.code}']}。"
            )
        yield Line("points", text)
    if breakdown["points"]:
        yield Line("points", f"这一轮一共 {breakdown['points']} 分。")
    else:
        yield Line("points", "这一轮没有新增积分,以前的积分都在。")


def _lists(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Line]:
    rules = {f"lists.{rule.code}": rule for rule in document.lists}
    titles = {f"titles.{title.code}": title for title in document.titles}
    for candidate in breakdown["candidates"]:
        clause = candidate["clause"]
        if clause in titles:
            yield Line("lists", f"可以做{titles[clause].name}候选。见{numbers[clause]}。")
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
