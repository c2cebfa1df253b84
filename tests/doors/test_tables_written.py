"""The rows of an exported table are letter for letter what XlsxWriter writes of them. No database."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook
from python_calamine import load_workbook as by_calamine

from courtyard.office import exports

HEADS = [("户主", 12), ("户编号", 12), ("人口", 6)]
WORDS = [
    "张淑芬", "0201", "", " 前后有空 ", "a&b<c>d\"e'f", "两行\n字", "制表\t符", "回车\r", "\x01\x1f\x7f", "_x000D_", "_x00g_",
    "=1+1", "-3", "@x", "138****1234", "㐀𠀀·", "'引号", "<r>不是富文本", "3.5", "\ufffe",
]  # fmt: skip
ROWS: list[tuple[str | int, ...]] = [(word, f"{n:04d}", n) for n, word in enumerate(WORDS)]


def made(rows: list[tuple[str | int, ...]] = ROWS) -> bytes:
    return exports.table("农户名册", HEADS, iter(rows), maker="村干部甲", day=date(2026, 9, 14))


def rows_of(book: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(book)) as parts:
        assert parts.testzip() is None
        return parts.read("xl/worksheets/sheet1.xml")


def test_the_rows_are_those_of_xlsxwriter() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet()
    for line, row in enumerate(ROWS, start=3):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, exports.inert(value), text)
    book.close()
    ours, theirs = (
        re.findall(rb'<row r="\d+".*?</row>', one, re.S) for one in (rows_of(made()), rows_of(out.getvalue()))
    )
    style = re.search(rb'<c r="A4" s="(\d+)"', ours[3])
    assert style is not None and len(theirs) == len(WORDS)
    assert ours[3:-1] == [row.replace(b' s="1" ', b' s="%s" ' % style[1]) for row in theirs]


def test_two_readers_find_the_same_table() -> None:
    book = made()
    sheet = load_workbook(BytesIO(book)).worksheets[0]
    assert sheet.dimensions == f"A1:C{len(WORDS) + 4}"
    assert (sheet["A4"].number_format, sheet.column_dimensions["A"].width > 11) == ("@", True)
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet["A3"].font.bold) == ("$3:$3", "B4", True)
    [read] = [by_calamine(BytesIO(book)).get_sheet_by_index(0).to_python()]
    assert read[2] == ["户主", "户编号", "人口"]
    assert [row[1:] for row in read[3:-1]] == [[code, float(n)] for _, code, n in ROWS]
    assert read[3][0] == "张淑芬" and read[6][0] == " 前后有空 " and read[7][0] == "a&b<c>d\"e'f"
    assert read[-1][0] == f"共 {len(WORDS)} 条"


def test_a_table_without_rows() -> None:
    sheet = load_workbook(BytesIO(made([]))).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows()] == ["农户名册", "制表:村干部甲 2026-09-14", "户主", "共 0 条"]


def test_a_row_that_is_not_as_wide_as_its_heading_is_no_table() -> None:
    with pytest.raises(ValueError, match="shorter"):
        made([("张淑芬", "0201")])
