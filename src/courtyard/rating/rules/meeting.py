"""Where the first of one clause and the last of another can be the same home, and among how few homes that happens."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.naming import Conditional, conditions

ALWAYS = -1
THEN = {"first": "算在前面", "neither": "两边都不算"}


def meetings(document: SchemeDocument) -> Iterator[Problem]:
    """A warning for every number of homes under which a first and a last meet, the widest first."""
    rules = list(conditions(document))
    found: dict[int, tuple[str, str]] = {}
    for first, one in rules:
        for last, other in rules:
            if one.kind == "first" and other.kind == "last" and _together(document, one, other):
                homes = fewer_than(one, other)
                if homes == ALWAYS or homes > max(2, document.ranking.least_rated):
                    found.setdefault(homes, (first, last))
    for homes, (first, last) in sorted(found.items(), key=lambda row: (row[0] != ALWAYS, -row[0])):
        when = "不论多少户" if homes == ALWAYS else f"排名的不到 {homes} 户时"
        facts = {
            "first": first,
            "homes": None if homes == ALWAYS else homes,
            "when": when,
            "then": THEN[document.ranking.on_both],
        }
        yield Problem("rating.ends_meet_warned", {"clause": last, **facts})


def _together(document: SchemeDocument, first: Conditional, last: Conditional) -> bool:
    """Whether the thresholds leave one and the same home to both."""
    return bool(_grades(document, first, better=True) & _grades(document, last, better=False))


def _grades(document: SchemeDocument, rule: Conditional, *, better: bool) -> set[int]:
    every = set(range(len(document.bands)))
    rank = document.rank(rule.band)
    if rank is None:
        return every
    if not rule.or_better:
        return {rank}
    return {one for one in every if (one <= rank if better else one >= rank)}


def fewer_than(first: Conditional, last: Conditional) -> int:
    """The number of ranked homes under which they meet; 0: never; ALWAYS: among any number.

    Ranked in different places they may meet anyhow: the last of a good group may be among the first of its village.
    """
    if first.within != last.within:
        return ALWAYS
    if first.count is not None and last.count is not None:
        return first.count + last.count
    shares = [rule.share_milli for rule in (first, last) if rule.share_milli is not None]
    counts = [rule.count for rule in (first, last) if rule.count is not None]
    if not counts:
        return ALWAYS if sum(shares) > 1000 else 0
    if not shares or shares[0] >= 1000:
        return ALWAYS
    return (counts[0] - 1) * 1000 // (1000 - shares[0]) + 1
