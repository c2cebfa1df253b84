"""Stars that rounds carry: the home's page, its record, the board by consent, the till's gate, a gate on awards."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.rating.worked import document as changed
from tests.rounds import OCTOBER, SEPTEMBER, Village, at, closed_round, given, make_village
from tests.stars import OF_SCORE

from courtyard.board.own import StarTold, rungs_of
from courtyard.honours.queries.boards import board
from courtyard.households.actions import consent_red_name
from courtyard.households.models import Household
from courtyard.households.rules.states import RedNameConsent
from courtyard.inspections.models import Result
from courtyard.inspections.queries.stands import stands, stars_of
from courtyard.kernel.ids import uuid7
from courtyard.outreach.gathering_lists import group_board_of
from courtyard.outreach.gathering_records import records_of_homes
from courtyard.points.models import Merit
from courtyard.rating.queries import document_of, shipped
from courtyard.rating.rules import story as s
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2 import run
from courtyard.rating.rules.facts import Mark, Seen, outcome_of
from courtyard.records.journal import act

pytestmark = [pytest.mark.django_db, pytest.mark.long]

STARS = (
    OF_SCORE
    + """
[[gates]]
code = "award"
name = "二星以上才有积分"
shuts = ["awards"]
star = "two"

[[gates]]
code = "till"
name = "二星以上才换"
shuts = ["redeem"]
star = "two"
"""
)
MERITS = {
    "ledgers": [
        {"code": "points", "name": "积分", "spendable": True, "worth_fen": 20},
        {"code": "merit", "name": "荣誉", "spendable": False, "base": 100},
    ],
    "stars": [
        {"code": "high", "name": "荣誉星", "ledger": "merit", "least": 110, "includes": "least"},
        {"code": "plain", "name": "起步星", "ledger": "merit", "least": 0, "most": 110, "includes": "least"},
    ],
}


def starred(text: str) -> str:
    return shipped()["wandian"].replace("engine = 1", "engine = 2", 1) + text


@pytest.fixture
def village(db: Any) -> Village:
    return make_village(text=starred(STARS))


MARKS = {"0101": given("good"), "0102": given("fair"), "0103": given("poor"), "0201": given("good")}
ALL_GOOD = dict.fromkeys(MARKS, given("good"))


def test_a_star_of_the_score_on_every_page(village: Village) -> None:
    consent_red_name(
        household=village.homes["0101"], red_name=RedNameConsent.BOARD, by=village.actor("cadre"), at=at(OCTOBER)
    )
    day = date(2026, 9, 21)
    closed = closed_round(village, MARKS)
    document = document_of(closed.version)
    homes = [village.homes[code] for code in MARKS]
    told = stars_of(document, village.place.pk, [home.pk for home in homes], day)
    assert [told[home.pk].name for home in homes] == ["三星", "二星", "一星", "三星"]
    unseen = village.homes["0203"]
    assert rungs_of(unseen, day) == {"star": None, "shut": ""}
    assert rungs_of(homes[1], day) == {"star": StarTold("二星", "最近一次评比 75 分"), "shut": ""}
    assert rungs_of(homes[2], day)["shut"] == "二星以上才换", "its own page says which gate"
    group = village.world["WD/01/G01"]
    shown = board(group, day).stars
    assert shown is not None
    assert [(one.name, one.homes) for one in shown.counts] == [("三星", 1), ("二星", 1), ("一星", 1)]
    assert (shown.best, shown.names.names, shown.names.others) == ("三星", ("王建国",), 0)
    silent = board(village.world["WD/01/G02"], day).stars
    assert silent is not None and (silent.names.names, silent.names.others) == ((), 1), "no consent, no name"
    assert group_board_of(group, day).stars == (("三星", 1), ("二星", 1), ("一星", 1))
    sheet = records_of_homes(homes[:3], group, day, {home.pk: home.head for home in homes})
    assert [one.star for one in sheet.records] == ["三星", "二星", "一星"]


def test_a_gate_by_star_shuts_the_next_rounds_awards_as_over_a_places_time(village: Village) -> None:
    """The engine asks the star a home came with, not the one it gets: 0103 had one star, so its 好 brings no points."""
    rounds = {
        SEPTEMBER: (closed_round(village, MARKS), MARKS),
        OCTOBER: (closed_round(village, ALL_GOOD, OCTOBER), ALL_GOOD),
    }
    rows = Result.objects.select_related("visit__household", "visit__round")
    live = {
        (row.visit.household.code, row.visit.round.month): outcome_of(json.loads(row.breakdown)).points for row in rows
    }
    expected = over_time(document_of(rounds[SEPTEMBER][0].version))
    assert {key: points for key, points in live.items() if key[0] in MARKS} == expected
    assert expected["0103", OCTOBER] == 0 < expected["0102", OCTOBER]


def over_time(document: SchemeDocument) -> dict[tuple[str, date], int]:
    """Points by home and month when the same visits are run over a place's time."""
    events: list[s.Event] = []
    for month, marks in ((SEPTEMBER, MARKS), (OCTOBER, ALL_GOOD)):
        for code, what in marks.items():
            seen = tuple(Seen(one.area, one.code, one.mended) for one in what.found)
            events.append(s.Visit(code, month.replace(day=10), (Mark(what.values, seen),) * 3))
    homes = [s.Home(code, group=code[:2]) for code in MARKS]
    told = run(document, homes, events, date(2026, 10, 31), SEPTEMBER)
    return {
        (result.home, result.period.first): sum(entry.milli for entry in result.entries) // 1000
        for result in told.results
    }


def test_a_star_of_a_standing_is_its_ledgers(village: Village) -> None:
    """What everybody begins with counts; records that lapsed do not."""
    document = changed("wandian", {"engine": 2, **MERITS})
    homes = [village.homes[code] for code in ("0101", "0102", "0103")]
    for home, milli, until in ((homes[0], 10_000, None), (homes[1], 10_000, date(2026, 9, 30))):
        merit(village, home, milli, until)
    early, late = date(2026, 9, 30), date(2026, 10, 1)
    named = {
        day: [star.name for star in stars_of(document, village.place.pk, [home.pk for home in homes], day).values()]
        for day in (early, late)
    }
    assert named == {early: ["荣誉星", "荣誉星", "起步星"], late: ["荣誉星", "起步星", "起步星"]}
    told = stands(document, village.place.pk, [homes[0].pk], late)[homes[0].pk]
    assert told.standings == (("merit", 110_000),)


def merit(village: Village, home: Household, milli: int, until: date | None) -> None:
    """A record of the honour ledger, as a close books it."""
    with act(
        "honours.close_village", by=village.actor("cadre"), at=at(SEPTEMBER), chain=village.place.pk, subject=home.pk
    ) as pen:
        row = Merit(id=uuid7(), village=village.place.pk, household=home.pk, ledger="merit", round=uuid7())
        row.clause, row.milli, row.day, row.until = "awards.good", milli, SEPTEMBER, until
        pen.grow([row])
