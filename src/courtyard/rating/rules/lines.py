"""On which line of a TOML text a clause stands, so that whoever wrote the file finds it. A reading aid, not a parser.

Tables, keys and rows are followed line by line; where a clause cannot be found by itself (a key that is missing, a row
inside a row), the line of what holds it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = r"[A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*"
_TABLE = re.compile(rf"\s*(\[{{1,2}})\s*({_NAME})\s*\]{{1,2}}\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_CODE = re.compile(r"\bcode\s*=\s*[\"']([a-z0-9_]+)[\"']")
_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")
_LONG_TEXT = re.compile(r"\"\"\"|'''")


@dataclass
class Places:
    """Where each clause was seen: lists by their rows' number, and the number each code has in its list."""

    lines: dict[str, int] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def row(self, path: str, line: int, code: str = "") -> str:
        """The next row of a list."""
        number = self.counts[path] = self.counts.get(path, 0) + 1
        one = f"{path}[{number}]"
        self.lines.setdefault(path, line)
        self.lines[one] = line
        self.name(path, code, number)
        return one

    def name(self, path: str, code: str, number: int) -> None:
        """A row's code."""
        if code:
            self.rows.setdefault(path, {}).setdefault(code, number)

    def line_of(self, clause: str) -> int | None:
        """The line of a clause, or of what holds it."""
        line, path = None, ""
        for name, row in _STEP.findall(clause):
            path = f"{path}.{name}" if path else name
            steps = [path]
            if row:
                number = self.rows.get(path, {}).get(row) or (int(row) if row.isdecimal() else None)
                path = f"{path}[{number}]"
                steps.append(path)
            for step in steps:
                line = self.lines.get(step, line)
        return line


def places(text: str) -> Places:
    """Where the clauses of a TOML text stand."""
    found = Places()
    table, key = "", ""
    for number, line in _told(text):
        if header := _TABLE.match(line):
            table, key = _opened(found, header.group(2), number, is_row=header.group(1) == "[["), ""
            continue
        if named := _KEY.match(line):
            key = f"{table}.{named.group(1)}" if table else named.group(1)
            if named.group(1) == "code" and table.endswith("]"):
                path, _, place = table.rpartition("[")
                code = _CODE.search(line)
                found.name(path, code.group(1) if code else "", int(place[:-1]))
            found.lines.setdefault(key, number)
            line = line[named.end() :]
        if key:
            for code in _CODE.finditer(line):
                found.row(key, number, code.group(1))
    return found


def _opened(found: Places, name: str, line: int, *, is_row: bool) -> str:
    """The path of a table that begins: inside the latest row of the lists above it."""
    path = ""
    steps = [step.strip() for step in name.split(".")]
    for place, step in enumerate(steps):
        path = f"{path}.{step}" if path else step
        if place < len(steps) - 1 and path in found.counts:
            path = f"{path}[{found.counts[path]}]"
    if is_row:
        return found.row(path, line)
    found.lines.setdefault(path, line)
    return path


def _told(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without those inside a text of several lines."""
    inside = False
    for number, line in enumerate(text.split("\n"), start=1):
        marks = len(_LONG_TEXT.findall(line))
        if not inside:
            yield number, line
        inside = inside != (marks % 2 == 1)
