"""One streaming pass over a sheet's XML: formulas, error cells, hidden rows, and how far the filled cells reach.

calamine makes a rectangle of all it finds, so one cell at XFD1048576 would be seventeen thousand million cells: such a
sheet is refused before calamine reads it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.sax.handler import ContentHandler  # noqa: S406  # the parser itself is defusedxml's

from courtyard.kernel.problems import refuse

# 200,000 rows of a hundred columns; each cell costs the reader about 40 bytes.
MOST_CELLS = 20_000_000
_CHUNK = 1 << 20
# Longer than any cell's opening tag: what a chunk's end cuts in two is seen whole in the next window.
_OVERLAP = 512
# A plain search first, at the speed of memory: most sheets have none of these.
_SIGNS = (b"<f", b":f", b'"e"', b"'e'", b"hidden")
_HINTS = re.compile(rb"""[<:]f[>/\s]|\bt\s*=\s*["']e["']|\bhidden\s*=\s*["'](?:1|true)["']""")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FILLED = rb"""["'][^>]*(?<!/)>(?=[^<]|<[^/])"""
_FAR_PLACE = rb"(?:(?:[A-Z]{3}|[H-Z][A-Z])\d{1,7}|[A-Z]{1,2}(?:[2-9]\d{5}|\d{7}))"
_FAR = re.compile(rb'r="' + _FAR_PLACE + _FILLED)
_FAR_SPACED = re.compile(rb"""\br\s*=\s*["']""" + _FAR_PLACE + _FILLED)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})""" + _FILLED)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Extent:
    """The rectangle of the filled cells, and the cell of it that lies farthest off."""

    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0
    farthest: tuple[int, int] = (0, 0)

    def take(self, row: int, column: int) -> None:
        """One more filled cell (row from 1, column from 0)."""
        if not self.bottom:
            self.top, self.left, self.bottom, self.right = row, column, row, column
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        if row * (column + 1) > self.farthest[0] * (self.farthest[1] + 1):
            self.farthest = (row, column)

    @property
    def cells(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@dataclass
class Marks:
    """What a sheet's XML says beside its values; formulas and errors by (row from 1, column from 0)."""

    odd: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: int = 0


def marks_of(parts: zipfile.ZipFile, part: str, name: str) -> Marks:
    """The marks of one sheet. Refuses households.file_far_cell where its cells reach too far to be read."""
    with parts.open(part) as stream:
        hinted, far, wide = _glance(stream)
    if far:
        with parts.open(part) as stream:
            _hold(_extent(stream), name)
    if not hinted:
        return Marks()
    reader = _Reader()
    reader.read(parts, part)
    if wide:
        _hold(reader.extent, name)
    return reader.marks


def _hold(extent: Extent, name: str) -> None:
    if extent.cells > MOST_CELLS:
        row, column = extent.farthest
        refuse("households.file_far_cell", sheet=name, cell=f"{_letters(column)}{row}")


def _windows(stream: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The stream in pieces, each with the end of the one before, and whether it is the first."""
    tail, first = b"", True
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        yield window, first
        tail, first = window[-_OVERLAP:], False


def _glance(stream: IO[bytes]) -> tuple[bool, bool, bool]:
    """Whether a sheet has formulas, errors or hidden rows; cells far off; a text of two bytes a letter, read slowly."""
    hinted = far = False
    for window, first in _windows(stream):
        if first and window[:2] in _UTF16:
            return True, False, True
        if not hinted and any(sign in window for sign in _SIGNS):
            hinted = _HINTS.search(window) is not None
        if not far:
            spaced = b"r='" in window or b"r =" in window or b'= "' in window or b"= '" in window
            far = (_FAR_SPACED if spaced else _FAR).search(window) is not None
        if hinted and far:
            break
    return hinted, far, False


def _extent(stream: IO[bytes]) -> Extent:
    extent = Extent()
    for window, _ in _windows(stream):
        for letters, digits in set(_PLACE.findall(window)):
            extent.take(int(digits), _column(letters.decode()))
    return extent


class _Reader(ContentHandler):
    """Every element of a sheet read: only where a glance says that there is something to find."""

    def __init__(self) -> None:
        super().__init__()
        self.marks, self.extent = Marks(), Extent()
        self._row = self._column = 0
        self._in_cell, self._error = False, False
        self._take: list[str] | None = None

    def read(self, parts: zipfile.ZipFile, part: str) -> None:
        from defusedxml.sax import make_parser

        parser: Any = make_parser()
        parser.forbid_dtd = True
        parser.setContentHandler(self)
        with parts.open(part) as stream:
            parser.parse(stream)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  # SAX's own name
        name = name.rpartition(":")[2]
        if name == "row":
            self._row = int(attrs.get("r") or self._row + 1)
            self._column = -1
            self.marks.hidden_rows += attrs.get("hidden") in ("1", "true")
        elif name == "c":
            found = _REFERENCE.fullmatch(attrs.get("r") or "")
            self._column = _column(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
            self._in_cell, self._error = True, attrs.get("t") == "e"
        elif self._in_cell and name in ("f", "v", "is"):
            self.extent.take(self._row, self._column)
            if name == "f" or (name == "v" and self._error):
                self._take = []

    def characters(self, content: str) -> None:
        if self._take is not None:
            self._take.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        name = name.rpartition(":")[2]
        place = (self._row, self._column)
        if name == "c":
            self._in_cell = False
        elif self._take is not None and name == "f":
            self.marks.odd[place] = ("formula", "=" + "".join(self._take))
            self._take = None
        elif self._take is not None and name == "v":
            self.marks.odd.setdefault(place, ("error", "".join(self._take)))
            self._take = None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
