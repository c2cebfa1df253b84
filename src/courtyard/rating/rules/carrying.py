"""What of a scheme the rounds, the shop and the desk of this release carry out by themselves.

Any sound document can be scored, replayed and simulated. Adopted is only what is then really done every month: a clause
that nobody would carry out is named before an assembly votes on it, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.plan import plan_of

AWARDS = (
    "band",
    "streak",
    "improvement",
    "better_by",
    "once",
    "score_least",
    "score",
    "area",
    "list",
    "title",
    "first",
    "last",
)
LISTS = ("band", "score_least", "first", "last")
TITLES = ("streak", "band", "score_least", "first")
PRIZES = ("band", "streak", "score_least", "first", "last", "list", "title")
RANKS = ("first", "last")


def uncarried(document: SchemeDocument) -> list[Problem]:
    """Every clause the rounds of this release do not carry out, by its place in the document."""
    return [Problem("rating.not_carried", {"clause": clause, "what": what}) for clause, what in _clauses(document)]


def _clauses(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    if document.account != "household":
        yield "account", "积分记在各人名下"
    if "group" in document.scope.levels:
        yield "scope.levels", "由村民小组通过"
    for part, what in (
        ("classes", "分类排名"),
    ):  # fmt: skip
        for row in getattr(document, part):
            yield f"{part}[{row.code}]", what
    spent = {ledger.code for ledger in document.ledgers if ledger.spendable}
    for star in document.stars:
        if star.of == "standing" and star.ledger in spent:
            yield f"stars[{star.code}].ledger", "按能换东西的账定的星级"
    ranking, ranked = document.ranking, any(kind in RANKS for _, kind, _ in plan_of(document).conditions)
    if ranked and ranking.by == "standing" and ranking.ledger in spent:
        yield "ranking.ledger", "按能换东西的账排名次"
    yield from _ledgers(document)
    yield from _conditions(document)
    yield from _deeds(document)


def _ledgers(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    spent = [ledger for ledger in document.ledgers if ledger.spendable]
    for ledger in spent[1:]:
        yield f"ledgers[{ledger.code}].spendable", "第二本能换东西的账"
    for ledger in spent:
        if ledger.base_milli:
            yield f"ledgers[{ledger.code}].base", "能换东西的账的起点分"


def _conditions(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    kinds = {"awards": AWARDS, "lists": LISTS, "titles": TITLES, "prizes": PRIZES}
    for clause, kind, rule in plan_of(document).conditions:
        part, _, code = clause.partition(".")
        place = f"{part}[{code}]"
        if kind not in kinds[part]:
            yield f"{place}.kind", f"按「{kind}」定"
        if rule.recheck and kind in RANKS and part != "prizes":
            yield f"{place}.recheck", "等抽查过了才排的名次"
        if rule.within == "town" and kind in RANKS and part != "prizes":
            yield f"{place}.within", "全镇一起排的名次(奖可以)"


def _deeds(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    spent = {ledger.code for ledger in document.ledgers if ledger.spendable}
    for deed in document.deeds:
        if len(spent & {deed.ledger, *deed.also}) > 1:
            yield f"deeds[{deed.code}].also", "同时记进几本能换东西的账"
