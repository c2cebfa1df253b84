"""Opening rounds, seating panels, entering marks, deciding reviews: one test a refusal code, the repeat, the stranger."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from tests.lists import refused
from tests.rounds import (
    AWAY,
    KIN,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    Village,
    adopt,
    at,
    closed_round,
    given,
    mark,
    opened_round,
    others,
    panel,
)
from tests.worlds import home, make_world

from courtyard.households.actions import declare_kin, decline_card, set_lived_in
from courtyard.households.rules.states import KinKind, Living
from courtyard.inspections.actions import (
    HomeMarks,
    decide_review,
    draw_panels,
    enter_marks,
    include_home,
    open_round,
    open_rounds,
    set_panel,
)
from courtyard.inspections.models import Finding, Marks, Result, Review, Round, Seat, Visit
from courtyard.inspections.queries.marks import of_round
from courtyard.inspections.queries.rounds import round_within
from courtyard.inspections.rules.marks import Found, Given, sealed
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.ids import uuid7, visit_id
from courtyard.kernel.problems import Problem
from courtyard.records.models import Entry

GOOD = given("good")


def account(village: Village, person: UUID) -> Any:
    return next(one for one in village.world.accounts.values() if one.pk == person)


def name_of(village: Village, person: UUID) -> str:
    return next(name for name, one in village.world.accounts.items() if one.pk == person)


# --- opening


def test_a_round_has_its_visits_and_panels(village: Village) -> None:
    opened = opened_round(village)
    assert (opened.kind, opened.state, opened.month) == ("light", "open", SEPTEMBER)
    visits = list(Visit.objects.filter(round=opened).order_by("group__path", "order"))
    codes = {home.pk: code for code, home in village.homes.items()}
    assert [codes[visit.household_id] for visit in visits] == ["0101", "0102", "0103", "0201", "0202", "0203"]
    assert all(visit.pk == visit_id(opened.pk, visit.household_id) for visit in visits)
    seats = Seat.objects.filter(round=opened)
    assert seats.count() == 6
    assert len(set(seats.values_list("evaluator", flat=True))) == 6


def test_homes_nobody_lives_in_and_those_not_taking_part_are_not_visited(village: Village) -> None:
    cadre = village.actor("cadre")
    set_lived_in(household=village.homes["0102"], living=Living.EMPTY, by=cadre, at=at(SEPTEMBER))
    decline_card(household=village.homes["0203"], by=cadre, at=at(SEPTEMBER))
    opened = opened_round(village)
    seen = set(Visit.objects.filter(round=opened).values_list("household_id", flat=True))
    assert seen == {village.homes[code].pk for code in ("0101", "0103", "0201", "0202")}


def test_a_light_round_leaves_most_of_the_good_ones(village: Village) -> None:
    marks = dict.fromkeys(village.homes, GOOD) | {"0103": given("fair")}
    closed_round(village, marks, OCTOBER)
    light = opened_round(village, NOVEMBER)
    assert light.kind == "light"
    seen = set(Visit.objects.filter(round=light).values_list("household_id", flat=True))
    assert village.homes["0103"].pk in seen
    assert len(seen) == 2


def test_what_stops_a_round(village: Village) -> None:
    cadre, when = village.actor("cadre"), at(SEPTEMBER)

    def opening(month: date = SEPTEMBER, place: Any = village.place, by: Any = cadre) -> Any:
        return open_round(village=place, month=month, by=by, at=when)

    town = village.world["WD"]
    clerk = village.actor("clerk")
    refused("inspections.not_a_village", lambda: opening(place=town, by=clerk), place="万店镇")
    refused("inspections.not_a_month", lambda: opening(date(2026, 9, 2)))
    refused("inspections.month_too_far", lambda: opening(NOVEMBER), month="2026-11")
    other = village.world["WD/02"]
    refused("people.not_allowed", lambda: opening(place=other))
    refused("inspections.no_scheme", lambda: opening(place=other, by=clerk), village="石桥村")
    opening()
    refused("inspections.round_stands", opening, month="2026-09")
    refused("inspections.later_month_stands", lambda: opening(date(2026, 8, 1)), later="2026-09")


def test_a_village_without_homes_has_no_round(db: Any) -> None:
    from courtyard.rating.queries import shipped

    empty = Village(make_world())
    adopt(empty, shipped()["wandian"])
    refused(
        "inspections.no_homes",
        lambda: open_round(village=empty.place, month=SEPTEMBER, by=empty.actor("cadre"), at=at(SEPTEMBER)),
    )


def test_the_same_opening_again_is_the_same_round(village: Village) -> None:
    command, cadre = uuid7(), village.actor("cadre")
    first = open_round(village=village.place, month=SEPTEMBER, by=cadre, at=at(SEPTEMBER), command=command)
    again = open_round(village=village.place, month=SEPTEMBER, by=cadre, at=at(SEPTEMBER), command=command)
    assert first.pk == again.pk
    assert Visit.objects.count() == 6


def test_a_town_opens_village_by_village(village: Village) -> None:
    told: list[tuple[int, int]] = []
    found = open_rounds(
        place=village.world["WD"], month=SEPTEMBER, by=village.actor("clerk"), at=at(SEPTEMBER),
        progress=lambda n, of: told.append((n, of)),
    )  # fmt: skip
    (first, opened), (second, problem) = found
    assert (first.name, second.name, told) == ("塔湾村", "石桥村", [(1, 2), (2, 2)])
    assert isinstance(opened, Round)
    assert isinstance(problem, Problem)
    assert problem.code == "inspections.no_scheme"


def test_a_home_that_came_later_is_walked_last(village: Village) -> None:
    opened = opened_round(village)
    cadre = village.actor("cadre")
    late = home(village.world, "WD/01/G01", "0100", "赵新来")
    village.homes["0100"] = late
    person = panel(opened, "0101", village)[0]
    sheet = [HomeMarks(late.pk, GOOD)]
    refused(
        "inspections.not_in_round",
        lambda: enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(SEPTEMBER)),
        household="0100",
    )
    visit = include_home(opened=opened, household=late, by=cadre, at=at(SEPTEMBER))
    assert (visit.order, visit.pk) == (4, visit_id(opened.pk, late.pk))
    assert enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(SEPTEMBER)).accepted == 1
    empty = home(village.world, "WD/01/G01", "0199", "赵不在")
    set_lived_in(household=empty, living=Living.AWAY, by=cadre, at=at(SEPTEMBER))
    refused(
        "inspections.not_rateable", lambda: include_home(opened=opened, household=empty, by=cadre, at=at(SEPTEMBER))
    )
    stranger = home(village.world, "WD/02/G01", "0101", "孙外村")
    refused(
        "inspections.other_village",
        lambda: include_home(opened=opened, household=stranger, by=cadre, at=at(SEPTEMBER)),
    )


def test_a_round_outside_the_own_area_does_not_exist(village: Village) -> None:
    opened = opened_round(village)
    assert round_within(["WD/01"], opened.pk).pk == opened.pk
    refused("inspections.round_unknown", lambda: round_within(["WD/02"], opened.pk))


# --- panels


def test_panels_by_hand(village: Village) -> None:
    cadre, when = village.actor("cadre"), at(SEPTEMBER)
    opened = open_round(village=village.place, month=SEPTEMBER, by=cadre, at=when, draw=False)
    assert not Seat.objects.filter(round=opened).exists()
    group = village.world["WD/01/G01"]
    one, two, three, four = (village.id(f"eva{n}") for n in range(1, 5))

    def seat(*people: UUID, place: Any = group) -> Any:
        return set_panel(opened=opened, group=place, evaluators=people, by=cadre, at=when)

    refused("inspections.panel_size", lambda: seat(one, two), least=3, found=2)
    refused("inspections.seat_twice", lambda: seat(one, two, two))
    refused("inspections.no_duty_there", lambda: seat(one, two, village.id("eva7")))
    refused("inspections.no_duty_there", lambda: seat(one, two, village.id("keeper")))
    refused("inspections.group_not_in_round", lambda: seat(one, two, three, place=village.world["WD/02/G01"]))
    declare_kin(
        account=account(village, three), household=village.homes["0102"], kind=KinKind.OWN_HOME, by=cadre, at=when
    )
    refused("inspections.own_group", lambda: seat(one, two, three), found=1)
    assert [row.n for row in seat(one, two, four)] == [1, 2, 3]
    assert draw_panels(opened=opened, by=cadre, at=when) == 1
    enter_marks(opened=opened, evaluator=one, sheet=[HomeMarks(village.homes["0101"].pk, GOOD)], by=cadre, at=when)
    five, six = village.id("eva5"), village.id("eva6")
    refused("inspections.seat_has_marks", lambda: seat(two, five, six))
    seat(one, five, six)
    assert panel(opened, "0101", village) == [one, five, six]


def test_too_few_evaluators_to_draw(village: Village) -> None:
    from courtyard.people.actions import end_duty
    from courtyard.people.models import Duty

    for row in Duty.objects.filter(kind="evaluator", place__path="WD/01")[:4]:
        end_duty(duty=row, by=village.world.terminal, at=at(SEPTEMBER))
    opened = opened_round(village)
    assert not Seat.objects.filter(round=opened).exists()
    cadre = village.actor("cadre")
    refused(
        "inspections.too_few_evaluators",
        lambda: draw_panels(opened=opened, by=cadre, at=at(SEPTEMBER)),
        least=3, found=2,
    )  # fmt: skip


# --- marks


def enter(
    village: Village, opened: Round, code: str, what: Given, *, n: int = 0, by: str = "cadre", **more: Any
) -> Any:
    """One home's marks by the n-th of its panel."""
    person = panel(opened, code, village)[n]
    sheet = [HomeMarks(village.homes[code].pk, what, more.pop("day", None))]
    when = more.pop("when", at(date(2026, 9, 10)))
    return enter_marks(opened=opened, evaluator=person, sheet=sheet, by=village.actor(by, when), at=when, **more)


def test_a_sheet_is_taken_in_whole_as_a_set(village: Village, django_assert_max_num_queries: Any) -> None:
    opened = opened_round(village)
    person = panel(opened, "0101", village)[0]
    sheet = [HomeMarks(village.homes[code].pk, given("poor"), date(2026, 9, 9)) for code in ("0101", "0102", "0103")]
    cadre = village.actor("cadre")
    with django_assert_max_num_queries(22):
        done = enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(date(2026, 9, 10)))
    assert (done.accepted, done.same, done.review) == (3, 0, 0)
    row = Marks.objects.get(visit__household=village.homes["0101"])
    assert json.loads(row.values) == {"courtyard": "poor", "rooms": "poor", "surroundings": "poor"}
    assert (row.day, row.by, row.evaluator_id, row.n) == (date(2026, 9, 9), cadre.id, person, 1)
    found = [(Found(f.area, f.code, f.words), bytes(f.salt)) for f in Finding.objects.filter(marks=row)]
    assert len(found) == 3
    assert row.words_sha256 == sealed(found)
    entry = Entry.objects.get(pk=row.entry)
    assert (entry.verb, entry.rows) == ("inspections.enter_marks", 3)


def test_the_same_marks_again_are_the_same(village: Village) -> None:
    opened, command = opened_round(village), uuid7()
    first = enter(village, opened, "0101", given("poor"), command=command)
    assert enter(village, opened, "0101", given("poor"), command=command) == first
    again = enter(village, opened, "0101", given("poor"))
    assert (again.accepted, again.same, again.review) == (0, 1, 0)
    assert Marks.objects.count() == 1
    refused("records.other_input", lambda: enter(village, opened, "0101", GOOD, command=command))


def test_one_bad_home_and_nothing_is_taken(village: Village) -> None:
    opened = opened_round(village)
    person, cadre = panel(opened, "0101", village)[0], village.actor("cadre")
    half = Given(Presence.SEEN, (("courtyard", "good"),))
    sheet = [HomeMarks(village.homes["0101"].pk, GOOD), HomeMarks(village.homes["0102"].pk, half)]
    refused(
        "inspections.area_missing",
        lambda: enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(date(2026, 9, 10))),
        household="0102", areas="室内、周边",
    )  # fmt: skip
    assert not Marks.objects.exists()


def test_who_marks_what(village: Village) -> None:
    opened = opened_round(village)
    when = at(date(2026, 9, 10))
    first, second = panel(opened, "0101", village)[:2]
    outsider = others(opened, village, "0101")[0]
    sheet = [HomeMarks(village.homes["0101"].pk, GOOD)]

    def enters(by: str, evaluator: UUID, given_sheet: Any = sheet) -> Any:
        return enter_marks(opened=opened, evaluator=evaluator, sheet=given_sheet, by=village.actor(by, when), at=when)

    refused("inspections.no_seat", lambda: enters("cadre", outsider), household="0101")
    refused("people.not_allowed", lambda: enters("cadre2", first))
    refused("people.not_allowed", lambda: enters("keeper", first))
    refused("people.not_allowed", lambda: enters(name_of(village, first), second))
    enters(name_of(village, first), first)
    twice = [*sheet, *sheet]
    refused("inspections.home_twice", lambda: enters("cadre", second, twice))
    stranger = home(village.world, "WD/02/G01", "0101", "孙外村")
    refused("inspections.other_village", lambda: enters("cadre", second, [HomeMarks(stranger.pk, GOOD)]))
    refused("inspections.other_village", lambda: enters("cadre", second, [HomeMarks(uuid7(), GOOD)]))


def test_days_of_marks(village: Village) -> None:
    opened = opened_round(village)
    refused(
        "inspections.day_to_come", lambda: enter(village, opened, "0101", GOOD, day=date(2026, 9, 11)), day="2026-09-11"
    )
    refused(
        "inspections.day_before_round",
        lambda: enter(village, opened, "0101", GOOD, day=date(2026, 8, 31)),
        household="0101",
    )


def test_kin_step_aside(village: Village) -> None:
    opened = opened_round(village)
    person = panel(opened, "0101", village)[0]
    declare_kin(
        account=account(village, person), household=village.homes["0101"], kind=KinKind.KIN,
        by=village.actor("cadre"), at=at(SEPTEMBER),
    )  # fmt: skip
    refused("inspections.kin_steps_aside", lambda: enter(village, opened, "0101", GOOD), household="0101")
    assert enter(village, opened, "0101", KIN).accepted == 1


def test_not_at_home_then_seen_both_stand_and_the_second_counts(village: Village) -> None:
    opened = opened_round(village)
    enter(village, opened, "0101", AWAY)
    assert enter(village, opened, "0101", GOOD).accepted == 1
    rows = next(iter(of_round(opened.pk).values()))
    assert [(row.given.presence, row.counts) for row in rows] == [(Presence.NOT_AT_HOME, True), (Presence.SEEN, True)]


# --- reviews


def test_other_values_wait_with_the_first_until_somebody_decides(village: Village) -> None:
    opened = opened_round(village)
    enter(village, opened, "0101", GOOD)
    done = enter(village, opened, "0101", given("poor"))
    assert (done.accepted, done.review) == (0, 1)
    assert set(Review.objects.values_list("reason", "state")) == {("differs", "open")}
    visit = visit_id(opened.pk, village.homes["0101"].pk)
    person = panel(opened, "0101", village)[0]
    first, second = Marks.objects.order_by("n")
    when = at(date(2026, 9, 11))

    def decide(by: str, keep: UUID | None) -> None:
        decide_review(visit=visit, evaluator=person, keep=keep, by=village.actor(by, when), at=when)

    refused("inspections.review_own", lambda: decide("cadre", first.pk))
    refused("people.not_allowed", lambda: decide("keeper", first.pk))
    refused("inspections.marks_unknown", lambda: decide("clerk", uuid7()))
    decide("supervisor", second.pk)
    states = {row.n: row.counts for row in of_round(opened.pk)[visit]}
    assert states == {1: False, 2: True}
    refused("inspections.nothing_to_decide", lambda: decide("clerk", first.pk))


def test_neither_counts_while_undecided_and_none_may_be_kept(village: Village) -> None:
    opened = opened_round(village)
    for n in range(3):
        enter(village, opened, "0101", GOOD, n=n)
    enter(village, opened, "0101", given("poor"))
    visit = visit_id(opened.pk, village.homes["0101"].pk)
    person = panel(opened, "0101", village)[0]
    assert sum(row.counts for row in of_round(opened.pk)[visit]) == 2
    when = at(date(2026, 9, 11))
    decide_review(visit=visit, evaluator=person, keep=None, by=village.actor("clerk", when), at=when)
    assert set(Review.objects.values_list("state", flat=True)) == {"set_aside"}
    assert sum(row.counts for row in of_round(opened.pk)[visit]) == 2


def test_after_the_close_a_decision_is_about_the_result(village: Village) -> None:
    closed = closed_round(village, {"0101": GOOD})
    late = enter(village, closed, "0101", given("poor"), when=at(date(2026, 9, 25)))
    assert late.review == 1
    visit = visit_id(closed.pk, village.homes["0101"].pk)
    person, clerk = panel(closed, "0101", village)[0], village.actor("clerk")
    refused(
        "inspections.decide_as_late",
        lambda: decide_review(visit=visit, evaluator=person, keep=None, by=clerk, at=at(date(2026, 9, 25))),
    )
    stays = {"opened": closed, "by": village.actor("cadre"), "at": at(date(2026, 9, 25))}
    people = panel(closed, "0101", village)
    group = village.world["WD/01/G01"]
    refused("inspections.round_closed", lambda: set_panel(group=group, evaluators=people, **stays))
    assert Result.objects.get(visit=visit).grade == "good"


def test_marks_never_rest_on_their_order(village: Village) -> None:
    """Three raters, one of them away first: the same result whatever came first."""
    opened = opened_round(village)
    mark(village, opened, {"0101": [given("poor"), GOOD, given("fair")]}, date(2026, 9, 10))
    mark(village, opened, {"0102": [given("fair"), given("poor"), GOOD]}, date(2026, 9, 9))
    from courtyard.honours.actions import close_village

    close_village(closing=opened, by=village.actor("cadre"), at=at(date(2026, 9, 20)))
    scores = dict(Result.objects.exclude(grade="").values_list("visit__household__code", "score_milli"))
    assert scores["0101"] == scores["0102"] == 71_700
