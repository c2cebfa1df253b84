"""xls (Excel 97–2003, WPS et): values by calamine; formula and error cells by one pass over the BIFF records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from courtyard.households.foreign.ole import Container
from courtyard.households.foreign.sheets import Opened
from courtyard.kernel.problems import refuse

MOST_BYTES = 64 * 1024 * 1024
_FORMULA, _BOF, _EOF, _BOUNDSHEET, _FILEPASS, _BOOLERR, _ROW = 0x0006, 0x0809, 0x000A, 0x0085, 0x002F, 0x0205, 0x0208
_STREAMS = ("Workbook", "Book")


def read(path: Path) -> Iterator[Opened]:
    """Each sheet of an xls file. Refuses a password, a broken container and other OLE files (Word)."""
    if path.stat().st_size > MOST_BYTES:
        refuse("households.file_too_big")
    try:
        container = Container(path.read_bytes())
    except ValueError:
        refuse("households.file_broken")
    names = container.names()
    if "EncryptedPackage" in names:
        refuse("households.file_encrypted")
    stream = next((name for name in _STREAMS if name in names), None)
    if stream is None:
        refuse("households.file_no_table")
    odd, hidden_rows = _scan(container.stream(stream))
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            for place, about in enumerate(book.sheets_metadata):
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                if about.visible != SheetVisibleEnum.Visible:
                    yield Opened(about.name, hidden=True)
                    continue
                sheet = book.get_sheet_by_index(place)
                if sheet.start is None:
                    yield Opened(about.name)
                    continue
                left = [""] * sheet.start[1]
                rows = [(number, left + row) for number, row in enumerate(sheet.iter_rows(), 1)]
                merges = sheet.merged_cell_ranges or ()
                yield Opened(about.name, rows, False, odd.get(place, {}), merges, hidden_rows.get(place, 0))
    except (CalamineError, ValueError, OSError):
        refuse("households.file_broken")


def _scan(book: bytes) -> tuple[dict[int, dict[tuple[int, int], tuple[str, str]]], dict[int, int]]:
    """Sheet's place → its formula and error cells by (1-based row, column), and its number of hidden rows."""
    starts: dict[int, int] = {}
    odd: dict[int, dict[tuple[int, int], tuple[str, str]]] = {}
    hidden: dict[int, int] = {}
    at, sheet = 0, -1
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = at + 4
        if body + length > len(book):
            break
        if kind == _FILEPASS:
            refuse("households.file_encrypted")
        if kind == _BOUNDSHEET:
            starts[struct.unpack_from("<I", book, body)[0]] = len(starts)
        elif kind == _BOF:
            # A chart inside a sheet opens its own substream, which no BOUNDSHEET names: its cells are not the sheet's.
            sheet = starts.get(at, sheet)
        elif kind == _FORMULA and sheet >= 0:
            row, column = struct.unpack_from("<HH", book, body)
            odd.setdefault(sheet, {})[row + 1, column] = ("formula", "=…")
        elif kind == _BOOLERR and sheet >= 0 and length >= 8 and book[body + 7] == 1:
            row, column = struct.unpack_from("<HH", book, body)
            odd.setdefault(sheet, {})[row + 1, column] = ("error", "#")
        elif kind == _ROW and sheet >= 0 and length >= 16 and struct.unpack_from("<I", book, body + 12)[0] & 0x20:
            hidden[sheet] = hidden.get(sheet, 0) + 1
        at = body + length
    return odd, hidden
