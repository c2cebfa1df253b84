"""错误表: the clerk's own rows at their own places, bad cells amber with the reason beside them and as a note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from courtyard.households.rules.cells import Cell, Odd
from courtyard.households.rules.outcome import Outcome
from courtyard.households.rules.roster import Sheet, column_letters
from courtyard.kernel.sentences import say

REASON = "错误原因"
_ALIVE = ("=", "+", "-", "@", "\t", "\r")
_CELL = re.compile(r"([A-Z]+)(\d+)")
_LONGEST = 32_000


def write_errors(outcome: Outcome, out: Path | IO[bytes]) -> None:
    """Write the table to `out` (xlsx). ID numbers are not in it; formulas stand as text and compute nothing.

    Corrected and imported again it is the whole roster: whoever was taken stays unchanged.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(out) if isinstance(out, Path) else out, {**options, "constant_memory": True})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "bad": book.add_format({"num_format": "@", "bg_color": "#FFC000", "border": 1}),
        "head": book.add_format({"num_format": "@", "bold": True, "bottom": 1}),
        "reason": book.add_format({"font_color": "#9C5700", "text_wrap": False}),
    }
    wrong: dict[str, dict[int, dict[int, str]]] = {}
    for cell in outcome.reading.refused:
        found = _CELL.fullmatch(cell.cell)
        if found:
            wrong.setdefault(cell.sheet, {}).setdefault(cell.row, {})[_column(found[1])] = say(cell.problem)
    names: set[str] = set()
    opened = False
    for sheet in outcome.sheets:
        if sheet.hidden or sheet.headings is None:
            continue
        page = book.add_worksheet(_sheet_name(sheet.name, names))
        _write(page, sheet, wrong.get(sheet.name, {}), formats)
        if sheet.name in wrong and not opened:
            page.activate()
            opened = True
    book.close()


def _write(page: Any, sheet: Sheet, wrong: Mapping[int, Mapping[int, str]], formats: Mapping[str, Any]) -> None:
    width = max(len(cells) for _, cells in sheet.rows)
    head = sheet.headings.row if sheet.headings else 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head - 1)
    page.freeze_panes(head, 0)
    page.set_column(0, width - 1, 13)
    page.set_column(width, width, 70)
    for number, cells in sheet.rows:
        bad = wrong.get(number, {})
        for column in range(max(len(cells), max(bad, default=-1) + 1)):
            style = formats["bad" if column in bad else "head" if number == head else "text"]
            _cell(page, number - 1, column, cells[column] if column < len(cells) else "", style, column in bad)
        for column, why in bad.items():
            page.write_comment(number - 1, column, why, {"x_scale": 2})
        if number == head:
            page.write_string(number - 1, width, REASON, formats["head"])
        elif bad:
            page.write_string(number - 1, width, _reasons(number, bad), formats["reason"])


def _reasons(row: int, bad: Mapping[int, str]) -> str:
    return " ".join(f"⚠ {column_letters(column)}{row}:{why}" for column, why in bad.items())


def _cell(page: Any, row: int, column: int, cell: Cell, style: Any, bad: bool) -> None:
    if isinstance(cell, Odd):
        page.write_string(row, column, _quiet(cell.text), style)
    elif isinstance(cell, str):
        if cell:
            page.write_string(row, column, _quiet(cell), style)
        elif bad:
            page.write_blank(row, column, None, style)
    else:
        page.write_number(row, column, cell, style if bad else None)


def _quiet(text: str) -> str:
    """Text that no program computes, not even after it is saved as csv."""
    kept = "".join(letter for letter in text if letter >= " " or letter in "\n\t")[:_LONGEST]
    return "'" + kept if kept.startswith(_ALIVE) else kept


def _sheet_name(name: str, taken: set[str]) -> str:
    bare = (re.sub(r"[\[\]:*?/\\]", " ", name).strip("'") or "花名册")[:28]
    fresh = bare
    number = 1
    while fresh.lower() in taken:
        number += 1
        fresh = f"{bare}{number}"
    taken.add(fresh.lower())
    return fresh


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
