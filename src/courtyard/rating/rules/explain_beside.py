"""What stands beside a result for the household's page: the spot check, vetoes, why there are no points, titles lost, what
waits for a check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from courtyard.rating.rules import story as s
from courtyard.rating.rules.checks import title_of
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.losing import comes_back, told_lost, why_lost

Said = tuple[str, str]
EFFECT_WORDS = {
    "no_awards": "这一轮不给分",
    "no_lists": "这一轮不上红榜、不得称号和奖",
    "not_ranked": "这一轮不参加排名",
}


def told_beside(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Said]:
    """(part, text) lines, in the order of the page; nothing where a scheme asks for none of it."""
    yield from _check(document, breakdown, numbers)
    yield from _vetoes(document, breakdown, numbers)
    if s.GATE in breakdown.get("notes", ()):
        clauses = "、".join(numbers[f"gates.{gate.code}"] for gate in document.gates if "awards" in gate.shuts)
        yield "points", f"等次或星级还没有到办法定的那一档,这一轮不给分;等次照记。见{clauses}。"
    for code in breakdown.get("lost", ()):
        title = title_of(document, code)
        if title is not None:
            run = breakdown["history"].get("titles", {}).get(code, 0)
            why = told_lost(
                document, title, why_lost(document, code, breakdown["grade"], breakdown["score_milli"], run)
            )
            yield (
                "lists",
                f"「{title.name}」这一轮收回:{why}。{comes_back(document, title)}。见{numbers[f'titles.{code}']}。",
            )
    yield from _awaits(document, breakdown, numbers)


def _check(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Said]:
    check, review = breakdown.get("check"), document.review
    if not check:
        return
    score = decimal_text(check["score_milli"])
    told = f"上一级抽查:{check['raters']} 个没评过您家的人又看了一遍,合 {score} 分"
    if review is not None and review.effect == "replaces":
        told += f",代替原来的 {decimal_text(check['before_milli'])} 分"
    elif review is not None and review.least_milli is not None:
        least = decimal_text(review.least_milli)
        told += f",到了 {least} 分,合格" if check["passed"] else f",不到 {least} 分,这一轮的红榜、称号和奖不给"
    else:
        told += ",合格"
    where = f"见{numbers['review']}。" if "review" in numbers else ""
    yield "how", f"{told}。{where}"


def _vetoes(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Said]:
    done = set(breakdown.get("deeds", ()))
    for veto in document.vetoes:
        if veto.code not in breakdown.get("vetoes", ()):
            continue
        names = [deed.name for deed in document.deeds if deed.code in done & set(veto.deeds)]
        what = [EFFECT_WORDS[effect] for effect in veto.effects if effect in EFFECT_WORDS]
        if "grade" in veto.effects and veto.band is not None:
            what.insert(0, f"等次最多算「{document.band(veto.band).name}」")
        by = f"记了事项「{'、'.join(names)}」" if names else "看到了办法里写明的情况"
        yield "how", f"{by}:{';'.join(what)}。见{numbers[f'vetoes.{veto.code}']}。"


def _awaits(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Said]:
    names = {
        f"{part}.{rule.code}": rule.name
        for part in ("awards", "lists", "titles", "prizes")
        for rule in getattr(document, part)
    }
    for clause in breakdown.get("awaits", ()):
        part = "points" if clause.startswith("awards.") else "lists"
        yield part, f"「{names[clause]}」要等上一级抽查过、合格了才算。见{numbers[clause]}。"
