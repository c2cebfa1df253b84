"""What a home's rank and its prizes are said to be on its own page: its place, what few homes led to, what it won."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from courtyard.kernel.money import yuan
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.engines import late_clauses

Said = tuple[str, str]
WITHIN_WORDS = {"group": "本组", "village": "全村", "town": "全镇"}


def told_rank(document: SchemeDocument, breakdown: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Said]:
    """(part, text) lines, in the order of the page; nothing where the scheme ranks nobody."""
    yield from _place(document, breakdown.get("rank", {}), numbers)
    for won in breakdown.get("prizes", ()):
        prize = next(one for one in document.prizes if f"prizes.{one.code}" == won["clause"])
        what = f"{yuan(won['amount_fen'])} 元" if won["amount_fen"] else "一份"
        yield "lists", f"得奖:{prize.name},{what}。奖由村里发,不是积分;领的时候签字。见{numbers[won['clause']]}。"
    if breakdown["grade"] is not None:
        yield from _late(document, breakdown["grade"], numbers)


def _place(document: SchemeDocument, rank: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[Said]:
    if not rank:
        return
    notes = rank.get("notes", ())
    if s.TOO_FEW in notes:
        yield "how", f"这一轮评了的不到 {document.ranking.least_rated} 户,按办法不排名次。见{numbers['ranking']}。"
    if rank.get("place") and not rank.get("out"):
        by = "这一轮的总分"
        if document.ranking.by == "standing":
            ledger = document.ledger(document.ranking.ledger)
            by = f"「{ledger.name}」({decimal_text(rank.get('value_milli', 0))} 分)"
        first = next(rule for rule in _ranked(document) if not rule.recheck)
        klass = next((f"{one.name}里" for one in document.classes if one.code == rank.get("klass")), "")
        where = f"{WITHIN_WORDS[first.within]}{klass}评了的 {rank['among']} 户"
        same = ",分一样的名次一样" if rank["among"] > 1 else ""
        yield "how", f"按{by}排,您家在{where}中是第 {rank['place']} 名{same}。见{numbers['ranking']}。"
    if s.OVERLAP in notes:
        both = "算在前面" if document.ranking.on_both == "first" else "两边都不算"
        yield "how", f"这一轮排名的户数少,您家又在前又在后,按办法{both}。见{numbers['ranking']}。"


def _ranked(document: SchemeDocument) -> Iterator[Any]:
    for rules in (document.awards, document.lists, document.titles, document.prizes):
        yield from (rule for rule in rules if rule.kind in ("first", "last") and rule.within != "town")


def _late(document: SchemeDocument, grade: str, numbers: Mapping[str, str]) -> Iterator[Said]:
    late, ranks = late_clauses(document), {band.code: n for n, band in enumerate(document.bands)}
    for prize in document.prizes:
        clause = f"prizes.{prize.code}"
        below = prize.band is not None and ranks[grade] > ranks[prize.band]
        if clause not in late or below:
            continue
        waits = "各村都关了账" if prize.within == "town" else "关了账"
        check = "、抽查过了" if prize.recheck else ""
        yield "lists", f"「{prize.name}」要等{waits}{check}再定,得了会写在「奖」里。见{numbers[clause]}。"
