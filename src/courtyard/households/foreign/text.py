"""csv and tab-separated text in the encodings clerks' programs write: UTF-8, GBK/GB18030, UTF-16."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courtyard.households.foreign.sheets import MOST_ROWS, Opened
from courtyard.households.rules.headings import find_headings
from courtyard.kernel.problems import refuse

MOST_BYTES = 64 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Without a mark: an encoding counts only where the text then has a heading, since nearly any bytes are some GB18030.
_UNMARKED = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_DELIMITERS = ",\t;|，"
# A quote that is never closed swallows the lines below it: they come back as one cell with whole rows inside.
_END = "\x01end"
_ROW_INSIDE = 3


def read(path: Path, name: str) -> Iterator[Opened]:
    """The one sheet of a text file, called by the file's own name. Refuses text whose encoding fits none."""
    if path.stat().st_size > MOST_BYTES:
        refuse("households.file_too_big")
    data = path.read_bytes()
    rows = _rows_of(data)
    yield Opened(name, rows, False, _formulas(rows))


def _rows_of(data: bytes) -> list[tuple[int, list[Any]]]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    readable: list[tuple[int, list[Any]]] | None = None
    for encoding in (marked,) if marked else _UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        rows = _split(text)
        if find_headings([row for row in rows if row[1]]) is not None:
            return rows
        if encoding in ("utf-8", marked):
            readable = rows
    if readable is None:
        refuse("households.file_encoding")
    return readable


def _split(text: str) -> list[tuple[int, list[Any]]]:
    first, _, rest = text.partition("\n")
    delimiter = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[-1], rest
    delimiter = delimiter or _delimiter(text)
    rows: list[tuple[int, list[Any]]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter), 1):
            if row == [_END]:
                break
            if any("\n" in cell and _swallowed(cell, delimiter) for cell in row):
                refuse("households.file_quotes", row=number)
            rows.append((number, list(row)))
            if number > 2 * MOST_ROWS:
                refuse("households.file_too_many_rows", most=MOST_ROWS)
    except csv.Error:
        refuse("households.file_broken")
    return rows


def _swallowed(cell: str, delimiter: str) -> bool:
    """Whether whole lines of the table stand inside one cell: its quote was closed too late, or never."""
    return cell.endswith(_END) or any(line.count(delimiter) >= _ROW_INSIDE for line in cell.split("\n")[1:])


def _delimiter(text: str) -> str:
    """The mark that splits most of the first lines into columns."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines)) if lines else ","


def _formulas(rows: list[tuple[int, list[Any]]]) -> dict[tuple[int, int], tuple[str, str]]:
    """Cells that a spreadsheet program would compute: they begin with = or @."""
    return {
        (number, column): ("formula", value.strip())
        for number, values in rows
        for column, value in enumerate(values)
        if value.lstrip()[:1] in ("=", "@") and value.strip() not in ("=", "@")
    }
