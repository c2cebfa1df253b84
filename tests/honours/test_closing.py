"""Closing a village's round: results, points, candidates in one transaction; resumable; never twice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rounds import at, given, make_village, mark, opened_round

from courtyard.honours.actions import close_village
from courtyard.honours.models import Listing
from courtyard.inspections.models import Result
from courtyard.points.queries import balance

pytestmark = pytest.mark.django_db
ALL = {"0101": given("good"), "0102": given("good"), "0103": given("fair"), "0201": given("poor"), "0202": given("fair"),
       "0203": given("good")}  # fmt: skip


def test_close_rates_pays_and_proposes():
    village = make_village()
    opened = opened_round(village)
    mark(village, opened, ALL, date(2026, 9, 10))
    cadre = village.actor("cadre")
    done = close_village(closing=opened, by=cadre, at=at(date(2026, 9, 20)))
    assert (done.rated, done.granted, done.paid, done.waiting) == (6, 36, 36, 0)
    assert (done.red, done.black, done.taken_off) == (3, 1, 0)
    assert balance(village.homes["0101"].pk).points == 10
    assert balance(village.homes["0103"].pk).points == 3
    assert balance(village.homes["0201"].pk).points == 0
    poor = Result.objects.get(visit__household=village.homes["0201"])
    assert poor.grade == "poor"
    assert poor.score_milli == 40_000
    assert Listing.objects.get(kind="black").household == village.homes["0201"]
