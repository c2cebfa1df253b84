"""Points that feed what gives them: an award for a title, list or rank that is read from the ledger the award fills.

Such a chain has no one answer (it depends on what is booked first), so it is refused, clause by clause. What happens
from one period to the next (a gate that looks at the last grade or star) is no chain.
"""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import AwardRule, SchemeDocument
from courtyard.rating.rules.naming import Conditional, conditions

RANKS = ("first", "last")


def cycles(document: SchemeDocument) -> Iterator[Problem]:
    """Every chain that comes back to where it began, told once, from the award the document names first."""
    leads = _leads(document)
    told: set[frozenset[str]] = set()
    for rule in document.awards:
        chain = _back(leads, f"awards[{rule.code}]")
        if chain and frozenset(chain) not in told:
            told.add(frozenset(chain))
            yield Problem("rating.clause_cycle", {"clause": chain[0], "chain": " → ".join(chain)})


def _leads(document: SchemeDocument) -> dict[str, list[str]]:
    """Clause → the clauses that are read from it: awards fill ledgers, ledgers are read by conditions, and so on."""
    leads: dict[str, list[str]] = {clause: [] for clause, _ in conditions(document)}
    leads |= {f"ledgers[{ledger.code}]": [] for ledger in document.ledgers}
    lists = {rule.listing: f"lists[{rule.code}]" for rule in document.lists}
    for clause, rule in conditions(document):
        if isinstance(rule, AwardRule) and (rule.points_milli or rule.rate_milli):
            leads[clause].append(f"ledgers[{rule.ledger}]")
        for source in _read(document, rule, lists):
            leads.setdefault(source, []).append(clause)
    return leads


def _read(document: SchemeDocument, rule: Conditional, lists: dict[str, str]) -> Iterator[str]:
    """The clauses a condition is read from."""
    if rule.kind == "points" and rule.ledger_of:
        yield f"ledgers[{rule.ledger_of}]"
    if rule.kind in RANKS and document.ranking.by == "standing":
        yield f"ledgers[{document.ranking.ledger}]"
    if rule.kind == "title" and rule.title:
        yield f"titles[{rule.title}]"
    if rule.kind == "list" and isinstance(rule.listing, str):
        yield lists.get(rule.listing, "lists")


def _back(leads: dict[str, list[str]], start: str) -> list[str]:
    """The shortest chain from a clause back to itself, both ends said; [] where there is none."""
    came: dict[str, str] = {}
    level = [start]
    while level:
        below = []
        for clause in level:
            for following in leads.get(clause, ()):
                if following == start:
                    return [*_told(came, start, clause), start]
                if following not in came:
                    came[following] = clause
                    below.append(following)
        level = below
    return []


def _told(came: dict[str, str], start: str, last: str) -> list[str]:
    """The way from the start to the last clause, in its order."""
    chain = [last]
    while chain[-1] != start:
        chain.append(came[chain[-1]])
    return chain[::-1]
