"""The paper of a scheme that gives numbers: its columns cut into strips that have room, its back never overfull."""

from __future__ import annotations

from dataclasses import replace

from tests.outreach.samples import sheets

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers import number_sheets, score_sheets
from courtyard.outreach.papers.number_sheets import NEEDS, WIDTH, Unit

MANY = tuple(Unit(f"a{n}", "scores", most="10") for n in range(40))


def counted(units: tuple[Unit, ...], words: str = "看") -> score_sheets.ScoreSheets:
    made = sheets(3)
    one = made.sheets[0]
    areas = tuple(score_sheets.Area(code, code, looks=words) for code in dict.fromkeys(unit.area for unit in units))
    return score_sheets.ScoreSheets(made.frame, (replace(one, areas=areas, units=units),))


def test_every_column_stands_on_one_strip_in_order() -> None:
    strips = number_sheets.strips((*MANY, Unit("x", "findings"), Unit("", "seen")))
    assert [unit for strip in strips for unit in strip] == [*MANY, Unit("x", "findings"), Unit("", "seen")]
    for strip in strips:
        assert sum(NEEDS[unit.marks] for unit in strip) <= WIDTH
        widths = [column["width"] for column in number_sheets.columns(strip)]
        assert sum(widths) <= WIDTH * 1000
        assert all(width >= NEEDS[unit.marks] * 1000 for width, unit in zip(widths, strip, strict=True))


def test_each_strip_has_all_the_homes() -> None:
    facts = score_sheets.facts(counted(MANY), "pdf")
    assert not isinstance(facts, Problem)
    (sheet,) = facts["sheets"]
    assert len(sheet["strips"]) == 3 and sum(map(len, sheet["pages"])) == sheet["homes"]


def test_too_many_words_for_the_back_are_refused() -> None:
    problem = score_sheets.facts(counted(MANY, "看" * 400), "pdf")
    assert isinstance(problem, Problem) and problem.code == "outreach.sheet_too_full"
