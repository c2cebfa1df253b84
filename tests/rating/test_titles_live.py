"""Titles, spot checks and vetoes as rounds carry them, month by month: the same as a run of the engine over the year."""

from __future__ import annotations

import random
from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest

from courtyard.rating.queries import shipped
from courtyard.rating.rules import engine_2, engines
from courtyard.rating.rules import facts as f
from courtyard.rating.rules import story as s
from courtyard.rating.rules.checks import checked_again, held, taken
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.parsing import check_toml

pytestmark = pytest.mark.long

YEAR = tuple(date(2027, month, 1) for month in range(1, 13))


def scheme(code: str, more: str = "") -> SchemeDocument:
    """A shipped scheme, with some more clauses."""
    check = check_toml(shipped()[code] + more)
    assert check.document is not None, check.problems
    return check.document


def mark(document: SchemeDocument, score: int) -> f.Mark:
    """One rater's marks that come to a score of 100: the last area takes what the others leave."""
    left, given = score, []
    for area in document.sheet.areas:
        points = min(area.weight, left)
        left -= points
        if area.items:
            rest, parts = points, []
            for item in area.items:
                most = item.most_milli // 1000
                parts.append(str(min(most, rest)))
                rest -= min(most, rest)
            given.append((area.code, "+".join(parts)))
        else:
            given.append((area.code, str(points)))
    return f.Mark(tuple(given))


def live(
    document: SchemeDocument, scores: list[int | None], checks: dict[int, int]
) -> tuple[list[f.Outcome], list[tuple[str, ...]]]:
    """Month by month as rounds go: closed, then checked; each home's outcome and the titles it holds afterwards."""
    history, outcomes, titles = f.History(grades=(), period=0), [], []
    for month, score in enumerate(scores):
        marks = () if score is None else (mark(document, score),) * 3
        outcome = engines.score(document, f.Facts(marks, history))
        if month in checks:
            outcome = checked_again(document, outcome, (mark(document, checks[month]),) * 2)
        after = engines.after(document, history, outcome)
        if outcome.grade is not None:
            after = replace(after, grades=(*history.grades, outcome.grade), last_score_milli=outcome.score_milli)
        if month in checks and score is not None:
            gone = taken(document, [code for code, _ in after.titles], checks[month] * 1000)
            after = replace(after, titles=tuple(one for one in after.titles if one[0] not in gone))
        history = replace(after, period=month + 1, earned=())
        outcomes.append(outcome)
        titles.append(tuple(code for code, _ in history.titles))
    return outcomes, titles


def run(document: SchemeDocument, scores: list[int | None], checks: dict[int, int]) -> s.Told:
    """The same facts over the engine's own time: rounds on the 10th, checks on the 20th."""
    home = s.Home("h", joined=YEAR[0])
    events: list[s.Event] = []
    for month, score in enumerate(scores):
        if score is not None:
            events += [s.Visit("h", YEAR[month].replace(day=10), (mark(document, score),) * 3)]
            if month in checks:
                marks = (mark(document, checks[month]),) * 2
                events.append(s.Visit("h", YEAR[month].replace(day=20), marks, spot=True))
    return engine_2.run(document, [home], events, date(2027, 12, 31), since=YEAR[0])


def titles_by_month(told: s.Told) -> list[tuple[str, ...]]:
    found, holding = [], set()
    for month in YEAR:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        for one in told.changes:
            if month <= one.day <= last:
                (holding.add if one.given else holding.discard)(one.title)
        found.append(tuple(sorted(holding)))
    return found


@pytest.mark.parametrize("code", ["youzha", "fengjia"])
def test_a_year_of_rounds_gives_what_the_engine_gives(code: str) -> None:
    document, chance = scheme(code), random.Random(7)
    for _ in range(40):
        scores = [chance.choice((None, 95, 92, 90, 89, 85, 80, 79, 72, 50)) for _ in YEAR]
        checks = {n: chance.choice((95, 88, 70)) for n in range(12) if chance.random() < 0.3}
        outcomes, titles = live(document, scores, checks)
        told = run(document, scores, checks)
        assert [one.grade for one in outcomes] == [one.grade for one in told.results]
        assert [one.score_milli for one in outcomes] == [one.score_milli for one in told.results]
        assert [set(one.lost) for one in outcomes] == [set(one.lost) for one in told.results]
        assert titles == titles_by_month(told)
        points = [sum(entry.milli for entry in one.entries) // 1000 for one in told.results]
        assert [one.points for one in outcomes] == points


CHECKED = """
[[awards]]
code = "checked"
kind = "score_least"
name = "抽查合格"
least = 90
recheck = true
points = 7
ledger = "points"

[[titles]]
code = "plaque"
kind = "score_least"
name = "卫生户牌"
least = 90
recheck_months = 3
lost_below = 90

[[titles]]
code = "kept"
kind = "streak"
name = "三连优"
band = "best"
rounds = 2
repeats = "each"
lost_band = "good"
lost_rounds = 1

[[titles]]
code = "first"
kind = "streak"
name = "头一次三连优"
band = "good"
or_better = true
rounds = 3
repeats = "once"
while_met = true
"""


def test_checks_that_veto_and_clauses_that_wait_for_one() -> None:
    text = shipped()["youzha"].replace('effect = "replaces"', 'effect = "vetoes"\nleast = 90', 1)
    check = check_toml(text + CHECKED)
    assert check.document is not None, check.problems
    document, chance = check.document, random.Random(11)
    awaited = 0
    for _ in range(60):
        scores = [chance.choice((None, 95, 92, 90, 89, 80, 72)) for _ in YEAR]
        checks = {n: chance.choice((95, 90, 88)) for n in range(12) if chance.random() < 0.4}
        outcomes, titles = live(document, scores, checks)
        told = run(document, scores, checks)
        assert titles == titles_by_month(told)
        points = [sum(entry.milli for entry in one.entries) // 1000 for one in told.results]
        assert [one.points for one in outcomes] == points
        for month, (one, other) in enumerate(zip(outcomes, told.results, strict=True)):
            assert month in checks or set(one.lost) == set(other.lost)  # a run takes it on the day of the check
        awaited += sum("awards.checked" in one.awaits for one in outcomes)
        assert all(not one.awaits for one in outcomes if one.check is not None)
    assert awaited > 50


def test_one_pair_of_eyes_changes_nothing() -> None:
    document = scheme("youzha")
    outcome = engines.score(document, f.Facts((mark(document, 95),) * 3))
    low = mark(document, 40)
    assert checked_again(document, outcome, (low,)) == outcome
    assert checked_again(document, outcome, (low, replace(low, kin=True))) == outcome
    told = checked_again(document, outcome, (low, low))
    assert (told.grade, told.score_milli, told.points, told.check) == (
        "poor",
        40_000,
        0,
        f.Check(40_000, 2, True, 95_000),
    )
    # Looked at again, what the round itself had come to is still known; nobody becomes a candidate for the black list.
    back = checked_again(document, told, (mark(document, 95),) * 2)
    assert (back.grade, back.check, back.candidates) == ("best", f.Check(95_000, 2, True, 95_000), ())
    assert checked_again(document, engines.score(document, f.Facts(())), (low, low)).grade is None


VETOING = """
[[deeds]]
code = "dumped"
name = "往河里倒垃圾"
points = 0
ledger = "points"
needs_evidence = true

[[vetoes]]
code = "river"
deeds = ["dumped"]
effects = ["grade", "no_awards", "no_lists"]
band = "fair"
name = "往河里倒垃圾"
"""


def test_a_deed_brings_a_veto_about_as_in_a_run() -> None:
    document = scheme("youzha", VETOING)
    facts = f.Facts((mark(document, 95),) * 3, deeds=("dumped",))
    outcome = engines.score(document, facts)
    day = date(2027, 1, 5)
    events = [s.Visit("h", day, facts.marks), s.Deed("h", day, "dumped")]
    (result,) = engine_2.run(document, [s.Home("h")], events, date(2027, 1, 31), since=YEAR[0]).results
    assert (outcome.grade, outcome.vetoes, outcome.deeds, outcome.notes) == (
        "fair",
        ("river",),
        ("dumped",),
        ("no_awards",),
    )
    assert (outcome.grade, outcome.vetoes, outcome.notes) == (result.grade, result.vetoes, result.notes)
    assert outcome.points == 0 and f.outcome_of(outcome.breakdown) == outcome
    # A deed no veto names, or none at all: nothing is kept of it, and older breakdowns keep their text.
    assert engines.score(document, replace(facts, deeds=())).breakdown.keys().isdisjoint(f.LISTED)
    assert engines.again(document, outcome, outcome.history).vetoes == ("river",)


def test_titles_are_told_of_once_they_are_held() -> None:
    document = scheme("youzha")
    history = f.History("best", 2, grades=("best", "best"))
    first = engines.score(document, f.Facts((mark(document, 95),) * 3, history))
    assert [one.listing for one in first.candidates] == ["quarter"] and held(document, first) == (("quarter", 0),)
    poor = engines.score(document, f.Facts((mark(document, 70),) * 3, replace(history, titles=(("quarter", 0),))))
    assert poor.lost == () and held(document, poor) == (("quarter", 1),)
    worse = engines.score(document, f.Facts((mark(document, 70),) * 3, replace(history, titles=(("quarter", 1),))))
    assert worse.lost == ("quarter",) and held(document, worse) == ()
    assert f.outcome_of(worse.breakdown) == worse
