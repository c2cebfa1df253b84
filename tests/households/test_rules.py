"""The register's rules against cases a cadre can read (tests/cases/households)."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.households.rules import cells
from courtyard.households.rules.answers import FITTING, Answer, unfit_answer
from courtyard.households.rules.cells import Odd
from courtyard.households.rules.comparison import Standing, Wanted, compare, vanished
from courtyard.households.rules.headings import find_headings
from courtyard.households.rules.initials import initials
from courtyard.households.rules.masks import masked_name, masked_phone
from courtyard.households.rules.pins import TRIES_A_DAY, TRIES_A_DEVICE, locked, unfit_pin
from courtyard.households.rules.remarks import meaning_of
from courtyard.households.rules.roster import Sheet, Taken, column_letters, interpret
from courtyard.households.rules.states import Living, QuestionKind
from courtyard.households.rules.villages import group_code, group_name, looks_like_village, same_village, village_code
from courtyard.households.sentences import SENTENCES
from courtyard.kernel.ids import VISITS
from courtyard.kernel.problems import Problem

CASES = Path(__file__).parents[1] / "cases" / "households"


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text())


def cell(value: Any) -> Any:
    if isinstance(value, dict):
        [(kind, text)] = value.items()
        return Odd(kind, text)
    return float(value) if isinstance(value, int) else value


READ = {
    "name": cells.name_in,
    "code": cells.code_in,
    "people": cells.people_in,
    "phone": cells.phone_in,
    "group": cells.group_in,
    "door": lambda value: cells.words_in(value, "门牌", cells.LONGEST_DOOR),
}


@pytest.mark.parametrize(
    ("kind", "case"), [(kind, case) for kind, group in cases("cells").items() for case in group], ids=str
)
def test_a_cell_says(kind: str, case: dict[str, Any]) -> None:
    said = READ[kind](cell(case["cell"]))
    if "problem" in case:
        assert isinstance(said, Problem), said
        assert said.code == case["problem"]
        if said.code.startswith("households."):
            assert said.code in SENTENCES
    else:
        wanted = case["is"]
        assert said == (None if wanted is False else wanted)


@pytest.mark.parametrize("case", cases("headings")["case"], ids=lambda case: case["why"])
def test_headings(case: dict[str, Any]) -> None:
    above = case.get("blank_rows_above", 0)
    rows = [(n, ["x"]) for n in range(1, above + 1)] + list(enumerate(case["rows"], above + 1))
    found = find_headings(rows)
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert found.row == case["row"]
    assert dict(found.columns) == case["columns"]
    assert found.remarks == tuple(case.get("remarks", ()))
    assert found.identities == tuple(case.get("identities", ()))


@pytest.mark.parametrize("case", cases("remarks")["case"], ids=lambda case: case["remark"] or "empty")
def test_remarks(case: dict[str, Any]) -> None:
    meaning = meaning_of(case["remark"])
    assert [kind.value for kind in meaning.care] == case.get("care", [])
    assert meaning.living.value == case.get("living", "lived_in")


@pytest.mark.parametrize("case", cases("rows")["sheet"], ids=lambda case: case["why"])
def test_rows(case: dict[str, Any]) -> None:
    rows = [(number, [cell(value) for value in row]) for number, row in enumerate(case["rows"], 1) if row]
    found = interpret([Sheet("塔湾村", rows, find_headings(rows))])
    taken = [[one.row, one.group, one.code, one.name, one.people, one.phone or ""] for one in found.taken]
    assert taken == case.get("taken", [])
    assert [[bad.cell, bad.problem.code] for bad in found.refused] == case.get("refused", [])
    assert [row for _, row in found.skipped] == case.get("skipped", [])
    rows_met = [one.row for one in found.taken] + [row for _, row in found.skipped]
    rows_met += list({bad.row for bad in found.refused})
    assert sorted(rows_met) == list(range(1, len(case["rows"]) + 1)), "every row is in exactly one list"


def test_a_code_stands_once_in_all_sheets_of_one_village_but_once_a_village_otherwise() -> None:
    rows = [(1, ["组别", "户编号", "户主姓名", "人口"]), (2, ["1组", "0101001", "张伟", 2.0])]
    sheets = [Sheet(name, rows, find_headings(rows)) for name in ("塔湾村", "石桥村")]
    assert len(interpret(sheets).taken) == 2
    together = interpret(sheets, one_village=True)
    assert len(together.taken) == 1
    [bad] = together.refused
    assert (bad.sheet, bad.problem.facts["sheet"]) == ("石桥村", "塔湾村")


def test_hidden_sheets_sheets_without_heading_and_dropped_columns_are_said_once() -> None:
    rows = [(1, ["组别", "户编号", "户主姓名", "人口", "身份证号"]), (2, ["1组", "0101001", "张伟", 2.0, ""])]
    read = Sheet("塔湾村", rows, find_headings(rows), identities=1, hidden_rows=3)
    found = interpret([read, Sheet("旧数据", hidden=True), Sheet("Sheet2")])
    assert [note.code for note in found.notes] == [
        "households.identities_dropped",
        "households.hidden_rows",
        "households.hidden_sheet",
        "households.no_heading",
    ]
    assert [(sheet, row) for sheet, row in found.skipped if row is None] == [("旧数据", None), ("Sheet2", None)]


def standing(code: str, group: str, head: str, people: int, phone: str, bay: str, living: str) -> Standing:
    ended = living == "ended"
    kept = Living.LIVED_IN if ended else Living(living)
    return Standing(uuid5(VISITS, code), code, group, head, people, phone, bay, "", kept, ended)


@pytest.mark.parametrize("case", cases("comparison")["case"], ids=lambda case: case["why"])
def test_comparison(case: dict[str, Any]) -> None:
    homes = {code: standing(code, *rest) for code, rest in case["standing"].items()}
    rows = [
        Wanted(Taken("s", n, group, code, head, people, phone or None, bay, "", (), Living(living)), phone)
        for n, (code, group, head, people, phone, bay, living) in enumerate(case["rows"])
    ]
    found = compare(rows, homes)
    assert [one.row.code for one in found.new] == case.get("new", [])
    assert {home.code: list(fields) for home, _, fields in found.changed} == case.get("changed", {})
    assert [home.code for home, _ in found.unchanged] == case.get("unchanged", [])
    assert [home.code for home in found.maybe_empty] == case.get("maybe_empty", [])
    assert [home.code for home in found.ended] == case.get("ended", [])


@pytest.mark.parametrize("case", cases("comparison")["vanished"], ids=lambda case: case["why"])
def test_vanished(case: dict[str, Any]) -> None:
    homes = {uuid5(VISITS, code): code for code in case["standing"]}
    rows = [(id, code, case["standing"][code]) for id, code in homes.items()]
    found = vanished(rows, set(case["present"]), set(case.get("mentioned", [])), set(case["groups"]))
    assert [homes[id] for id in found.homes] == case["asked"]
    assert list(found.groups_left_out) == case.get("left_out", [])


SMALL = cases("small")


@pytest.mark.parametrize(("name", "letters"), SMALL["initials"].items())
def test_initials_read_surnames_as_surnames(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_masks() -> None:
    assert {name: masked_name(name) for name in SMALL["masks"]} == SMALL["masks"]
    assert {phone: masked_phone(phone) for phone in SMALL["phones"]} == SMALL["phones"]


@pytest.mark.parametrize(("pin", "code"), SMALL["pins"].items())
def test_pins(pin: str, code: str) -> None:
    problem = unfit_pin(pin, "100017")
    assert (problem.code if problem else "") == code


def test_tries_end_at_five_a_device_and_twenty_a_day() -> None:
    for device, day in itertools.product(range(7), range(23)):
        assert locked(device, day) is (device >= TRIES_A_DEVICE or day >= TRIES_A_DAY)
    assert (TRIES_A_DEVICE, TRIES_A_DAY) == (5, 20)


def test_villages_and_groups() -> None:
    assert {name: looks_like_village(name) for name in SMALL["villages"]} == SMALL["villages"]
    assert same_village("塔湾", ["石桥村", "塔湾村"]) == "塔湾村"
    assert same_village(" 塔湾村委会", ["塔湾村"]) == "塔湾村"
    assert same_village("塔湾", ["石桥村"]) is None
    assert (group_code("3", {"G01"}), group_code("3", {"G03"}), group_code("桂花组", {"N01"})) == ("G03", "N01", "N02")
    assert (group_name("3"), group_name("桂花组"), village_code({"01", "03"})) == ("3组", "桂花组", "02")


def test_each_question_takes_its_own_answers_only() -> None:
    assert {kind.value: [answer.value for answer in fit] for kind, fit in FITTING.items()} == SMALL["answers"]
    for kind, answer in itertools.product(QuestionKind, Answer):
        problem = unfit_answer(kind, answer)
        assert (problem is None) == (answer in FITTING[kind])
        assert problem is None or problem.code == "households.unfit_answer"


def test_column_letters() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


ANY = st.one_of(
    st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 10**12)
)


@given(ANY)
def test_no_cell_breaks_a_reader_and_what_is_taken_is_sound(value: Any) -> None:
    read = SimpleNamespace(**{kind: reader(cell(value)) for kind, reader in READ.items()})
    if isinstance(read.name, str):
        assert read.name.strip() == read.name and 2 <= len(read.name) <= cells.LONGEST_NAME
        assert cells.name_in(read.name) == read.name, "reading a taken name again gives the same"
    if isinstance(read.code, str):
        assert cells.code_in(read.code) == read.code and read.code.isascii()
    if isinstance(read.people, int):
        assert 1 <= read.people <= cells.MOST_PEOPLE
    if isinstance(read.phone, str):
        assert read.phone.isdigit() and read.phone.isascii() and 7 <= len(read.phone) <= 12
    if isinstance(read.group, str):
        assert cells.group_in(read.group) == read.group
