"""Codes in photos and scanned PDFs of many papers, in reading order, read in a child process with limits (D20)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from courtyard.kernel.problems import refuse
from courtyard.records import apart

MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 60_000_000
MOST_PAGES, MOST_CODES = 60, 400
WIDEST = 6000
DPI = 200
MEMORY = 1536 * 1024**2
SECONDS = 60


def codes_on(paper: bytes) -> list[str]:
    """The texts of all QR codes on a photo (JPEG, PNG, WebP) or a scanned PDF, page by page from the top.

    Refuses households.scan_too_big, .scan_unreadable.
    """
    if len(paper) > MOST_BYTES:
        refuse("households.scan_too_big", most=MOST_BYTES // 1024 // 1024)
    told = apart.answer("courtyard.households.foreign.scans", paper, seconds=2 * SECONDS, most=200_000)
    if told is None:
        refuse("households.scan_unreadable")
    return [str(text) for text in json.loads(told)]


def _pages(paper: bytes) -> Iterator[Any]:
    """Each page in grey."""
    import io

    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if paper[:1024].lstrip().startswith(b"%PDF-"):
        import pypdfium2

        document = pypdfium2.PdfDocument(paper)
        for page in list(document)[:MOST_PAGES]:
            wide, tall = page.get_size()
            yield page.render(scale=min(DPI / 72, WIDEST / max(wide, tall, 1)), grayscale=True).to_pil()
        return
    with Image.open(io.BytesIO(paper), formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        grey = ImageOps.exif_transpose(picture).convert("L")
        grey.thumbnail((WIDEST, WIDEST))
        yield grey


def _codes(grey: Any) -> list[str]:
    """One page's codes from the top, those of one line from the left; close ones are looked for in its parts as well."""
    import zxingcpp

    found: dict[str, tuple[int, int]] = {}
    wide, tall = grey.size
    line = max(1, tall // 24)
    parts = [(0, 0, wide, tall)]
    if min(wide, tall) > 1500:
        half_wide, half_tall = wide * 6 // 10, tall * 6 // 10
        parts += [(x, y, x + half_wide, y + half_tall) for y in (0, tall - half_tall) for x in (0, wide - half_wide)]
    for left, top, right, bottom in parts:
        part = grey.crop((left, top, right, bottom))
        for code in zxingcpp.read_barcodes(part, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
            at = code.position.top_left
            found.setdefault(code.text, ((at.y + top) // line, at.x + left))
    return sorted(found, key=lambda text: found[text])


def main() -> int:
    """Read a photo or PDF on stdin, write the texts of its codes as one JSON list."""
    apart.limit(MEMORY, SECONDS)
    paper = sys.stdin.buffer.read(MOST_BYTES + 1)
    texts = [text for page in _pages(paper) for text in _codes(page)]
    sys.stdout.write(json.dumps(texts[:MOST_CODES]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
