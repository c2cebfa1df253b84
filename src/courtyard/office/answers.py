"""Files as answers: PDF shown in the browser, tables saved; names may be Chinese."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser, from where it is printed."""
    return _file(content, "application/pdf", "inline", name)


def png(content: bytes, name: str) -> HttpResponse:
    """A picture to save and send to a group."""
    return _file(content, "image/png", "attachment", name)


def xlsx(content: bytes, name: str) -> HttpResponse:
    """A table to save."""
    return _file(content, XLSX, "attachment", name)


def _file(content: bytes, kind: str, how: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    return answer
