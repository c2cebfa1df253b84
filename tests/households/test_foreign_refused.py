"""Files refused whole, the child's limits, and the table of errors. No database."""

from __future__ import annotations

import io
import random
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from PIL import Image
from tests.households.files import DATA, HEAD, bomb, read, refused_as, repacked, workbook

from courtyard.households.error_sheet import REASON, write_errors
from courtyard.households.foreign import __main__ as child
from courtyard.households.foreign import opening
from courtyard.households.foreign.opening import open_roster
from courtyard.households.rules.cells import Odd
from courtyard.households.rules.outcome import Outcome
from courtyard.households.rules.roster import Interpretation, interpret
from courtyard.households.sentences import SENTENCES
from courtyard.households.template_sheet import template
from courtyard.kernel.problems import Refused
from courtyard.kernel.sentences import register

register(SENTENCES)


# Files refused whole ---------------------------------------------------------------------------------------------


def _encrypted(path: Path) -> None:
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    plain.seek(0)
    with path.open("wb") as out:
        msoffcrypto.OfficeFile(plain).encrypt("1234", out)  # type: ignore[attr-defined]


def _picture(path: Path) -> None:
    Image.new("RGB", (8, 8)).save(path, "PNG")


def _truncated(path: Path) -> None:
    whole = (DATA / "town.xlsx").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _flipped(path: Path) -> None:
    def spoil(name: str, data: bytes) -> bytes:
        return data[: len(data) // 2] if name.endswith("sheet1.xml") else data

    repacked(DATA / "village_messy.xlsx", path, spoil)


def _billion_laughs(path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'

    def laugh(name: str, data: bytes) -> bytes:
        return data.replace(b"<workbook", laughs + b"<workbook", 1) if name == "xl/workbook.xml" else data

    repacked(DATA / "village_messy.xlsx", path, laugh)


def _word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", "<x/>")


def _ods(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("content.xml", "<x/>")


def _zip_with_password(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", "<x/>")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)


REFUSED = {
    "an empty file": (lambda path: path.write_bytes(b""), "households.file_empty"),
    "blank lines only": (lambda path: path.write_bytes(b"\r\n\r\n  "), "households.file_empty"),
    "an empty workbook": (lambda path: openpyxl.Workbook().save(path), "households.file_empty"),
    "a workbook with a password": (_encrypted, "households.file_encrypted"),
    "a zip with a password": (_zip_with_password, "households.file_encrypted"),
    "a bomb": (bomb, "households.file_bomb"),
    "half a workbook": (_truncated, "households.file_broken"),
    "a workbook with half a sheet": (_flipped, "households.file_broken"),
    "entities that grow": (_billion_laughs, "households.file_broken"),
    "a picture renamed": (_picture, "households.file_no_table"),
    "a PDF renamed": (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 99), "households.file_no_table"),
    "a Word document": (_word, "households.file_no_table"),
    "an ods": (_ods, "households.file_other_format"),
    "a web page saved as xls": (
        lambda path: path.write_text("<html><table></table></html>"),
        "households.file_web_page",
    ),
    "a table without heading": (lambda path: path.write_text("a,b\n1,2\n"), "households.file_no_heading"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_a_file(tmp_path: Path, name: str) -> None:
    make, code = REFUSED[name]
    path = tmp_path / "花名册.xlsx"
    make(path)
    assert refused_as(path) == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused_as(tmp_path / "nothing.xlsx") == "households.file_missing"


def test_the_child_is_held_to_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SECONDS", 0.001)
    assert refused_as(DATA / "town.xlsx") == "households.file_too_long"


@pytest.mark.parametrize(
    ("code", "late", "size", "said"),
    [
        (-9, True, 10, "households.file_too_long"),
        (-signal.SIGXCPU, False, 10, "households.file_too_long"),
        (-signal.SIGABRT, False, 10_000_000, "households.file_too_big"),
        (-signal.SIGABRT, False, 10_000, "households.file_broken"),
        (1, False, 10_000_000, "households.file_broken"),
    ],
)
def test_what_ended_a_child_is_told_apart(code: int, late: bool, size: int, said: str) -> None:
    assert opening._why(code, late, size) == said


@pytest.mark.parametrize("seed", range(6))
def test_a_spoilt_file_is_refused_or_read_and_never_breaks_us(tmp_path: Path, seed: int) -> None:
    """Bytes changed at random: whichever way the reader falls (error, panic, abort), a sentence comes out."""
    chance = random.Random(seed)
    for name in ("old_office.xls", "village_messy.xlsx"):
        spoilt = bytearray((DATA / name).read_bytes())
        for _ in range(30):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        path = tmp_path / name
        path.write_bytes(spoilt)
        try:
            answer: Any = read(path)
        except Refused as refused:
            answer = refused.code
        assert isinstance(answer, Interpretation) or (answer in SENTENCES and "file" in answer)


def test_the_child_is_held_to_its_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES_OUT", 1000)
    assert refused_as(DATA / "town.xlsx") == "households.file_too_big"
    monkeypatch.setattr(opening, "MOST_BYTES_IN", 1000)
    assert refused_as(DATA / "town.xlsx") == "households.file_too_big"


def test_the_child_is_held_to_its_memory(tmp_path: Path) -> None:
    """The control: the same lines with no limit need more than the limit set here and are read."""
    path = tmp_path / "a.csv"
    path.write_text("组别,户编号,户主姓名,人口\n" + "".join(f"1组,{n},张甲明,3\n" for n in range(150_000)))
    for megabytes, wanted in ((90, False), (2048, True)):
        code = (
            "import sys; from courtyard.households.foreign import __main__ as child;"
            f"child.MEMORY = {megabytes} * 1024 * 1024; sys.exit(child.main(sys.argv[1:]))"
        )
        told = subprocess.run([sys.executable, "-c", code, str(path), "x"], capture_output=True, check=False).stdout
        assert told.endswith(b'{"end":true}\n') is wanted


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    code = (
        "from courtyard.households.foreign import __main__ as child; import signal, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); child.limit(); open(sys.argv[1], 'w').write('x' * 9999)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "out")], capture_output=True, check=False)
    assert done.returncode != 0 and b"File too large" in done.stderr
    assert child.SECONDS < opening.SECONDS, "the child's own limit strikes first"


def test_an_unknown_kind_of_cell_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="unknown cell"):
        opening._odd({"strange": "x"})


# 错误表 -----------------------------------------------------------------------------------------------------------


def test_the_table_of_errors_has_the_clerks_own_rows_and_marks_the_bad_cells(tmp_path: Path) -> None:
    outcome = Outcome(open_roster(DATA / "village_messy.xlsx"), read(DATA / "village_messy.xlsx"))
    write_errors(outcome, tmp_path / "errors.xlsx")
    page = openpyxl.load_workbook(tmp_path / "errors.xlsx")["花名册"]
    amber = [cell.coordinate for row in page for cell in row if cell.fill.fgColor.rgb == "FFFFC000"]
    assert amber == ["C30", "E31", "E32", "F33", "D34", "C35", "D36"]
    assert [cell.coordinate for row in page for cell in row if cell.comment] == amber
    assert (page["I3"].value, page["C30"].value, page["E32"].value) == (REASON, 102005, "若干")
    assert "C30" in page["I30"].value and "0" in page["I30"].value
    assert page["D34"].value == '\'=HYPERLINK("http://x","李四")' and page["D34"].data_type == "s"
    assert [page["A1"].value, page["B5"].value] == ["万店镇某某村人居环境整治农户花名册", "一组"]
    assert all(page.cell(row=row, column=7).value is None for row in range(4, 44)), "no ID number"


def test_the_table_of_errors_corrected_is_the_whole_roster(tmp_path: Path) -> None:
    outcome = Outcome(open_roster(DATA / "village_messy.xlsx"), read(DATA / "village_messy.xlsx"))
    write_errors(outcome, tmp_path / "errors.xlsx")
    book = openpyxl.load_workbook(tmp_path / "errors.xlsx")
    page = book["花名册"]
    for cell, value in {
        "C30": "0102005", "E31": 1, "E32": 2, "F33": "19900001111", "D34": "李四", "C35": "0102099", "D36": "周有名",
    }.items():  # fmt: skip
        page[cell].value = value
    book.save(tmp_path / "mended.xlsx")
    found = read(tmp_path / "mended.xlsx")
    assert (len(found.taken), found.refused) == (36, [])
    assert {row.row: row for row in outcome.reading.taken}.items() <= {row.row: row for row in found.taken}.items()


def test_the_template_is_read_with_its_example(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(template("塔湾村"))
    sheet, notes = open_roster(tmp_path / "t.xlsx")
    assert sheet.headings is not None and notes.headings is None
    assert set(sheet.headings.columns) == {"group", "bay", "code", "name", "people", "phone", "door"}
    [example] = interpret([sheet]).taken
    assert (example.name, example.care) == ("王示例", ("elder_alone",))


def test_odd_cells_come_through_as_they_are(tmp_path: Path) -> None:
    rows = [HEAD, ["1组", "01", "张甲明", True, "", ""]]
    [sheet] = open_roster(workbook(tmp_path / "o.xlsx", {"塔湾村": rows}))
    assert sheet.rows[1][1][3] == Odd("yesno", "TRUE")
