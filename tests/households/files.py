"""Clerks' files for tests: workbooks made on the spot, whole and broken ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from courtyard.households.foreign.opening import open_roster
from courtyard.households.rules.roster import Interpretation, interpret
from courtyard.households.sentences import SENTENCES
from courtyard.kernel.problems import Refused

HEAD = ("组别", "户编号", "户主姓名", "家庭人口", "联系电话", "备注")
DATA = Path(__file__).parents[1] / "data"


def read(path: Path) -> Interpretation:
    """A file as the child opens it, interpreted."""
    return interpret(open_roster(path))


def refused_as(path: Path) -> str:
    """The code a file is refused with; it has its sentence."""
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code in SENTENCES
    return refused.value.code


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], then: Callable[[Any], None] | None = None) -> Path:
    """An xlsx of these sheets' rows; `then` may change the workbook before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page: Worksheet = book.create_sheet(name)
        for row in rows:
            page.append([None if value == "" else value for value in row])
    if then:
        then(book)
    book.save(path)
    return path


def homes(count: int, group: int = 1, village: int = 1) -> list[list[Any]]:
    """`count` plain rows of a roster, codes 0101001 …"""
    return [
        [
            f"{group}组",
            f"{village:02d}{group:02d}{n:03d}",
            f"张{'甲乙丙丁戊己庚辛壬癸'[n % 10]}明",
            3,
            f"1990{n:07d}",
            "",
        ]
        for n in range(1, count + 1)
    ]


def repacked(source: Path, path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a zip with its parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info.filename)))
    return path


def bomb(path: Path) -> Path:
    """A small xlsx whose sheet would be two gigabytes."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            block = b"0" * (1 << 20)
            for _ in range(900):
                sheet.write(block)
    path.write_bytes(inner.getvalue())
    return path
