"""Serials that people type, and what becomes of each row of a screen of counterfoils: tests/cases/honours/slips.toml."""

from __future__ import annotations

import tomllib
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.honours.rules import slips
from courtyard.honours.rules.slips import Booking, Known, SlipKind, Tick, Ticks, Typed
from courtyard.kernel.problems import Problem

FILE = Path(__file__).parents[1] / "cases" / "honours" / "slips.toml"
TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
SPACE = uuid.UUID(int=7)


def named(name: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)


def ticks(words: list[str]) -> Ticks:
    return Ticks(*(tick.value in words for tick in (Tick.RECEIVED, Tick.DISAGREES, Tick.ALONE)))


def known(name: str, slip: dict[str, Any]) -> Known:
    return Known(
        named(name), SlipKind(slip["kind"]), "village" not in slip, slip.get("village", "塔湾村"), slip["printed"],
        named(slip["household"]) if "household" in slip else None,
        frozenset(named(home) for home in slip.get("homes", ())),
        ticks(slip["before"]) if "before" in slip else None,
    )  # fmt: skip


KNOWN = {slip["serial"]: known(name, slip) for name, slip in TABLE["slips"].items()}
HOMES = {code: named(home) for code, home in TABLE["homes"].items()}


def typed(row: dict[str, Any]) -> Typed:
    return Typed(row["serial"], ticks(row["ticks"]) if "ticks" in row else None, row.get("home", ""))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["says"])
def test_a_screen_row_by_row(case: dict[str, Any]) -> None:
    found = slips.judge([typed(row) for row in case["rows"]], KNOWN, HOMES, case.get("day", date(2026, 9, 22)))
    for answer, wanted in zip(found, case["answers"], strict=True):
        if isinstance(wanted, str):
            assert isinstance(answer, Problem) and answer.code == wanted, answer
            continue
        assert isinstance(answer, Booking), answer
        assert answer.household == named(wanted["home"])
        assert answer.new == ticks(wanted["new"])
        assert (answer.seen_before, answer.less) == (wanted.get("again", False), wanted.get("less", False))


@given(st.integers(0, 10**8 - 1), st.integers(0, 9), st.integers(1, 9))
def test_a_wrong_digit_and_a_swap_show(number: int, at: int, more: int) -> None:
    serial = slips.serial_of(number)
    assert slips.is_sound(serial) and len(serial) == 10
    wrong = serial[:at] + str((int(serial[at]) + more) % 10) + serial[at + 1 :]
    assert not slips.is_sound(wrong)
    if at < 9 and serial[at] != serial[at + 1]:
        assert not slips.is_sound(serial[:at] + serial[at + 1] + serial[at] + serial[at + 2 :])
    assert slips.tidy(f" {slips.spaced(serial)} ") == serial


def test_wide_digits_and_strokes_are_read() -> None:
    serial = slips.serial_of(48109327)
    wide = "".join(chr(ord("０") + int(digit)) for digit in serial)
    assert slips.tidy(f"{wide[:5]}-{wide[5:]}") == serial


def test_only_serials_are_taken_from_a_picture() -> None:
    serial = slips.serial_of(48109327)
    found = slips.serials_in(["https://card.example.cn/c/23456789ABCDEFGHJKMN000001", serial, "1234567890", serial])
    assert found == [serial]
