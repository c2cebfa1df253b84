"""Sheets with numbers and counted findings: what is whole, what is the same, what a look says, where raters differ."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.numbers import numbers_text
from tests.rounds import SEPTEMBER, Village, at, closed_round, make_village, mark, opened_round

from courtyard.honours.actions import close_village
from courtyard.inspections.models import Finding, Marks, Result, Review
from courtyard.inspections.queries.record import record_of
from courtyard.inspections.queries.replaying import replay
from courtyard.inspections.rules import calibration, corrections, revisits
from courtyard.inspections.rules.marks import Found, Given, accept, incomplete, sealed
from courtyard.inspections.rules.states import Presence, ReviewReason
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Seen
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.sheet import sheet


@pytest.fixture(scope="module")
def scheme() -> SchemeDocument:
    document = check_toml(numbers_text()).document
    assert document is not None
    return document


def gave(courtyard: str = "looked", rooms: str = "18+9", around: str = "27", *found: Found) -> Given:
    values = (("courtyard", courtyard), ("rooms", rooms), ("surroundings", around))
    return Given(Presence.SEEN, tuple((area, what) for area, what in values if what), found)


def pile(places: int, **more: Any) -> Found:
    return Found("courtyard", "c1", places=places, **more)


def test_the_rounds_carry_the_scheme(scheme: SchemeDocument) -> None:
    assert uncarried(scheme) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (gave(), ""),
        (gave("looked", "20+na", "30"), ""),
        (gave("looked", "declined"), ""),
        (gave("looked", "12.5+9", "0"), ""),
        (gave("", "18+9", "27"), "inspections.area_missing"),
        (gave("good"), "rating.only_looked"),
        (gave("declined"), "rating.area_needs_no_consent"),
        (gave("looked", "18"), "rating.items_unfit"),
        (gave("looked", "21+9"), "rating.number_unfit"),
        (gave("looked", "na+9"), "rating.number_unfit"),
        (gave("looked", "18+9", "30.5"), "rating.number_unfit"),
        (gave("looked", "18+9", "27", pile(99)), ""),
        (gave("looked", "18+9", "27", pile(100)), "inspections.places_unfit"),
        (gave("looked", "18+9", "27", pile(0)), "inspections.places_unfit"),
        (gave("looked", "18+9", "27", Found("rooms", "r1", places=2)), "inspections.places_unfit"),
    ],
)
def test_what_is_whole(scheme: SchemeDocument, given: Given, code: str) -> None:
    problem = incomplete(scheme, given)
    assert (problem.code if problem else "") == code


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (gave("looked", "18+9.50", "27.0"), gave("looked", "18+9.5", "27"), True),
        (gave("looked", "18+9", "27"), gave("looked", "18+9", "27.1"), False),
        (gave("looked", "18+na"), gave("looked", "18+0"), False),
        (gave("looked", "18+9", "27", pile(2)), gave("looked", "18+9", "27", pile(2)), True),
        (gave("looked", "18+9", "27", pile(2)), gave("looked", "18+9", "27", pile(3)), False),
        # Where findings are the value, one left out is another value; elsewhere nothing new was seen.
        (gave(), gave("looked", "18+9", "27", pile(1)), False),
        (gave(), gave("looked", "18+9", "27", Found("rooms", "r1")), True),
    ],
)
def test_numbers_are_compared_exactly(one: Given, other: Given, same: bool) -> None:
    decision = accept(one.tidy(), [other.tidy()], closed=False)
    assert decision.same is same
    assert same or decision.review is ReviewReason.DIFFERS


def test_the_most_places_of_one_thing_stand() -> None:
    assert gave("looked", "1+1", "1", pile(2), pile(3)).tidy().found == (pile(3),)


def test_a_seal_holds_the_places(scheme: SchemeDocument) -> None:
    salt = b"0" * 16
    assert sealed([(pile(2), salt)]) != sealed([(pile(1), salt)])


@pytest.mark.parametrize(
    ("given", "poor"),
    [
        (gave(), False),
        (gave("looked", "18+9", "27", pile(4)), True),  # 20 of 40
        (gave("looked", "18+9", "27", pile(3), Found("courtyard", "c2", mended=True)), False),  # 25 of 40
        (gave("looked", "18+9", "17", Found("surroundings", "s1")), True),
        (gave("looked", "5+na", "27", Found("rooms", "r1")), True),  # 5 of 20, weighed up
        (gave("looked", "declined", "27"), False),
    ],
)
def test_what_a_look_says(scheme: SchemeDocument, given: Given, poor: bool) -> None:
    wanted = frozenset(area.code for area in scheme.sheet.areas)
    assert revisits.unfit_look(scheme, given, wanted) is None
    assert revisits.still_poor(scheme, given, wanted) is poor


def test_a_poor_number_needs_what_was_seen(scheme: SchemeDocument) -> None:
    problem = revisits.unfit_look(scheme, gave("looked", "18+9", "17"), frozenset())
    assert problem is not None and problem.code == "inspections.poor_without_finding"
    scores = {"courtyard": 22_000, "rooms": 18_000, "surroundings": 17_999}
    assert revisits.areas_to_look_at(scheme, scores.items()) == {"courtyard", "surroundings"}


def test_how_far_two_looks_agree(scheme: SchemeDocument) -> None:
    stood = {"courtyard": 40_000, "rooms": 27_000, "surroundings": None}
    (yard, rooms, around) = revisits.compare(scheme, [(stood, gave("looked", "13+6", "27", pile(4)))])
    assert [yard.far, rooms.near, around.compared] == [1, 1, 0]


def test_where_a_joint_grading_differs(scheme: SchemeDocument) -> None:
    row = {"courtyard": "0", "rooms": "18+9", "surroundings": "27"}
    assert calibration.unfit_sheet(scheme, {1: row}, 1) is None
    other = row | {"courtyard": "2", "rooms": "declined", "surroundings": "10"}
    found = calibration.spreads(scheme, [{1: row}, {1: other}], {1: row}, 1)
    assert [(one.counts, one.apart, one.own) for one in found] == [
        ((("0", 1), ("2", 1)), 2, "0"),
        ((("18+9", 1), ("declined", 1)), 0, "18+9"),
        ((("27", 1), ("10", 1)), 2, "27"),
    ]
    asked = sheet(scheme)
    said = [calibration.word_of(asked, scheme.area(one.area), one.counts[-1][0]) for one in found]
    assert said == ["2 处", "没同意进屋", "10 分"]
    for bad in ("100", "x", "-1"):
        problem = calibration.unfit_sheet(scheme, {1: row | {"courtyard": bad}}, 1)
        assert problem is not None and problem.code == "inspections.joint_places_unfit"
    problem = calibration.unfit_sheet(scheme, {1: row | {"rooms": "40+1"}}, 1)
    assert problem is not None and (problem.code, problem.facts["yard"]) == ("rating.number_unfit", 1)


def test_what_the_areas_really_were(scheme: SchemeDocument) -> None:
    written = corrections.as_written(gave("looked", "20+na", "declined", pile(3), Found("courtyard", "c2")))
    assert written == {"courtyard": "looked c1*3 c2", "rooms": "20+na", "surroundings": "declined"}
    read = corrections.really(written)
    assert read["courtyard"] == ("looked", (Seen("courtyard", "c1", places=3), Seen("courtyard", "c2")))
    assert corrections.unfit_correction(scheme, corrections.really({"rooms": "20+na"})) is None
    for text, code in (
        ("looked c1*0", "inspections.really_places_unfit"),
        ("looked c1*x", "inspections.really_places_unfit"),
        ("looked zz", "rating.picture_unknown"),
        ("20", "rating.only_looked"),
    ):
        problem = corrections.unfit_correction(scheme, corrections.really({"courtyard": text}))
        assert problem is not None and problem.code == code


@pytest.fixture
def village(db: None) -> Village:
    return make_village(text=numbers_text())


def test_a_round_is_marked_closed_and_replayed(village: Village) -> None:
    tidy, piled = gave(), gave("looked", "12+6.0", "20", pile(2), Found("rooms", "r1"))
    away, part = Given(Presence.NOT_AT_HOME), gave("looked", "declined", "27")
    closed = closed_round(village, {"0101": tidy, "0102": [piled, piled, tidy], "0103": part, "0201": away})
    results = {row.visit.household.code: row for row in Result.objects.select_related("visit__household")}
    assert [results[code].score_milli for code in ("0101", "0103")] == [94_000, 95_700]
    # Two piles each by two of three: (30+30+40)/3 = 33.3; (18+18+27)/3 = 21; (20+20+27)/3 = 22.3.
    assert results["0102"].score_milli == 76_600
    areas = json.loads(results["0102"].breakdown)["areas"]
    assert [area["given"] for area in areas] == [
        [30_000, 30_000, 40_000],
        [18_000, 18_000, 27_000],
        [20_000, 20_000, 27_000],
    ]
    assert results["0201"].grade == ""
    (own,) = record_of(village.homes["0102"].pk)
    assert Seen("courtyard", "c1", places=2) in own.findings
    assert all(line.same for line in replay(closed).lines)


def test_other_places_wait_for_a_decision(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0101": gave("looked", "18+9", "27", pile(2))}, SEPTEMBER.replace(day=10))
    mark(village, opened, {"0101": gave("looked", "18+09", "27.0", pile(2))}, SEPTEMBER.replace(day=11))
    assert not Review.objects.exists()
    mark(village, opened, {"0101": gave("looked", "18+9", "27", pile(3))}, SEPTEMBER.replace(day=11))
    assert Marks.objects.filter(visit__household=village.homes["0101"]).count() == 6
    assert Review.objects.filter(reason="differs").count() == 6
    assert set(Finding.objects.values_list("places", flat=True)) == {2, 3}
    assert date(2026, 9, 10) in set(Marks.objects.values_list("day", flat=True))
    when = at(SEPTEMBER.replace(day=20))
    close_village(closing=opened, by=village.actor("cadre", when), at=when)
    assert Result.objects.get(visit__household=village.homes["0101"]).grade == ""
