"""A sheet with something far from its table: refused from a glance over its XML, long before calamine builds a
rectangle of it; what lies far off without saying anything refuses nothing. No database."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl.styles import Font
from tests.households.files import HEAD, homes, repacked, workbook

from courtyard.households.foreign import marks, xlsx
from courtyard.households.foreign.marks import MOST_CELLS, marks_of
from courtyard.households.foreign.opening import open_roster, sheets_of
from courtyard.households.rules.roster import interpret
from courtyard.households.sentences import SENTENCES
from courtyard.kernel.problems import Refused
from courtyard.kernel.sentences import register, say

register(SENTENCES)
HEADER = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOTER = b"</sheetData></worksheet>"


def sheet_of(path: Path, rows: bytes, *, encoding: str = "") -> Path:
    """A workbook whose one sheet's XML is these rows."""
    text = HEADER + rows + FOOTER
    if encoding:
        text = f'<?xml version="1.0" encoding="{encoding}"?>'.encode(encoding) + text.decode().encode(encoding)[2:]
    whole = workbook(path.with_name("whole.xlsx"), {"塔湾村": [HEAD, *homes(3)]})
    return repacked(whole, path, lambda name, data: text if name.endswith("sheet1.xml") else data)


def glance(path: Path) -> marks.Marks:
    with zipfile.ZipFile(path) as parts:
        return marks_of(parts, "xl/worksheets/sheet1.xml", "塔湾村")


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576+XFD1", "XFD900000"])
def test_one_cell_far_off_is_refused_by_name_before_the_sheet_is_built(
    tmp_path: Path, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def then(book: object) -> None:
        for one in cell.split("+"):
            book["塔湾村"][one] = "x"  # type: ignore[index]

    path = workbook(tmp_path / "far.xlsx", {"塔湾村": [HEAD, *homes(3)]}, then)
    with pytest.raises(Refused) as refused:
        open_roster(path)
    assert refused.value.code == "households.file_far_cell"
    said = say(refused.value.problem)
    assert "塔湾村" in said and any(one in said for one in cell.split("+"))

    class Unread:
        def get_sheet_by_index(self, place: int) -> None:
            raise AssertionError("calamine was asked for the sheet")

    with zipfile.ZipFile(path) as parts, pytest.raises(Refused):
        xlsx._sheet(Unread(), 0, "塔湾村", parts, "xl/worksheets/sheet1.xml")  # type: ignore[arg-type]


FAR = {
    "single quotes": b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "blanks": b'<row><c r = "A1"><v>1</v></c></row><row><c s="1" r = "XFD1048576" ><v>1</v></c></row>',
    "a formula": b'<row><c r="A1"><v>1</v></c><c s="2" r="XFD1048576" t="n"><f>1+1</f></c></row>',
    "a prefix": b'<x:row><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "the far one first": b'<row><c r="XFD1048576"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
    "across a chunk": b'<row r="1"><c r="A1"><v>1</v></c></row>' * 40 + b'<row><c r="XFD1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("name", FAR)
def test_far_cells_however_they_are_written(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_CHUNK", 700 if name == "across a chunk" else 1 << 20)
    with pytest.raises(Refused) as refused:
        glance(sheet_of(tmp_path / "far.xlsx", FAR[name]))
    assert refused.value.problem.facts == {"sheet": "塔湾村", "cell": "XFD1048576"}


def test_far_cells_in_a_text_of_two_bytes_a_letter(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        glance(sheet_of(tmp_path / "far.xlsx", FAR["the far one first"], encoding="utf-16"))
    assert refused.value.problem.facts["cell"] == "XFD1048576"


NEAR = {
    "painted, not filled": b'<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576" s="3"/></row>',
    "opened and closed": b'<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576" s="3"></c></row>',
    "far down one column": b'<row><c r="A1"><v>1</v></c></row><row><c r="C1048576"><v>1</v></c></row>',
    "far along one row": b'<row><c r="A1"><v>1</v></c><c r="XFD9"><v>1</v></c></row>',
    "all of it far": b'<row><c r="XFC1048576"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("name", NEAR)
def test_what_can_be_read_is_not_refused(tmp_path: Path, name: str) -> None:
    assert glance(sheet_of(tmp_path / "near.xlsx", NEAR[name])) == marks.Marks()


def test_a_painted_sheet_is_still_a_roster(tmp_path: Path) -> None:
    def then(book: object) -> None:
        book["塔湾村"]["XFD1048576"].font = Font(bold=True)  # type: ignore[index]

    path = workbook(tmp_path / "painted.xlsx", {"塔湾村": [HEAD, *homes(3)]}, then)
    assert [row.code for row in interpret(open_roster(path)).taken] == ["0101001", "0101002", "0101003"]


def test_the_rectangle_is_measured_at_its_edge(tmp_path: Path) -> None:
    rows = MOST_CELLS // 50
    cells = b'<row><c r="A1"><v>1</v></c><c r="AX%d"><v>1</v></c></row>'
    assert glance(sheet_of(tmp_path / "edge.xlsx", cells % rows)) == marks.Marks()
    with pytest.raises(Refused):
        glance(sheet_of(tmp_path / "over.xlsx", cells % (rows + 1)))


def test_sheets_come_one_by_one_and_a_refusal_after_them(tmp_path: Path) -> None:
    """A sheet is handed over once the next one begins, whatever is wrong with those after it."""

    def then(book: object) -> None:
        book["石桥村"]["XFD1048576"] = "x"  # type: ignore[index]

    names = ("塔湾村", "柳林村", "石桥村")
    path = workbook(tmp_path / "three.xlsx", {name: [HEAD, *homes(3)] for name in names}, then)
    sheets = sheets_of(path)
    first = next(sheets)
    assert (first.name, len(first.rows)) == ("塔湾村", 4)
    with pytest.raises(Refused, match="households.file_far_cell"):
        next(sheets)
    with pytest.raises(StopIteration):
        next(sheets)
