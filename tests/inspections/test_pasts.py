"""What a scheme may ask of a home's whole past: once ever, better by points, first rounds doubled, other streaks."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import Any

import pytest
from tests.rating.worked import document
from tests.rounds import Village, at, closed_round, given, make_village

from courtyard.honours.actions.corrections import put_right
from courtyard.inspections.models import Result
from courtyard.inspections.queries.record import record_of
from courtyard.inspections.queries.replaying import replay
from courtyard.kernel.ids import uuid7
from courtyard.rating.queries import shipped
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.engines import asks_past, score
from courtyard.rating.rules.explain import explain
from courtyard.rating.rules.facts import Facts, History, Mark, outcome_of
from courtyard.records.journal import act

MORE = """
[[multipliers]]
code = "first_months"
name = "头两期加倍"
since = "joined"
periods = 2
factor = 2
awards = ["good", "fair"]

[[awards]]
code = "first_good"
kind = "once"
name = "头一回得好"
band = "good"
points = 7
ledger = "points"

[[awards]]
code = "up"
kind = "better_by"
name = "比上次多十分"
least = 10
points = 4
ledger = "points"

[[awards]]
code = "steady"
kind = "streak"
name = "连着两期不差"
band = "fair"
or_better = true
repeats = "each"
rounds = 2
points = 1
ledger = "points"
"""
MONTHS = [date(2026, month, 1) for month in (9, 10, 11, 12)]


def deep_text() -> str:
    """The shipped document under engine 2, every home visited every month, with clauses that ask for the past."""
    own = shipped()["wandian"].replace("engine = 1", "engine = 2", 1)
    own = own.replace("full_months = [1, 4, 7, 10]", "full_months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", 1)
    return own + MORE


def mark(what: str) -> Mark:
    return Mark(tuple((area, what) for area in ("courtyard", "rooms", "surroundings")))


def test_older_breakdowns_keep_their_text() -> None:
    plain = document("wandian")
    assert not asks_past(plain) and not asks_past(document("wandian", {"engine": 2}))
    assert set(score(plain, Facts((mark("good"),) * 3)).breakdown["history"]) == {"last", "run", "earned"}


@pytest.mark.parametrize(
    ("past", "grade", "awards"),
    [
        # Never rated: doubled, the first good ever.
        ((), "good", {"awards.good": 20, "awards.first_good": 7}),
        (
            ("fair",),
            "good",
            {"awards.good": 20, "awards.first_good": 7, "awards.better": 5, "awards.up": 4, "awards.steady": 1},
        ),
        (("good", "fair"), "good", {"awards.good": 10, "awards.better": 5, "awards.up": 4, "awards.steady": 1}),
        (("fair", "good", "fair"), "fair", {"awards.fair": 3, "awards.steady": 1}),
        (("fair", "poor"), "fair", {"awards.fair": 3, "awards.better": 5, "awards.up": 4}),
    ],
)
def test_what_the_past_earns(past: tuple[str, ...], grade: str, awards: dict[str, int]) -> None:
    scheme = document("wandian", {"engine": 2, **_clauses()})
    worth = {"good": 100_000, "fair": 75_000, "poor": 40_000}
    last = past[-1] if past else None
    run = next((n for n, one in enumerate(reversed(past)) if one != last), len(past))
    history = History(last, run, (), past, worth[last] if last else None)
    outcome = score(scheme, Facts((mark(grade),) * 3, history))
    found = {award.clause: award.points for award in outcome.awards if award.points}
    assert {
        clause: points for clause, points in found.items() if clause in awards or clause != "awards.streak"
    } == awards
    assert outcome_of(outcome.breakdown) == outcome


def _clauses() -> dict[str, Any]:
    more, own = tomllib.loads(MORE, parse_float=str), tomllib.loads(shipped()["wandian"], parse_float=str)
    return {"multipliers": more["multipliers"], "awards": [*own["awards"], *more["awards"]]}


@pytest.fixture
def village(db: None) -> Village:
    return make_village(text=deep_text())


def earned(village: Village, code: str) -> list[dict[str, int]]:
    rows = Result.objects.filter(visit__household=village.homes[code], superseded_by=None)
    kept = [json.loads(row.breakdown) for row in rows.order_by("visit__round__month")]
    return [{one["clause"]: one["points"] for one in row["awards"] if one["points"]} for row in kept]


def test_four_rounds_and_a_correction(village: Village) -> None:
    rounds = [
        closed_round(village, {"0101": given(first), "0102": given("good")}, month)
        for month, first in zip(MONTHS, ("fair", "good", "poor", "good"), strict=True)
    ]
    assert earned(village, "0101") == [
        {"awards.fair": 6},
        {"awards.good": 20, "awards.first_good": 7, "awards.better": 5, "awards.up": 4, "awards.steady": 1},
        {},
        {"awards.good": 10, "awards.better": 5, "awards.up": 4},
    ]
    assert all(line.same for one in rounds for line in replay(one).lines)
    said = [
        line.text
        for line in explain(
            record_of(village.homes["0102"].pk)[-1].document, record_of(village.homes["0102"].pk)[-1].breakdown
        )
    ]
    assert any("按「头两期加倍」乘 2" in text for text in said)
    # The first round was good after all: the second is no first good, nothing better, still doubled.
    cadre = village.actor("cadre")
    visit = Result.objects.get(visit__household=village.homes["0101"], visit__round=rounds[0]).visit_id
    with act(
        "test.put_right",
        by=cadre,
        at=at(date(2026, 12, 28)),
        chain=village.place.pk,
        command=uuid7(),
        given={},
        conflict="records.conflict",
    ) as pen:
        put_right(pen, visit, values=dict.fromkeys(("courtyard", "rooms", "surroundings"), "good"))
        pen.answer = {}
    assert earned(village, "0101")[:3] == [
        {"awards.good": 20, "awards.first_good": 7},
        {"awards.good": 20, "awards.steady": 1},
        {},
    ]


def test_what_is_carried_of_the_past() -> None:
    assert uncarried(document("wandian", {"engine": 2, **_clauses()})) == []
