"""What rounds made of homes over time, for sums over a place."""

from __future__ import annotations

from datetime import date

from tests.rounds import SEPTEMBER, Village, closed_round, given

from courtyard.inspections.queries.histories import histories

GOOD = given("good")


def test_closed_rounds_are_told_home_by_home_in_order_of_months(village: Village, django_assert_num_queries) -> None:
    closed_round(village, {"0101": GOOD, "0102": [GOOD, given("poor", found=[("rooms", "r1")]), GOOD]})
    closed_round(village, {"0101": GOOD}, date(2026, 10, 1))
    with django_assert_num_queries(1):
        found = histories(["WD/01"])
    home = found[str(village.homes["0101"].pk)]
    assert [(month, outcome.grade) for month, outcome in home] == [(SEPTEMBER, "good"), (date(2026, 10, 1), "good")]
    assert len(found) == 6
    assert found[str(village.homes["0102"].pk)][0][1].raters == 3
    assert histories(["WD/02"]) == {} == histories([])
