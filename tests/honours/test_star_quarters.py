"""A quarterly scheme with five stars of the score and a gate at sixty (八名), run live: the same as over a place's time."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.rating.worked import document
from tests.rounds import OCTOBER, Village, closed_round, make_village

from courtyard.board.own import rungs_of
from courtyard.inspections.models import Result
from courtyard.inspections.queries.replaying import replay
from courtyard.inspections.queries.stands import stars_of
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.states import Presence
from courtyard.points.queries import balances
from courtyard.rating.queries import shipped
from courtyard.rating.rules import story as s
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.engine_2 import run
from courtyard.rating.rules.explain import explain
from courtyard.rating.rules.facts import Mark, outcome_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]

BAMING = document("baming")
# Home → the score of each quarter: the ten aspects by one number each, then what was contributed.
SCORES = {"0101": (("10", "8"), ("10", "0")), "0102": (("5.9", "0"), ("6", "0")), "0103": (("9", "0"), ("7", "0"))}
QUARTERS = (OCTOBER, date(2027, 1, 1))


def given(each: str, extra: str) -> Given:
    values = [
        (area.code, (extra if area.code == "helps" else "0") if area.extra else each) for area in BAMING.sheet.areas
    ]
    return Given(Presence.SEEN, tuple(values))


def over_time() -> s.Told:
    """The same visits run over a place's time."""
    visits = [
        s.Visit(code, quarter.replace(day=10), (Mark(given(*scores[n]).values),) * 3)
        for code, scores in SCORES.items() for n, quarter in enumerate(QUARTERS)
    ]  # fmt: skip
    return run(BAMING, [s.Home(code, group="G01") for code in SCORES], visits, date(2027, 3, 31), date(2026, 10, 1))


def test_two_quarters_of_stars_and_the_gate_at_sixty() -> None:
    assert uncarried(BAMING) == []
    village: Village = make_village(text=shipped()["baming"])
    rounds = [
        closed_round(village, {code: given(*scores[n]) for code, scores in SCORES.items()}, quarter)
        for n, quarter in enumerate(QUARTERS)
    ]
    expected = {(one.home, one.period.first): one for one in over_time().results}
    for row in Result.objects.select_related("visit__household", "visit__round"):
        code = row.visit.household.code
        if code in SCORES:
            then, outcome = expected[code, row.visit.round.month], outcome_of(json.loads(row.breakdown))
            assert (outcome.grade, outcome.score_milli) == (then.grade, then.score_milli)
            assert outcome.points == sum(entry.milli for entry in then.entries) // 1000, code
    assert all(line.same for line in replay(rounds[0]).lines)
    ids = [village.homes[code].pk for code in SCORES]
    stars = stars_of(BAMING, village.place.pk, ids, date(2027, 1, 25))
    assert (
        [stars[pk].code for pk in ids]
        == [expected[code, QUARTERS[1]].star for code in SCORES]
        == ["five", "one", "two"]
    )
    first = Result.objects.get(visit__round=rounds[0], visit__household=village.homes["0102"])
    told = [line.text for line in explain(BAMING, json.loads(first.breakdown))]
    assert any("为「没有评星」" in line for line in told) and any("这一轮不给分" in line for line in told)
    assert rungs_of(village.homes["0102"], date(2027, 1, 25))["shut"] == "", "sixty is enough"
    assert balances(ids)[ids[1]].points == 60
