"""When a clause applies to a home in one period, and how many times over."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtyard.rating.rules.documents import AwardRule, Condition, ListRule, Prize, Title
from courtyard.rating.rules.engine_2.looking import Look
from courtyard.rating.rules.engine_2.plan import Plan
from courtyard.rating.rules.engine_2.state import State

LATE_KINDS = ("points",)  # asked once the period's awards are booked


@dataclass
class Moment:
    """A home at the close of a period: what was seen, the grade after vetoes, its past, its ranks, what a check said.

    `ranks`: clauses by whose first or last it is. `check`: None without a spot check, else whether it passed."""

    plan: Plan
    state: State
    look: Look
    grade: str
    last: str | None
    last_score: int | None
    ranks: frozenset[str] = frozenset()
    check: bool | None = None
    lists: list[tuple[str, str]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    @property
    def score_milli(self) -> int:
        """The period's score in thousandths; a graded home has one."""
        assert self.look.score_milli is not None
        return self.look.score_milli


def run_after(plan: Plan, state: State, clause: str, rule: Condition, grade: str) -> int:
    """How many rated periods running a home is in a streak's grade, this one with it."""
    return state.runs.get(clause, 0) + 1 if plan.in_band(rule, grade) else 0


def times(moment: Moment, clause: str, rule: AwardRule | ListRule | Title | Prize) -> int:
    """How many times a clause applies now; 0 where it does not."""
    if rule.recheck and not moment.check:
        return 0
    kind, plan = rule.kind, moment.plan
    if kind == "band":
        return int(plan.in_band(rule, moment.grade))
    if kind == "streak":
        return int(_turned(moment, clause, rule))
    if kind == "improvement":
        return _improved(moment, rule)
    if kind == "once":
        return int(plan.in_band(rule, moment.grade) and clause not in moment.state.once)
    if kind in ("first", "last"):
        return int(clause in moment.ranks)
    if kind == "list":
        return int(any(listing == rule.listing for listing, _ in moment.lists))
    if kind == "title":
        return int(rule.title in moment.given)
    return int(_reached(moment, clause, rule))


def _reached(moment: Moment, clause: str, rule: Condition) -> bool:
    """Kinds that ask for so much of something."""
    kind = getattr(rule, "kind", "")
    if kind == "score":
        return True
    least = rule.least_milli or 0
    if kind == "score_least":
        return moment.score_milli >= least
    if kind == "better_by":
        return moment.last_score is not None and moment.score_milli - moment.last_score >= least
    if kind == "area":
        found = next((area.score_milli for area in moment.look.areas if area.area == rule.area), None)
        return found is not None and found >= least
    return clause not in moment.state.once and moment.state.standing(moment.plan, rule.ledger_of or "") >= least


def _turned(moment: Moment, clause: str, rule: Condition) -> bool:
    run, rounds = moment.state.runs.get(clause, 0), rule.rounds or 1
    if rule.repeats == "each":
        return run >= rounds
    if rule.repeats == "once":
        return run >= rounds and clause not in moment.state.once
    return run > 0 and run % rounds == 0


def _improved(moment: Moment, rule: AwardRule | ListRule | Title | Prize) -> int:
    assert isinstance(rule, AwardRule)
    ranks = moment.plan.rank_of
    if moment.last not in ranks:
        return 0
    gained = ranks[moment.last] - ranks[moment.grade]
    steps = rule.steps or 1
    if gained < steps:
        return 0
    return gained // steps if rule.each_step else 1
