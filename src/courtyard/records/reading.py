"""A paper that is handed in as a file (PDF, JPEG, PNG), read in a child process with limits (D20) before it is kept.

A picture comes back drawn anew: what a camera writes beside it (place, device, time, notes) and anything hidden behind
it stays out. A PDF comes back as it was, once it opens, is not locked and carries no program and no other file.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.records import apart
from courtyard.records.rules import FileKind, kind_of, unfit_pdf

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES = 60
WIDEST = 5000  # dots of the longer side: A4 at more than 400 a inch
QUALITY = 85
# A picture drawn anew may be larger than it came: that is told apart from one that cannot be read.
MOST_ANSWERED = 10 * MOST_BYTES
MEMORY = 1536 * 1024**2
SECONDS = 30


@dataclass(frozen=True)
class Paper:
    """A paper that may be kept: its bytes, what they are, how many pages."""

    content: bytes
    kind: FileKind
    pages: int


def read_paper(given: bytes) -> Paper | Problem:
    """The paper in these bytes as it may be kept, or why it cannot: records.file_kind, .file_too_big, .file_unreadable,
    .file_too_many_pixels, .file_too_many_pages, .file_locked, .file_active."""
    if len(given) > MOST_BYTES:
        return Problem("records.file_too_big", {"most": MOST_BYTES // 1024 // 1024})
    if kind_of(given) is None:
        return Problem("records.file_kind")
    told = apart.answer("courtyard.records.reading", given, seconds=2 * SECONDS, most=MOST_ANSWERED)
    head, _, content = (told or b"").partition(b"\n")
    if not head:
        return Problem("records.file_unreadable")
    return _answer(json.loads(head), content)


def _answer(said: dict[str, Any], content: bytes) -> Paper | Problem:
    """What the child said: a paper, or why it is none."""
    if said.get("code") == "records.file_too_many_pixels":
        return Problem("records.file_too_many_pixels", {"most": MOST_PIXELS // 1_000_000})
    if said.get("code") == "records.file_too_many_pages":
        return Problem("records.file_too_many_pages", {"most": MOST_PAGES})
    if said.get("code"):
        return Problem(said["code"])
    if len(content) > MOST_BYTES:
        return Problem("records.file_too_big", {"most": MOST_BYTES // 1024 // 1024})
    return Paper(content, FileKind(said["kind"]), int(said["pages"]))


def _picture(given: bytes, kind: FileKind) -> tuple[str, bytes]:
    """A picture drawn anew in its own format, upright, nothing of it but its dots; or the code of why not, and no bytes."""
    import io

    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        opened = Image.open(io.BytesIO(given), formats=(kind.name,))
    except Image.DecompressionBombError:
        return "records.file_too_many_pixels", b""
    with opened as found:
        if found.width * found.height > MOST_PIXELS:
            return "records.file_too_many_pixels", b""
        upright = ImageOps.exif_transpose(found)
        grey = upright.mode in ("1", "L", "I", "I;16")
        flat = upright.convert("L") if grey else _on_white(upright)
    flat.thumbnail((WIDEST, WIDEST))
    clean = Image.new(flat.mode, flat.size)
    clean.paste(flat)
    out = io.BytesIO()
    clean.save(out, kind.name, **({"quality": QUALITY} if kind is FileKind.JPEG else {}))
    return "", out.getvalue()


def _on_white(picture: Any) -> Any:
    """A picture in colours; where it is see-through, the paper shows."""
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _pages(given: bytes) -> tuple[str, int]:
    """How many pages a PDF has; or the code of why it is not kept, and 0."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    if code := unfit_pdf(given):
        return code, 0
    document = pypdfium2.PdfDocument(given)
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) or pdfium.FPDFDoc_GetAttachmentCount(document):
        return "records.file_active", 0
    count = len(document)
    if count > MOST_PAGES:
        return "records.file_too_many_pages", 0
    for page in document:
        page.get_size()
        for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
            wide, tall = picture.get_px_size()
            if wide * tall > MOST_PIXELS:
                return "records.file_too_many_pixels", 0
        page.close()
    return ("", count) if count else ("records.file_unreadable", 0)


def looked(given: bytes) -> tuple[dict[str, Any], bytes]:
    """What the child says of a file (`code`, or `kind` and `pages`) and the bytes to keep; raises what the libraries raise
    at one that cannot be read."""
    kind = kind_of(given)
    if kind is None:
        return {"code": "records.file_kind"}, b""
    if kind is FileKind.PDF:
        code, pages = _pages(given)
        content = given
    else:
        code, content = _picture(given, kind)
        pages = 1
    return ({"code": code}, b"") if code else ({"kind": kind.value, "pages": pages}, content)


def main() -> int:
    """Read a file on stdin; write one line of JSON and the bytes to keep. Whatever goes wrong ends the child, not the site."""
    apart.limit(MEMORY, SECONDS)
    said, content = looked(sys.stdin.buffer.read(MOST_BYTES + 1))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
