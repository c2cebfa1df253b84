"""A round's ranks: the homes that were looked at, all together, put in order by the same rules as over a place's time.

A rank is asked once every home has its grade; what it brings follows from `score` with the rank among the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from courtyard.rating.rules import facts as f
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import Condition, SchemeDocument
from courtyard.rating.rules.engine_2.checking import failed
from courtyard.rating.rules.engine_2.plan import Plan, plan_of
from courtyard.rating.rules.engine_2.ranking import Runner, ranks

Asked = tuple[tuple[str, str, Condition], ...]


@dataclass(frozen=True)
class Placed:
    """A home of a round with its outcome before its rank: where it lies, its class; `key` is the caller's name for it.

    `standing_milli`: its standing when the round was closed, where standings rank; `passed`: a check it passed."""

    key: str
    village: str
    group: str
    outcome: f.Outcome
    klass: str = ""
    standing_milli: int | None = None
    passed: bool = False


def ranked(document: SchemeDocument, homes: Sequence[Placed]) -> dict[str, f.Rank]:
    """Key → rank, of every home that has a grade, by the clauses the close of a village's round can tell."""
    return _ranked(plan_of(document), homes, plan_of(document).ranked_now)


def late_clauses(document: SchemeDocument) -> frozenset[str]:
    """The prizes by rank that wait for other villages or for checks, by clause."""
    return frozenset(clause for clause, _, _ in plan_of(document).ranked_late if clause.startswith("prizes."))


def late_prizes(document: SchemeDocument, homes: Sequence[Placed]) -> dict[str, tuple[f.Won, ...]]:
    """Key → the prizes by rank a home wins once all the homes that are ranked together are closed and checked."""
    plan = plan_of(document)
    asked = tuple(row for row in plan.ranked_late if row[0].startswith("prizes."))
    fen = {f"prizes.{prize.code}": prize.amount_fen for prize in document.prizes}
    barring = {veto.code for veto in document.vetoes if "no_lists" in veto.effects}
    ranks = _ranked(plan, homes, asked)
    found = {}
    for one in homes:
        out = one.key not in ranks or failed(plan, one.outcome.check) or not barring.isdisjoint(one.outcome.vetoes)
        won = () if out else tuple(f.Won(clause, fen[clause]) for clause in ranks[one.key].clauses)
        if won:
            found[one.key] = won
    return found


def _ranked(plan: Plan, homes: Sequence[Placed], asked: Asked) -> dict[str, f.Rank]:
    by_score = plan.document.ranking.by == "score"
    runners, known = [], {}
    for one in homes:
        if one.outcome.grade is None or one.outcome.score_milli is None:
            continue
        worth = one.outcome.score_milli if by_score else one.standing_milli or 0
        rank = replace(
            f.Rank(), value_milli=None if by_score else worth, klass=one.klass, out=one.outcome.rank.out
        )  # fmt: skip
        known[one.key] = rank
        if not rank.out:
            home = s.Home(one.key, group=one.group, village=one.village, klass=one.klass)
            runners.append(Runner(home, one.outcome.grade, worth, one.passed))
    found = ranks(plan, runners, asked)
    return {
        key: replace(
            rank,
            clauses=tuple(sorted(found.clauses.get(key, ()))),
            place=found.places.get(key),
            among=found.among.get(key, 0),
            notes=tuple(dict.fromkeys(found.notes.get(key, ()))),
        )
        for key, rank in known.items()
    }
