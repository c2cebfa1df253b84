"""The archive of a year: a village's in the office, a home's own on its page, counts that agree with what happened."""

from __future__ import annotations

from datetime import date

import pytest
from tests.doors.asking import behind_its_card, on
from tests.doors.conftest import Door, text
from tests.doors.test_budget import MOST, asked
from tests.honours.test_grade_objections import answer, says
from tests.rounds import Village, at, closed_round, given, make_village
from tests.worlds import AT

from courtyard.board.years import own_years
from courtyard.honours.models import GradeObjection
from courtyard.honours.queries.years import year_of, years_of
from courtyard.households.actions import hand_over_card, issue_cards
from courtyard.inspections.models import Result
from courtyard.points.queries import balance

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
MARKS = {
    "0101": given("good"), "0102": given("fair"), "0103": given("fair"), "0201": given("good"), "0202": given("good"),
    "0203": given("good", found=[("courtyard", "c1")], mended=["courtyard"]),
}  # fmt: skip
PIN = "482913"

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    """Two rounds in 2026, an objection upheld between them, one round in 2027."""
    found = make_village()
    closed_round(found, MARKS, NOVEMBER)
    says(found, "0103", date(2026, 11, 21), who="keeper")
    answer(
        found, GradeObjection.objects.get(), date(2026, 11, 24), upheld=True, values=dict.fromkeys(MARKS_AREAS, "good")
    )
    closed_round(found, MARKS | {"0101": given("good")}, JANUARY)
    return found


MARKS_AREAS = ("courtyard", "rooms", "surroundings")


def test_a_year_s_figures_agree_with_what_happened(village: Village) -> None:
    assert years_of([village.place.pk, village.world["WD/02"].pk]) == {village.place.pk: (2027, 2026)}
    book = year_of(village.place.pk, 2026)
    [november] = book.rounds
    assert (november.month, november.kind.value, november.rated, november.not_rated) == (NOVEMBER, "light", 6, 0)
    assert {band.name: band.homes for band in november.bands} == {"好": 5, "中": 1, "差": 0}, "as it was put right"
    assert (book.mended, book.raised, book.upheld, book.open) == (1, 1, 1, 0)
    assert book.points.issued - book.points.taken_back == book.points.outstanding == 53
    assert year_of(village.place.pk, 2027).points.outstanding == sum(
        balance(home.pk).points for home in village.homes.values()
    )


def test_the_page_counts_and_names_nobody(village: Village) -> None:
    door = Door(village)
    with on(date(2027, 2, 1)):
        cadre = door.as_("cadre")
        page = text(cadre.get(f"/office/years/{village.place.pk}/2026"))
        assert "好 5 · 中 1 · 差 0" in page and "评了 1 轮" in page and "还没有过完" not in page
        assert "到今天为止" in text(cadre.get(f"/office/years/{village.place.pk}/2027"))
        assert not [home.head for home in village.homes.values() if home.head in page]
        assert "2026年" in text(cadre.get("/office/years"))
        assert asked(cadre, f"/office/years/{village.place.pk}/2026") <= MOST
        assert cadre.get(f"/office/years/{village.place.pk}/2025").status_code == 404
        stranger = door.as_("cadre2")
        assert stranger.get(f"/office/years/{village.place.pk}/2026").status_code == 404
        assert "塔湾村" not in text(stranger.get("/office/years"))
        assert door.as_("eva1").get("/office/years").status_code == 404


def test_a_home_reads_its_own_past_years(village: Village) -> None:
    door, cadre = Door(village), village.actor("cadre")
    [year] = own_years(village.homes["0103"].pk, 2027)
    assert (year.year, [row[2] for row in year.rounds], year.left) == (2026, ["好"], 10)
    issue_cards(place=village.place, by=cadre, at=AT)
    hand_over_card(household=village.homes["0103"], pin=PIN, by=cadre, at=at(date(2026, 9, 3)))
    with on(date(2027, 2, 1)):
        page = text(behind_its_card(door, "0103").get("/me/years"))
        assert "2026年" in page and "2026年11月 好" in page and "10 分" in page and "2027年1月" not in page
    assert own_years(village.homes["0103"].pk, 2026) == []
    assert Result.objects.count() == 13
