"""One visit at a time, as a round asks: the same rules as over a place's time, told only what the round knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from courtyard.rating.rules import facts as f
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.accounts import Account, Lot
from courtyard.rating.rules.engine_2.checking import checked, failed, kept_vetoes
from courtyard.rating.rules.engine_2.closing import Seen, close, graded, multiplying
from courtyard.rating.rules.engine_2.home_deeds import BOTTOMLESS
from courtyard.rating.rules.engine_2.looking import Look, look, raters_of
from courtyard.rating.rules.engine_2.numbers import towards_zero
from courtyard.rating.rules.engine_2.plan import Plan, plan_of
from courtyard.rating.rules.engine_2.state import Direct, State, book
from courtyard.rating.rules.periods import Period, time_of

NUMBER = 2
RANKS = ("first", "last")
# A round's facts carry no day: what was earned is already that of the year the round counts for.
_DAY = date(2001, 1, 1)
_PERIOD = Period(_DAY, date(2001, 1, 31))


def score(document: SchemeDocument, facts: f.Facts) -> f.Outcome:
    """The outcome of one visit under a scheme: areas, score, grade, awards, candidates, each with its clause."""
    plan, history = plan_of(document), facts.history
    found, check = checked(plan, look(document, facts.marks), facts.checks)
    kin, deeds = found.kin, frozenset(facts.deeds)
    if not facts.taking_part or not facts.lived_in:
        why = f.NOT_TAKING_PART if not facts.taking_part else f.NOT_LIVED_IN
        return f.Outcome(NUMBER, None, why, None, 0, kin, (), (), (), (), False, history)
    grade, vetoes = graded(plan, found, deeds)
    if grade is None:
        return f.Outcome(NUMBER, None, found.why, None, 0, kin, found.areas, (), (), (), False, history)
    state = _state(plan, facts)
    rank = replace(facts.rank, out=_out_of_ranks(plan, vetoes))
    seen = _seen(plan, found, grade, vetoes, check, history)
    result = close(plan, state, seen, frozenset(rank.clauses), rank.place, rank.notes, _PERIOD)
    candidates, never = _lists(document, grade, result)
    told, by = kept_vetoes(plan, vetoes, deeds)
    black = document.list_rule("black")
    worst = black.band if black is not None and black.band is not None else document.bands[-1].code
    return f.Outcome(
        engine=NUMBER,
        grade=grade,
        why="",
        score_milli=found.score_milli,
        raters=found.raters,
        kin=kin,
        areas=found.areas,
        awards=tuple(_award(plan, entry) for entry in result.entries),
        candidates=candidates,
        never=never,
        help_due=(facts.care or facts.help_owed) and grade == worst,
        history=history,
        rank=rank,
        prizes=_won(result),
        people=facts.people,
        check=check,
        vetoes=told,
        deeds=by,
        notes=_notes(result, rank),
        lost=result.lost,
        awaits=_awaits(plan, facts, seen, rank, result) if check is None else (),
    )


def ranked_again(document: SchemeDocument, outcome: f.Outcome, rank: f.Rank) -> f.Outcome:
    """The same visit with another rank (somebody else's result was corrected): awards, prizes, titles and the red list
    follow. What such a correction never does: make anybody a candidate for the black list."""
    if outcome.grade is None:
        return outcome
    plan = plan_of(document)
    fewest = min((raters_of(area) for area in outcome.areas if area.score_milli is not None), default=0)
    found = frozenset({"seen"} if any(area.findings for area in outcome.areas) else ())
    seen = Look("", outcome.areas, outcome.score_milli, outcome.raters, outcome.kin, fewest, found)
    result = _closed_again(plan, replace(outcome, rank=rank), outcome.history, seen)
    new, never = _lists(document, outcome.grade, result)
    held = {f"lists.{rule.code}" for rule in document.lists if rule.kind not in RANKS} | set(rank.clauses)
    black = tuple(one for one in outcome.candidates if one.listing == "black" and one.clause in held)
    others = tuple(one for one in new if one.listing != "black" and not (black and one.listing == "red"))
    kept = tuple(one for one in outcome.never if one.listing == "black" and one.clause in held)
    return replace(
        outcome,
        awards=tuple(_award(plan, entry) for entry in result.entries),
        candidates=black + others,
        never=tuple(one for one in never if one.listing != "black") + kept,
        rank=rank,
        prizes=_won(result),
        notes=_notes(result, rank),
        lost=result.lost,
    )


def carried(document: SchemeDocument, facts: f.Facts) -> f.Outcome:
    """A home a light round did not visit: no new grade; where the scheme lets a grade carry, its band's points again."""
    plan, history, coverage = plan_of(document), facts.history, document.coverage
    here = facts.lived_in and facts.taking_part
    ranks, band = plan.rank_of, coverage.carried_band
    good = history.last in ranks and band in ranks and ranks[history.last] <= ranks[band]
    earns = here and coverage.carried_earns and good
    awards = []
    if earns and history.last is not None:
        state = _state(plan, facts)
        for rule in document.awards:
            if rule.kind == "band" and plan.in_band(rule, history.last) and rule.points_milli:
                amount = Fraction(rule.points_milli) * (max(1, facts.people) if rule.per_member else 1)
                for one in multiplying(plan, rule, state.rated, _number(history)):
                    amount = amount * one.factor_milli / 1000
                entry = book(plan, state, "", rule, amount, _PERIOD.last, _PERIOD, None)
                awards.append(_award(plan, entry))
    why = f.CARRIED if here else (f.NOT_TAKING_PART if not facts.taking_part else f.NOT_LIVED_IN)
    return f.Outcome(NUMBER, None, why, None, 0, 0, (), tuple(awards), (), (), False, history)


def after(history: f.History, outcome: f.Outcome) -> f.History:
    """The history a home brings to the next round; an unrated round neither counts in a streak nor breaks it."""
    earned = Counter(dict(history.earned))
    for award in outcome.awards:
        earned[award.ledger] += award.points
    kept = tuple(sorted((ledger, points) for ledger, points in earned.items() if points))
    if outcome.grade is None:
        return replace(history, earned=kept)
    run = history.run + 1 if history.last == outcome.grade else 1
    grades = (*history.grades, outcome.grade) if history.grades else ()
    return f.History(outcome.grade, run, kept, grades, outcome.score_milli if grades else None)


def again(document: SchemeDocument, outcome: f.Outcome, history: f.History) -> f.Outcome:
    """The same visit after another history (an earlier round was corrected): what was seen, the grade and the lists
    stay; streaks, improvement, the year's cap and titles follow the history."""
    if outcome.grade is None:
        return replace(outcome, history=history)
    plan = plan_of(document)
    seen = Look("", outcome.areas, outcome.score_milli, outcome.raters, outcome.kin, outcome.raters, decided=True)
    result = _closed_again(plan, outcome, history, seen)
    titles = {title.code for title in document.titles}
    lists = tuple(one for one in outcome.candidates if one.listing not in titles)
    given = tuple(f.Candidate(title, f"titles.{title}") for title in result.titles)
    awards = tuple(_award(plan, entry) for entry in result.entries)
    return replace(
        outcome,
        awards=awards,
        candidates=lists + given,
        history=history,
        prizes=_won(result),
        notes=_notes(result, outcome.rank),
        lost=result.lost,
    )


def _closed_again(plan: Plan, outcome: f.Outcome, history: f.History, seen: Look) -> s.Result:
    """The close of a visit as it was seen, after a history, with the rank the outcome has."""
    assert outcome.grade is not None
    state, rank = _state(plan, f.Facts((), history, people=outcome.people)), outcome.rank
    closing = _seen(plan, seen, outcome.grade, outcome.vetoes, outcome.check, history)
    return close(plan, state, closing, frozenset(rank.clauses), rank.place, rank.notes, _PERIOD)


def _seen(
    plan: Plan, found: Look, grade: str, vetoes: tuple[str, ...], check: f.Check | None, history: f.History
) -> Seen:
    passed = None if check is None else check.passed
    return Seen(found, grade, "", vetoes, passed, failed(plan, check), _number(history))


def _notes(result: s.Result, rank: f.Rank) -> tuple[str, ...]:
    """Why a rated home gets no points; what few homes led to stands with the rank."""
    return tuple(note for note in result.notes if note not in rank.notes)


def _awaits(plan: Plan, facts: f.Facts, seen: Seen, rank: f.Rank, result: s.Result) -> tuple[str, ...]:
    """The clauses that would hold besides, had a spot check passed."""
    if not any(rule.recheck for _, _, rule in plan.conditions):
        return ()
    passed = replace(seen, check=True)
    again = close(plan, _state(plan, facts), passed, frozenset(rank.clauses), rank.place, rank.notes, _PERIOD)
    return tuple(sorted(_clauses(again) - _clauses(result)))


def _clauses(result: s.Result) -> set[str]:
    """Every clause that gave something."""
    found = {entry.clause for entry in result.entries} | {clause for _, clause in result.lists}
    return found | {f"titles.{code}" for code in result.titles} | {f"prizes.{code}" for code, _ in result.prizes}


def _out_of_ranks(plan: Plan, vetoes: Iterable[str]) -> bool:
    """Whether a veto keeps the home out of this round's ranks."""
    keeping = {veto.code for veto in plan.document.vetoes if "not_ranked" in veto.effects}
    return not keeping.isdisjoint(vetoes)


def _number(history: f.History) -> int:
    """How many periods under the scheme went before: as the round was told, else as many as the home's run knows of."""
    return history.run if history.period is None else history.period


def _state(plan: Plan, facts: f.Facts) -> State:
    """What the engine remembers of a home, from what the round knows of it."""
    history = facts.history
    home = s.Home("", ("",) * facts.people, care=facts.care, help_owed=facts.help_owed)
    state = State(home, last=history.last, rated=history.run)
    for clause, rule in plan.streaks:
        state.runs[clause] = history.run if plan.in_band(rule, history.last) else 0
    state.titles, state.poor_runs = {code for code, _ in history.titles}, dict(history.titles)
    if history.grades:
        _remember(plan, state, history)
    taken = dict(history.used)
    for cap in plan.document.caps:
        if milli := taken.get(f"{cap.ledger}.{cap.code}"):
            state.used[f"{cap.ledger}.{cap.code}", "", time_of(cap.per, _PERIOD.last, _PERIOD)] = milli
    for ledger, points in history.earned:
        for cap in plan.document.caps:
            if cap.ledger == ledger:
                state.used[f"{cap.ledger}.{cap.code}", "", time_of(cap.per, _PERIOD.last, _PERIOD)] = points * 1000
        account = state.account(plan, "", ledger)
        account.lots.append(Lot(_DAY, points * 1000, None))
    for ledger in {rule.ledger for rule in plan.document.awards if rule.points_milli < 0}:
        # How much of a deduction the balance covers is the ledger's to say when it is booked.
        state.account(plan, "", ledger).lots.append(Lot(_DAY, BOTTOMLESS, None))
    for ledger, milli in history.stood:
        lots = [Lot(_DAY, milli, None)] if milli > 0 else []
        state.accounts["", ledger] = Account(plan.document.ledger(ledger), lots, max(0, -milli))
    state.directs = [Direct("", star, _DAY, None) for star in history.outright]
    return state


def _remember(plan: Plan, state: State, history: f.History) -> None:
    """What of a home's past only some schemes ask for: how often it was rated, its runs, what it had once, its score."""
    state.rated, state.last_score = len(history.grades), history.last_score_milli
    for clause, rule in plan.streaks:
        run = 0
        for grade in history.grades:
            run = run + 1 if plan.in_band(rule, grade) else 0
            if run >= (rule.rounds or 1) and rule.repeats == "once":
                state.once.add(clause)
        state.runs[clause] = run
    for award in plan.document.awards:
        if award.kind == "once" and any(plan.in_band(award, grade) for grade in history.grades):
            state.once.add(f"awards.{award.code}")


def _award(plan: Plan, entry: s.Entry) -> f.Award:
    kind = next(rule.kind for rule in plan.document.awards if f"awards.{rule.code}" == entry.clause)
    points, cut = (towards_zero(Fraction(milli), 1000) // 1000 for milli in (entry.milli, entry.cut_milli))
    return f.Award(entry.clause, kind, entry.ledger, points, cut, entry.milli - points * 1000)


def _lists(
    document: SchemeDocument, grade: str, result: s.Result
) -> tuple[tuple[f.Candidate, ...], tuple[f.Never, ...]]:
    """Candidates and who is none; whoever is the last without being poor is never one for the black list (DOMAIN §4.2)."""
    by_rank = {f"lists.{rule.code}" for rule in document.lists if rule.listing == "black" and rule.kind in RANKS}
    spared = by_rank if grade != document.bands[-1].code else set()
    lists = tuple(f.Candidate(listing, clause) for listing, clause in result.lists if clause not in spared)
    titles = tuple(f.Candidate(title, f"titles.{title}") for title in result.titles)
    reasons = {never.clause: (f.NOT_POOR, *never.reasons) for never in result.never if never.clause in spared}
    reasons |= {clause: (f.NOT_POOR,) for _, clause in result.lists if clause in spared}
    kept = tuple(never for never in result.never if never.clause not in spared)
    return lists + titles, kept + tuple(f.Never("black", clause, why) for clause, why in sorted(reasons.items()))


def _won(result: s.Result) -> tuple[f.Won, ...]:
    return tuple(f.Won(f"prizes.{code}", fen) for code, fen in result.prizes)
