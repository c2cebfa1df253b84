"""Which engine a document is scored by. An engine stays here for as long as a result of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from courtyard.kernel.problems import Problem
from courtyard.rating.rules import engine_1, engine_2
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.checking import held_after
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.engine_2.rounds import Placed
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome, Rank, Won
from courtyard.rating.rules.marking import unfit_value
from courtyard.rating.rules.rungs import AWARDS, gates_asking

_ENGINES = {engine_1.NUMBER: engine_1, engine_2.NUMBER: engine_2}


def score(document: SchemeDocument, facts: Facts) -> Outcome:
    """The outcome of a visit by the engine its document names."""
    return _ENGINES[document.engine].score(document, facts)


class Scorer:
    """Scores many homes under one document, keeping answers: homes with equal facts have equal outcomes.

    Sort a visit's marks before handing them over, and more facts are equal.
    """

    def __init__(self, document: SchemeDocument, most: int = 50_000) -> None:
        self.document, self.most = document, most
        self._kept: dict[Facts, Outcome] = {}

    def __call__(self, facts: Facts) -> Outcome:
        outcome = self._kept.get(facts)
        if outcome is None:
            if len(self._kept) >= self.most:
                self._kept.clear()
            outcome = self._kept[facts] = score(self.document, facts)
        return outcome


def carried(document: SchemeDocument, facts: Facts) -> Outcome:
    """The outcome for a home a light round did not visit."""
    return _ENGINES[document.engine].carried(document, facts)


def again(document: SchemeDocument, outcome: Outcome, history: History) -> Outcome:
    """The same visit's outcome after another history: what was seen, the grade and the lists stay."""
    return _ENGINES[document.engine].again(document, outcome, as_it_stood(history, outcome))


def as_it_stood(history: History, outcome: Outcome) -> History:
    """A history with the standings and the stars set outright that the round knew when it was closed."""
    return replace(history, stood=outcome.history.stood, outright=outcome.history.outright)


def after(document: SchemeDocument, history: History, outcome: Outcome) -> History:
    """The history a home brings to its next round."""
    found = _ENGINES[document.engine].after(history, outcome)
    if document.engine != engine_2.NUMBER or not document.titles:
        return found
    return replace(found, titles=held_after(plan_of(document), history.titles, outcome))


def asks_past(document: SchemeDocument) -> bool:
    """Whether a round under this scheme must be told all of a home's grades and its last score (`History.grades`)."""
    return document.engine == engine_2.NUMBER and plan_of(document).asks_past


def asks_star(document: SchemeDocument) -> bool:
    """Whether a round must be told what else a home's star is read from (`History.stood`, `.outright`): a gate by star
    shuts its awards."""
    return any(gate.star is not None for gate in gates_asking(document, AWARDS))


def asks_period(document: SchemeDocument) -> bool:
    """Whether a round under this scheme must be told how many periods went before it (`History.period`)."""
    return document.engine == engine_2.NUMBER and plan_of(document).asks_period


def asks_ranks(document: SchemeDocument) -> bool:
    """Whether a round under this scheme puts its homes in order when it is closed."""
    return document.engine == engine_2.NUMBER and bool(plan_of(document).ranked_now)


def asks_people(document: SchemeDocument) -> bool:
    """Whether a round must be told how many people live in a home."""
    return any(rule.per_member for rule in document.awards) and document.engine == engine_2.NUMBER


def ranks_of(document: SchemeDocument, homes: Sequence[Placed]) -> dict[str, Rank]:
    """Each rated home's rank in a round, by its key; none where the scheme ranks nobody."""
    return engine_2.ranked(document, homes) if asks_ranks(document) else {}


def with_rank(document: SchemeDocument, facts: Facts, outcome: Outcome, rank: Rank) -> Outcome:
    """What a visit comes to now that its rank is known; only a rank that means something is scored again."""
    return score(document, replace(facts, rank=rank)) if rank.clauses else replace(outcome, rank=rank)


def ranked_again(document: SchemeDocument, outcome: Outcome, rank: Rank) -> Outcome:
    """A visit's outcome with another rank: somebody else's result was corrected."""
    return engine_2.ranked_again(document, outcome, rank) if document.engine == engine_2.NUMBER else outcome


def late_clauses(document: SchemeDocument) -> frozenset[str]:
    """The prizes no close of one village's round can tell: they wait for the town's villages, or for spot checks."""
    return engine_2.late_clauses(document) if document.engine == engine_2.NUMBER else frozenset()


def late_prizes(document: SchemeDocument, homes: Sequence[Placed]) -> dict[str, tuple[Won, ...]]:
    """Key → the prizes of this kind a home wins, over all homes that are ranked together."""
    return engine_2.late_prizes(document, homes) if late_clauses(document) else {}


def round_is_full(document: SchemeDocument, month: int) -> bool:
    """Whether the round of this calendar month (1–12) visits every home; else it is a light one."""
    return month in document.coverage.full_months


def carries(document: SchemeDocument, last: str, left_out: int = 0) -> bool:
    """Whether a light round may leave out a home last graded so ('' where it never was), unless it is drawn.

    `left_out`: how many light rounds left it out since it was last rated; `coverage.carries_rounds` says how many may.
    """
    coverage, order = document.coverage, [band.code for band in document.bands]
    if not last or (coverage.carries_rounds and left_out >= coverage.carries_rounds):
        return False
    if document.engine == engine_1.NUMBER or last == coverage.carried_band:
        return last == coverage.carried_band
    return {last, coverage.carried_band} <= set(order) and order.index(last) < order.index(coverage.carried_band)


def unfit_mark(document: SchemeDocument, mark: Mark) -> Problem | None:
    """Why one evaluator's marks cannot be taken under this scheme's sheet, or None."""
    areas = {area.code: area for area in document.sheet.areas}
    named = [code for code, _ in mark.given]
    if mark.not_at_home and (mark.given or mark.seen):
        return Problem("rating.absent_but_marked", {})
    if len(set(named)) != len(named):
        return Problem("rating.area_marked_twice", {})
    for code, label in mark.given:
        if code not in areas:
            return Problem("rating.area_unknown", {"area": code})
        if problem := unfit_value(document, areas[code], label):
            return problem
    for seen in mark.seen:
        if seen.area not in areas:
            return Problem("rating.area_unknown", {"area": seen.area})
        if seen.code not in {picture.code for picture in areas[seen.area].pictures}:
            return Problem("rating.picture_unknown", {"area": areas[seen.area].name, "picture": seen.code})
    return None
