"""xlsx: values by calamine; what it does not tell (formulas, errors, hidden rows) by a streaming pass (marks)."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from courtyard.households.foreign.marks import Marks, marks_of
from courtyard.households.foreign.sheets import Opened
from courtyard.kernel.problems import refuse

# 300,000 households are about 200 MB of XML; deflate cannot shrink more than 1032 : 1, honest sheets reach about 100.
MOST_BYTES = 768 * 1024 * 1024
MOST_RATIO = 600
RATIO_COUNTS_FROM = 32 * 1024 * 1024
MOST_PARTS = 5000
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
    except (CalamineError, DefusedXmlException, SAXException, ValueError, SyntaxError):
        refuse("households.file_broken")


def _sheet(book: CalamineWorkbook, place: int, name: str, parts: zipfile.ZipFile, part: str | None) -> Opened:
    marks = marks_of(parts, part, name) if part is not None else Marks()
    sheet = book.get_sheet_by_index(place)
    if sheet.start is None:
        return Opened(name)
    left = [""] * sheet.start[1]
    rows = list(enumerate(sheet.iter_rows(), 1))
    if left:
        rows = [(number, left + row) for number, row in rows]
    return Opened(name, rows, False, marks.odd, sheet.merged_cell_ranges or (), marks.hidden_rows)


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
