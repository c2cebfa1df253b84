"""What a spot check says of a visit, which titles a home holds after a round, and what waits for a check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import Title
from courtyard.rating.rules.engine_2.looking import Look, look
from courtyard.rating.rules.engine_2.plan import Plan

Held = tuple[tuple[str, int], ...]
TWO = 2  # nobody is put lower, and nothing is given, on one pair of eyes (DOMAIN §4.2)


def checked(plan: Plan, found: Look, checks: Sequence[f.Mark]) -> tuple[Look, f.Check | None]:
    """The look that counts once the level above has looked too, and what its check came to; as a run over a place's
    time has it (`running._seen`)."""
    document, again = plan.document, look(plan.document, checks)
    if again.score_milli is None or found.score_milli is None:
        return found, None
    review = document.review
    passed = review is None or review.least_milli is None or again.score_milli >= review.least_milli
    told = f.Check(again.score_milli, again.raters, passed, found.score_milli)
    return (again if review is not None and review.effect == "replaces" else found), told


def failed(plan: Plan, check: f.Check | None) -> bool:
    """Whether a failed check takes the period's red list, titles and prizes away."""
    review = plan.document.review
    return check is not None and not check.passed and review is not None and review.effect == "vetoes"


def counts(plan: Plan, checks: Sequence[f.Mark]) -> bool:
    """Whether enough people looked: two at least, kin aside."""
    return look(plan.document, checks).raters >= TWO


def matters(plan: Plan) -> bool:
    """Whether a check of the level above may change anything under the scheme."""
    review = plan.document.review
    return (
        (review is not None and review.effect != "flags")
        or any(rule.recheck for _, _, rule in plan.conditions)
        or any(title.lost_below_milli is not None for title in plan.document.titles)
    )


def kept_vetoes(plan: Plan, vetoes: Iterable[str], deeds: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the vetoes in effect those that do more than set the grade, or that a deed brought about; and those deeds."""
    told: list[str] = []
    by: set[str] = set()
    for veto in plan.document.vetoes:
        if veto.code not in set(vetoes):
            continue
        done = deeds & set(veto.deeds)
        by |= done
        if done or set(veto.effects) - {"grade"}:
            told.append(veto.code)
    return tuple(told), tuple(sorted(by))


def held_after(plan: Plan, before: Held, outcome: f.Outcome) -> Held:
    """The titles a home holds after a round, each with how many rated rounds running it was in the grade that loses it."""
    titles = {title.code: title for title in plan.document.titles}
    given = [one.listing for one in outcome.candidates if one.clause == f"titles.{one.listing}"]
    runs = {code: run for code, run in before if code not in outcome.lost}
    if outcome.grade is not None:
        runs = {code: _run(plan, titles.get(code), outcome.grade, run) for code, run in runs.items()}
    return tuple(sorted((dict.fromkeys(given, 0) | runs).items()))


def _run(plan: Plan, title: Title | None, grade: str, run: int) -> int:
    if title is None or title.lost_band is None or grade not in plan.rank_of:
        return 0
    return run + 1 if plan.rank_of[grade] >= plan.rank_of[title.lost_band] else 0


def taken_by_check(plan: Plan, held: Iterable[str], score_milli: int) -> tuple[str, ...]:
    """The titles a home loses on the day of a check with this score."""
    low = {title.code for title in plan.document.titles if title.lost_below_milli is not None
           and score_milli < title.lost_below_milli}  # fmt: skip
    return tuple(sorted(set(held) & low))
