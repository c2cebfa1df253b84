"""Tables to take along: what is on the screen, with title, maker, date and count, on A4 landscape; nothing computes.

XlsxWriter writes the workbook around the table (styles, widths, page); the rows between are written here, as it writes
them itself in constant memory, at a tenth of its cost.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

_ALIVE = ("=", "+", "-", "@", "\t", "\r")
A4 = 9
FIRST = 4
_SHEET = "xl/worksheets/sheet1.xml"
_PATTERN = re.compile(rb'<row r="4"[^>]*><c r="A4" s="(\d+)"[^>]*>.*?</c><c r="B4" s="(\d+)"[^>]*>.*?</c></row>')
_SIZE = re.compile(rb'<dimension ref="[^"]*"/>')
# What XML or a spreadsheet would read otherwise: marks, control characters, and what looks like their escape.
_MARKS = re.compile("[&<>]|[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula, also after it was saved as CSV."""
    return f"'{text}" if text.startswith(_ALIVE) else text


def table(
    title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int]], *, maker: str, day: date
) -> bytes:
    """The table as xlsx, row by row (memory does not grow with it): `heads` are (words, width in characters); numbers stay numbers, everything else is text."""
    frame = _frame(title, heads, maker, day)
    with zipfile.ZipFile(frame) as parts, tempfile.TemporaryFile() as body:
        before, text, head, after = _opened(parts.read(_SHEET))
        count = _write(body, rows, text, [xl_col_to_name(column) for column in range(len(heads))])
        last = _text(f"A{FIRST + count}", head, _("共 %(n)s 条") % {"n": count})
        body.write(f'<row r="{FIRST + count}">{last}</row>'.encode())
        size = f'<dimension ref="A1:{xl_col_to_name(len(heads) - 1)}{FIRST + count}"/>'
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            for info in parts.infolist():
                if info.filename != _SHEET:
                    book.writestr(info, parts.read(info), zipfile.ZIP_DEFLATED)
                    continue
                about = zipfile.ZipInfo(_SHEET, info.date_time)
                about.compress_type = zipfile.ZIP_DEFLATED
                with book.open(about, "w", force_zip64=True) as sheet:
                    sheet.write(_SIZE.sub(size.encode(), before))
                    body.seek(0)
                    shutil.copyfileobj(body, sheet, 1 << 20)
                    sheet.write(after)
    return out.getvalue()


def _frame(title: str, heads: Sequence[tuple[str, int]], maker: str, day: date) -> BytesIO:
    """The workbook with title and headings; its fourth row shows how a text and the last line are dressed."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet = book.add_worksheet(title[:31])
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C&P / &N")
    sheet.write_string(0, 0, inert(title), bold)
    sheet.write_string(1, 0, inert(_("制表:%(who)s %(day)s") % {"who": maker, "day": day.isoformat()}))
    for column, (words, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, inert(words), head)
    sheet.write_string(3, 0, "text", text)
    sheet.write_string(3, 1, "head", head)
    sheet.freeze_panes(3, 1)
    book.close()
    return out


def _opened(sheet: bytes) -> tuple[bytes, str, str, bytes]:
    """The sheet's XML before the rows, the styles of a text and of the last line, and the XML after them."""
    found = _PATTERN.search(sheet)
    if found is None:
        raise RuntimeError("XlsxWriter wrote the pattern row in another way")
    return sheet[: found.start()], found[1].decode(), found[2].decode(), sheet[found.end() :]


def _write(body: IO[bytes], rows: Iterable[Sequence[str | int]], style: str, columns: Sequence[str]) -> int:
    """Write the rows as XML; returns how many there were."""
    opens = [(f'<c r="{letters}', f'" s="{style}" t="inlineStr"><is><t') for letters in columns]
    count = 0
    for count, row in enumerate(rows, start=1):
        number = FIRST - 1 + count
        parts = [f'<row r="{number}">']
        for (place, dressed), value in zip(opens, row, strict=True):
            if isinstance(value, int):
                parts.append(f'{place}{number}"><v>{value:d}</v></c>')
            elif value.isalnum():
                parts.append(f"{place}{number}{dressed}>{value}</t></is></c>")
            else:
                parts.append(f"{place}{number}{dressed}{_words(value)}</t></is></c>")
        parts.append("</row>")
        body.write("".join(parts).encode())
    return count


def _text(place: str, style: str, words: str) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{_words(words)}</t></is></c>'


def _words(text: str) -> str:
    """A text as it stands in the element t, whose opening tag it ends: no formula, its blanks kept, nothing lost."""
    said = _MARKS.sub(_escaped, inert(text))
    return f' xml:space="preserve">{said}' if said != said.strip() else f">{said}"


def _escaped(found: re.Match[str]) -> str:
    return _NAMED.get(found[0]) or f"_x{ord(found[0]):04X}_"
