"""What a signed line may say, who may be the second person, what keeps points at rest, what a covenant must be."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from courtyard.households.rules.covenants import unfit_covenant
from courtyard.households.rules.handing import Holding, Line, unfit_hand_over_day, unfit_line
from courtyard.households.rules.seconds import (
    STOP_AFTER_RESET,
    granting,
    spending_stopped,
    unfit_countersigner,
    unfit_resetter,
)
from courtyard.households.rules.states import CountersignState, MessageConsent, RedNameConsent
from courtyard.kernel.actors import Actor, Duty, DutyKind

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/households/handing.toml").read_text(encoding="utf-8"))["line"]
TOOK = {"领了": True, "不参加": False, "": None}
ISSUED, DAY = date(2026, 9, 2), date(2026, 9, 5)
ONE, TWO = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_a_line_of_the_sheet(case: dict[str, Any]) -> None:
    line = Line(
        ONE,
        TOOK[case["took"]],
        RedNameConsent(case["red"]) if "red" in case else None,
        MessageConsent(case["messages"]) if "messages" in case else None,
        case.get("covenant", False),
    )
    card = case.get("card", True)
    holding = Holding(
        case.get("taking_part", True),
        case.get("ended", False),
        TWO if card else None,
        ISSUED if card else None,
        case.get("handed_over"),
    )
    problem = unfit_line(line, holding, case.get("day", DAY))
    assert (problem.code if problem else "") == case["not"]


def test_no_card_goes_over_tomorrow() -> None:
    assert unfit_hand_over_day(DAY, DAY) is None
    assert unfit_hand_over_day(DAY + timedelta(days=1), DAY).code == "households.hand_over_in_future"  # type: ignore[union-attr]


def someone(id: UUID, *duties: tuple[DutyKind, str]) -> Actor:
    return Actor(id, "account", "", tuple(Duty(*duty) for duty in duties))


CADRE, CLERK, SUPERVISOR = DutyKind.VILLAGE_CADRE, DutyKind.TOWN_CLERK, DutyKind.SUPERVISOR


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (someone(ONE, (CADRE, "WD/01")), "households.second_same_person"),
        (someone(ONE, (CLERK, "WD")), "households.second_same_person"),
        (someone(TWO, (CADRE, "WD/01")), "households.second_same_duty"),
        (someone(TWO, (CLERK, "WD")), ""),
        (someone(TWO, (SUPERVISOR, "WD")), ""),
        (someone(TWO, (SUPERVISOR, "WD/01")), ""),
        (someone(TWO, (CADRE, "WD/01"), (CLERK, "WD")), ""),
        (someone(TWO, (CADRE, "WD/02")), "households.second_same_duty"),
    ],
)
def test_a_pin_is_set_anew_by_somebody_else_of_another_duty_or_level(second: Actor, code: str) -> None:
    found = unfit_resetter(ONE, "village_cadre", "WD/01", second, "households.confirm", "WD/01/G01")
    assert (found.code if found else "") == code


def test_the_second_of_an_import_is_anybody_else_who_may() -> None:
    assert unfit_countersigner(ONE, someone(TWO, (CADRE, "WD/01"))) is None
    assert unfit_countersigner(ONE, someone(ONE, (CADRE, "WD/01"))).code == "households.second_same_person"  # type: ignore[union-attr]


def test_the_nearest_duty_is_the_one_acted_by() -> None:
    both = someone(ONE, (CLERK, "WD"), (CADRE, "WD/01"))
    assert [duty.path for duty in granting(both, "cards.issue", "WD/01/G01")] == ["WD/01", "WD"]
    assert [duty.path for duty in granting(both, "cards.issue", "WD/02/G01")] == ["WD"]


@pytest.mark.parametrize(
    ("state", "binds", "code"),
    [
        (None, False, ""),
        (CountersignState.WAITING, True, "households.not_countersigned"),
        (CountersignState.REFUSED, True, "households.not_countersigned"),
        (CountersignState.WAITING, False, ""),
        (CountersignState.CONFIRMED, True, ""),
        (CountersignState.WITHDRAWN, True, ""),
    ],
)
def test_points_rest_until_a_second_person_has_looked(state: Any, binds: bool, code: str) -> None:
    found = spending_stopped(AT, state, binds, None)
    assert (found.code if found else "") == code


def test_points_rest_a_day_after_a_reset_and_the_page_says_until_when() -> None:
    until = AT + STOP_AFTER_RESET
    found = spending_stopped(until - timedelta(seconds=1), None, False, until)
    assert found and (found.code, found.facts["until"]) == ("households.resting_after_reset", "11月25日 10:30")
    assert spending_stopped(until, None, False, until) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"title": ""}, "households.covenant_empty"),
        ({"text": ""}, "households.covenant_empty"),
        ({"document": ""}, "households.covenant_empty"),
        ({"text": "扫" * 3001}, "kernel.too_long"),
        ({"text": "一、\x07"}, "kernel.unfit_character"),
        ({"title": "规约𤭢"}, "households.covenant_unprintable"),
        ({"passed": DAY + timedelta(days=1)}, "households.covenant_not_passed"),
        ({"attendance": 0}, "households.covenant_attendance"),
        ({"attendance": 7}, "households.covenant_attendance"),
        ({"attendance": 6}, ""),
    ],
)
def test_a_covenant_can_hang_on_a_wall(change: dict[str, Any], code: str) -> None:
    given = {
        "title": "村规民约",
        "text": "一、自己扫。\n二、不乱倒。",
        "document": "1号",
        "passed": DAY,
        "attendance": 1,
        "households": 6,
    }
    given |= change
    found = unfit_covenant(**given, today=DAY)
    assert (found.code if found else "") == code
