"""Engine 1: from facts of a visit to its outcome. Exact fractions, no clock, no chance, order of marks of no account.

An engine that has ever scored is never edited; a change is a new engine with a new number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import DECLINED, Aggregate, Area, AwardRule, ListRule, SchemeDocument

NUMBER = 1


def score(document: SchemeDocument, facts: f.Facts) -> f.Outcome:
    """The outcome of one visit under a scheme: areas, score, grade, awards, candidates, each with its clause."""
    marks = [mark for mark in facts.marks if mark.given and not mark.not_at_home]
    counting = [mark for mark in marks if not mark.kin and any(label != DECLINED for _, label in mark.given)]
    kin = sum(1 for mark in marks if mark.kin)
    why = _unrated(facts, marks, counting)
    if why:
        return _without_grade(facts, why, kin)
    areas = tuple(_area(document, code, marks, counting) for code in (area.code for area in document.sheet.areas))
    rated = [area for area in areas if area.score_milli is not None]
    if not rated or _misses(document, areas):
        return _without_grade(facts, f.AREA_MISSING, kin, areas)
    weights = sum(area.weight for area in rated)
    mean = Fraction(sum(area.weight * (area.score_milli or 0) for area in rated), weights)
    score_milli = rounded(mean, document.aggregate.score_digits, document.aggregate.rounding)
    grade = document.band_of(score_milli).code
    run = facts.history.run + 1 if facts.history.last == grade else 1
    fewest = min(sum(count for _, count in area.counts) for area in rated)
    candidates, never = _lists(document, facts, grade, areas, fewest, kin)
    turned = [title for title in document.titles if _turn(title.band, title.rounds, grade, run)]
    candidates += [f.Candidate(title.code, f"titles.{title.code}") for title in turned]
    earning = [rule for rule in document.awards if _earns(document, rule, facts.history, grade, run)]
    black = document.list_rule("black")
    return f.Outcome(
        engine=NUMBER,
        grade=grade,
        why="",
        score_milli=score_milli,
        raters=len(counting),
        kin=kin,
        areas=areas,
        awards=_awards(document, facts.history, earning),
        candidates=tuple(candidates),
        never=tuple(never),
        help_due=(facts.care or facts.help_owed) and grade == (black.band if black else document.bands[-1].code),
        history=facts.history,
    )


def carried(document: SchemeDocument, facts: f.Facts) -> f.Outcome:
    """A home a light round did not visit: no new grade; where the scheme lets a grade carry, its band's points again."""
    history, coverage = facts.history, document.coverage
    here = facts.lived_in and facts.taking_part
    earns = here and coverage.carried_earns and history.last == coverage.carried_band
    rules = [rule for rule in document.awards if earns and rule.kind == "band" and rule.band == history.last]
    why = f.CARRIED if here else (f.NOT_TAKING_PART if not facts.taking_part else f.NOT_LIVED_IN)
    return f.Outcome(NUMBER, None, why, None, 0, 0, (), _awards(document, history, rules), (), (), False, history)


def after(history: f.History, outcome: f.Outcome) -> f.History:
    """The history a home brings to the next round; an unrated round neither counts in a streak nor breaks it."""
    earned = Counter(dict(history.earned))
    for award in outcome.awards:
        earned[award.ledger] += award.points
    kept = tuple(sorted((ledger, points) for ledger, points in earned.items() if points))
    if outcome.grade is None:
        return f.History(history.last, history.run, kept)
    return f.History(outcome.grade, history.run + 1 if history.last == outcome.grade else 1, kept)


def again(document: SchemeDocument, outcome: f.Outcome, history: f.History) -> f.Outcome:
    """The same visit after another history (an earlier round was corrected): what was seen, the grade and the lists
    stay; streaks, improvement, the year's cap and titles follow the history."""
    if outcome.grade is None:
        return replace(outcome, history=history)
    grade = outcome.grade
    run = history.run + 1 if history.last == grade else 1
    titles = {title.code for title in document.titles}
    candidates = [one for one in outcome.candidates if one.listing not in titles]
    turned = [title for title in document.titles if _turn(title.band, title.rounds, grade, run)]
    candidates += [f.Candidate(title.code, f"titles.{title.code}") for title in turned]
    earning = [rule for rule in document.awards if _earns(document, rule, history, grade, run)]
    awards = _awards(document, history, earning)
    return replace(outcome, awards=awards, candidates=tuple(candidates), history=history)


def new_year(history: f.History) -> f.History:
    """The same history on 1 January: nothing earned yet against the year's cap."""
    return f.History(history.last, history.run)


def rounded(value: Fraction, digits: int, rounding: str) -> int:
    """A score in thousandths (never below 0) rounded once to `digits` decimals."""
    unit = 10 ** (3 - digits)
    steps = value / unit
    if rounding == "half_up":
        return math.floor(steps + Fraction(1, 2)) * unit
    if rounding == "half_even":
        return round(steps) * unit
    return math.floor(steps) * unit


def combined(aggregate: Aggregate, scores: Iterable[int]) -> Fraction:
    """Several evaluators' scores of one area as one, exactly; at least one score."""
    ordered = sorted(scores)
    count = len(ordered)
    if aggregate.method == "median":
        low, high = ordered[(count - 1) // 2], ordered[count // 2]
        return {"mean": Fraction(low + high, 2), "better": Fraction(high), "worse": Fraction(low)}[aggregate.even]
    if aggregate.method == "trimmed_mean" and count >= 4:
        ordered = ordered[1:-1]
    return Fraction(sum(ordered), len(ordered))


def _unrated(facts: f.Facts, marks: list[f.Mark], counting: list[f.Mark]) -> str:
    if not facts.taking_part:
        return f.NOT_TAKING_PART
    if not facts.lived_in:
        return f.NOT_LIVED_IN
    if counting:
        return ""
    if any(mark.not_at_home for mark in facts.marks):
        return f.NOT_AT_HOME
    return f.ONLY_KIN if marks and all(mark.kin for mark in marks) else f.NO_MARKS


def _without_grade(facts: f.Facts, why: str, kin: int, areas: tuple[f.AreaResult, ...] = ()) -> f.Outcome:
    return f.Outcome(NUMBER, None, why, None, 0, kin, areas, (), (), (), False, facts.history)


def _area(document: SchemeDocument, code: str, marks: list[f.Mark], counting: list[f.Mark]) -> f.AreaResult:
    """One area over the raters that count; where the household declined to one of them, it is not rated at all."""
    area = document.area(code)
    own = [mark for mark in marks if not mark.kin]
    labels = [label for mark in counting for name, label in mark.given if name == code and label != DECLINED]
    declined = any(name == code and label == DECLINED for mark in own for name, label in mark.given)
    findings, mended = _findings(area, [item for mark in own for item in mark.seen if item.area == code])
    if declined or not labels:
        why = DECLINED if declined else "none"
        return f.AreaResult(code, area.weight, (), None, why, findings, mended)
    given = Counter(labels)
    counts = tuple((label.code, given.pop(label.code)) for label in document.sheet.labels if label.code in given)
    if given:
        raise ValueError(f"labels the sheet does not have: {sorted(given)}")
    scores = [document.label(label).score_milli for label in labels]
    aggregate = document.aggregate
    score_milli = rounded(combined(aggregate, scores), aggregate.area_digits, aggregate.rounding)
    return f.AreaResult(code, area.weight, counts, score_milli, "", findings, mended)


def _findings(area: Area, seen: list[f.Seen]) -> tuple[int, int]:
    """How many findings stand and how many were mended at the door; what one evaluator saw mended is mended.

    A picture with words of its own may be two different things, so there each kind counts for itself.
    """
    mended = {item.code for item in seen if item.mended}
    several = {picture.code for picture in area.pictures if picture.needs_words}
    standing = {item.code for item in seen if not item.mended and (item.code not in mended or item.code in several)}
    return len(standing), len(mended)


def _misses(document: SchemeDocument, areas: tuple[f.AreaResult, ...]) -> bool:
    """Whether an area nobody marked leaves the home unrated; a declined one never does."""
    return document.sheet.missing_area == "not_rated" and any(area.why == "none" for area in areas)


def _turn(band: str | None, rounds: int | None, grade: str, run: int) -> bool:
    """Whether a streak of `rounds` is complete now; after that it counts anew (3rd, 6th, 9th …)."""
    return band == grade and rounds is not None and run % rounds == 0


def _earns(document: SchemeDocument, rule: AwardRule, history: f.History, grade: str, run: int) -> bool:
    if rule.kind == "band":
        return rule.band == grade
    if rule.kind == "streak":
        return _turn(rule.band, rule.rounds, grade, run)
    before, now = document.rank(history.last), document.rank(grade)
    return before is not None and now is not None and before - now >= (rule.steps or 1)


def _awards(document: SchemeDocument, history: f.History, rules: list[AwardRule]) -> tuple[f.Award, ...]:
    """Awards in the document's order, each within what the year's cap of its ledger still leaves."""
    left = {cap.ledger: cap.points for cap in document.caps}
    for ledger, points in history.earned:
        if ledger in left:
            left[ledger] = max(0, left[ledger] - points)
    awards = []
    for rule in rules:
        points = min(rule.points, left.get(rule.ledger, rule.points))
        if rule.ledger in left:
            left[rule.ledger] -= points
        if rule.points:
            awards.append(f.Award(f"awards.{rule.code}", rule.kind, rule.ledger, points, rule.points - points))
    return tuple(awards)


def _lists(
    document: SchemeDocument, facts: f.Facts, grade: str, areas: tuple[f.AreaResult, ...], fewest: int, kin: int
) -> tuple[list[f.Candidate], list[f.Never]]:
    candidates, never = [], []
    for rule in document.lists:
        if rule.band != grade:
            continue
        reasons = _reasons(document, rule, facts, areas, fewest, kin)
        if reasons:
            never.append(f.Never(rule.listing, f"lists.{rule.code}", tuple(reasons)))
        else:
            candidates.append(f.Candidate(rule.listing, f"lists.{rule.code}"))
    return candidates, never


def _reasons(
    document: SchemeDocument, rule: ListRule, facts: f.Facts, areas: tuple[f.AreaResult, ...], fewest: int, kin: int
) -> list[str]:
    """Every reason why this home is no candidate (DOMAIN §4.2, §4.7)."""
    reasons = []
    if rule.listing == "black":
        reasons += [f.CARE_LIST] * facts.care + [f.HELP_OWED] * facts.help_owed
    reasons += [f.KIN] * (kin > 0 and rule.kin_excluded)
    if fewest < rule.raters_least:
        reasons.append(f.FEW_RATERS.get(rule.raters_least, f"fewer_than_{rule.raters_least}"))
    if rule.needs_finding:
        bare = [area for area in areas if _is_in(document, area, rule.band) and not area.findings]
        reasons += [f.MENDED if all(area.mended for area in bare) else f.NO_FINDING] if bare else []
    return reasons


def _is_in(document: SchemeDocument, area: f.AreaResult, band: str | None) -> bool:
    return area.score_milli is not None and document.band_of(area.score_milli).code == band
