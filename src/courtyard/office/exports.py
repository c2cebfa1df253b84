"""Tables to take along: what is on the screen, with title, maker, date and count, on A4 landscape; nothing computes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

_ALIVE = ("=", "+", "-", "@", "\t", "\r")
A4 = 9


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula, also after it was saved as CSV."""
    return f"'{text}" if text.startswith(_ALIVE) else text


def table(
    title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int]], *, maker: str, day: date
) -> bytes:
    """The table as xlsx, row by row (memory does not grow with it): `heads` are (words, width in characters); numbers stay numbers, everything else is text."""
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
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(2 + count, column, value)
            else:
                sheet.write_string(2 + count, column, inert(value), text)
    sheet.write_string(3 + count, 0, _("共 %(n)s 条") % {"n": count}, head)
    sheet.freeze_panes(3, 1)
    book.close()
    return out.getvalue()
