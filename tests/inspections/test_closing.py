"""The parts of a close: what it refuses, facts by sets, the history a home brings, corrections."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tests.lists import refused
from tests.rounds import (
    AREAS,
    AWAY,
    KIN,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Village,
    as_before_0018,
    at,
    closed_round,
    given,
    mark,
    opened_round,
    panel,
)
from tests.worlds import home

from courtyard.honours.actions import close_village
from courtyard.households.actions import declare_kin, decline_card
from courtyard.households.rules.states import KinKind
from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.actions.correcting import correct
from courtyard.inspections.models import Marks, Result
from courtyard.inspections.queries.results import last_rated
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.ids import visit_id
from courtyard.points.queries import balance
from courtyard.records.journal import act

GOOD, FAIR, POOR = given("good"), given("fair"), given("poor")


def result(village: Village, code: str, month: date = SEPTEMBER) -> Result:
    """A home's result in a month as it stands now."""
    rows = Result.objects.filter(visit__household=village.homes[code], visit__round__month=month, superseded_by=None)
    return rows.get()


def close(village: Village, opened: Any, day: date) -> Any:
    return close_village(closing=opened, by=village.actor("cadre", at(day)), at=at(day))


def test_what_stops_a_close(village: Village) -> None:
    first = opened_round(village)
    second = as_before_0018(first, OCTOBER)
    refused("inspections.no_marks", lambda: close(village, first, date(2026, 9, 20)), month="2026-09")
    mark(village, second, {"0101": GOOD}, date(2026, 10, 10))
    refused("inspections.earlier_round_open", lambda: close(village, second, date(2026, 10, 20)), month="2026-09")
    assert not Result.objects.exists()
    second.refresh_from_db()
    assert second.state == "open"
    refused("people.not_allowed", lambda: close_village(closing=first, by=village.actor("eva1"), at=at(SEPTEMBER)))


def test_homes_without_marks_have_no_grade(village: Village) -> None:
    opened = opened_round(village)
    declined = Given(Presence.SEEN, (("courtyard", "good"), ("rooms", "declined"), ("surroundings", "fair")))
    mark(village, opened, {"0101": AWAY, "0102": KIN, "0103": declined, "0201": POOR}, date(2026, 9, 10))
    decline_card(household=village.homes["0201"], by=village.actor("cadre"), at=at(date(2026, 9, 12)))
    done = close(village, opened, date(2026, 9, 20))
    assert (done.rated, done.black) == (1, 0)
    why = {code: json.loads(result(village, code).breakdown)["why"] for code in village.homes}
    assert why == {
        "0101": "not_at_home", "0102": "no_marks", "0103": "", "0201": "not_taking_part", "0202": "no_marks",
        "0203": "no_marks",
    }  # fmt: skip
    assert (result(village, "0103").grade, result(village, "0103").score_milli) == ("good", 89_300)
    assert result(village, "0101").run == 0


def test_marks_by_kin_do_not_count_and_bar_an_entry(village: Village) -> None:
    """Kin that became known after the marks were given: seen at the close."""
    opened = opened_round(village)
    mark(village, opened, {"0201": [POOR, POOR, POOR]}, date(2026, 9, 10))
    person = panel(opened, "0201", village)[0]
    account = next(one for one in village.world.accounts.values() if one.pk == person)
    declare_kin(
        account=account, household=village.homes["0201"], kind=KinKind.KIN, by=village.actor("cadre"),
        at=at(date(2026, 9, 12)),
    )  # fmt: skip
    assert close(village, opened, date(2026, 9, 20)).black == 0
    breakdown = json.loads(result(village, "0201").breakdown)
    assert (breakdown["grade"], breakdown["raters"], breakdown["kin"]) == ("poor", 2, 1)
    assert breakdown["never"][0]["reasons"] == ["kin", "fewer_than_three"]


def test_two_raters_or_no_finding_make_no_entry(village: Village) -> None:
    opened = opened_round(village)
    bare = given("poor", found=[])
    mark(village, opened, {"0201": [POOR, POOR, AWAY], "0202": bare, "0203": [POOR, bare, bare]}, date(2026, 9, 10))
    assert close(village, opened, date(2026, 9, 20)).black == 1
    reasons = {
        code: [reason for one in json.loads(result(village, code).breakdown)["never"] for reason in one["reasons"]]
        for code in ("0201", "0202", "0203")
    }
    assert reasons == {"0201": ["fewer_than_three"], "0202": ["no_finding"], "0203": []}


def test_mended_at_the_door_is_praise_and_no_entry(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0201": given("poor", mended=AREAS)}, date(2026, 9, 10))
    assert close(village, opened, date(2026, 9, 20)).black == 0
    breakdown = json.loads(result(village, "0201").breakdown)
    assert breakdown["never"][0]["reasons"] == ["mended"]
    assert sum(area["mended"] for area in breakdown["areas"]) == 3


def test_streaks_and_improvement_over_rounds(village: Village) -> None:
    """Good three times running earns the streak; an absent round neither counts nor breaks it; one band up earns 5."""
    closed_round(village, {"0101": GOOD, "0102": POOR}, OCTOBER)
    november = closed_round(village, {"0101": GOOD, "0102": FAIR}, NOVEMBER)
    homes = {code: village.homes[code].pk for code in ("0101", "0102")}
    last = last_rated(village.place.pk, date(2026, 12, 1))
    assert last[homes["0102"]] == ("fair", 1)
    assert balance(homes["0102"]).points == 3 + 5
    carried = not Marks.objects.filter(visit__round=november, visit__household=homes["0101"]).exists()
    assert last[homes["0101"]] == ("good", 1 if carried else 2)
    assert balance(homes["0101"]).points == 20


def test_a_carried_good_earns_again_without_a_visit(village: Village) -> None:
    marks = dict.fromkeys(village.homes, GOOD)
    closed_round(village, marks, OCTOBER)
    light = opened_round(village, NOVEMBER)
    visited = set(light.visits.values_list("household__code", flat=True))
    assert len(visited) == 2
    mark(village, light, dict.fromkeys(visited, GOOD), date(2026, 11, 10))
    done = close(village, light, date(2026, 11, 20))
    assert (done.rated, done.granted) == (2, 60)
    assert {balance(home.pk).points for home in village.homes.values()} == {20}


def test_the_close_asks_a_fixed_number_of_questions(village: Village, django_assert_max_num_queries: Any) -> None:
    for n in range(40):
        code = f"01{n + 10}"
        village.homes[code] = home(village.world, "WD/01/G01", code, "赵家")
    opened = opened_round(village)
    mark(village, opened, dict.fromkeys(village.homes, FAIR) | {"0201": POOR, "0202": GOOD}, date(2026, 9, 10))
    with django_assert_max_num_queries(70):
        done = close(village, opened, date(2026, 9, 20))
    assert (done.rated, done.red, done.black) == (46, 1, 1)


def test_a_correction_needs_a_result(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0101": GOOD}, date(2026, 9, 10))
    visit = visit_id(opened.pk, village.homes["0101"].pk)

    def put_right() -> None:
        with act("honours.test", by=village.actor("clerk"), at=at(SEPTEMBER), chain=village.place.pk) as pen:
            correct(pen, visit, void=True)

    refused("inspections.no_result", put_right)


def test_the_same_evaluator_from_two_places_at_once(village: Village, monkeypatch: Any) -> None:
    """Two sheets of one evaluator in the same moment: the unique key lets one in, the other is told."""
    from courtyard.inspections.actions import marks as module

    opened = opened_round(village)
    person, cadre = panel(opened, "0101", village)[0], village.actor("cadre")
    when = at(date(2026, 9, 10))
    enter_marks(opened=opened, evaluator=person, sheet=[HomeMarks(village.homes["0101"].pk, GOOD)], by=cadre, at=when)
    monkeypatch.setattr(module, "marks_rows", lambda rows: {})
    refused(
        "inspections.marks_at_once",
        lambda: enter_marks(
            opened=opened, evaluator=person, sheet=[HomeMarks(village.homes["0101"].pk, FAIR)], by=cadre, at=when
        ),
    )
    assert Marks.objects.count() == 1


def test_results_say_which_version_made_them(village: Village) -> None:
    closed = closed_round(village, {"0101": GOOD})
    row = result(village, "0101")
    assert row.version_id == closed.version_id
    assert json.loads(row.breakdown)["engine"] == closed.version.engine
