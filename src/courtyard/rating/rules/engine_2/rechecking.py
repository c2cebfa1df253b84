"""A closed visit once the level above has looked too: its check joins what the round made of it, nobody's marks are read
again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.checking import checked, kept_vetoes
from courtyard.rating.rules.engine_2.closing import close, graded
from courtyard.rating.rules.engine_2.looking import Look, raters_of
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.engine_2.visiting import _PERIOD, _award, _lists, _notes, _seen, _state, _won


def checked_again(document: SchemeDocument, outcome: f.Outcome, checks: Sequence[f.Mark]) -> f.Outcome:
    """A rated visit's outcome with the marks of its spot check, by the scheme's `review` and `recheck`.

    It never makes anybody a candidate for the black list: that takes a round's own way."""
    if outcome.grade is None:
        return outcome
    plan = plan_of(document)
    stood = _stood(outcome)
    found, check = checked(plan, stood, checks)
    if check is None:
        return outcome
    grade, told, by = outcome.grade, outcome.vetoes, outcome.deeds
    if found is not stood:
        new, vetoes = graded(plan, found, frozenset(outcome.deeds))
        grade = new if new is not None else grade
        told, by = kept_vetoes(plan, vetoes, frozenset(outcome.deeds))
    if outcome.check is not None:  # looked at before: what the round itself came to stays known
        check = replace(check, before_milli=outcome.check.before_milli)
    seen = _seen(plan, found, grade, told, check, outcome.history)
    rank = outcome.rank
    state = _state(plan, f.Facts((), outcome.history, people=outcome.people))
    result = close(plan, state, seen, frozenset(rank.clauses), rank.place, rank.notes, _PERIOD)
    lists, never = _lists(document, grade, result)
    black = tuple(one for one in outcome.candidates if one.listing == "black" and grade == outcome.grade)
    others = tuple(one for one in lists if one.listing != "black" and not (black and one.listing == "red"))
    reasons = [one for one in never if one.listing != "black"]
    reasons += [one for one in outcome.never if one.listing == "black" and grade == outcome.grade]
    return replace(
        outcome,
        grade=grade,
        score_milli=found.score_milli,
        raters=found.raters,
        kin=found.kin,
        areas=found.areas,
        awards=tuple(_award(plan, entry) for entry in result.entries),
        candidates=black + others,
        never=tuple(reasons),
        help_due=outcome.help_due and grade == outcome.grade,
        prizes=_won(result),
        check=check,
        vetoes=told,
        deeds=by,
        notes=_notes(result, rank),
        lost=result.lost,
        awaits=(),
    )


def _stood(outcome: f.Outcome) -> Look:
    """The look a kept outcome tells; which findings there were is not kept, only that there were some."""
    fewest = min((raters_of(area) for area in outcome.areas if area.score_milli is not None), default=0)
    found = frozenset({"seen"} if any(area.findings for area in outcome.areas) else ())
    return Look("", outcome.areas, outcome.score_milli, outcome.raters, outcome.kin, fewest, found)
