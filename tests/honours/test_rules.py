"""Due process as a table, its days and persons, from tests/cases/honours."""

from __future__ import annotations

import tomllib
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.rating.worked import document

from courtyard.honours.rules import persons, reach, terms
from courtyard.honours.rules.standing import after_round
from courtyard.honours.rules.states import ListingKind, ListingState, NoticeEvidence, Verb
from courtyard.honours.rules.steps import BLACK_1, OPEN, TABLES, Entry, Row, move, state_on, verbs_of
from courtyard.households.rules.states import RedNameConsent
from courtyard.kernel.days import holidays_from
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.facts import History, Never, Outcome

FOLDER = Path(__file__).parents[1] / "cases" / "honours"
DAY = date(2026, 9, 22)


def cases(name: str, kind: str) -> list[Any]:
    """The cases of one kind in a file, each by its name."""
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[kind]
    return [pytest.param(case, id=case.get("name", "")) for case in found]


def entry(case: dict[str, Any]) -> Entry:
    frozen = case.get("frozen_from")
    return Entry(
        ListingState(case["state"]), **case.get("days", {}), frozen_from=ListingState(frozen) if frozen else None
    )


@pytest.mark.parametrize("case", cases("steps", "state"))
def test_every_verb_in_every_state(case: dict[str, Any]) -> None:
    table, one = TABLES[case["table"]], entry(case)
    for verb, target in case["moves"].items():
        row = move(table, one, Verb(verb), DAY)
        assert isinstance(row, Row), (verb, row)
        assert (row.source, row.target) == (one.state, ListingState(target)), verb
    for verb in case["refused"]:
        assert move(table, one, Verb(verb), DAY) == Problem(
            "honours.no_such_step", {"state": one.state.label, "verb": Verb(verb).label}
        )
    assert {*case["moves"], *case["refused"], "lapse"} == set(Verb.codes())
    assert set(verbs_of(table, one, DAY)) == {Verb(verb) for verb in case["moves"]}


@pytest.mark.parametrize("case", cases("steps", "day"))
def test_days_of_a_step(case: dict[str, Any]) -> None:
    table, one = TABLES[case.get("table", "black_1")], entry(case)
    answer = move(table, one, Verb(case["verb"]), case["on"])
    assert (answer.code if isinstance(answer, Problem) else answer.target.value) == case["gives"]
    if "stands" in case:
        assert state_on(table, one, case["on"]) is ListingState(case["stands"])


Place = tuple[ListingState | None, ListingState | None]


def roads(table: tuple[Row, ...], place: Place) -> set[Place]:
    """Where one step leads from a state and the state an objection froze, every other condition taken as met."""
    state, frozen = place
    rows = [row for row in table if row.source is state and row.frozen_from in (None, frozen)]
    found: set[Place] = set()
    for row in rows:
        if row.target is ListingState.OBJECTED:
            found.add((row.target, state if row.verb is Verb.OBJECT else frozen))
        else:
            found.add((row.target, None))
    return found


def reachable(table: tuple[Row, ...], without: ListingState | None = None) -> set[ListingState]:
    """The states some road leads to from the beginning that passes no `without`."""
    found: set[Place] = {(None, None)}
    while True:
        more = {place for known in found for place in roads(table, known) if place[0] is not without}
        if more <= found:
            return {state for state, _ in found if state is not None}
        found |= more


def test_no_road_reaches_published_that_avoids_notified() -> None:
    assert ListingState.PUBLISHED in reachable(BLACK_1)
    assert ListingState.PUBLISHED not in reachable(BLACK_1, without=ListingState.NOTIFIED)
    assert ListingState.NOTIFIED not in reachable(BLACK_1, without=ListingState.CONFIRMED)


@pytest.mark.parametrize("name", TABLES)
def test_every_open_state_has_a_way_out_by_itself(name: str) -> None:
    """Nobody need do anything: the days alone end an entry, so nobody is forgotten on a list."""
    table = TABLES[name]
    opened = reachable(table) & set(OPEN)
    assert opened
    for state in opened:
        assert [row for row in table if row.source is state and row.verb is Verb.LAPSE and row.after], state
    for row in table:
        if row.verb is Verb.LAPSE:
            assert row.target not in OPEN


@pytest.mark.parametrize("name", TABLES)
def test_what_has_ended_has_no_way_back(name: str) -> None:
    ended = reachable(TABLES[name]) - set(OPEN)
    assert ended
    assert not [row for row in TABLES[name] if row.source in ended]


@pytest.mark.parametrize("case", cases("terms", "notice"))
def test_notice_terms(case: dict[str, Any]) -> None:
    free = dict.fromkeys(case.get("free", []), False) | dict.fromkeys(case.get("worked", []), True)
    scheme = document("wandian")
    scheme = replace(scheme, process=replace(scheme.process, notice_working_days=case["working_days"]))
    process = terms.process_from(terms.process_of(scheme, "black_1").text)
    found = terms.notice_terms(process, case["day"], holidays_from(free, set(case["years"])))
    asked = ("object_until", "publish_from", "lapses_on", "provisional")
    assert {key: getattr(found, key) for key in asked} == {key: case[key] for key in asked}


@pytest.mark.parametrize("case", cases("terms", "expiry"))
def test_expiry(case: dict[str, Any]) -> None:
    scheme = document("wandian")
    process = terms.process_of(replace(scheme, process=replace(scheme.process, expiry_days=case["days"])), "black_1")
    assert terms.expiry_day(process, case["published"], case.get("before")) == case["expires_on"]


PEOPLE = {name: uuid.uuid5(uuid.NAMESPACE_OID, name) for name in "甲乙丙丁"}


@pytest.mark.parametrize("case", cases("persons", "person"))
def test_who_may(case: dict[str, Any]) -> None:
    sets = {key: frozenset(PEOPLE[name] for name in names) for key, names in case["around"].items()}
    who, around = PEOPLE[case["who"]], persons.Around(**sets)
    answer = {
        "look": lambda: persons.may_look(who, around),
        "decide": lambda: persons.may_decide(who, around),
        "revisit": lambda: persons.may_revisit(who, around),
        "second": lambda: persons.second_person(who, around.raters),
    }[case["asks"]]()
    assert (answer.code if answer else "") == case["code"]


@pytest.mark.parametrize("case", cases("persons", "evidence"))
def test_what_proves_a_notice(case: dict[str, Any]) -> None:
    people = tuple(PEOPLE[name] for name in case.get("people", []))
    evidence = persons.Evidence(
        NoticeEvidence(case["kind"]), case["day"], case.get("serial", ""), case.get("first_day"), people,
        case.get("phoned", False),
    )  # fmt: skip
    home = persons.Home(case.get("by_household", False), case.get("lived_in", True), case.get("has_phone", True))
    problem = persons.unfit_evidence(evidence, home, confirmed=DAY, today=date(2026, 9, 25))
    assert (problem.code if problem else "") == case["code"]


@pytest.mark.parametrize("case", cases("reach", "findings"))
def test_small_groups_findings_go_to_the_village(case: dict[str, Any]) -> None:
    assert reach.findings_stay_in_group(case["rated"], case["findings"]) is case["in_group"]


@pytest.mark.parametrize("case", cases("reach", "red"))
def test_red_names_by_consent(case: dict[str, Any]) -> None:
    homes = [(str(n), RedNameConsent(consent)) for n, consent in enumerate(case["homes"], start=1)]
    board = reach.red_names(homes, case["rated"], wide=False)
    assert [int(name) for name in board.names] == case["board"]
    assert board.others == case["others_on_board"]
    assert board.nearly_all is case["nearly_all"]
    assert [int(name) for name in reach.red_names(homes, case["rated"], wide=True).names] == case["wide"]


@pytest.mark.parametrize("case", cases("after_round", "case"))
def test_after_a_round(case: dict[str, Any]) -> None:
    never = tuple(Never("black", "lists.black", (reason,)) for reason in case.get("never", []))
    outcome = Outcome(1, case.get("grade"), case.get("why", ""), None, 3, 0, (), (), (), never, False, History())
    verb = after_round(ListingKind(case["kind"]), document("wandian"), None if case.get("absent") else outcome)
    assert (verb.value if verb else "") == case["gives"]
