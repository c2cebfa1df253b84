"""Evaluation groups, the draw, the walk and joint grading as rules: cases as data, properties by hypothesis."""

from __future__ import annotations

import tomllib
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rating.worked import document

from courtyard.inspections.rules import calibration, membership, walks
from courtyard.inspections.rules.draw import Ground, Hamlet, draw, ground_from
from courtyard.inspections.rules.membership import Member, SeatWalk, Standing, Term

SEED = uuid.UUID("0198f000-0000-7000-8000-0000000000a9")
CASES = Path(__file__).parents[1] / "cases" / "inspections"


def cases(file: str, table: str) -> list[Any]:
    found = tomllib.loads((CASES / f"{file}.toml").read_text(encoding="utf-8"))[table]
    return [pytest.param(case, id=case["name"]) for case in found]


def id_of(name: str) -> uuid.UUID:
    return uuid.uuid5(SEED, name)


# --- the walk


@pytest.mark.parametrize("case", cases("walks", "walk"))
def test_a_walk(case: dict[str, Any]) -> None:
    group = id_of("group")
    homes = [
        walks.Home(id_of(code), group, bay, door, code, leads=bool(more)) for bay, door, code, *more in case["homes"]
    ]
    names = {home.id: home.code for home in homes}
    stops = walks.walk(reversed(homes))
    assert [names[stop.household] for stop in stops] == case["walked"]
    assert [stop.order for stop in stops] == list(range(1, len(stops) + 1))


def test_each_group_is_walked_from_one() -> None:
    homes = [walks.Home(id_of(f"home{n}"), id_of(f"group{n % 3}"), "", "", str(n)) for n in range(12)]
    stops = walks.walk(homes)
    assert len(stops) == 12
    for group in {home.group for home in homes}:
        assert sorted(stop.order for stop in stops if stop.group == group) == [1, 2, 3, 4]


@given(doors=st.lists(st.text("一二十百3-A号巷前后 ", max_size=8), max_size=8))
def test_any_door_has_its_place(doors: list[str]) -> None:
    """Whatever clerks write as a door: one order, whatever the order it came in."""
    homes = [walks.Home(id_of(f"home{n}"), SEED, "", door, str(n)) for n, door in enumerate(doors)]
    assert walks.walk(homes) == walks.walk(reversed(homes))


@pytest.mark.parametrize("case", cases("walks", "sheet"))
def test_a_sheet(case: dict[str, Any]) -> None:
    seats = [walks.Seated(id_of(person), SeatWalk(walk)) for person, walk in map(str.split, case["seats"])]
    homes = [(id_of(words.split()[0]), words.endswith("leads")) for words in case["homes"]]
    names = {id_of(words.split()[0]): words.split()[0] for words in case["homes"]}
    kin: dict[uuid.UUID, set[uuid.UUID]] = {}
    for person, home in map(str.split, case.get("kin", [])):
        kin.setdefault(id_of(person), set()).add(id_of(home))
    for person, sees in case["sees"].items():
        seat = next(one for one in seats if one.evaluator == id_of(person))
        assert [names[home] for home in walks.on_sheet(seat, seats, homes, kin)] == sees


# --- the group


@pytest.mark.parametrize("case", cases("groups", "term"))
def test_a_term(case: dict[str, Any]) -> None:
    since, last, meeting = map(date.fromisoformat, case["term"][:3])
    earlier = date.fromisoformat(case["earlier"]) if "earlier" in case else None
    problem = membership.unfit_term(Term(since, last, meeting, case["term"][3]), date(2026, 9, 10), earlier)
    assert (problem.code if problem else "") == case["code"]


@pytest.mark.parametrize("case", cases("groups", "members"))
def test_members(case: dict[str, Any]) -> None:
    rows = [line.split() for line in case["members"]]
    members = [Member(id_of(name), Standing(standing), int(trio), int(n)) for name, standing, trio, n in rows]
    problem = membership.unfit_members(members, frozenset(map(id_of, "甲乙丙丁戊己庚辛")))
    assert (problem.code if problem else "") == case["code"]
    if "says" in case:
        assert problem is not None and problem.facts == case["says"]


@pytest.mark.parametrize("case", cases("groups", "seating"))
def test_seating(case: dict[str, Any]) -> None:
    members = frozenset(map(id_of, case["members"])) if "members" in case else None
    over = date.fromisoformat(case["over"]) if "over" in case else None
    problem = membership.unfit_seating([id_of(name) for name in case["chosen"]], members, over)
    assert (problem.code if problem else "") == case["code"]


# --- the draw


def ground(trios: int, groups: int, own: Mapping[int, int], kin: list[tuple[int, int]], *, leading: bool) -> Ground:
    """A made-up village: four people a trio, ten homes a group; `own` is person → group, `kin` person → home."""
    people = [id_of(f"person{n}") for n in range(trios * 4)]
    leads = {n: [id_of(f"own{p}") for p, at in own.items() if at == n] if leading else [] for n in range(groups)}
    pairs: dict[uuid.UUID, set[tuple[uuid.UUID, uuid.UUID]]] = {}
    for person, home in kin:
        pairs.setdefault(people[person], set()).add((id_of(f"group{home % groups}"), id_of(f"home{home}")))
    return Ground(
        tuple(tuple(people[n * 4 : n * 4 + 4]) for n in range(trios)),
        tuple(Hamlet(id_of(f"group{n}"), 10 + len(leads[n]), frozenset(leads[n])) for n in range(groups)),
        {people[person]: {id_of(f"group{at}")} for person, at in own.items()},
        {},
        pairs,
    )


@st.composite
def grounds(chosen: st.DrawFn) -> Ground:
    trios, groups = chosen(st.integers(1, 4)), chosen(st.integers(1, 9))
    own = chosen(st.dictionaries(st.integers(0, trios * 4 - 1), st.integers(0, groups - 1)))
    kin = chosen(st.lists(st.tuples(st.integers(0, trios * 4 - 1), st.integers(0, 20)), max_size=6))
    return ground(trios, groups, own, kin, leading=chosen(st.booleans()))


@given(facts=grounds(), seed=st.text("0123456789abcdef", min_size=32, max_size=32))
def test_whatever_the_village_the_draw_is_fair_and_the_same_again(facts: Ground, seed: str) -> None:
    """Nobody rates where they live; nobody sits twice in a group; kin never stand in; the record draws the same again."""
    drawn = draw(facts, seed)
    assert draw(ground_from(facts.canonical), seed) == drawn
    assert {one.group for one in drawn} == {hamlet.group for hamlet in facts.hamlets}
    leading = {hamlet.group: hamlet.leading for hamlet in facts.hamlets}
    for one in drawn:
        seated = [*one.panel, *one.front, *one.stand_ins]
        assert len(seated) == len(set(seated))
        assert not [person for person in seated if one.group in facts.own.get(person, ())]
        assert len(one.panel) in (0, 3)
        assert len(one.front) in ((0, 3) if leading[one.group] else (0,))
        kin_at = {person: {h for g, h in facts.kin.get(person, ()) if g == one.group} for person in seated}
        aside = {home for person in one.panel for home in kin_at[person]}
        assert not [person for person in one.stand_ins if kin_at[person] & aside]


def test_every_home_of_kin_can_have_three_marks() -> None:
    """Two of the panel are kin of one home: two stand in, the trio's own reserve among them."""
    facts = ground(2, 1, {}, [(0, 0), (1, 0), (4, 0)], leading=False)
    for seed in map(str, range(20)):
        (one,) = draw(facts, seed)
        kin = sum(person in facts.kin for person in one.panel)
        assert len(one.stand_ins) == kin
        assert facts.trios[one.trio - 1][3] in one.stand_ins


def test_who_lives_there_makes_room_for_the_reserve() -> None:
    facts = ground(1, 2, {0: 0}, [], leading=False)
    by_group = {one.group: one.panel for one in draw(facts, "a")}
    assert set(by_group[id_of("group0")]) == {id_of(f"person{n}") for n in (1, 2, 3)}
    assert set(by_group[id_of("group1")]) == {id_of(f"person{n}") for n in (0, 1, 2)}


def test_homes_that_lead_go_to_another_trio() -> None:
    facts = ground(2, 3, {0: 0, 4: 1}, [], leading=True)
    drawn = draw(facts, "b")
    assert {one.group for one in drawn} == {id_of(f"group{n}") for n in range(3)}
    for one in drawn:
        trio = facts.trios[one.trio - 1]
        assert set(one.panel) <= set(trio)
        assert bool(one.front) is (one.group != id_of("group2"))
        assert not set(one.front) & set(trio)


def test_where_too_few_may_nobody_is_drawn() -> None:
    facts = ground(1, 1, {0: 0, 1: 0}, [], leading=False)
    assert [(one.trio, one.panel) for one in draw(facts, "c")] == [(0, ())]


def test_the_load_is_spread_and_the_lot_decides() -> None:
    facts = ground(3, 9, {}, [], leading=False)
    outcomes = set()
    for seed in map(str, range(30)):
        drawn = draw(facts, seed)
        assert set(Counter(one.trio for one in drawn).values()) == {3}
        outcomes.add(tuple(sorted((one.group.hex, one.trio) for one in drawn)))
    assert len(outcomes) > 20


# --- joint grading


def test_ten_yards_are_drawn_or_all() -> None:
    homes = [id_of(f"home{n}") for n in range(30)]
    assert len(calibration.drawn(homes, "a")) == 10
    assert calibration.drawn(homes, "a") == calibration.drawn(reversed(homes), "a")
    assert calibration.drawn(homes, "a") != calibration.drawn(homes, "b")
    assert sorted(calibration.drawn(homes[:4], "a")) == sorted(homes[:4])


def yard(*labels: str) -> dict[str, str]:
    return dict(zip(("courtyard", "rooms", "surroundings"), labels, strict=True))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({1: yard("good", "declined", "poor")}, ""),
        ({}, "inspections.yard_incomplete"),
        ({1: {"courtyard": "good"}}, "inspections.yard_incomplete"),
        ({1: yard("good", "good", "good"), 2: yard("good", "good", "good")}, "inspections.yard_unknown"),
        ({1: yard("great", "good", "good")}, "inspections.yard_unknown"),
        ({1: yard("declined", "good", "good")}, "inspections.yard_unknown"),
        ({1: {**yard("good", "good", "good"), "roof": "good"}}, "inspections.yard_unknown"),
    ],
)
def test_a_joint_sheet(values: calibration.Values, code: str) -> None:
    problem = calibration.unfit_sheet(document("wandian"), values, 1)
    assert (problem.code if problem else "") == code


def test_where_they_differ() -> None:
    sheets = [{1: yard(*labels.split())} for labels in ("good declined poor", "good good fair", "fair good good")]
    found = calibration.spreads(document("wandian"), sheets, sheets[0], 1)
    assert [(one.area, one.apart, one.own) for one in found] == [
        ("courtyard", 1, "good"), ("rooms", 0, "declined"), ("surroundings", 2, "poor"),
    ]  # fmt: skip
    assert dict(found[1].counts) == {"good": 2, "fair": 0, "poor": 0, "declined": 1}
    assert calibration.agreement(found) == (1, 1, 1)
