"""A QR code as one vector path: black runs a row, in module units, quiet zone included."""

from __future__ import annotations

import zxingcpp

QUIET = 4


def path(url: str) -> tuple[int, str]:
    """(modules a side with the quiet zone, SVG path of the dark modules) of a QR code, error correction M."""
    image = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(
        scale=1, add_quiet_zones=False
    )
    rows = memoryview(image).tolist()
    parts = []
    for y, row in enumerate(rows, QUIET):
        x = 0
        while x < len(row):
            if row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and not row[end]:
                end += 1
            parts.append(f"M{x + QUIET} {y}h{end - x}v1h{x - end}z")
            x = end
    return len(rows) + 2 * QUIET, "".join(parts)


def svg(url: str) -> str:
    """The QR code of a URL as an SVG picture, black on white."""
    side, dark = path(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}"/></svg>'
    )
