"""may() and areas() read one table."""

from __future__ import annotations

from uuid import UUID

import pytest

from courtyard.kernel.actors import Actor, Duty, DutyKind
from courtyard.people.rules import VERBS, areas, may


def actor(*duties: tuple[DutyKind, str]) -> Actor:
    return Actor(UUID(int=1), "account", "x", tuple(Duty(kind, path) for kind, path in duties))


@pytest.mark.parametrize(
    ("duty", "path", "verb", "at", "allowed"),
    [
        (DutyKind.VILLAGE_CADRE, "WD/01", "marks.enter", "WD/01", True),
        (DutyKind.VILLAGE_CADRE, "WD/01", "marks.enter", "WD/01/G01", True),
        (DutyKind.VILLAGE_CADRE, "WD/01", "marks.enter", "WD/011", False),
        (DutyKind.VILLAGE_CADRE, "WD/01", "marks.enter", "WD", False),
        (DutyKind.VILLAGE_CADRE, "WD/01", "lists.decide", "WD/01", False),
        (DutyKind.TOWN_CLERK, "WD", "lists.decide", "WD/01", True),
        (DutyKind.SUPERVISOR, "", "lists.decide", "WD/01", True),
        (DutyKind.EVALUATOR, "WD/01", "marks.enter", "WD/01", False),
        (DutyKind.EVALUATOR, "WD/01", "households.see", "WD/01", False),
        (DutyKind.SHOPKEEPER, "WD/01", "households.see", "WD/01", False),
        (DutyKind.HOUSEHOLDER, "WD/01/G01/H1", "household.own", "WD/01/G01/H1", True),
        (DutyKind.HOUSEHOLDER, "WD/01/G01/H1", "household.own", "WD/01/G01/H11", False),
    ],
)
def test_may(duty: DutyKind, path: str, verb: str, at: str, allowed: bool) -> None:
    problem = may(actor((duty, path)), verb, at)
    assert (problem is None) is allowed
    assert problem is None or problem.code == "people.not_allowed"


def test_areas_are_the_widest_places() -> None:
    several = actor((DutyKind.TOWN_CLERK, "WD"), (DutyKind.VILLAGE_CADRE, "WD/01"), (DutyKind.VILLAGE_CADRE, "XX/02"))
    assert areas(several, "marks.enter") == ("WD", "XX/02")
    assert areas(several, "people.keep") == ("WD",)
    assert areas(several, "household.own") == ()


def test_every_duty_stands_in_the_table() -> None:
    assert set(VERBS) == set(DutyKind)


def test_no_verb_can_refuse_or_delay_a_matter() -> None:
    words = {word for verbs in VERBS.values() for verb in verbs for word in verb.split(".")}
    assert not words & {"refuse", "delay", "block", "deny"}
