"""What the close page shows beforehand is what the close then does, and nothing is written by looking."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rounds import (
    AWAY,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Village,
    as_before_0018,
    at,
    closed_round,
    given,
    make_village,
    mark,
    opened_round,
)

from courtyard.honours.actions import close_village
from courtyard.honours.queries.closing import Preview, preview
from courtyard.kernel.problems import Problem
from courtyard.points.queries import budget
from courtyard.points.rules.shares import Share
from courtyard.rating.queries import shipped
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db
GOOD, FAIR, POOR = given("good"), given("fair"), given("poor")
MARKS = {"0101": GOOD, "0102": GOOD, "0103": FAIR, "0201": POOR, "0202": AWAY, "0203": GOOD}
FACTOR = shipped()["wandian"].replace('short = "wait"', 'short = "factor"\nrounding = "down"')


def both(village: Village, marks: Any, month: date = SEPTEMBER) -> tuple[Preview, Any]:
    """The preview of a marked round, and what its close then did."""
    opened, day = opened_round(village, month), month.replace(day=20)
    asked = [code for code in marks if opened.visits.filter(household=village.homes[code]).exists()]
    mark(village, opened, {code: marks[code] for code in asked}, month.replace(day=10))
    entries = Entry.objects.count()
    with CaptureQueriesContext(connection) as seen:
        would = preview(opened, day)
    assert isinstance(would, Preview)
    assert all(one["sql"].lstrip().startswith(("SELECT", "(SELECT")) for one in seen.captured_queries)
    assert (len(seen), Entry.objects.count()) <= (8, entries)
    return would, close_village(closing=opened, by=village.actor("cadre", at(day)), at=at(day))


def same(would: Preview, done: Any) -> None:
    assert (would.rated, would.granted, would.paid, would.waiting) == (
        done.rated,
        done.granted,
        done.paid,
        done.waiting,
    )
    assert (would.red, would.black, would.taken_off) == (done.red, done.black, done.taken_off)
    assert (would.share.budget, would.share.needed) == (done.budget, done.needed) if would.share else not done.cut


def test_a_first_round_and_the_rounds_after_it() -> None:
    village = make_village()
    would, done = both(village, MARKS)
    same(would, done)
    assert dict(would.grades) == {"good": 3, "fair": 1, "poor": 1, "": 1}
    assert (would.rated, would.unrated, would.granted, would.short) == (5, 1, 33, 0)
    assert (would.red, would.black, would.taken_off) == (3, 1, 0)
    would, done = both(village, MARKS | {"0201": GOOD, "0101": FAIR, "0102": GOOD}, OCTOBER)
    same(would, done)
    assert (would.granted, would.black, would.taken_off) == (10 + 10 + 3 + 3 + 10 + 5, 0, 4)
    would, done = both(village, dict.fromkeys(village.homes, GOOD), NOVEMBER)
    same(would, done)
    assert would.unrated > 0, "a light round passes by homes that carry"


def test_a_budget_that_does_not_suffice_is_shown_before_anything_waits() -> None:
    village = make_village(budget=32)
    would, done = both(village, MARKS)
    same(would, done)
    assert (would.left, would.before, would.granted, would.short) == (32, 0, 33, 1)
    assert (done.paid, done.waiting) == (0, 33)
    would, done = both(village, MARKS, OCTOBER)
    same(would, done)
    assert (would.before, would.needed, done.waiting) == (33, 33 + done.granted, 33 + done.granted)


def test_the_factor_is_shown_before_it_is_used() -> None:
    village = make_village(budget=32, text=FACTOR)
    would, done = both(village, MARKS)
    same(would, done)
    assert (would.share, would.paid, would.waiting) == (Share(32, 33), 29, 0)
    assert budget(village.place.pk).left == 3


def test_what_would_stop_the_close_is_said_instead() -> None:
    village = make_village()
    september = opened_round(village)
    assert preview(september, SEPTEMBER) == Problem("inspections.no_marks", {"month": "2026-09"})
    october = as_before_0018(september, OCTOBER)
    assert preview(october, OCTOBER) == Problem("inspections.earlier_round_open", {"month": "2026-09"})


def test_entries_that_end_by_themselves_are_counted() -> None:
    village = make_village()
    closed_round(village, MARKS)
    would, done = both(village, MARKS | {"0201": FAIR}, NOVEMBER)
    same(would, done)
    assert would.taken_off == 4
