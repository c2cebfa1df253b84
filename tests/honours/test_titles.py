"""Titles and spot checks through live rounds, under the shipped scheme of a week check and a month's score."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.lists import refused
from tests.rounds import SEPTEMBER, Village, at, closed_round, make_village

from courtyard.honours.actions import (
    answer_grade_objection,
    close_spot,
    hang_plaque,
    open_check,
    open_checks,
    raise_objection,
    settle_prizes,
    take_plaque_down,
)
from courtyard.honours.models import GradeObjection, Prize, TitleHeld
from courtyard.honours.queries.titles import due_in, held_in, line, own_titles, shelf
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.honours.rules.titles import TitleEnd, TitleState
from courtyard.inspections.actions.marks import HomeMarks
from courtyard.inspections.actions.spot import enter_spot
from courtyard.inspections.models import Result, Round, Seat, Visit
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import seats
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.questions import Replied, Reply
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem
from courtyard.points.queries.purse import purse
from courtyard.rating.queries import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.long]

MONTHS = (SEPTEMBER, date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1))
YES = Replied(Reply.YES, Reply.YES, Reply.YES)
AREAS = ("courtyard", "rooms", "kitchen", "surroundings", "green")


def points(score: int) -> Given:
    """Marks of five areas of 20 that come to a score."""
    each = [min(20, max(0, score - 20 * n)) for n in range(5)]
    return Given(Presence.SEEN, tuple((area, str(one)) for area, one in zip(AREAS, each, strict=True)))


@pytest.fixture
def village(db: Any) -> Village:
    return make_village(scheme="youzha")


def month(village: Village, n: int, **scores: int) -> Round:
    """The n-th month's round: each home's score, 95 where none is said."""
    marks = {code: points(scores.get(f"h{code}", 95)) for code in village.homes}
    return closed_round(village, marks, MONTHS[n])


def checked(village: Village, day: date, **scores: int) -> tuple[Round, list[Visit]]:
    """A spot check drawn and walked by both of its people: a score for each home that is on it, 95 where none is said."""
    town = village.actor("supervisor", at(day))
    opened = open_check(village=village.place, by=town, at=at(day))
    visits = list(Visit.objects.filter(round=opened).select_related("round__village", "round__version", "household"))
    for visit in visits:
        people = [row.evaluator_id for row in seats(opened.pk, visit.group_id)]
        assert len(people) == 2, "a check that may change a result is seen by two"
        for person in people:
            seen = HomeMarks(visit.household_id, points(scores.get(f"h{visit.household.code}", 95)), None)
            enter_spot(visit=visit, evaluator=person, seen=seen, replied=YES, by=town, at=at(day, 12))
    close_spot(closing=opened, by=town, at=at(day, 15))
    return opened, visits


def names(village: Village, code: str) -> list[tuple[str, str]]:
    return [(one.name, one.row.state) for one in own_titles(village.homes[code])]


def test_a_title_is_given_once_kept_lost_and_won_again(village: Village) -> None:
    for n in range(3):
        month(village, n)
    home = village.homes["0101"]
    (held,) = own_titles(home)
    assert (held.name, held.held, held.row.since, held.due) == (
        "季度清洁户", True, date(2026, 11, 20), date(2027, 2, 20),
    )  # fmt: skip
    assert shelf(["WD"]).count() == 6
    assert due_in(village.place.pk, date(2027, 2, 19)) == set()
    assert len(due_in(village.place.pk, date(2027, 2, 20))) == 6
    month(village, 3, h0101=70)
    assert dict(held_in(village.place.pk)[home.pk]) == {"quarter": 1}
    hang_plaque(held=held.row, by=village.actor("cadre", at(MONTHS[3])), at=at(date(2026, 12, 21)))
    month(village, 4, h0101=65)
    (lost,) = own_titles(home)
    assert (lost.held, lost.row.ended_by, lost.row.ended_on) == (False, TitleEnd.BAND.value, date(2027, 1, 20))
    assert lost.why == "连续 2 轮评为「中」或更低" and lost.back == "以后连续 3 轮评为「优」,就再挂上"
    assert line(shelf(["WD"]).get(household=home)).to_remove, "its plaque still hangs"
    assert names(village, "0102") == [("季度清洁户", "held")]


def test_a_correction_gives_back_what_the_wrong_result_had_taken(village: Village) -> None:
    for n in range(3):
        month(village, n)
    month(village, 3, h0101=70)
    month(village, 4, h0101=65)
    home, day = village.homes["0101"], date(2027, 1, 21)
    raise_objection(
        household=home,
        channel=ObjectionChannel.SPOKEN,
        words="那天院子是扫过的",
        by=village.actor("keeper", at(day)),
        at=at(day),
    )
    answer_grade_objection(
        objection=GradeObjection.objects.get(), upheld=True, reasons="去看过,院坝是扫过的",
        values=dict.fromkeys(AREAS, "19"), by=village.actor("cadre", at(day)), at=at(day, 12),
    )  # fmt: skip
    assert names(village, "0101") == [("季度清洁户", "held")]
    row = TitleHeld.objects.get(household=home)
    assert (row.state, row.ended_on, row.poor_rounds, row.since) == ("held", None, 0, date(2026, 11, 20))


def test_a_correction_takes_what_was_never_due(village: Village) -> None:
    for n in range(3):
        month(village, n)
    home, day = village.homes["0101"], date(2026, 11, 21)
    raise_objection(
        household=home, channel=ObjectionChannel.SPOKEN, words="把我家评成优,评错了", by=village.actor("keeper", at(day)),
        at=at(day),
    )  # fmt: skip
    answer_grade_objection(
        objection=GradeObjection.objects.get(), upheld=True, reasons="那天没有看全,算没有评",
        by=village.actor("cadre", at(day)), at=at(day, 12),
    )  # fmt: skip
    assert own_titles(home) == [] and TitleHeld.objects.get(household=home).ended_by == TitleEnd.CORRECTED.value


def test_a_spot_check_takes_the_rounds_place(village: Village) -> None:
    for n in range(3):
        month(village, n)
    opened, visits = checked(village, date(2026, 11, 23), h0101=80, h0102=80, h0103=80, h0201=80, h0202=80, h0203=80)
    (visit,) = visits
    home = visit.household
    result = standing(Result.objects.filter(visit__household=home, visit__round__month=MONTHS[2])).get()
    assert (result.grade, result.score_milli) == ("good", 80_000) and result.supersedes is not None
    # 5 + 5, and for the third month 3; the streak's 5 and its title were never due.
    assert purse(home.pk).free == 13
    (row,) = TitleHeld.objects.filter(household=home)
    assert (row.state, row.ended_by) == (TitleState.WITHDRAWN.value, TitleEnd.CORRECTED.value)
    assert own_titles(home) == [], "a title that was never due is not told as a loss"
    others = TitleHeld.objects.exclude(household=home)
    assert others.filter(state="held").count() == 5 and purse(others[0].household_id).free == 20


def test_plaques_are_hung_and_taken_down_once(village: Village) -> None:
    for n in range(3):
        month(village, n)
    home, day = village.homes["0101"], date(2026, 11, 23)
    row, cadre = TitleHeld.objects.get(household=home), village.actor("cadre", at(day))
    refused("honours.title_still_held", lambda: take_plaque_down(held=row, by=cadre, at=at(day)))
    assert line(row).to_hang
    command = uuid7()
    for _ in range(2):  # the same command again does nothing more
        hang_plaque(held=row, by=cadre, at=at(day), command=command)
    refused("honours.plaque_hangs", lambda: hang_plaque(held=row, by=cadre, at=at(day)))
    stranger = village.actor("cadre2", at(day))
    refused("people.not_allowed", lambda: hang_plaque(held=row, by=stranger, at=at(day)))
    month(village, 3, h0101=70, h0102=70)
    month(village, 4, h0101=70, h0102=70)
    later = date(2027, 1, 25)
    take_plaque_down(held=row, by=cadre, at=at(later))
    refused("honours.plaque_not_there", lambda: take_plaque_down(held=row, by=cadre, at=at(later)))
    never_hung = TitleHeld.objects.get(household=village.homes["0102"])
    refused("honours.title_not_held", lambda: hang_plaque(held=never_hung, by=cadre, at=at(later)))
    refused("honours.plaque_not_there", lambda: take_plaque_down(held=never_hung, by=cadre, at=at(later)))


def test_titles_that_are_due_come_with_the_check_and_count_as_checked(village: Village) -> None:
    for n in range(4):
        month(village, n)
    TitleHeld.objects.filter(household=village.homes["0203"]).update(since=date(2026, 9, 20))
    _, visits = checked(village, date(2026, 12, 28))
    seen = {visit.household.code for visit in visits}
    assert "0203" in seen and len(seen) <= 2, "one drawn, one due"
    assert TitleHeld.objects.get(household=village.homes["0203"]).checked_on == date(2026, 12, 28)
    assert due_in(village.place.pk, date(2027, 3, 27)) == {
        home.pk for code, home in village.homes.items() if code not in seen
    }
    supervisor = village.actor("supervisor", at(date(2026, 12, 29)))
    (told,) = [
        what for place, what in open_checks(place=village.world["WD"], by=supervisor, at=at(date(2026, 12, 29)))
        if place == village.place
    ]  # fmt: skip
    assert isinstance(told, Problem) and told.code == "inspections.spot_stands"


def test_a_check_that_may_change_a_result_needs_two(village: Village) -> None:
    closed = month(village, 0)
    people = sorted(village.id(f"eva{n}") for n in range(1, 7))
    for group in {home.group_id for home in village.homes.values()}:
        seated = set(Seat.objects.filter(round=closed, group=group).values_list("evaluator_id", flat=True))
        free = [person for person in people if person not in seated][1:]
        for n, person in enumerate(free, start=31):
            Seat(id=uuid7(), round=closed, group_id=group, evaluator_id=person, n=n).save(force_insert=True)
    day = date(2026, 9, 24)
    supervisor = village.actor("supervisor", at(day))
    refused("inspections.no_two_checkers", lambda: open_check(village=village.place, by=supervisor, at=at(day)))


def sheet(score: int) -> Given:
    """Marks of the yearly sheet that come to a score: lines and areas filled one after the other."""
    left, values = score, []
    for area, lines in (("courtyard", (10, 10, 10)), ("rooms", (15, 10)), ("toilet", (15,)), ("surroundings", (10, 5, 5)), ("green", (10,))):  # fmt: skip
        given = []
        for most in lines:
            given.append(min(most, left))
            left -= given[-1]
        values.append((area, "+".join(map(str, given))))
    return Given(Presence.SEEN, tuple(values))


def test_a_yearly_plaque_a_prize_after_the_check_and_the_quarterly_check(db: Any) -> None:
    text = shipped()["guanqiao"].replace('levels = ["town"]', 'levels = ["village"]', 1)
    village = make_village(text=text.replace('within = "town"', 'within = "village"', 1))
    scores = dict.fromkeys(village.homes, 95) | {"0203": 80}
    closed_round(village, {code: sheet(score) for code, score in scores.items()}, MONTHS[4])
    assert TitleHeld.objects.filter(state="held").count() == 5 and not Prize.objects.exists()
    _walked(village, date(2027, 1, 23), {"0101": 85})
    homes = village.homes
    (row,) = TitleHeld.objects.filter(household=homes["0101"])
    assert (row.state, own_titles(homes["0101"])) == (TitleState.WITHDRAWN.value, []), "a failed check gives no title"
    settle_prizes(
        place=village.place, month=MONTHS[4], by=village.actor("clerk", at(date(2027, 1, 24))), at=at(date(2027, 1, 24))
    )
    assert set(Prize.objects.values_list("household__code", "amount_fen")) == {
        (code, 50_000) for code in ("0102", "0103", "0201", "0202")
    }
    supervisor = village.actor("supervisor", at(date(2027, 1, 25)))
    refused(
        "inspections.spot_stands", lambda: open_check(village=village.place, by=supervisor, at=at(date(2027, 1, 25)))
    )
    before = Result.objects.count()
    spot = _walked(village, date(2027, 4, 23), {"0102": 80})
    assert spot.month == date(2027, 4, 1) and spot.visits.count() == 4, "only homes whose title is due"
    (lost,) = own_titles(homes["0102"])
    assert (lost.held, lost.row.ended_by, lost.row.ended_on) == (False, TitleEnd.CHECK.value, date(2027, 4, 23))
    assert lost.why == "复查来的两个人看的分不到 90 分" and Result.objects.count() == before
    kept = TitleHeld.objects.get(household=homes["0103"])
    assert (kept.state, kept.checked_on, line(kept).due) == ("held", date(2027, 4, 23), date(2027, 7, 23))


def _walked(village: Village, day: date, scores: dict[str, int]) -> Round:
    """A check of the yearly scheme by both of its people, 95 where no score is said."""
    town = village.actor("supervisor", at(day))
    opened = open_check(village=village.place, by=town, at=at(day))
    for visit in Visit.objects.filter(round=opened).select_related("round__village", "round__version", "household"):
        for row in seats(opened.pk, visit.group_id):
            seen = HomeMarks(visit.household_id, sheet(scores.get(visit.household.code, 95)), None)
            enter_spot(visit=visit, evaluator=row.evaluator_id, seen=seen, replied=YES, by=town, at=at(day, 12))
    close_spot(closing=opened, by=town, at=at(day, 15))
    return opened
