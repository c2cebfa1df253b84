"""A QR code as one vector path: black runs a row, in module units, quiet zone included."""

from __future__ import annotations

import re
from typing import Any

import zxingcpp

QUIET = 4
DARK = re.compile(rb"\x00+")


def path(url: str) -> tuple[int, str]:
    """(modules a side with the quiet zone, SVG path of the dark modules) of a QR code, error correction M."""
    code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    side: int = image.shape[0]
    dots = memoryview(image).tobytes()
    parts = []
    for y in range(side):
        for run in DARK.finditer(dots, y * side, (y + 1) * side):
            wide = run.end() - run.start()
            parts.append(f"M{run.start() - y * side + QUIET} {y + QUIET}h{wide}v1h-{wide}z")
    return side + 2 * QUIET, "".join(parts)


def svg(url: str) -> str:
    """The QR code of a URL as an SVG picture, black on white."""
    side, dark = path(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}"/></svg>'
    )
