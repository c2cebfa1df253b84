"""Homes nobody lives in, or that take no part: on no sheet, in no count, on no list, and nothing is earned (DOMAIN §4.7)."""

from __future__ import annotations

from datetime import date

from tests.lists import refused
from tests.rounds import OCTOBER, SEPTEMBER, Village, at, given, mark, opened_round, panel

from courtyard.honours.actions import close_village
from courtyard.honours.models import Listing
from courtyard.honours.queries.boards import board
from courtyard.households.actions import declare_kin, decline_card, set_lived_in
from courtyard.households.models import Household
from courtyard.households.queries import card_counts
from courtyard.households.rules.states import KinKind, Living
from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.models import Result, Visit
from courtyard.inspections.queries.groups import leading_homes
from courtyard.inspections.queries.rounds import desk, overview, progress
from courtyard.inspections.queries.sheets import sheet_rows
from courtyard.points.queries import balance

DAY = date(2026, 9, 5)


def test_a_home_left_while_the_round_runs_is_walked_and_counted_no_more(village: Village) -> None:
    opened, cadre = opened_round(village), village.actor("cadre", at(DAY))
    area, first, gone = [village.place.path], village.homes["0101"], village.homes["0102"]
    rater = panel(opened, "0101", village)[0]
    declare_kin(account=village.world.accounts["deputy"], household=gone, kind=KinKind.OWN_HOME, by=cadre, at=at(DAY))
    assert leading_homes(village.place.pk, DAY) == {gone.pk}

    def on_sheet() -> set[str]:
        return {row.code for row in sheet_rows(opened.pk, first.group_id, rater)}

    def counts() -> tuple[int, int, int]:
        [row] = desk(area, SEPTEMBER)
        [same] = overview(area)
        assert same.homes == row.homes
        seat = next(one for one in progress(opened.pk) if one.group.pk == first.group_id)
        return row.homes, row.marked, seat.homes

    assert (on_sheet(), counts()) == ({"0101", "0102", "0103"}, (6, 0, 3))
    set_lived_in(household=Household.objects.get(pk=gone.pk), living=Living.AWAY, by=cadre, at=at(DAY))
    decline_card(household=village.homes["0203"], by=cadre, at=at(DAY))
    assert (on_sheet(), counts()) == ({"0101", "0103"}, (4, 0, 2))
    assert leading_homes(village.place.pk, DAY) == set()
    assert card_counts(area)[village.place.pk].homes == 4
    sheet = [HomeMarks(gone.pk, given("poor"))]
    refused(
        "inspections.not_rateable",
        lambda: enter_marks(opened=opened, evaluator=rater, sheet=sheet, by=cadre, at=at(DAY)),
        household="0102",
    )
    mark(village, opened, {"0101": given("good"), "0103": given("fair"), "0201": given("fair")}, DAY)
    assert counts() == (4, 3, 2)
    done = at(date(2026, 9, 20))
    close_village(closing=opened, by=village.actor("cadre", done), at=done)
    found = board(village.place, date(2026, 9, 21))
    assert (found.rated, found.not_rated, found.leading_homes) == (3, 1, 0), "0202 was not in; two are in no count"
    assert not Listing.objects.filter(household__in=[gone.pk, village.homes["0203"].pk]).exists()
    whys = dict(Result.objects.values_list("visit__household__code", "grade"))
    assert (whys["0102"], whys["0203"], balance(gone.pk).points) == ("", "", 0)
    back = at(date(2026, 10, 1))
    set_lived_in(household=Household.objects.get(pk=gone.pk), living=Living.LIVED_IN, by=cadre, at=back)
    nextone = opened_round(village, OCTOBER)
    walked = set(Visit.objects.filter(round=nextone).values_list("household__code", flat=True))
    assert "0102" in walked and "0203" not in walked, "back is back; not taking part stays out"


def test_somebody_who_was_there_before_they_left_stays_on_the_sheet(village: Village) -> None:
    opened, cadre = opened_round(village), village.actor("cadre", at(DAY))
    mark(village, opened, {"0102": given("poor")}, DAY)
    home = Household.objects.get(pk=village.homes["0102"].pk)
    set_lived_in(household=home, living=Living.EMPTY, by=cadre, at=at(DAY))
    [row] = desk([village.place.path], SEPTEMBER)
    assert (row.homes, row.marked) == (6, 1), "marks that were given are kept, and shown where they were given"
    done = at(date(2026, 9, 20))
    close_village(closing=opened, by=village.actor("cadre", done), at=done)
    assert not Listing.objects.filter(household=home).exists()
    assert Result.objects.get(visit__household=home).grade == ""
