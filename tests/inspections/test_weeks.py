"""Rounds by the week: the calendar as law (tests/cases/inspections/weeks.toml), a change from months at a month's turn, the
turn of the year, and the points of every week as the engine says of the whole time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.inspections.test_rules import cases
from tests.rating.worked import document
from tests.rounds import Village, adopt, at, closed_round, given, make_village, mark

from courtyard.board.years import own_years
from courtyard.honours.actions import close_village
from courtyard.honours.queries.years import year_of, years_of
from courtyard.inspections.actions import open_next, open_round
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.calendar import paused_in, this_period
from courtyard.inspections.queries.replaying import replay
from courtyard.inspections.queries.rounds import desk
from courtyard.inspections.rules import calendar, rounds
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.kernel import weeks
from courtyard.kernel.problems import Problem, Refused
from courtyard.kernel.sentences import say
from courtyard.points.models import Award
from courtyard.rating.rules import story
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2 import run
from courtyard.rating.rules.facts import Mark
from courtyard.rating.rules.writing import write

DOUBLED = [
    {"code": "start", "name": "头一周加倍", "since": "scheme", "periods": 1, "factor": 2, "awards": ["good", "fair"]}
]
DECEMBER, NOVEMBER = date(2026, 12, 1), date(2026, 11, 1)
AREAS = ("courtyard", "rooms", "surroundings")
EVERY = list(range(1, 13))


def scheme(period: str = "week", **more: Any) -> SchemeDocument:
    return document("wandian", {"engine": 2, "scope.period": period, "coverage.full_months": EVERY} | more)


def named(text: str) -> date:
    found = weeks.named(text)
    assert found is not None, text
    return found


def schemes(case: Mapping[str, Any]) -> calendar.Scheme:
    rows = [(since, scheme(kind, **{"coverage.pauses": case.get("pauses", [])})) for since, kind in case["schemes"]]
    return lambda day: next((one for since, one in reversed(rows) if since <= day), None)


def listed(case: Mapping[str, Any], key: str) -> list[date]:
    return [named(one) for one in case.get(key, [])]


@pytest.mark.parametrize("case", cases("weeks", "next"))
def test_the_next_round(case: dict[str, Any]) -> None:
    today = case["today"]
    one = calendar.next_round(today, listed(case, "months"), listed(case, "open"), schemes(case))
    if "expect" not in case:
        assert one is None
        return
    assert one is not None
    told = {"month": weeks.name_of(one.month), "kind": one.kind.value, "since": one.since, "until": one.until}
    told |= {"passed": [f"{weeks.name_of(row.month)} {row.pause}" for row in one.passed]}
    told |= {"waits": weeks.name_of(one.waits) if one.waits else None, "ready": one.ready(today), "due": one.due(today)}
    assert told == {"passed": [], "waits": None, "kind": "full"} | case["expect"]


@pytest.mark.parametrize("case", cases("weeks", "early"))
def test_what_is_opened_or_closed_first(case: dict[str, Any]) -> None:
    problem = calendar.too_early(
        named(case["month"]), case["today"], listed(case, "months"), listed(case, "open"), schemes(case)
    )
    assert problem == (Problem(case["code"], case["facts"]) if "code" in case else None)
    assert problem is None or "〔" not in say(problem)


@pytest.mark.parametrize("case", cases("weeks", "unfit"))
def test_which_week_may_be_opened(case: dict[str, Any]) -> None:
    problem = rounds.unfit_month(named(case["month"]), case["today"], listed(case, "months"))
    assert (problem.code if problem else None) == case.get("code")
    assert problem is None or "周" in say(problem)


@pytest.mark.parametrize("case", cases("weeks", "counts"))
def test_the_day_it_counts_for(case: dict[str, Any]) -> None:
    assert rounds.day_counted(named(case["month"]), case["closed"]) == case["day"]


def test_a_day_that_names_no_week_opens_nothing() -> None:
    problem = rounds.unfit_month(date(2026, 12, 8), date(2026, 12, 9), [])
    assert problem is not None and problem.code == "inspections.not_a_month"


def test_findings_of_a_week_go_with_the_month_it_began_in() -> None:
    assert weeks.month_of(named("2026-W49")) <= last_month_erased(date(2027, 11, 1))


def week(village: Village, text: str, grades: Mapping[str, str], closes: date | None = None) -> Round:
    """A week opened on its Monday, marked on its Thursday, closed on its Sunday unless told otherwise."""
    period = named(text)
    monday = weeks.first_day(period)
    opened = open_round(village=village.place, month=period, by=village.actor("cadre", at(monday)), at=at(monday))
    mark(village, opened, {code: given(what) for code, what in grades.items()}, monday + timedelta(days=3))
    when = at(closes or weeks.last_day(period), 20)
    close_village(closing=opened, by=village.actor("cadre", when), at=when)
    opened.refresh_from_db()
    return opened


def earned(village: Village, code: str, since: date = DECEMBER) -> list[int]:
    rows = Result.objects.filter(visit__household=village.homes[code], visit__round__month__gte=since)
    kept = [json.loads(row.breakdown) for row in rows.filter(superseded_by=None).order_by("visit__round__month")]
    return [one["points"] for one in kept if one["grade"]]


def by_the_engine(
    found: SchemeDocument, told: Mapping[str, Mapping[str, str]], since: date, until: date
) -> dict[str, Any]:
    marks = {what: (Mark(tuple((area, what) for area in AREAS)),) * 3 for what in ("good", "fair", "poor")}
    events = [
        story.Visit(code, weeks.first_day(named(text)) + timedelta(days=3), marks[what])
        for text, homes in told.items()
        for code, what in homes.items()
    ]
    codes = {code for homes in told.values() for code in homes}
    answer = run(found, [story.Home(code) for code in codes], events, until, since)
    return {
        code: [sum(e.milli for e in one.entries) // 1000 for one in answer.results if one.home == code and one.grade]
        for code in codes
    }


@pytest.mark.django_db
@pytest.mark.long_on_postgres
def test_from_months_to_weeks_and_over_the_turn_of_the_year() -> None:
    """A streak, a doubled first week, the year's cap: week by week what the engine says of the whole time."""
    village = make_village()
    closed_round(village, {"0101": given("good"), "0102": given("good")}, NOVEMBER)
    own = scheme(**{"caps[year].points": 45, "multipliers": DOUBLED})
    adopt(village, write(own), DECEMBER)
    cadre = village.actor("cadre")
    # 1 December is a Tuesday: its week began under the months' scheme, December as a month has no round.
    for month, code in ((DECEMBER, "inspections.rated_by_week"), (named("2026-W49"), "inspections.rated_by_month")):
        with pytest.raises(Refused) as refused:
            open_round(village=village.place, month=month, by=cadre, at=at(date(2026, 12, 2)))
        assert refused.value.code == code and "周" in say(refused.value.problem)
    told = {
        "2026-W50": {"0101": "good", "0102": "fair"},
        "2026-W51": {"0101": "good", "0102": "good"},
        "2026-W52": {"0101": "good", "0102": "poor"},
        "2026-W53": {"0101": "good", "0102": "good"},
        "2027-W01": {"0101": "good", "0102": "good"},
    }
    early = {"2026-W53": date(2026, 12, 31)}
    done = [week(village, text, homes, early.get(text)) for text, homes in told.items()]
    # Both homes bring a 好 of November, so that the streak of three is full in the second week.
    assert earned(village, "0102") == [6, 15, 0, 15, 10]
    assert earned(village, "0101") == [20, 15, 0, 10, 20]
    assert sum(earned(village, "0101")[:3]) == 45 - 10, "the year's cap holds over both schemes: November had 10"
    assert earned(village, "0101")[3] >= 10, "the week over the turn of the year counts in the new one"
    days = Award.objects.filter(round=done[3].pk).values_list("day", flat=True).distinct()
    assert list(days) == [date(2027, 1, 3)]
    assert all(line.same for one in done for line in replay(one).lines)
    assert years_of([village.place.pk]) == {village.place.pk: (2027, 2026)}
    named_ = [weeks.name_of(one.month) for one in year_of(village.place.pk, 2026).rounds]
    assert named_ == ["2026-11", "2026-W50", "2026-W51", "2026-W52", "2026-W53"]
    assert [weeks.name_of(one.month) for one in year_of(village.place.pk, 2027).rounds] == ["2027-W01"]
    [own_year] = own_years(village.homes["0101"].pk, 2027)
    assert len(own_year.rounds) == 5
    late = at(date(2027, 1, 12))
    assert this_period(village.place, date(2027, 1, 12)) == named("2027-W02")
    [(_, opened)] = open_next(place=village.place, by=village.actor("cadre", late), at=late)
    assert isinstance(opened, Round) and opened.month == named("2027-W02")
    assert [row.round for row in desk([village.place.path], date(2027, 1, 12))] == [opened]
    assert paused_in(village.place, date(2027, 1, 1), date(2027, 1, 12)) == ""


@pytest.mark.django_db
@pytest.mark.long_on_postgres
def test_a_village_that_began_by_the_week_earns_what_the_engine_says() -> None:
    own = scheme(**{"caps[year].points": 65, "multipliers": DOUBLED})
    village = make_village(text=write(own))
    told = {
        "2026-W37": {"0101": "good", "0102": "fair", "0201": "poor"},
        "2026-W38": {"0101": "good", "0102": "good", "0201": "fair"},
        "2026-W39": {"0101": "good", "0102": "poor", "0201": "good"},
        "2026-W41": {"0101": "good", "0102": "good", "0201": "good"},
    }
    for text, homes in told.items():
        week(village, text, homes)
    expected = by_the_engine(own, told, date(2026, 9, 7), date(2026, 10, 11))
    assert {code: earned(village, code, date(2026, 9, 1)) for code in expected} == expected
    assert expected["0101"] == [20, 10, 20, 10], "doubled once, three running, then anew; W40 had no round"


@pytest.mark.django_db
@pytest.mark.long_on_postgres
def test_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    village = make_village(text=write(scheme()))
    who = {"place": village.place.path, "by": "cadre", "at": "2026-09-16T09:00"}
    with pytest.raises(CommandError, match="不是月份,也不是周"):
        call_command("open_round", month="2026-W99", **who)
    call_command("open_round", month="2026-W38", json=True, **who)
    [row] = json.loads(capsys.readouterr().out)["opened"]
    assert row["month"] == "2026-W38" and Round.objects.get().month == named("2026-W38")
    call_command("rounds", json=True)
    assert json.loads(capsys.readouterr().out)["rounds"][0]["month"] == "2026-W38"
