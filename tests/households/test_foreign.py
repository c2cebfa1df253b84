"""Clerks' files opened in the child: what is read, what is refused by file, that limits hold. No database."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.households.files import DATA, HEAD, homes, read, refused_as, repacked, workbook

from courtyard.households.error_sheet import write_errors
from courtyard.households.foreign import sheets
from courtyard.households.foreign.opening import open_roster
from courtyard.households.rules.outcome import Outcome
from courtyard.households.sentences import SENTENCES
from courtyard.kernel.problems import Refused
from courtyard.kernel.sentences import register

register(SENTENCES)


# The files of the issue ------------------------------------------------------------------------------------------


def test_the_messy_village_gives_exactly_what_is_expected() -> None:
    expected = json.loads((DATA / "expected.json").read_text())["village_messy.xlsx"]
    outcome = Outcome(open_roster(DATA / "village_messy.xlsx"), read(DATA / "village_messy.xlsx"))
    answer = outcome.as_json()
    assert {row.pop("sheet") for row in answer["taken"]} == {"花名册"}
    assert answer["taken"] == expected["taken"]
    assert [row["row"] for row in answer["refused"]] == [row["row"] for row in expected["refused"]]
    assert [row["cell"] for row in answer["refused"]] == ["C30", "E31", "E32", "F33", "D34", "C35", "D36"]
    assert all(row["why"].endswith("。") and "代码" not in row["why"] for row in answer["refused"])
    assert answer["skipped"] == [
        *({"sheet": "花名册", "row": row} for row in (1, 2, 3, 24, 25, 42, 43)),
        {"sheet": "Sheet2", "row": None},
        {"sheet": "旧数据", "row": None},
    ]
    assert any("身份证号" in said for said in outcome.said())


def test_the_gbk_group_and_the_town() -> None:
    group, town = read(DATA / "group_gbk.csv"), read(DATA / "town.xlsx")
    assert (len(group.taken), group.refused, {row.group for row in group.taken}) == (60, [], {"1", "2"})
    assert (len(town.taken), town.refused, len({row.sheet for row in town.taken})) == (5588, [], 15)
    assert sum(bool(row.care) for row in town.taken) == 268
    assert sum(row.living != "lived_in" for row in town.taken) == 267


# Workbooks -------------------------------------------------------------------------------------------------------


def test_merged_groups_are_filled_and_only_groups(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["1组", "01", "张甲明", 3, "19900000001", ""],
        ["", "02", "张乙明", 3, "", ""],
        ["", "03", "张丙明", 3, ""],
    ]

    def merge(book: Any) -> None:
        book.active.merge_cells("A2:A4")
        book.active.merge_cells("E2:E4")

    found = read(workbook(tmp_path / "m.xlsx", {"塔湾村": rows}, merge))
    assert [(row.group, row.phone) for row in found.taken] == [("1", "19900000001"), ("1", None), ("1", None)]


def test_a_formula_is_refused_even_where_its_kept_value_looks_fine(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", {"塔湾村": [HEAD, *homes(3)]})
    for change in (
        lambda xml: xml.replace(b'<c r="D3" t="n"><v>3</v>', b'<c r="D3"><f>1+2</f><v>3</v>'),
        lambda xml: xml.replace(b'<c r="D3" t="n"><v>3</v>', b'<c r="D3"><f t="shared" si="0"/><v>3</v>'),
        lambda xml: xml.replace(b'<c r="D3" t="n"><v>3</v>', b'<c r="D3"><f\n>1+2</f><v>3</v>'),
        lambda xml: xml.replace(b'<c r="D3" t="n"><v>3</v>', b'<c r="D3"><f\tt="shared" si="0"/><v>3</v>'),
    ):
        changed = repacked(path, tmp_path / "g.xlsx", lambda name, xml, c=change: c(xml) if "sheet1" in name else xml)
        found = read(changed)
        assert [(cell.cell, cell.problem.code) for cell in found.refused] == [("D3", "households.formula_cell")]
        assert len(found.taken) == 2


def test_formulas_are_found_under_a_prefix_and_error_values_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", {"塔湾村": [HEAD, *homes(2)]})
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        + '<x:row r="1">'
        + "".join(f'<x:c t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c>' for text in HEAD)
        + '</x:row><x:row><x:c t="inlineStr"><x:is><x:t>1组</x:t></x:is></x:c>'
        + '<x:c t="inlineStr"><x:is><x:t>01</x:t></x:is></x:c>'
        + '<x:c t="str"><x:f>"李"&amp;"四"</x:f><x:v>李四</x:v></x:c><x:c><x:v>2</x:v></x:c>'
        + '<x:c t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ).encode()
    changed = repacked(path, tmp_path / "g.xlsx", lambda name, old: xml if "sheet1" in name else old)
    found = read(changed)
    assert [(cell.cell, cell.problem.code) for cell in found.refused] == [
        ("C2", "households.formula_cell"),
        ("E2", "households.error_cell"),
    ]


def test_sheets_that_begin_right_of_column_a_name_their_cells_rightly(tmp_path: Path) -> None:
    rows = [
        [],
        [],
        ["", "", *HEAD],
        ["", "", "1组", "01", "张甲明", -3, "", ""],
        ["", "", "1组", "02", "李四", 2, "", ""],
    ]
    found = read(workbook(tmp_path / "r.xlsx", {"塔湾村": rows}))
    assert [(cell.cell, cell.problem.code) for cell in found.refused] == [("F4", "households.people_not_positive")]
    assert [row.row for row in found.taken] == [5]


def test_id_numbers_never_leave_the_child(tmp_path: Path) -> None:
    number = "420683199001011234"
    rows = [
        [*HEAD, "身份证号码"],
        ["1组", "01", "张甲明", 3, "19900000001", f"残疾 身份证{number}", number],
        ["1组", number, "李四", 2, "", "", number],
        ["1组", "03", "王五", 2, 420683199001011234, "", number],
    ]
    path = workbook(tmp_path / "i.xlsx", {"塔湾村": rows})
    command = [sys.executable, "-m", "courtyard.households.foreign", str(path), "x"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert number not in told and "4206831990" not in told
    found = read(path)
    assert [(cell.cell, cell.problem.code) for cell in found.refused] == [
        ("B3", "households.identity_cell"),
        ("E4", "households.identity_cell"),
    ]
    assert [row.care for row in found.taken] == [("disabled",)]
    write_errors(Outcome(open_roster(path), found), tmp_path / "errors.xlsx")
    with zipfile.ZipFile(tmp_path / "errors.xlsx") as parts:
        assert all(b"4206831990" not in parts.read(name) for name in parts.namelist())


def test_50_000_rows_with_one_bad(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("塔湾村")
    page.append(HEAD)
    for n in range(50_000):
        page.append(["1组", f"{n:07d}", "张甲明", 3 if n != 31_415 else "若干", "19900000001", ""])
    book.save(tmp_path / "big.xlsx")
    found = read(tmp_path / "big.xlsx")
    assert len(found.taken) == 49_999
    assert [(cell.cell, cell.problem.code) for cell in found.refused] == [("D31417", "households.people_not_number")]


def test_more_rows_than_a_sheet_may_have(tmp_path: Path) -> None:
    lines = ["组别,户编号,户主姓名,人口"] + [f"1组,{n},张甲明,3" for n in range(sheets.MOST_ROWS)]
    path = tmp_path / "long.csv"
    path.write_text("\n".join(lines))
    assert refused_as(path) == "households.file_too_many_rows"


def test_a_stray_cell_far_below_costs_nothing(tmp_path: Path) -> None:
    def stray(book: Any) -> None:
        book.active.cell(row=900_000, column=3, value=" ")

    found = read(workbook(tmp_path / "s.xlsx", {"塔湾村": [HEAD, *homes(2)]}, stray))
    assert len(found.taken) == 2
    assert len(found.skipped) < 10


# xls -------------------------------------------------------------------------------------------------------------


def test_an_xls_of_an_old_office(tmp_path: Path) -> None:
    """tests/data/old_office.xls: a title, merged groups, a formula in a name, a hidden sheet (made with xlwt)."""
    found = read(DATA / "old_office.xls")
    taken = [(row.row, row.group, row.code, row.name, row.people, row.phone) for row in found.taken]
    assert taken == [
        (3, "1", "0101001", "汤运杰", 5, "19900005570"),
        (4, "1", "0101002", "邓旺永", 3, "19900002419"),
    ]
    assert [(cell.cell, cell.problem.code) for cell in found.refused] == [
        ("C5", "households.formula_cell"),
        ("B6", "households.code_is_number"),
    ]
    assert ("旧数据", None) in found.skipped


def test_a_broken_xls(tmp_path: Path) -> None:
    whole = (DATA / "old_office.xls").read_bytes()
    path = tmp_path / "b.xls"
    for cut in (600, len(whole) // 2):
        path.write_bytes(whole[:cut])
        assert refused_as(path) in ("households.file_broken", "households.file_no_table")


def test_an_xls_with_a_password(tmp_path: Path) -> None:
    """A FILEPASS record at the head of the workbook stream is the sign of a password."""
    whole = bytearray((DATA / "old_office.xls").read_bytes())
    start = whole.index(struct.pack("<HH", 0x0809, 16))
    # The record after BOF becomes FILEPASS of the same length.
    struct.pack_into("<H", whole, start + 20, 0x002F)
    path = tmp_path / "p.xls"
    path.write_bytes(whole)
    assert refused_as(path) == "households.file_encrypted"


# csv -------------------------------------------------------------------------------------------------------------

LINES = "组别,户编号,户主姓名,家庭人口,联系电话\r\n1组,0101001,汤运杰,5,19900005570\r\n\r\n2组,0102001,邓旺永,3,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_the_encodings_clerks_have(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "塔湾村.csv"
    path.write_bytes(LINES.encode(encoding))
    found = read(path)
    assert [(row.sheet, row.row, row.name, row.phone) for row in found.taken] == [
        ("塔湾村", 2, "汤运杰", "19900005570"),
        ("塔湾村", 4, "邓旺永", None),
    ]
    assert found.skipped == [("塔湾村", 1), ("塔湾村", 3)]


def test_a_rare_character_of_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(LINES.replace("汤运杰", "㛃䶮𠮷").encode("gb18030"))
    assert read(path).taken[0].name == "㛃䶮𠮷"


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_other_marks_between_columns(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LINES.replace(",", mark))
    assert len(read(path).taken) == 2


def test_the_line_that_names_the_mark_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\n" + LINES.replace(",", ";"))
    assert [row.row for row in read(path).taken] == [2, 4]


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode("big5", "ignore"),
        LINES.encode("utf-8") + "李四".encode("gbk"),
        LINES.encode("gbk")[:60] + b"\xff\xff" + LINES.encode("gbk")[60:],
        LINES.encode("utf-16-le")[1:],
    ],
    ids=["big5", "two encodings", "a broken byte", "shifted by a byte"],
)
def test_an_encoding_that_fits_none_is_refused_as_a_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert refused_as(path) == "households.file_encoding"


@pytest.mark.parametrize(
    "swallowing",
    [
        '"没有关\n1组,0109002,李四,2,,\n1组,0109003,王五,2,,\n',
        '"没有关\n1组,0109002,李四,2,,\n1组,0109003,王五,2,,好"\n1组,0109004,王五,2,,\n',
        '"只差一个引号',
    ],
    ids=["never closed", "closed too late", "in the last row"],
)
def test_a_quote_that_swallows_rows_refuses_the_file(tmp_path: Path, swallowing: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{LINES}1组,0109001,张三,3,,{swallowing}", newline="")
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "households.file_quotes"
    assert refused.value.problem.facts["row"] == LINES.count("\n") + 1


def test_a_remark_of_several_lines_stays_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{LINES}1组,0109001,张三,3,,"独居老人,\n住东头,""老屋"""\n1组,0109002,李四,2,,\n')
    found = read(path)
    assert {"0109001", "0109002"} <= {row.code for row in found.taken} and not found.refused


def test_formulas_in_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LINES.replace("汤运杰", '"=HYPERLINK(""http://x"",""李四"")"').replace("0102001", "@SUM(1)"))
    assert [(cell.cell, cell.problem.code) for cell in read(path).refused] == [
        ("C2", "households.formula_cell"),
        ("B4", "households.formula_cell"),
    ]
