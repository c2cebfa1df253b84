"""What every kind of file becomes before it leaves the child: sheets with headings, no ID numbers, cells as JSON."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courtyard.households.rules.cells import is_identity, plain
from courtyard.households.rules.headings import Headings, find_headings
from courtyard.kernel.problems import refuse

MOST_ROWS = 200_000
MOST_ROWS_OF_A_FILE = 500_000
MOST_COLUMNS = 200
LONGEST_TEXT = 500
ROWS_A_LINE = 250
_IDENTITY_INSIDE = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)")
FILLED = ("village", "group", "bay")


@dataclass
class Opened:
    """One sheet as a reader found it. Rows: (1-based row number, values); formulas and errors by (row, column)."""

    name: str
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    hidden: bool = False
    odd: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    hidden_rows: int = 0


def lines(sheets: Iterable[Opened]) -> Iterator[Any]:
    """The JSON lines of a file: a head for each sheet, then its rows, many to a line. Refuses a file without any heading."""
    rows_in_all, headings_in_all, cells_in_all = 0, 0, False
    for sheet in sheets:
        if sheet.hidden:
            yield {"sheet": sheet.name, "hidden": True}
            continue
        rows = [row for row in sheet.rows if row[1].count("") != len(row[1])]
        rows_in_all += len(rows)
        cells_in_all = cells_in_all or bool(rows)
        if len(rows) > MOST_ROWS or rows_in_all > MOST_ROWS_OF_A_FILE:
            refuse("households.file_too_many_rows", most=MOST_ROWS)
        _mark_odd(rows, sheet.odd)
        _plain_values(rows)
        headings = find_headings(rows)
        headings_in_all += headings is not None
        identities = _drop_identities(rows, headings) if headings else 0
        if headings:
            _fill_merges(rows, headings, sheet.merges)
        yield _head(sheet, headings, identities)
        if headings:
            yield from (rows[start : start + ROWS_A_LINE] for start in range(0, len(rows), ROWS_A_LINE))
    if not cells_in_all:
        refuse("households.file_empty")
    if not headings_in_all:
        refuse("households.file_no_heading")


def _head(sheet: Opened, headings: Headings | None, identities: int) -> dict[str, Any]:
    head: dict[str, Any] = {"sheet": sheet.name, "identities": identities, "hidden_rows": sheet.hidden_rows}
    if headings:
        head["headings"] = {
            "row": headings.row,
            "columns": dict(headings.columns),
            "remarks": headings.remarks,
            "identities": headings.identities,
        }
    return head


def _mark_odd(rows: list[tuple[int, list[Any]]], odd: Mapping[tuple[int, int], tuple[str, str]]) -> None:
    if not odd:
        return
    by_row: dict[int, list[tuple[int, str, str]]] = {}
    for (row, column), (kind, text) in odd.items():
        by_row.setdefault(row, []).append((column, kind, text))
    for number, values in rows:
        for column, kind, text in by_row.get(number, ()):
            values.extend([""] * (column + 1 - len(values)))
            values[column] = {kind: text[:LONGEST_TEXT]}


def _plain_values(rows: list[tuple[int, list[Any]]]) -> None:
    """Make every value JSON: text and numbers as they are, dates, yes/no and ID numbers as marked cells."""
    for _, values in rows:
        del values[MOST_COLUMNS:]
        for column, value in enumerate(values):
            kind = value.__class__
            if kind is str:
                if len(value) >= 18:
                    values[column] = _long_text(value)
            elif kind is float or kind is int:
                if not -1e15 < value < 1e15:
                    values[column] = {"identity": ""} if 1e16 <= value < 1e18 else {"error": "数字太大"}
            elif kind is not dict:
                values[column] = _marked(value)


def _long_text(text: str) -> Any:
    if is_identity(plain(text)):
        return {"identity": ""}
    return _IDENTITY_INSIDE.sub("〔身份证号〕", text)[:LONGEST_TEXT]


def _marked(value: Any) -> Any:
    if isinstance(value, bool):
        return {"yesno": "TRUE" if value else "FALSE"}
    if isinstance(value, datetime.date | datetime.time):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"date": str(value)}
    return "" if value is None else str(value)[:LONGEST_TEXT]


def _drop_identities(rows: list[tuple[int, list[Any]]], headings: Headings) -> int:
    """Empty the ID-number columns below the heading without looking at them; how many columns there were."""
    for number, values in rows:
        if number > headings.row:
            for column in headings.identities:
                if column < len(values):
                    values[column] = ""
    return len(headings.identities)


def _fill_merges(
    rows: list[tuple[int, list[Any]]],
    headings: Headings,
    merges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    """A group, bay or village written once over merged rows holds for each of them."""
    wanted = {headings.columns[kind] for kind in FILLED if kind in headings.columns}
    by_number = dict(rows) if merges else {}
    for (top, left), (bottom, right) in merges:
        # Only cells merged downwards in one column: a title merged across columns says nothing about rows.
        if left != right or left not in wanted or top + 1 <= headings.row or bottom <= top:
            continue
        first = by_number.get(top + 1)
        value = first[left] if first and left < len(first) else ""
        if value == "":
            continue
        for number in range(top + 2, min(bottom + 1, top + 1 + MOST_ROWS) + 1):
            values = by_number.get(number)
            if values is not None:
                values.extend([""] * (left + 1 - len(values)))
                values[left] = value
