"""Who is among the first and the last: ties all in or all out, never by chance; few homes said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import Condition
from courtyard.rating.rules.engine_2.plan import Plan


@dataclass(frozen=True)
class Runner:
    """A rated home as a rank sees it: where it lies, its class, its grade, the value that ranks it, a check it passed."""

    home: s.Home
    grade: str
    value: int
    passed: bool = False


@dataclass
class Ranks:
    """Home → the clauses by whose first or last it is; its place in its village, among how many; what few homes led to."""

    clauses: dict[str, frozenset[str]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    among: dict[str, int] = field(default_factory=dict)


def ranks(plan: Plan, runners: list[Runner], asked: tuple[tuple[str, str, Condition], ...] | None = None) -> Ranks:
    """The ranks of one period over all its rated homes; `asked`: by some of the clauses alone (every one, unless told)."""
    found = Ranks()
    clauses = plan.ranked if asked is None else asked
    if not clauses:
        return found
    first: dict[str, set[str]] = defaultdict(set)
    last: dict[str, set[str]] = defaultdict(set)
    for clause, kind, rule in clauses:
        for pool in _pools(plan, rule.within, runners).values():
            if len(pool) < plan.document.ranking.least_rated:
                for runner in pool:
                    found.notes[runner.home.code].append(s.TOO_FEW)
                continue
            for code in _chosen(plan, rule, kind, pool):
                (first if kind == "first" else last)[code].add(clause)
    for code in set(first) & set(last):
        found.notes[code].append(s.OVERLAP)
        last.pop(code)
        if plan.document.ranking.on_both == "neither":
            first.pop(code)
    for code in {*first, *last}:
        found.clauses[code] = frozenset(first.get(code, set()) | last.get(code, set()))
    for pool in _pools(plan, clauses[0][2].within, runners).values():
        ordered = sorted((one.value for one in pool), reverse=True)
        place = {value: ordered.index(value) + 1 for value in set(ordered)}  # the same for equals
        found.places.update({one.home.code: place[one.value] for one in pool})
        found.among.update({one.home.code: len(pool) for one in pool})
    return found


def _pools(plan: Plan, within: str, runners: list[Runner]) -> Mapping[tuple[str, str], list[Runner]]:
    """Runners that are ranked together: of one group, village or the town, and of one class (the first, unless told)."""
    usual = plan.document.classes[0].code if plan.document.classes else ""
    pools: dict[tuple[str, str], list[Runner]] = defaultdict(list)
    for runner in runners:
        home = runner.home
        where = {"group": f"{home.village}/{home.group}", "village": home.village, "town": ""}[within]
        pools[where, home.klass or usual].append(runner)
    return pools


def _chosen(plan: Plan, rule: Condition, kind: str, pool: list[Runner]) -> set[str]:
    # A clause that waits for a check counts those that passed: who did not takes nobody's place.
    checked = [one for one in pool if one.passed or not rule.recheck]
    fit = [one for one in checked if rule.band is None or plan.in_band(rule, one.grade, worse=kind == "last")]
    ordered = sorted((one.value for one in fit), reverse=kind == "first")
    count = rule.count if rule.count is not None else (rule.share_milli or 0) * len(pool) // 1000
    if not ordered or count == 0 or (len(ordered) < count and rule.small == "nobody"):
        return set()
    if len(ordered) <= count:
        return {one.home.code for one in fit}
    border, beyond = ordered[count - 1], ordered[count]
    inside = {one.home.code for one in fit if (one.value > border if kind == "first" else one.value < border)}
    at_border = {one.home.code for one in fit if one.value == border}
    return inside | at_border if border != beyond or rule.ties == "all" else inside
