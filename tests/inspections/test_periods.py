"""A round once a quarter or once a year, in its first month; the months between have none and nobody is late in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.rating.worked import document
from tests.rounds import OCTOBER, Village, at, closed_round, given, make_village, opened_round

from courtyard.inspections.actions import open_next
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.calendar import paused_in
from courtyard.inspections.rules import calendar
from courtyard.kernel.problems import Problem, Refused
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.writing import write

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
SPRING = [{"name": "春节", "since": "01-01", "until": "01-31"}]


def scheme(period: str, **more: Any) -> SchemeDocument:
    return document("wandian", {"engine": 2, "scope.period": period} | more)


@pytest.mark.parametrize(
    ("period", "month", "following"),
    [
        ("month", "2026-11", ""),
        ("quarter", "2026-10", ""),
        ("quarter", "2026-11", "2027-01"),
        ("quarter", "2026-12", "2027-01"),
        ("year", "2027-01", ""),
        ("year", "2027-02", "2028-01"),
    ],
)
def test_the_months_between_have_no_round(period: str, month: str, following: str) -> None:
    problem = calendar.in_a_pause(scheme(period), date.fromisoformat(f"{month}-01"))
    assert (problem.code if problem else "") == ("inspections.month_between" if following else "")
    assert problem is None or problem.facts["next"] == following


def test_the_next_round_passes_them_over() -> None:
    found = calendar.next_round(date(2026, 10, 20), [OCTOBER], [], lambda _: scheme("quarter"))
    assert found is not None and (found.month, found.passed) == (JANUARY, ())
    assert not found.ready(date(2026, 11, 30)) and found.ready(date(2026, 12, 1))
    paused = scheme("quarter", **{"coverage.pauses": SPRING})
    later = calendar.next_round(date(2026, 10, 20), [OCTOBER], [], lambda _: paused)
    assert later is not None and later.month == date(2027, 4, 1)
    assert [one.month for one in later.passed] == [JANUARY], "only the pause is told, the months between are the rule"
    assert (
        calendar.next_round(date(2026, 10, 20), [], [], lambda _: scheme("year", **{"coverage.pauses": SPRING})) is None
    )


def test_what_is_carried() -> None:
    assert uncarried(scheme("quarter")) == uncarried(scheme("year")) == uncarried(scheme("week")) == []


@pytest.mark.django_db
def test_a_village_is_rated_once_a_quarter() -> None:
    village: Village = make_village(text=write(scheme("quarter")))
    closed_round(village, {"0101": given("good")}, OCTOBER)
    assert Result.objects.get(visit__household=village.homes["0101"]).grade == "good"
    with pytest.raises(Refused) as refused:
        opened_round(village, NOVEMBER)
    assert refused.value.code == "inspections.month_between"
    assert paused_in(village.place, NOVEMBER, NOVEMBER) == "一季一轮" and not paused_in(village.place, OCTOBER, OCTOBER)
    [(_, early)] = open_next(place=village.place, by=village.actor("cadre", at(NOVEMBER)), at=at(NOVEMBER))
    assert isinstance(early, Problem) and early.code == "inspections.month_too_far"
    [(_, opened)] = open_next(place=village.place, by=village.actor("cadre", at(DECEMBER)), at=at(DECEMBER))
    assert isinstance(opened, Round) and opened.month == JANUARY
