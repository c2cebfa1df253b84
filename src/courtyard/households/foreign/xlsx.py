"""xlsx: values by calamine; formulas, error cells and hidden rows by one streaming pass over the sheet's XML."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.sax.handler import ContentHandler  # noqa: S406  # the parser itself is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from defusedxml.sax import make_parser
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from courtyard.households.foreign.sheets import Opened
from courtyard.kernel.problems import refuse

# 300,000 households are about 200 MB of XML; deflate cannot shrink more than 1032 : 1, honest sheets reach about 100.
MOST_BYTES = 768 * 1024 * 1024
MOST_RATIO = 600
RATIO_COUNTS_FROM = 32 * 1024 * 1024
MOST_PARTS = 5000
_CHUNK = 1 << 20
_HINTS = re.compile(rb"""[<:]f[>/\s]|\bt\s*=\s*["']e["']|\bhidden\s*=\s*["'](?:1|true)["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(path: Path) -> Iterator[Opened]:
    """Each sheet of an xlsx file. Refuses bombs, broken and encrypted files, and other zip files."""
    try:
        with zipfile.ZipFile(path) as parts:
            _check(parts)
            where = _sheet_parts(parts)
            with CalamineWorkbook.from_path(str(path)) as book:
                for place, about in enumerate(book.sheets_metadata):
                    if about.typ != SheetTypeEnum.WorkSheet:
                        continue
                    if about.visible != SheetVisibleEnum.Visible:
                        yield Opened(about.name, hidden=True)
                        continue
                    yield _sheet(book, place, about.name, parts, where.get(about.name))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ParseError, NotImplementedError):
        refuse("households.file_broken")
    except (CalamineError, DefusedXmlException, ValueError, SyntaxError):
        refuse("households.file_broken")


def _sheet(book: CalamineWorkbook, place: int, name: str, parts: zipfile.ZipFile, part: str | None) -> Opened:
    sheet = book.get_sheet_by_index(place)
    if sheet.start is None:
        return Opened(name)
    left = [""] * sheet.start[1]
    rows = [(number, left + row) for number, row in enumerate(sheet.iter_rows(), 1)]
    scan = _Scan()
    if part is not None:
        scan.read(parts, part)
    return Opened(name, rows, False, scan.odd, sheet.merged_cell_ranges or (), scan.hidden_rows)


def _check(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    names = {info.filename.lower() for info in infos}
    if any(info.flag_bits & 1 for info in infos):
        refuse("households.file_encrypted")
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
        refuse("households.file_bomb")
    for info in infos:
        if info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            refuse("households.file_bomb")
    if "xl/workbook.xml" not in names:
        office = names & {"xl/workbook.bin", "content.xml"}
        refuse("households.file_other_format" if office else "households.file_no_table")


def _sheet_parts(parts: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the part that holds its XML."""
    by_lower = {name.lower(): name for name in parts.namelist()}
    book = fromstring(parts.read(by_lower["xl/workbook.xml"]), forbid_dtd=True)
    rels = fromstring(parts.read(by_lower["xl/_rels/workbook.xml.rels"]), forbid_dtd=True)
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    found = {}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((v for k, v in element.attrib.items() if k == _RELATION or k.endswith("}id")), None)
            target = targets.get(key, "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            if full.lower() in by_lower:
                found[element.get("name", "")] = by_lower[full.lower()]
    return found


class _Scan(ContentHandler):
    """Finds formula and error cells. A cheap search for their marks first: most sheets have none."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: dict[tuple[int, int], tuple[str, str]] = {}
        self.hidden_rows = 0
        self._row = self._column = 0
        self._in_cell, self._error = False, False
        self._take: list[str] | None = None

    def read(self, parts: zipfile.ZipFile, part: str) -> None:
        with parts.open(part) as stream:
            wanted = _has_hint(stream)
        if wanted:
            with parts.open(part) as stream:
                parser: Any = make_parser()
                parser.forbid_dtd = True
                parser.setContentHandler(self)
                parser.parse(stream)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  # SAX's own name
        name = name.rpartition(":")[2]
        if name == "row":
            self._row = int(attrs.get("r") or self._row + 1)
            self._column = -1
            self.hidden_rows += attrs.get("hidden") in ("1", "true")
        elif name == "c":
            found = _REFERENCE.fullmatch(attrs.get("r") or "")
            self._column = _column(found[1]) if found else self._column + 1
            self._in_cell, self._error = True, attrs.get("t") == "e"
        elif self._in_cell and (name == "f" or (name == "v" and self._error)):
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
            self.odd[place] = ("formula", "=" + "".join(self._take))
            self._take = None
        elif self._take is not None and name == "v":
            self.odd.setdefault(place, ("error", "".join(self._take)))
            self._take = None


def _has_hint(stream: IO[bytes]) -> bool:
    tail = b""
    first = True
    while chunk := stream.read(_CHUNK):
        if first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return True
        first = False
        window = tail + chunk
        if _HINTS.search(window):
            return True
        tail = window[-32:]
    return False


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
