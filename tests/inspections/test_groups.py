"""Evaluation groups, the draw and joint grading as actions: one test a refusal code, the repeat, the stranger."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.groups import chosen, group_of, seat_all
from tests.lists import refused
from tests.rounds import KIN, OCTOBER, SEPTEMBER, Village, at, given, mark, opened_round, panel
from tests.worlds import home, person

from courtyard.households.actions import declare_kin
from courtyard.households.rules.states import KinKind
from courtyard.inspections.actions import (
    HomeMarks,
    draw_panels,
    draw_yards,
    enter_marks,
    grade_yards,
    make_group,
    open_round,
    set_panel,
)
from courtyard.inspections.actions.calibration import forget_joint_grading
from courtyard.inspections.models import CalibrationSheet, Draw, EvaluationGroup, GroupMember, Seat, Visit
from courtyard.inspections.queries.calibration import groups_today, joint_grading_due, spread_of
from courtyard.inspections.queries.groups import draws_of, group_on, proof_of, record_of
from courtyard.inspections.queries.rounds import progress
from courtyard.inspections.queries.sheets import sheet_rows
from courtyard.inspections.rules.membership import MeetingKind
from courtyard.kernel.actors import DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.records.models import Entry

GOOD = given("good")
WHEN = at(SEPTEMBER, 8)


@pytest.fixture
def grouped(village: Village) -> Village:
    """The village with two more evaluators, so that its eight make two trios with a reserve each; a group in office."""
    for n in (91, 92):
        person(village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, "WD/01")
    group_of(village)
    return village


def eva(village: Village, n: int) -> UUID:
    return village.id(f"eva{n}")


# --- the group


def test_a_group_is_made_once_and_takes_over_on_its_first_day(grouped: Village) -> None:
    group = group_on(grouped.place.pk, SEPTEMBER)
    assert group is not None and GroupMember.objects.filter(group=group).count() == 8
    assert group_on(grouped.place.pk, date(2026, 8, 31)) is None
    command = uuid7()
    later = [group_of(grouped, since=OCTOBER, when=at(date(2026, 9, 20)), command=command) for _ in range(2)]
    assert later[0].pk == later[1].pk
    assert group_on(grouped.place.pk, date(2026, 9, 30)) == group
    assert group_on(grouped.place.pk, OCTOBER) == later[0]


def test_who_may_not_make_a_group(grouped: Village) -> None:
    members = chosen(grouped)
    term = {"since": OCTOBER, "when": at(date(2026, 9, 20))}
    for who in ("cadre2", "eva1", "supervisor"):
        refused("people.not_allowed", lambda who=who: group_of(grouped, by=who, **term))
    refused("inspections.group_before", lambda: group_of(grouped))
    refused("inspections.member_without_duty", lambda: group_of(grouped, members=chosen(grouped, eva6="eva7"), **term))
    refused("inspections.trio_incomplete", lambda: group_of(grouped, members=members[:7], **term))
    refused("inspections.meeting_to_come", lambda: group_of(grouped, meeting=OCTOBER, **term))
    refused(
        "inspections.not_a_village",
        lambda: make_group(
            village=grouped.world["WD/01/G01"], term=Any, meeting_kind=MeetingKind.ASSEMBLY, members=members,  # type: ignore[arg-type]
            by=grouped.actor("cadre"), at=WHEN,
        ),
    )  # fmt: skip
    assert EvaluationGroup.objects.count() == 1


def test_a_term_that_is_over_seats_nobody(village: Village) -> None:
    for n in (91, 92):
        person(village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, "WD/01")
    group_of(village, last=date(2026, 9, 30))
    opened = opened_round(village, OCTOBER)
    assert not Seat.objects.filter(round=opened).exists(), "nobody is drawn, the round stands"
    cadre, group = village.actor("cadre", at(OCTOBER)), village.homes["0101"].group
    trio = [eva(village, n) for n in (1, 2, 3)]
    for deed in (
        lambda: draw_panels(opened=opened, by=cadre, at=at(OCTOBER)),
        lambda: set_panel(opened=opened, group=group, evaluators=trio, by=cadre, at=at(OCTOBER)),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert (refusal.value.problem.code, refusal.value.problem.facts) == (
            "inspections.term_over", {"last": "2026-09-30"},
        )  # fmt: skip


def test_only_members_are_seated_by_hand(grouped: Village) -> None:
    stray = person(grouped.world, "eva93", "评比员93", DutyKind.EVALUATOR, "WD/01")
    opened, cadre = opened_round(grouped), grouped.actor("cadre", WHEN)
    group = grouped.homes["0101"].group
    people = [eva(grouped, 1), eva(grouped, 2), stray.id]
    refused(
        "inspections.not_a_member",
        lambda: set_panel(opened=opened, group=group, evaluators=people, by=cadre, at=at(SEPTEMBER)),
    )


# --- the draw


def test_hamlets_are_drawn_to_trios_and_anybody_can_draw_again(grouped: Village) -> None:
    opened = opened_round(grouped)
    trios = [{eva(grouped, n) for n in numbers} for numbers in ((1, 2, 3), (5, 6, 91))]
    panels = [set(panel(opened, code, grouped)) for code in ("0101", "0201")]
    assert sorted(map(sorted, panels)) == sorted(map(sorted, trios)), "a trio each: the load is spread"
    [record] = draws_of(opened.pk)
    assert record.agrees
    assert f'"{record.row.seed}"' in Entry.objects.get(pk=record.row.entry).answer
    assert Entry.objects.get(pk=record.row.entry).verb == "inspections.open_round"
    assert proof_of(record.row).agrees
    record.row.outcome = record.row.outcome.replace(str(record.drawn[0].trio), "9", 1)
    assert not record_of(record.row).agrees, "an outcome that was altered is found by drawing again"
    assert not proof_of(record.row).agrees, "and by the digest in the journal"


def test_the_draw_waits_for_the_button_and_stands_once(grouped: Village) -> None:
    cadre = grouped.actor("cadre", at(SEPTEMBER))
    opened = open_round(village=grouped.place, month=SEPTEMBER, by=cadre, at=at(SEPTEMBER), draw=False)
    assert not Draw.objects.exists()
    assert draw_panels(opened=opened, by=cadre, at=at(SEPTEMBER)) == 2
    before = list(Seat.objects.order_by("pk").values_list("pk", flat=True))
    assert draw_panels(opened=opened, by=cadre, at=at(SEPTEMBER)) == 0, "nobody draws until the draw pleases"
    assert list(Seat.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert Draw.objects.count() == 1


def test_where_somebody_on_the_panel_is_kin_a_third_mark_stands_in(grouped: Village) -> None:
    when = at(SEPTEMBER, 8)
    target = grouped.homes["0102"]
    for n in (1, 5):
        declare_kin(
            account=grouped.world.accounts[f"eva{n}"], household=target, kind=KinKind.KIN,
            by=grouped.actor("cadre"), at=when,
        )  # fmt: skip
    opened = opened_round(grouped)
    [reserve] = Seat.objects.filter(round=opened, walk="stand_in")
    trio = panel(opened, "0101", grouped)[:3]
    assert reserve.group == target.group
    assert reserve.evaluator_id in {eva(grouped, 4), eva(grouped, 92)}
    assert [row.code for row in sheet_rows(opened.pk, reserve.group_id, reserve.evaluator_id)] == ["0102"]
    assert [row.homes for row in progress(opened.pk) if row.walk.value == "stand_in"] == [1]
    cadre = grouped.actor("cadre", at(SEPTEMBER))
    for someone in (*trio, reserve.evaluator_id):
        kin = someone in {eva(grouped, 1), eva(grouped, 5)}
        enter_marks(
            opened=opened, evaluator=someone, sheet=[HomeMarks(target.pk, KIN if kin else GOOD, SEPTEMBER)], by=cadre,
            at=at(SEPTEMBER),
        )  # fmt: skip
    other = [HomeMarks(grouped.homes["0101"].pk, GOOD, SEPTEMBER)]
    refused(
        "inspections.no_seat",
        lambda: enter_marks(opened=opened, evaluator=reserve.evaluator_id, sheet=other, by=cadre, at=at(SEPTEMBER)),
    )


def test_homes_of_cadres_and_evaluators_come_first_by_another_trio(grouped: Village) -> None:
    """W16: walked first, by people of another trio who do not live there either; the rest by the panel."""
    when, cadre = at(SEPTEMBER, 8), grouped.actor("cadre")
    for who, code in (("cadre", "0103"), ("eva1", "0202")):
        account = grouped.world.accounts[who]
        declare_kin(account=account, household=grouped.homes[code], kind=KinKind.OWN_HOME, by=cadre, at=when)
    keeper = grouped.world.accounts["keeper"]
    declare_kin(account=keeper, household=grouped.homes["0102"], kind=KinKind.OWN_HOME, by=cadre, at=when)
    opened = opened_round(grouped)
    visits = Visit.objects.filter(round=opened).order_by("group__path", "order")
    assert list(visits.values_list("household__code", "leads")) == [
        ("0103", True), ("0101", False), ("0102", False), ("0202", True), ("0201", False), ("0203", False),
    ]  # fmt: skip
    for code in ("0103", "0202"):
        group = grouped.homes[code].group_id
        seats = Seat.objects.filter(round=opened, group=group)
        front, whole = ({seat.evaluator_id for seat in seats if seat.walk == walk} for walk in ("front", "whole"))
        assert len(front) == len(whole) == 3 and not front & whole
        assert [row.code for row in sheet_rows(opened.pk, group, min(front))] == [code]
        assert code not in [row.code for row in sheet_rows(opened.pk, group, min(whole))]
    assert eva(grouped, 1) not in set(panel(opened, "0202", grouped))
    assert [row.walk.value for row in progress(opened.pk)][:6] == ["front"] * 6, "first in the village's order"
    by_hand = [eva(grouped, n) for n in (2, 3, 4)]
    set_panel(opened=opened, group=grouped.homes["0101"].group, evaluators=by_hand, by=cadre, at=at(SEPTEMBER))
    seats = Seat.objects.filter(round=opened, group=grouped.homes["0101"].group_id)
    assert list(seats.filter(walk="whole").order_by("n").values_list("evaluator_id", flat=True)) == by_hand
    assert not set(seats.filter(walk="front").values_list("evaluator_id", flat=True)) & set(by_hand)


def test_nobody_is_drawn_to_the_own_group(grouped: Village) -> None:
    cadre = grouped.actor("cadre")
    for n, head in ((1, "赵一家"), (5, "钱五家")):
        mine = home(grouped.world, "WD/01/G01", f"018{n}", head)
        account = grouped.world.accounts[f"eva{n}"]
        declare_kin(account=account, household=mine, kind=KinKind.OWN_HOME, by=cadre, at=at(SEPTEMBER, 8))
    opened = opened_round(grouped)
    assert not {eva(grouped, 1), eva(grouped, 5)} & set(panel(opened, "0101", grouped))


# --- joint grading


def test_joint_grading_needs_a_group_and_is_drawn_once(village: Village) -> None:
    cadre = village.actor("cadre", at(SEPTEMBER))
    refused("inspections.no_group", lambda: draw_yards(village=village.place, by=cadre, at=at(SEPTEMBER)))
    for n in (91, 92):
        person(village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, "WD/01")
    group_of(village)
    command = uuid7()
    made = [draw_yards(village=village.place, by=cadre, at=at(SEPTEMBER), command=command) for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert made[0].yards.count() == 6, "fewer than ten: all"
    refused("inspections.yards_drawn", lambda: draw_yards(village=village.place, by=cadre, at=at(SEPTEMBER)))
    stranger = village.actor("cadre2", at(SEPTEMBER))
    refused("people.not_allowed", lambda: draw_yards(village=village.place, by=stranger, at=at(SEPTEMBER)))


def test_joint_sheets_are_never_scored_and_may_be_put_right(grouped: Village) -> None:
    cadre = grouped.actor("cadre", at(SEPTEMBER))
    drawn = draw_yards(village=grouped.place, by=cadre, at=at(SEPTEMBER))
    whole = {n: dict.fromkeys(("courtyard", "rooms", "surroundings"), "good") for n in range(1, 7)}
    words = {"calibration": drawn, "at": at(SEPTEMBER)}
    refused("inspections.yard_incomplete", lambda: grade_yards(evaluator=eva(grouped, 1), values={}, by=cadre, **words))
    refused(
        "inspections.yard_unknown", lambda: grade_yards(evaluator=eva(grouped, 1), values={7: {}}, by=cadre, **words)
    )
    refused("inspections.not_a_member", lambda: grade_yards(evaluator=cadre.id, values=whole, by=cadre, **words))
    own = grouped.actor("eva2", at(SEPTEMBER))
    refused("people.not_allowed", lambda: grade_yards(evaluator=eva(grouped, 1), values=whole, by=own, **words))
    grade_yards(evaluator=eva(grouped, 1), values=whole, by=cadre, **words)
    grade_yards(evaluator=eva(grouped, 2), values=whole, by=own, **words)
    poor = {**whole, 1: dict.fromkeys(whole[1], "poor")}
    grade_yards(evaluator=eva(grouped, 2), values=poor, by=own, **words)
    assert CalibrationSheet.objects.count() == 2
    found = spread_of(drawn, eva(grouped, 1))
    assert (found[0].counts, found[0].own, found[0].apart) == ((("good", 1), ("fair", 0), ("poor", 1)), "good", 2)
    assert not any(one.own for one in spread_of(drawn, cadre.id)), "nobody's sheet but the own"
    village = grouped.place.pk
    assert groups_today([village], SEPTEMBER)[village].to_grade
    seat_all(grouped, lambda n: grade_yards(evaluator=eva(grouped, n), values=whole, by=cadre, **words))
    assert not groups_today([village], SEPTEMBER)[village].to_grade
    assert not Visit.objects.exists()


def test_marks_go_on_as_before_in_a_village_without_a_group(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0101": GOOD}, date(2026, 9, 10))
    assert not Draw.objects.exists()
    assert all(row.walk.value == "whole" for row in progress(opened.pk))


def test_joint_sheets_are_forgotten_after_twelve_months(grouped: Village) -> None:
    cadre, later = grouped.actor("cadre", at(SEPTEMBER)), at(date(2027, 9, 1))
    drawn = draw_yards(village=grouped.place, by=cadre, at=at(SEPTEMBER))
    whole = {n: dict.fromkeys(("courtyard", "rooms", "surroundings"), "poor") for n in range(1, 7)}
    grade_yards(calibration=drawn, evaluator=eva(grouped, 1), values=whole, by=cadre, at=at(SEPTEMBER))
    terminal = grouped.world.terminal
    early = at(date(2027, 8, 31))
    assert joint_grading_due(date(2027, 8, 31)) == []
    refused("inspections.joint_kept_still", lambda: forget_joint_grading(kept=drawn, by=terminal, at=early))
    refused("people.not_allowed", lambda: forget_joint_grading(kept=drawn, by=cadre, at=later))
    [due] = joint_grading_due(date(2027, 9, 1))
    assert forget_joint_grading(kept=due, by=terminal, at=later) == 1
    assert not CalibrationSheet.objects.exists() and not drawn.yards.exists()
    assert joint_grading_due(date(2027, 9, 1)) == []
