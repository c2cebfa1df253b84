"""A photo is foreign: it is read in a child with limits, and every kind of bad one has its sentence."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
import zxingcpp
from PIL import Image

from courtyard.households.foreign.photo import MOST_BYTES, codes_in
from courtyard.kernel.problems import Refused


def qr(text: str, scale: int = 6) -> Image.Image:
    """A picture of this text's code."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(code.to_image(scale=scale)).convert("RGB")


def as_bytes(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def reason(photo: bytes) -> str:
    with pytest.raises(Refused) as caught:
        codes_in(photo)
    return caught.value.code


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred kilobytes that says it is this large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_code_is_read_from_every_kind_phones_make(kind: str):
    assert codes_in(as_bytes(qr("https://ting.example.cn/c/A"), kind)) == ["https://ting.example.cn/c/A"]


def test_a_photo_held_askew_and_turned_by_its_exif_is_read():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = as_bytes(qr("askew").rotate(12, expand=True, fillcolor="white"), "JPEG", exif=exif)
    assert codes_in(photo) == ["askew"]


def test_several_codes_are_all_told():
    both = Image.new("RGB", (700, 320), "white")
    both.paste(qr("one"), (20, 40))
    both.paste(qr("two"), (400, 40))
    assert sorted(codes_in(as_bytes(both))) == ["one", "two"]


def test_a_photo_without_a_code_tells_nothing():
    assert codes_in(as_bytes(Image.new("RGB", (640, 480), "white"), "JPEG")) == []


@pytest.mark.parametrize(
    "photo",
    [
        b"",
        b"not a picture at all",
        b"%PDF-1.7\n1 0 obj\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        as_bytes(qr("gif"), "GIF"),
        as_bytes(qr("bmp"), "BMP"),
        as_bytes(qr("cut"), "PNG")[:200],
        bomb(60_000, 60_000),
        bomb(7_000, 7_000),
    ],
    ids=["empty", "words", "pdf", "svg", "gif", "bmp", "cut", "bomb", "bomb under Pillow's own limit"],
)
def test_what_is_no_photo_is_refused(photo: bytes):
    assert reason(photo) == "households.photo_unreadable"


def test_a_photo_too_large_is_not_even_opened():
    assert reason(b"\xff\xd8\xff" + bytes(MOST_BYTES)) == "households.photo_too_big"


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04" + bytes(500)], ids=["page", "zip"])
def test_a_polyglot_is_only_ever_a_picture(tail: bytes):
    assert codes_in(as_bytes(qr("both"), "JPEG") + tail) == ["both"]
    assert reason(tail + as_bytes(qr("both"), "JPEG")) == "households.photo_unreadable"
