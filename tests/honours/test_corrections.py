"""A closed round stays closed: what was wrong in it is put right, and with it the rounds that were scored after it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.lists import MARKS, published
from tests.points.homes import check_books, refused
from tests.rounds import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Village,
    at,
    closed_round,
    given,
    make_village,
    mark,
    opened_round,
    panel,
)

from courtyard.honours.actions import close_village, decide_late_marks, decide_objection, object_to
from courtyard.honours.actions.corrections import put_right
from courtyard.honours.models import Listing
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.models import Marks, Result, Round
from courtyard.inspections.queries.results import last_rated
from courtyard.kernel.ids import visit_id
from courtyard.points.actions import fund_budget, pay_village
from courtyard.points.models import Award, Posting
from courtyard.points.queries import balance, budget
from courtyard.rating.queries import shipped
from courtyard.records.journal import act

pytestmark = pytest.mark.django_db
GOOD, FAIR, POOR = given("good"), given("fair"), given("poor")
EVERY_MONTH = shipped()["wandian"].replace("full_months = [1, 4, 7, 10]", "full_months = [1, 4, 7, 9, 10, 11]")
DECIDED = date(2026, 11, 25)


def late(village: Village, opened: Round, code: str, marks: Any, day: date = DECIDED) -> None:
    """Marks of one evaluator found after the close (with other values), decided to count by the town."""
    home = village.homes[code]
    for person in panel(opened, code, village):
        sheet = [HomeMarks(home.pk, marks, opened.month.replace(day=10))]
        enter_marks(opened=opened, evaluator=person, sheet=sheet, by=village.actor("cadre", at(day)), at=at(day, 10))
        visit = visit_id(opened.pk, home.pk)
        newest = Marks.objects.filter(visit=visit, evaluator=person).order_by("-n").values_list("pk", flat=True)[0]
        clerk = village.actor("clerk", at(day))
        decide_late_marks(visit=visit, evaluator=person, keep=newest, by=clerk, at=at(day, 11))


def now(village: Village, code: str, month: date) -> Result:
    rows = Result.objects.filter(visit__household=village.homes[code], visit__round__month=month, superseded_by=None)
    return rows.get()


def earned(village: Village, code: str) -> dict[str, int]:
    """Clause and month → points that stand."""
    rows = Award.objects.filter(household=village.homes[code].pk, reverses=None, reversed_by=None)
    months = dict(Round.objects.values_list("pk", "month"))
    return {f"{months[row.round]:%m} {row.clause.removeprefix('awards.')}": row.points for row in rows}


def three_months(village: Village, *september_october_november: Any) -> list[Round]:
    months = (SEPTEMBER, OCTOBER, NOVEMBER)
    return [
        closed_round(village, {"0101": marks, "0102": GOOD}, month)
        for month, marks in zip(months, september_october_november, strict=True)
    ]


def test_a_streak_that_a_correction_completes_is_earned_in_its_own_month() -> None:
    village = make_village(text=EVERY_MONTH)
    september, _, november = three_months(village, FAIR, GOOD, GOOD)
    assert earned(village, "0101") == {"09 fair": 3, "10 good": 10, "10 better": 5, "11 good": 10}
    late(village, september, "0101", GOOD)
    assert earned(village, "0101") == {"09 good": 10, "10 good": 10, "11 good": 10, "11 streak": 10}
    assert balance(village.homes["0101"].pk).points == 40
    assert [now(village, "0101", month).run for month in (SEPTEMBER, OCTOBER, NOVEMBER)] == [1, 2, 3]
    assert last_rated(village.place.pk, date(2026, 12, 1))[village.homes["0101"].pk] == ("good", 3)
    told = json.loads(now(village, "0101", NOVEMBER).breakdown)
    assert [one["listing"] for one in told["candidates"]] == ["red", "model"]
    streak = Posting.objects.get(award__clause="awards.streak", award__household=village.homes["0101"].pk)
    assert (streak.subject, streak.day, streak.booked) == (november.pk, date(2026, 11, 20), DECIDED)
    assert earned(village, "0102")["11 streak"] == 10
    assert Result.objects.filter(visit__household=village.homes["0102"]).count() == 3, "nobody else is touched"
    check_books([village.place.pk])


def test_a_streak_that_a_correction_breaks_is_taken_back_once() -> None:
    village = make_village(text=EVERY_MONTH)
    september, _, _ = three_months(village, GOOD, GOOD, GOOD)
    assert balance(village.homes["0101"].pk).points == 40
    late(village, september, "0101", POOR)
    assert earned(village, "0101") == {"10 good": 10, "10 better": 5, "11 good": 10}
    assert balance(village.homes["0101"].pk).points == 25
    assert not Listing.objects.filter(kind="black").exists(), "late marks never put anybody on the black list"
    back = Posting.objects.filter(cause="reversal").values_list("day", "booked")
    assert set(back) == {(date(2026, 9, 20), DECIDED), (date(2026, 11, 20), DECIDED)}
    check_books([village.place.pk])


def test_a_grade_carried_through_a_light_round_is_carried_no_more() -> None:
    village = make_village()
    october = closed_round(village, dict.fromkeys(village.homes, GOOD), OCTOBER)
    light = opened_round(village, NOVEMBER)
    visited = set(light.visits.values_list("household__code", flat=True))
    mark(village, light, dict.fromkeys(visited, GOOD), date(2026, 11, 10))
    close_village(closing=light, by=village.actor("cadre", at(date(2026, 11, 20))), at=at(date(2026, 11, 20)))
    code = next(code for code in village.homes if code not in visited)
    assert earned(village, code) == {"10 good": 10, "11 good": 10}
    late(village, october, code, FAIR)
    assert earned(village, code) == {"10 fair": 3}
    assert not Result.objects.filter(visit__household=village.homes[code], visit__round=light).exists()
    clerk, when = village.actor("clerk", at(DECIDED)), at(DECIDED, 15)
    with act("test.correct", by=clerk, at=when, chain=village.place.pk) as pen:
        put_right(pen, visit_id(october.pk, village.homes[code].pk), values={"courtyard": "good", "rooms": "good"})
    assert earned(village, code) == {"10 good": 10, "11 good": 10}
    check_books([village.place.pk])


def test_the_years_cap_is_read_as_of_the_round_not_of_today() -> None:
    village = make_village(text=EVERY_MONTH.replace("points = 200", "points = 20"))
    september, _, _ = three_months(village, FAIR, GOOD, GOOD)
    assert earned(village, "0101") == {"09 fair": 3, "10 good": 10, "10 better": 5, "11 good": 2}
    late(village, september, "0101", GOOD)
    assert earned(village, "0101") == {"09 good": 10, "10 good": 10}
    check_books([village.place.pk])


def test_a_later_round_keeps_its_own_version() -> None:
    from tests.rounds import adopt

    village = make_village(text=EVERY_MONTH)
    september = closed_round(village, {"0101": POOR, "0102": GOOD}, SEPTEMBER)
    dearer = EVERY_MONTH.replace(
        'name = "比上一次升了等次"\nsteps = 1\npoints = 5', 'name = "比上一次升了等次"\nsteps = 1\npoints = 7'
    )
    adopt(village, dearer, OCTOBER)
    closed_round(village, {"0101": GOOD, "0102": GOOD}, OCTOBER)
    assert earned(village, "0101") == {"10 good": 10, "10 better": 7}
    late(village, september, "0101", FAIR)
    assert earned(village, "0101") == {"09 fair": 3, "10 good": 10, "10 better": 7}
    assert Result.objects.filter(visit__household=village.homes["0101"], visit__round__month=OCTOBER).count() == 2


def test_a_correction_that_the_budget_does_not_cover_waits_and_takes_nothing_meanwhile() -> None:
    village = make_village(text=EVERY_MONTH, budget=13)
    september = closed_round(village, {"0101": FAIR, "0102": GOOD}, SEPTEMBER)
    assert budget(village.place.pk).left == 0
    late(village, september, "0101", GOOD)
    found = balance(village.homes["0101"].pk)
    assert (found.points, found.waiting, found.owed) == (3, 10, 3)
    clerk, when = village.actor("clerk", at(DECIDED)), at(DECIDED, 15)
    with refused("points.budget_short"):
        pay_village(village=village.place, by=clerk, at=when)
    fund_budget(village=village.place, points=10, document="万政发〔2026〕9号", by=clerk, at=when)
    pay_village(village=village.place, by=clerk, at=when)
    found = balance(village.homes["0101"].pk)
    assert (found.points, found.waiting, found.owed) == (10, 0, 0)
    check_books([village.place.pk])


def test_a_home_corrected_to_good_comes_to_the_red_list_of_its_round() -> None:
    village = make_village(text=EVERY_MONTH)
    september = closed_round(village, {"0101": FAIR, "0102": GOOD}, SEPTEMBER)
    late(village, september, "0101", GOOD)
    row = Listing.objects.get(household=village.homes["0101"])
    assert (row.kind, row.state, row.round_id) == ("red", "candidate", september.pk)
    late(village, september, "0102", FAIR)
    assert Listing.objects.get(household=village.homes["0102"]).state == "dropped"


def test_an_older_red_list_is_not_opened_again() -> None:
    village = make_village(text=EVERY_MONTH)
    september = closed_round(village, {"0101": FAIR, "0102": GOOD}, SEPTEMBER)
    closed_round(village, {"0101": FAIR, "0102": GOOD}, OCTOBER)
    late(village, september, "0101", GOOD)
    assert not Listing.objects.filter(household=village.homes["0101"]).exists()


def test_an_objection_upheld_after_the_next_round_was_closed_puts_both_rounds_right(village: Village) -> None:
    """Published in September, objected in October, mended by October's round, upheld: what "a band better" gave goes."""
    closed, listing = published(village)
    day = date(2026, 10, 9)
    raised = object_to(
        listing=listing, channel=ObjectionChannel.SPOKEN, words="柴草是隔壁堆的", by=village.actor("keeper", at(day)),
        at=at(day),
    )  # fmt: skip
    closed_round(village, {**MARKS, "0201": FAIR}, OCTOBER)
    assert earned(village, "0201") == {"10 fair": 3, "10 better": 5}
    answered = at(OCTOBER.replace(day=20), 16)
    decide_objection(
        objection=raised, upheld=True, reasons="柴草确实是隔壁的",
        values={"courtyard": "good", "surroundings": "good", "rooms": "good"},
        by=village.actor("supervisor", answered), at=answered,
    )  # fmt: skip
    assert earned(village, "0201") == {"09 good": 10, "10 fair": 3}
    assert balance(village.homes["0201"].pk).points == 13
    assert (now(village, "0201", SEPTEMBER).grade, now(village, "0201", OCTOBER).run) == ("good", 1)
    assert Result.objects.filter(visit__household=village.homes["0201"]).count() == 4
    back = Posting.objects.get(cause="reversal")
    assert (back.points, back.day.month, back.booked) == (5, 10, OCTOBER.replace(day=20))
    check_books([village.place.pk])
