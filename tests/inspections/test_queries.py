"""Reading rounds: one evaluator's sheet only, progress, the village's own, a household's record."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.rounds import AREAS, AWAY, Village, at, closed_round, given, mark, opened_round, panel
from tests.worlds import home

from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.queries.desk import round_desk
from courtyard.inspections.queries.record import homes_with_record, record_of, records_of
from courtyard.inspections.queries.results import results_of_round
from courtyard.inspections.queries.rounds import groups, overview, progress, rounds
from courtyard.inspections.queries.sheets import open_reviews, sheet_rows
from courtyard.kernel.ids import uuid7
from courtyard.rating.rules.explain import explain

GOOD, POOR = given("good"), given("poor")


def test_a_sheet_shows_one_evaluators_marks_only(village: Village) -> None:
    opened = opened_round(village)
    first, second, _ = panel(opened, "0101", village)
    group = village.homes["0101"].group_id
    cadre, when = village.actor("cadre"), at(date(2026, 9, 10))
    enter_marks(opened=opened, evaluator=first, sheet=[HomeMarks(village.homes["0101"].pk, POOR)], by=cadre, at=when)
    mine, theirs = sheet_rows(opened.pk, group, first), sheet_rows(opened.pk, group, second)
    assert [row.code for row in mine] == ["0101", "0102", "0103"]
    assert [row.marks is not None for row in mine] == [True, False, False]
    assert mine[0].marks is not None
    assert dict(mine[0].marks.given.values) == dict.fromkeys(AREAS, "poor")
    assert [row.marks for row in theirs] == [None, None, None]


def test_a_sheet_is_five_queries_however_long(village: Village, django_assert_num_queries: Any) -> None:
    for n in range(30):
        village.homes[f"01{n + 10}"] = home(village.world, "WD/01/G01", f"01{n + 10}", "赵家")
    opened = opened_round(village)
    mark(village, opened, dict.fromkeys(village.homes, GOOD), date(2026, 9, 10))
    person = panel(opened, "0101", village)[0]
    with django_assert_num_queries(5):
        assert len(sheet_rows(opened.pk, village.homes["0101"].group_id, person)) == 33


def test_progress_and_overview(village: Village, django_assert_num_queries: Any) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0101": [GOOD, GOOD], "0102": [GOOD], "0201": AWAY}, date(2026, 9, 10))
    with django_assert_num_queries(4):
        found = progress(opened.pk)
    assert [(row.group.name, row.n, row.homes, row.typed) for row in found] == [
        ("1组", 1, 3, 2), ("1组", 2, 3, 1), ("1组", 3, 3, 0), ("2组", 1, 3, 1), ("2组", 2, 3, 1), ("2组", 3, 3, 1),
    ]  # fmt: skip
    with django_assert_num_queries(4):
        [row] = overview(["WD/01"])
    assert (row.homes, row.marked, row.reviews) == (6, 3, 0)
    assert [group.name for group in groups(opened.pk)] == ["1组", "2组"]


def test_a_village_sees_its_own_rounds_only(village: Village) -> None:
    opened = opened_round(village)
    assert [row.pk for row in rounds(["WD"])] == [opened.pk]
    assert list(rounds(["WD/02"])) == []
    assert list(rounds([])) == []
    assert overview(["WD/02"]) == []


def test_open_reviews_show_both_marks_of_one_evaluator(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0101": GOOD}, date(2026, 9, 10))
    mark(village, opened, {"0101": [POOR]}, date(2026, 9, 11))
    [one] = open_reviews(["WD/01"])
    assert (one.code, one.evaluator, one.reason) == ("0101", panel(opened, "0101", village)[0], "differs")
    assert [dict(row.given.values)["rooms"] for row in one.choices] == ["good", "poor"]
    assert open_reviews(["WD/02"]) == []
    assert len(open_reviews(["WD"], round_id=opened.pk)) == 1
    mark(village, opened, {"0101": [given("fair")]}, date(2026, 9, 12))
    assert len(open_reviews(["WD"], round_id=opened.pk)) == round_desk(opened, date(2026, 9, 12)).reviews == 1


def test_a_households_record_says_three_marks_and_who_came_but_never_who_gave_which(
    village: Village, django_assert_num_queries: Any
) -> None:
    words = given("poor", found=[(area, code) for area, code in zip(AREAS, ("c1", "r1", "s1"), strict=True)])
    closed = closed_round(village, {"0101": [GOOD, words, given("fair")], "0201": GOOD})
    with django_assert_num_queries(3):
        [row] = record_of(village.homes["0101"].pk)
    assert (row.month, row.grade, len(row.breakdown["areas"])) == (closed.month, "fair", len(AREAS))
    assert len(row.who_came) == 3
    assert {one.code for one in row.findings} == {"c1", "r1", "s1"}
    lines = [line.text for line in explain(row.document, row.breakdown, row.findings)]
    assert any("1 人评「差」" in line for line in lines)
    assert not any(name in line for line in lines for name in row.who_came)


def test_records_of_many_homes_are_each_home_s_own_in_as_many_queries(
    village: Village, django_assert_num_queries: Any
) -> None:
    closed_round(village, {"0101": [GOOD, given("poor", found=[("rooms", "r1")]), GOOD], "0102": GOOD})
    ids = {code: home.pk for code, home in village.homes.items()}
    with django_assert_num_queries(2):
        found = records_of(ids.values())
    assert set(found) == set(ids.values())
    for code in ("0101", "0102", "0201"):
        assert found[ids[code]] == record_of(ids[code], who=False)
    assert found == records_of(ids.values(), most=1) and records_of([uuid7()]) == {}
    assert [home.code for home in homes_with_record("WD/01/G01")] == ["0101", "0102", "0103"]
    assert not homes_with_record("WD/02")


def test_results_of_a_round_stand_in_walking_order(village: Village) -> None:
    closed = closed_round(village, {"0101": GOOD, "0201": AWAY})
    rows = results_of_round(closed.pk)
    assert [row.household for row in rows] == [village.homes[code].pk for code in sorted(village.homes)]
    found = {row.household: row for row in rows}
    assert found[village.homes["0101"].pk].grade == "good"
    assert found[village.homes["0201"].pk].grade is None
    assert len(found) == 6
