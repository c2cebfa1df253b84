"""Rounds, panels and marks as law, from tests/cases/inspections."""

from __future__ import annotations

import random
import tomllib
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as given_some
from hypothesis import strategies as st
from tests.rating.worked import document

from courtyard.inspections.rules import marks, panels, rounds
from courtyard.inspections.rules.marks import Decision, Found, Given
from courtyard.inspections.rules.states import Presence, ReviewReason, RoundKind

FOLDER = Path(__file__).parents[1] / "cases" / "inspections"
AREAS = ("courtyard", "rooms", "surroundings")
SEED = uuid.UUID("0197a000-0000-7000-8000-000000000001")


def cases(name: str, kind: str) -> list[Any]:
    """The cases of one kind in a file, each by its name."""
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[kind]
    return [pytest.param(case, id=case["name"]) for case in found]


def ids(prefix: str, count: int) -> list[uuid.UUID]:
    return [uuid.uuid5(SEED, f"{prefix}{n}") for n in range(count)]


@pytest.mark.parametrize("case", cases("rounds", "month"))
def test_which_month(case: dict[str, Any]) -> None:
    problem = rounds.unfit_month(case["month"], case["today"], case.get("others", []))
    assert (problem.code if problem else "") == case["code"]


@pytest.mark.parametrize("case", cases("rounds", "counted"))
def test_the_day_points_count_for(case: dict[str, Any]) -> None:
    assert rounds.day_counted(case["month"], case["closed"]) == case["day"]


@pytest.mark.parametrize("case", cases("rounds", "light"))
def test_a_light_round(case: dict[str, Any]) -> None:
    carried, others = ids("carried", case["carried"]), ids("other", case["others"])
    last = dict.fromkeys(carried, "good") | dict.fromkeys(others[1:], "fair")
    scheme = document("wandian", {"coverage.drawn_share": f"0.{case['share_milli']:03d}"})
    homes = [*carried, *others]
    found = rounds.covered(RoundKind.LIGHT, scheme, homes, last, SEED)
    assert len(found) == case["visited"]
    assert set(others) <= found
    random.Random(3).shuffle(homes)
    assert rounds.covered(RoundKind.LIGHT, scheme, homes, last, SEED) == found, "the draw is the same again"
    assert rounds.covered(RoundKind.FULL, scheme, homes, last, SEED) == frozenset(homes)


def test_another_round_draws_others() -> None:
    homes = ids("home", 100)
    assert rounds.drawn(homes, 200, SEED) != rounds.drawn(homes, 200, uuid.uuid5(SEED, "next"))


def test_months() -> None:
    assert rounds.month_of(date(2026, 9, 30)) == date(2026, 9, 1)
    assert rounds.month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert rounds.last_day(date(2028, 2, 1)) == date(2028, 2, 29)
    assert rounds.day_of_scheme(date(2026, 10, 1), date(2026, 9, 20)) == date(2026, 10, 1)
    assert rounds.day_of_scheme(date(2026, 9, 1), date(2026, 9, 20)) == date(2026, 9, 20)
    assert rounds.day_of_scheme(date(2026, 8, 1), date(2026, 9, 20)) == date(2026, 8, 31)
    scheme = document("wandian")
    assert rounds.kind_of(scheme, date(2026, 10, 1)) is RoundKind.FULL
    assert rounds.kind_of(scheme, date(2026, 11, 1)) is RoundKind.LIGHT


def person(name: str) -> uuid.UUID:
    return uuid.uuid5(SEED, name)


@pytest.mark.parametrize("case", cases("panels", "panel"))
def test_a_panel(case: dict[str, Any]) -> None:
    able = frozenset(person(name) for name in case["able"])
    live_here = frozenset(person(name) for name in case.get("live_here", []))
    problem = panels.unfit_panel([person(n) for n in case["chosen"]], able=able, live_here=live_here, least=3)
    assert (problem.code if problem else "") == case["code"]


@given_some(
    groups=st.integers(1, 9), people=st.integers(0, 12), homes=st.lists(st.integers(0, 8), max_size=12), seed=st.uuids()
)
def test_drawn_panels_always_fit(groups: int, people: int, homes: list[int], seed: uuid.UUID) -> None:
    """Whatever the village: every group gets a panel the rule accepts, the same again, or nobody does."""
    wanted, able = ids("group", groups), ids("person", people)
    live_in = {able[n]: {wanted[home]} for n, home in enumerate(homes) if n < people and home < groups}
    drawn = panels.draw(wanted, frozenset(able), live_in, 3, seed)
    assert drawn == panels.draw(wanted, frozenset(reversed(able)), live_in, 3, seed)
    assert set(drawn) == (set(wanted) if people >= 3 else set())
    for group, panel in drawn.items():
        live_here = frozenset(one for one, at in live_in.items() if group in at)
        assert panels.unfit_panel(panel, able=frozenset(able), live_here=live_here, least=3) is None


def test_the_load_is_spread() -> None:
    drawn = panels.draw(ids("group", 9), frozenset(ids("person", 9)), {}, 3, SEED)
    load = [sum(one in panel for panel in drawn.values()) for one in ids("person", 9)]
    assert max(load) - min(load) <= 1


def values(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((area, label) for area, label in zip(AREAS, text.split(), strict=True) if label != "-")


def said(text: str) -> Given:
    """`good good poor + s1`, `not_at_home` or `kin`."""
    if text in Presence.codes():
        return Given(Presence(text))
    labels, _, code = text.partition(" + ")
    return Given(Presence.SEEN, values(labels), (Found("surroundings", code),) if code else ()).tidy()


@pytest.mark.parametrize("case", cases("marks", "whole"))
def test_whole_marks(case: dict[str, Any]) -> None:
    scheme = document("wandian")
    found = [Found(one[0], one[1], one[2] if len(one) > 2 else "") for one in case.get("found", [])]
    found = [Found(one.area, one.code, "长" * 201) if one.words == "长201" else one for one in found]
    found += [Found("courtyard", "c9", f"第{n}处") for n in range(case.get("found_times", 0))]
    given = Given(Presence(case.get("presence", "seen")), values(case["values"]), tuple(found))
    problem = marks.incomplete(scheme, given, kin=case.get("kin", False))
    assert (problem.code if problem else "") == case["code"]
    for key, text in case.get("says", {}).items():
        assert problem is not None and problem.facts[key] == text


@pytest.mark.parametrize("case", cases("marks", "again"))
def test_marks_again(case: dict[str, Any]) -> None:
    decision = marks.accept(
        said(case["now"]), [said(one) for one in case["standing"]], closed=case.get("closed", False)
    )
    meant = {
        "counts": Decision(),
        "same": Decision(same=True),
        "late": Decision(review=ReviewReason.LATE),
        "differs, standing too": Decision(review=ReviewReason.DIFFERS, standing_too=True),
    }
    assert decision == meant[case["gives"]]


@pytest.mark.parametrize("case", cases("marks", "day"))
def test_the_day_of_a_visit(case: dict[str, Any]) -> None:
    problem = marks.unfit_day(case["day"], date(2026, 9, 1), date(2026, 9, 20))
    assert (problem.code if problem else "") == case["code"]


def test_sealed_findings_say_whether_they_are_the_ones() -> None:
    one, other = (Found("rooms", "r1"), b"a" * 16), (Found("rooms", "r9", "灶台上有水"), b"b" * 16)
    assert marks.sealed([]) == ""
    assert marks.sealed([one, other]) == marks.sealed([other, one])
    assert marks.sealed([one]) != marks.sealed([one, other])
    assert marks.sealed([(other[0], b"c" * 16)]) != marks.sealed([other])


def test_order_and_blanks_do_not_make_other_marks() -> None:
    first = Given(Presence.SEEN, values("good fair poor"), (Found("rooms", "r9", " 地 上 有水 "), Found("rooms", "r1")))
    again = Given(
        Presence.SEEN, values("good fair poor")[::-1], (Found("rooms", "r1"), Found("rooms", "r9", "地 上 有水"))
    )
    assert first.tidy() == again.tidy()
