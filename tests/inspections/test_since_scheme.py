"""Points doubled in a scheme's first months: the same for every home, by the calendar, and as the engine says of the time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.rating.worked import document
from tests.rounds import OCTOBER, SEPTEMBER, Village, adopt, at, closed_round, given, make_village

from courtyard.honours.actions.corrections import put_right
from courtyard.inspections.models import Result
from courtyard.inspections.queries.record import record_of
from courtyard.inspections.queries.replaying import replay
from courtyard.rating.models import Adoption
from courtyard.rating.queries import runs_since
from courtyard.rating.rules import story
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2 import run
from courtyard.rating.rules.engines import score
from courtyard.rating.rules.explain import explain
from courtyard.rating.rules.facts import Facts, History, Mark, outcome_of
from courtyard.rating.rules.periods import begins, number_of
from courtyard.rating.rules.writing import write
from courtyard.records.journal import act

NOVEMBER = date(2026, 11, 1)
DOUBLED = [
    {
        "code": "start",
        "name": "起用头一月加倍",
        "since": "scheme",
        "periods": 1,
        "factor": 2,
        "awards": ["good", "fair"],
    }
]
AREAS = ("courtyard", "rooms", "surroundings")


def scheme(**more: Any) -> SchemeDocument:
    own = {"engine": 2, "multipliers": DOUBLED, "coverage.full_months": list(range(1, 13))}
    return document("wandian", own | more)


def mark(what: str) -> Mark:
    return Mark(tuple((area, what) for area in AREAS))


@pytest.mark.parametrize(
    ("kind", "since", "first", "number"),
    [
        ("month", "2026-09-01", "2026-09-01", 0),
        ("month", "2026-09-01", "2027-01-01", 4),
        ("quarter", "2026-09-01", "2026-10-01", 0),  # the quarter it began in was not whole
        ("quarter", "2026-10-01", "2027-04-01", 2),
        ("year", "2026-09-01", "2028-01-01", 1),
        ("week", "2027-03-01", "2027-03-01", 0),  # 1 March 2027 is a Monday
        ("week", "2026-12-01", "2026-12-07", 0),
        ("week", "2026-12-01", "2027-01-04", 4),
        ("week", "2026-12-01", "2026-11-30", 0),  # opened for a week that began before it
    ],
)
def test_the_how_manieth_period_it_is(kind: str, since: str, first: str, number: int) -> None:
    assert number_of(kind, date.fromisoformat(since), date.fromisoformat(first)) == number
    assert begins(kind, date.fromisoformat(since)) >= date.fromisoformat(since)


def test_it_is_carried_and_older_breakdowns_keep_their_text() -> None:
    assert uncarried(scheme()) == []
    told = score(scheme(), Facts((mark("good"),) * 3, History(period=0)))
    assert told.points == 20 and outcome_of(told.breakdown) == told
    assert score(scheme(), Facts((mark("good"),) * 3, History(period=1))).points == 10
    assert "period" not in score(scheme(multipliers=[]), Facts((mark("good"),) * 3)).breakdown["history"]


def earned(village: Village, code: str) -> list[int]:
    rows = Result.objects.filter(visit__household=village.homes[code], superseded_by=None).exclude(grade="")
    return [json.loads(row.breakdown)["points"] for row in rows.order_by("visit__round__month")]


def by_the_engine(grades: Mapping[date, Mapping[str, str]]) -> dict[str, list[int]]:
    """The points of every home and month by the engine that knows a place's time."""
    events = [
        story.Visit(code, month.replace(day=10), (mark(what),) * 3)
        for month, homes in grades.items()
        for code, what in homes.items()
    ]
    homes = {code for one in grades.values() for code in one}
    told = run(scheme(), [story.Home(code) for code in homes], events, date(2026, 11, 30), SEPTEMBER)
    return {
        code: [sum(e.milli for e in one.entries) // 1000 for one in told.results if one.home == code and one.grade]
        for code in homes
    }


@pytest.mark.django_db
@pytest.mark.long_on_postgres
def test_the_first_month_doubles_for_everybody_and_no_later_one_for_anybody() -> None:
    village = make_village(text=write(scheme()))
    # No round in October: the calendar counts, not the rounds. 0201 is rated for the first time in November.
    grades = {SEPTEMBER: {"0101": "good", "0102": "fair"}, NOVEMBER: {"0101": "good", "0102": "good", "0201": "good"}}
    rounds = [closed_round(village, {k: given(v) for k, v in one.items()}, month) for month, one in grades.items()]
    assert {code: earned(village, code) for code in ("0101", "0102", "0201")} == by_the_engine(grades)
    assert earned(village, "0101") == [20, 10] and earned(village, "0201") == [10]
    assert all(line.same for one in rounds for line in replay(one).lines)
    assert all(line.after.points == 10 for line in replay(rounds[0], scheme()).lines if line.before.grade == "good")
    first = record_of(village.homes["0101"].pk)[-1]
    assert any("按「起用头一月加倍」乘 2" in line.text for line in explain(first.document, first.breakdown))
    # Put right afterwards, the first month is doubled still and the later one is not.
    visit = Result.objects.get(visit__household=village.homes["0102"], visit__round=rounds[0]).visit_id
    cadre = village.actor("cadre")
    with act("test.put_right", by=cadre, at=at(date(2026, 12, 1)), chain=village.place.pk, given={}) as pen:
        put_right(pen, visit, values=dict.fromkeys(AREAS, "good"))
        pen.answer = {}
    assert earned(village, "0102") == [20, 10]


@pytest.mark.django_db
@pytest.mark.long_on_postgres
def test_another_scheme_in_between_begins_it_anew() -> None:
    village = make_village(text=write(scheme()))
    first = Adoption.objects.get(place=village.place).version_id
    adopt(village, write(scheme(name="另一个")), OCTOBER)
    assert runs_since(village.place, first, SEPTEMBER) == SEPTEMBER
    assert runs_since(village.place, first, NOVEMBER) is None
    second = Adoption.objects.get(place=village.place, starts=OCTOBER).version_id
    assert runs_since(village.place, second, NOVEMBER) == OCTOBER
    closed_round(village, {"0101": given("good")}, OCTOBER)
    assert earned(village, "0101") == [20]
