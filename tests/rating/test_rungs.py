"""Stars and gates as the live rounds, the till and the pages ask for them: the same answers as over a place's time."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rating.worked import document

from courtyard.rating.rules import story as s
from courtyard.rating.rules.engine_2 import run
from courtyard.rating.rules.engine_2.accounts import Account, Lot
from courtyard.rating.rules.engine_2.closing import shut
from courtyard.rating.rules.engine_2.plan import plan_of
from courtyard.rating.rules.engine_2.state import State
from courtyard.rating.rules.engines import again, asks_star, score
from courtyard.rating.rules.facts import Facts, History, Mark, outcome_of
from courtyard.rating.rules.rungs import AWARDS, REDEEM, Stand, counted, gate_shut, star_at, star_of

BAMING = document("baming")
WENDENG = document("wendeng")
STAR_GATE = {"code": "three", "name": "三星以上才换", "shuts": ["redeem"], "star": "three"}


def named(scheme: Any, stand: Stand) -> str | None:
    found = star_of(scheme, stand)
    return found.code if found else None


@pytest.mark.parametrize(
    ("score", "star"),
    [
        ("120", "five"),
        ("100", "five"),
        ("99.9", "four"),
        ("90", "four"),
        ("60", "one"),
        ("59.9", "zero"),
        ("0", "zero"),
    ],
)
def test_a_star_of_the_score(score: str, star: str) -> None:
    milli = int(float(score) * 1000)
    assert named(BAMING, Stand("pass", milli)) == star
    at = star_at(BAMING, milli)
    assert at is not None and at.code == star


def test_nobody_rated_has_no_star_of_the_score() -> None:
    assert star_of(BAMING, Stand()) is None and star_at(BAMING, None) is None
    assert star_of(document("wandian"), Stand("good", 90_000)) is None, "a scheme without stars"


def test_a_star_of_a_standing_begins_at_the_base() -> None:
    """wendeng, worked: 1060 is 四星, 1060.1 五星, 1040 三星, 800 零星, 800.1 一星; the base is 1000."""
    ledger = WENDENG.stars[0].ledger
    base = named(WENDENG, Stand(standings=((ledger, WENDENG.ledger(ledger).base_milli),)))
    assert named(WENDENG, Stand()) == base
    told = {milli: star_of(WENDENG, Stand(standings=((ledger, milli),))) for milli in (1_060_000, 1_060_100, 800_000)}
    assert [star.name if star else "" for star in told.values()] == ["四星", "五星", "零星"]
    assert star_of(WENDENG, Stand(standings=((ledger, -5_000),))) is not None, "below zero is a standing too"


def test_a_star_set_outright_goes_before_the_scale_and_the_lowest_of_them_counts() -> None:
    assert named(BAMING, Stand("pass", 120_000, outright=("two", "one"))) == "one"
    assert named(BAMING, Stand("pass", 120_000, outright=("strange",))) == "five", "another scheme's star says nothing"


def test_a_gate_by_star() -> None:
    scheme = document("baming", {"gates": [STAR_GATE]})
    assert gate_shut(scheme, REDEEM, Stand("pass", 80_000)) is None
    found = gate_shut(scheme, REDEEM, Stand("pass", 79_999))
    assert found is not None and found.code == "three"
    assert gate_shut(scheme, AWARDS, Stand("pass", 0)) is None, "it shuts nothing but the till"
    assert gate_shut(scheme, REDEEM, Stand()) is None, "nobody rated it yet"


def test_stars_are_counted_highest_first() -> None:
    stars = [star_of(BAMING, Stand("pass", milli)) for milli in (95_000, 91_000, 61_000)] + [None]
    assert [(star.code, n) for star, n in counted(BAMING, stars) if n] == [("four", 2), ("one", 1)]
    assert [star.code for star, _ in counted(BAMING, [])] == ["five", "four", "three", "two", "one", "zero"]


@given(
    score=st.one_of(st.none(), st.integers(0, 120_000)),
    standing=st.integers(0, 2_000_000),
    grade=st.sampled_from([None, "pass", "low"]),
    band=st.sampled_from([None, "pass"]),
    star=st.sampled_from([None, "five", "three", "zero"]),
)
def test_the_same_as_over_a_places_time(
    score: int | None, standing: int, grade: str | None, band: str | None, star: str | None
) -> None:
    """The engine's own state, asked directly, says the same."""
    day = date(2026, 3, 31)
    for scheme in (BAMING, WENDENG):
        plan = plan_of(scheme)
        state = State(s.Home("h"), last_score=score)
        ledger = next(iter(scheme.ledgers)).code
        state.accounts["h", ledger] = Account(scheme.ledger(ledger), [Lot(day, standing, None)])
        asked = Stand(None, score, ((ledger, standing),))
        assert named(scheme, asked) == state.star(plan, "h", day, score)
    if band or star:
        gate = {"code": "g", "name": "门槛", "shuts": ["redeem", "awards"], "band": band, "star": star}
        scheme = document("baming", {"gates": [{key: held for key, held in gate.items() if held}]})
        state = State(s.Home("h"), last=grade, last_score=score)
        expected = shut(plan_of(scheme), state, band, star, grade, day)
        assert (gate_shut(scheme, REDEEM, Stand(grade, score)) is not None) is expected
        assert (gate_shut(scheme, AWARDS, Stand(grade, score)) is not None) is expected


HONOURS = {
    "engine": 2,
    "ledgers": [
        {"code": "points", "name": "积分", "spendable": True, "worth_fen": 20},
        {"code": "merit", "name": "荣誉", "spendable": False, "base": 100},
    ],
    "stars": [
        {"code": "high", "name": "荣誉星", "ledger": "merit", "least": 110, "includes": "least"},
        {"code": "plain", "name": "起步星", "ledger": "merit", "least": 0, "most": 110, "includes": "least"},
    ],
    "gates": [{"code": "g", "name": "荣誉星才有积分", "shuts": ["awards"], "star": "high"}],
    "deeds": [
        {"code": "help", "name": "帮邻居清扫", "points": 10, "ledger": "merit", "needs_evidence": False},
        {"code": "heap", "name": "乱堆垃圾", "points": 0, "ledger": "merit", "direct": "plain", "needs_evidence": True},
    ],
}
HELP, HEAP = s.Deed("h", date(2026, 9, 5), "help"), s.Deed("h", date(2026, 9, 6), "heap")


@pytest.mark.parametrize(
    ("deeds", "history"),
    [
        ((), History(stood=(("merit", 100_000),))),
        ((HELP,), History(stood=(("merit", 110_000),))),
        ((HELP, HEAP), History(stood=(("merit", 110_000),), outright=("plain",))),
    ],
)
def test_a_gate_on_awards_reads_the_standing_a_round_was_told(deeds: tuple[s.Deed, ...], history: History) -> None:
    """The same points as over a place's time; what it was told is kept with the result, and a later correction keeps it."""
    scheme = document("wandian", HONOURS)
    marks = (Mark(tuple((area.code, "good") for area in scheme.sheet.areas)),) * 3
    told = run(
        scheme, [s.Home("h")], [*deeds, s.Visit("h", date(2026, 9, 10), marks)], date(2026, 9, 30), date(2026, 9, 1)
    )
    expected = sum(entry.milli for entry in told.results[0].entries) // 1000
    outcome = score(scheme, Facts(marks, history))
    assert outcome.points == expected and (expected > 0) is (deeds == (HELP,))
    assert outcome_of(json.loads(outcome.breakdown_text)).history == history
    assert again(scheme, outcome, History()).points == expected
    assert asks_star(scheme) and not asks_star(BAMING)
