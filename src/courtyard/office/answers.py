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


TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
# What somebody handed in runs nothing and asks for nothing, wherever it is opened; a browser shows a picture's own frame.
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


def scanned(content: bytes, kind: str, name: str) -> HttpResponse:
    """A kept scan: a picture opens in the browser, a PDF is saved (a browser's own PDF page does not open in a sandbox)."""
    answer = _file(content, TYPES[kind], "attachment" if kind == "pdf" else "inline", f"{name}.{kind}")
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
