"""The close of one period for one home: grade, lists, titles, awards, prizes, each with its clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from courtyard.rating.rules import facts as f
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import AwardRule, ListRule, Multiplier, Title
from courtyard.rating.rules.engine_2.conditions import LATE_KINDS, Moment, run_after, times
from courtyard.rating.rules.engine_2.looking import Look
from courtyard.rating.rules.engine_2.plan import Plan
from courtyard.rating.rules.engine_2.state import State, book, until_of
from courtyard.rating.rules.periods import Period


@dataclass(frozen=True)
class Seen:
    """What a period holds of one home before its ranks: the look that counts, the grade after vetoes, its check.

    `number`: the how-manieth period under the scheme this is (0: the first); `vetoes`: those in effect."""

    look: Look
    grade: str | None
    why: str
    vetoes: tuple[str, ...]
    check: bool | None
    failed: bool
    number: int


def graded(plan: Plan, look: Look, deeds: frozenset[str]) -> tuple[str | None, tuple[str, ...]]:
    """The grade of a look after the vetoes its findings and the period's deeds bring about, and those vetoes."""
    if look.score_milli is None:
        return None, ()
    document = plan.document
    grade = document.band_of(min(max(look.score_milli, 0), document.bands[0].most_milli)).code
    hits = [veto for veto in document.vetoes if look.found & set(veto.findings) or deeds & set(veto.deeds)]
    for veto in hits:
        if "grade" in veto.effects and veto.band is not None:
            grade = max(grade, veto.band, key=lambda code: plan.rank_of[code])
    return grade, tuple(veto.code for veto in hits)


def close(plan: Plan, state: State, seen: Seen, ranks: frozenset[str], place: int | None, notes: tuple[str, ...],
          period: Period) -> s.Result:  # fmt: skip
    """Close a rated period for one home: its result; the state then holds what it brings to the next."""
    assert seen.grade is not None
    moment = Moment(plan, state, seen.look, seen.grade, state.last, state.last_score, ranks, seen.check)
    for clause, rule in plan.streaks:
        state.runs[clause] = run_after(plan, state, clause, rule, seen.grade)
    effects = {effect for veto in plan.document.vetoes if veto.code in seen.vetoes for effect in veto.effects}
    never: list[f.Never] = []
    barred = "no_lists" in effects
    lost = _lose(moment, seen)
    _lists(moment, seen, never, barred, late=False)
    _titles(moment, seen, barred, late=False)
    entries: list[s.Entry] = []
    if "no_awards" not in effects and not _gated(plan, state, seen, period.last):
        entries += _awards(moment, seen, period, late=False)
        _titles(moment, seen, barred, late=True)
        _lists(moment, seen, never, barred, late=True)
        entries += _awards(moment, seen, period, late=True)
    elif plan.document.awards:
        notes = (*notes, s.GATE if "no_awards" not in effects else "no_awards")
    prizes = () if seen.failed or barred else tuple(_prizes(moment))
    _remember(plan, state, seen)
    owner = state.owners(plan)[0]
    return s.Result(
        state.home.code, period, seen.grade, "", seen.look.score_milli,
        state.star(plan, owner, period.last, seen.look.score_milli), place, seen.look.raters, seen.look.kin,
        seen.look.areas, tuple(entries), tuple(moment.lists), tuple(never), tuple(moment.given), tuple(lost), prizes,
        seen.vetoes, notes,
    )  # fmt: skip


def unrated(plan: Plan, state: State, seen: Seen, period: Period, carries: bool) -> s.Result:
    """A period without a grade. Where a light round let the grade carry, its band's points again (if they earn)."""
    entries: list[s.Entry] = []
    if carries and state.last is not None:
        moment = Moment(plan, state, replace(seen.look, score_milli=state.last_score), state.last, None, None)
        for rule in plan.document.awards if plan.document.coverage.carried_earns else ():
            if rule.kind == "band" and plan.in_band(rule, state.last):
                entries += _award(moment, seen, period, rule, 1)
        state.carried += 1
    owner = state.owners(plan)[0]
    star = state.star(plan, owner, period.last, None)
    why = f.CARRIED if carries else seen.why
    return s.Result(
        state.home.code, period, None, why, None, star, None, seen.look.raters, seen.look.kin, seen.look.areas,
        tuple(entries), (), (), (), (), (), seen.vetoes, (),
    )  # fmt: skip


def _gated(plan: Plan, state: State, seen: Seen, day: date) -> bool:
    """Whether a gate shuts this period's awards: the grade of this round, or the star, is below its rung."""
    return any(
        "awards" in gate.shuts and shut(plan, state, gate.band, gate.star, seen.grade, day)
        for gate in plan.document.gates
    )


def shut(plan: Plan, state: State, band: str | None, star: str | None, grade: str | None, day: date) -> bool:
    """Whether a home is below a gate's rung. A home nobody rated yet is below none."""
    if band is not None and grade is not None and plan.rank_of[grade] > plan.rank_of[band]:
        return True
    if star is None:
        return False
    places = {one.code: place for place, one in enumerate(plan.document.stars)}
    held = state.star(plan, state.owners(plan)[0], day, state.last_score)
    return held is not None and places[held] > places[star]


def _lists(moment: Moment, seen: Seen, never: list[f.Never], barred: bool, *, late: bool) -> None:
    for rule in moment.plan.document.lists:
        clause = f"lists.{rule.code}"
        if (rule.kind in LATE_KINDS) is not late or not times(moment, clause, rule):
            continue
        if rule.listing == "red" and (barred or seen.failed):
            continue
        reasons = reasons_against(moment.plan, rule, moment.state.home, seen.look)
        if reasons:
            never.append(f.Never(rule.listing, clause, tuple(reasons)))
        elif not any(listing != rule.listing for listing, _ in moment.lists):
            moment.lists.append((rule.listing, clause))


def reasons_against(plan: Plan, rule: ListRule, home: s.Home, look: Look) -> list[str]:
    """Every reason why a home whose grade or rank would allow it is no candidate (DOMAIN §4.2, §4.7)."""
    reasons = []
    if rule.listing == "black":
        reasons += [f.CARE_LIST] * home.care + [f.HELP_OWED] * home.help_owed
    if look.decided:
        return reasons
    reasons += [f.KIN] * (look.kin > 0 and rule.kin_excluded)
    if look.fewest < rule.raters_least:
        reasons.append(f.FEW_RATERS.get(rule.raters_least, f"fewer_than_{rule.raters_least}"))
    if rule.needs_finding:
        bare = [area for area in look.areas if _is_in(plan, area, rule.band) and not area.findings]
        reasons += [f.MENDED if all(area.mended for area in bare) else f.NO_FINDING] if bare else []
        if rule.kind != "band" and not bare and not look.found:
            reasons.append(f.NO_FINDING)
    return reasons


def _is_in(plan: Plan, area: f.AreaResult, band: str | None) -> bool:
    """Whether an area by itself would be in a band (the worst, where the clause names none)."""
    document = plan.document
    if area.score_milli is None or document.area(area.area).extra:
        return False  # nobody is poor for a contribution not made
    scaled = area.score_milli
    if not document.labels_only:
        scaled = min(document.whole_milli, area.score_milli * document.whole_milli // (area.weight * 1000))
    return document.band_of(scaled).code == (band or document.bands[-1].code)


def _titles(moment: Moment, seen: Seen, barred: bool, *, late: bool) -> None:
    state = moment.state
    for title in moment.plan.document.titles:
        clause = f"titles.{title.code}"
        if (title.kind in LATE_KINDS) is not late or barred or seen.failed or title.code in state.titles:
            continue
        if times(moment, clause, title):
            state.titles.add(title.code)
            state.poor_runs.pop(title.code, None)
            if title.kind == "streak":
                state.once.add(clause)
            moment.given.append(title.code)


def _lose(moment: Moment, seen: Seen) -> list[str]:
    """Titles a home loses by this period's score or grade, or because they go with a condition that no longer holds."""
    plan, state, lost = moment.plan, moment.state, []
    for title in plan.document.titles:
        if title.code not in state.titles:
            continue
        gone = title.while_met and not times(moment, f"titles.{title.code}", title)
        if gone or _loses(plan, state, title, seen):
            state.titles.discard(title.code)
            lost.append(title.code)
    return lost


def _loses(plan: Plan, state: State, title: Title, seen: Seen) -> bool:
    if title.lost_below_milli is not None and (seen.look.score_milli or 0) < title.lost_below_milli:
        return True
    if title.lost_band is None or seen.grade is None:
        return False
    poor = plan.rank_of[seen.grade] >= plan.rank_of[title.lost_band]
    run = state.poor_runs.get(title.code, 0) + 1 if poor else 0
    state.poor_runs[title.code] = run
    return run >= title.lost_rounds


def _awards(moment: Moment, seen: Seen, period: Period, *, late: bool) -> Iterable[s.Entry]:
    """Awards in the document's order; those that ask for the standing, or for what it brings, come last."""
    document = moment.plan.document
    after = {title.code for title in document.titles if title.kind in LATE_KINDS}
    behind = {rule.listing for rule in document.lists if rule.kind in LATE_KINDS}
    for rule in document.awards:
        last = rule.kind in LATE_KINDS or (rule.title in after) or (rule.kind == "list" and rule.listing in behind)
        if last is not late:
            continue
        clause = f"awards.{rule.code}"
        count = times(moment, clause, rule)
        if count:
            yield from _award(moment, seen, period, rule, count)
            moment.state.once.add(clause)


def _award(moment: Moment, seen: Seen, period: Period, rule: AwardRule, count: int) -> list[s.Entry]:
    state, plan = moment.state, moment.plan
    amount = Fraction(rule.points_milli) * count
    if rule.kind == "score":
        amount += Fraction(moment.score_milli * (rule.rate_milli or 0), 1000)
    if rule.per_member and plan.document.account == "household":
        amount *= max(1, len(state.home.members))
    for multiplier in multiplying(plan, rule, state.rated, seen.number):
        amount = amount * multiplier.factor_milli / 1000
    until = until_of(plan, rule, period.last)
    if not amount:
        return []
    return [book(plan, state, owner, rule, amount, period.last, period, until) for owner in state.owners(plan)]


def multiplying(plan: Plan, rule: AwardRule, rated: int, number: int) -> list[Multiplier]:
    """What multiplies an award of a home that was rated so often before, in the how-manieth period under the scheme."""
    return [
        one
        for one in plan.document.multipliers
        if (not one.awards or rule.code in one.awards) and (rated if one.since == "joined" else number) < one.periods
    ]


def _prizes(moment: Moment) -> Iterable[tuple[str, int]]:
    for prize in moment.plan.document.prizes:
        clause = f"prizes.{prize.code}"
        if times(moment, clause, prize):
            moment.state.once.add(clause)
            yield prize.code, prize.amount_fen


def _remember(plan: Plan, state: State, seen: Seen) -> None:
    """What the home brings to its next period; a streak that counts anew begins again."""
    for clause, rule in plan.streaks:
        if rule.repeats == "once" and state.runs[clause] >= (rule.rounds or 1):
            state.once.add(clause)
    for clause, rule in [(f"awards.{rule.code}", rule) for rule in plan.document.awards if rule.kind == "once"]:
        if plan.in_band(rule, seen.grade):
            state.once.add(clause)
    state.last, state.last_score = seen.grade, seen.look.score_milli
    state.rated, state.carried = state.rated + 1, 0
