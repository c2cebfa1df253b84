"""Photos and scans of many papers are foreign: read in a child with limits, every bad one has its sentence."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.households.test_foreign_photo import as_bytes, bomb, qr

from courtyard.households.foreign import scans
from courtyard.kernel.problems import Refused


def sheet(*texts: str, across: int = 2) -> Image.Image:
    """A paper with these codes in rows."""
    paper = Image.new("RGB", (across * 260, (len(texts) // across + 1) * 260), "white")
    for n, text in enumerate(texts):
        paper.paste(qr(text, 5).resize((170, 170)), (n % across * 260 + 40, n // across * 260 + 40))
    return paper


def reason(paper: bytes) -> str:
    with pytest.raises(Refused) as caught:
        scans.codes_on(paper)
    return caught.value.code


def test_every_code_of_a_photo_in_the_order_of_the_paper() -> None:
    texts = [f"{n:010d}" for n in range(20)]
    assert scans.codes_on(as_bytes(sheet(*texts, across=4))) == texts


def test_a_scanned_pdf_page_by_page() -> None:
    pages = [sheet("0000000001", "0000000002"), sheet("0000000003")]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    assert scans.codes_on(out.getvalue()) == ["0000000001", "0000000002", "0000000003"]


def test_a_paper_without_codes_is_read_and_empty() -> None:
    assert scans.codes_on(as_bytes(Image.new("RGB", (300, 200), "white"))) == []


@pytest.mark.parametrize("paper", [b"", b"no picture", b"%PDF-1.4 broken", as_bytes(qr("x"), "GIF"), bomb(9000, 9000)])
def test_what_is_neither_photo_nor_scan(paper: bytes) -> None:
    assert reason(paper) == "households.scan_unreadable"


def test_too_large_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_BYTES", 10)
    assert reason(b"12345678901") == "households.scan_too_big"
