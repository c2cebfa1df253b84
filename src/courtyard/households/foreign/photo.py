"""Codes in a photo, read in a child process with limits (D20): `python -m courtyard.households.foreign.photo` < photo."""

from __future__ import annotations

import json
import sys

from courtyard.kernel.problems import refuse
from courtyard.records import apart

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
MEMORY = 1024**3
SECONDS = 10


def codes_in(photo: bytes) -> list[str]:
    """The texts of the QR codes and barcodes in a photo. Refuses households.photo_too_big, .photo_unreadable."""
    if len(photo) > MOST_BYTES:
        refuse("households.photo_too_big", most=MOST_BYTES // 1024 // 1024)
    told = apart.answer("courtyard.households.foreign.photo", photo, seconds=3 * SECONDS, most=100_000)
    if told is None:
        refuse("households.photo_unreadable")
    return [str(text) for text in json.loads(told)]


def main() -> int:
    """Read a photo on stdin, write the texts of its codes as one JSON list."""
    apart.limit(MEMORY, SECONDS)
    import io

    import zxingcpp
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(sys.stdin.buffer.read(MOST_BYTES + 1)), formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            return 1
        picture.draft("L", (2400, 2400))
        gray = ImageOps.exif_transpose(picture).convert("L")
        gray.thumbnail((2400, 2400))
        texts = [found.text for found in zxingcpp.read_barcodes(gray)]
    sys.stdout.write(json.dumps(texts[:20]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
