"""Kept files: what is taken in, what is refused, one file however often it is handed in, orphans swept."""

from __future__ import annotations

import io
import os
import struct
import threading
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from courtyard.kernel.problems import Problem
from courtyard.records import files, reading
from courtyard.records.reading import Paper, read_paper
from courtyard.records.rules import FileKind, kind_of, scan_seal, unfit_pdf


def picture(kind: str = "JPEG", size: tuple[int, int] = (120, 80), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **more)
    return out.getvalue()


def pdf(pages: int = 1, extra: str = "", catalog: str = "") -> bytes:
    """A PDF of empty pages, with more objects and more in its catalogue."""
    kids = " ".join(f"{n + 3} 0 R" for n in range(pages))
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages + ([extra] if extra else [])
    body, at = b"%PDF-1.4\n", []
    for n, text in enumerate(objects, 1):
        at.append(len(body))
        body += f"{n} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in at)
    tail = f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Root 1 0 R /Size {len(at) + 1} >>\n"
    return body + f"{tail}startxref\n{len(body)}\n%%EOF\n".encode()


def bomb(wide: int, tall: int) -> bytes:
    """A PNG that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, tall, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def taken(given: bytes) -> Paper:
    found = read_paper(given)
    assert isinstance(found, Paper), found
    return found


def why(given: bytes) -> str:
    found = read_paper(given)
    assert isinstance(found, Problem)
    return found.code


def test_a_pdf_is_kept_as_it_was() -> None:
    given = pdf(3)
    assert taken(given) == Paper(given, FileKind.PDF, 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_anew_upright_and_says_nothing_of_its_making(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "金丝雀手机", {1: "N", 2: (31.0, 42.0, 7.0)}
    notes = PngInfo()
    notes.add_text("Comment", "canary")
    given = picture(kind, exif=exif, **({"comment": b"canary"} if kind == "JPEG" else {"pnginfo": notes}))
    given += b"PK\x03\x04 canary behind"
    paper = taken(given)
    assert paper.kind == FileKind(kind.lower()) and b"canary" not in paper.content
    again = Image.open(io.BytesIO(paper.content))
    assert again.size == (80, 120) and not again.getexif() and "comment" not in again.info
    assert taken(given).content == paper.content, "the same every time"


def test_what_is_see_through_lies_on_white_and_what_is_huge_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(taken(out.getvalue()).content)).getpixel((5, 5)) == (255, 255, 255)
    wide = taken(picture("PNG", (6000, 10)))
    assert Image.open(io.BytesIO(wide.content)).width == reading.WIDEST


REFUSED = {
    "empty": (b"", "records.file_kind"),
    "words": ("决议".encode(), "records.file_kind"),
    "gif": (picture("GIF"), "records.file_kind"),
    "webp": (picture("WEBP"), "records.file_kind"),
    "html": (b"<script>alert(1)</script>%PDF-1.4", "records.file_kind"),
    "zip before a pdf": (b"PK\x03\x04" + pdf(), "records.file_kind"),
    "half a jpeg": (picture(size=(900, 900), quality=95)[:3000], "records.file_unreadable"),
    "a jpeg's beginning": (b"\xff\xd8\xff", "records.file_unreadable"),
    "png bomb": (bomb(30_000, 30_000), "records.file_too_many_pixels"),
    "png of more than there is": (bomb(1 << 30, 1 << 30), "records.file_too_many_pixels"),
    "half a pdf": (pdf()[:-20], "records.file_unreadable"),
    "only the beginning of a pdf": (b"%PDF-1.4\nstartxref\n0\n%%EOF\n", "records.file_unreadable"),
    "something behind a pdf": (pdf() + b"PK\x03\x04", "records.file_unreadable"),
    "no page": (pdf(0), "records.file_unreadable"),
    "too many pages": (pdf(reading.MOST_PAGES + 1), "records.file_too_many_pages"),
    "locked": (pdf(extra="<< /Encrypt 9 0 R >>"), "records.file_locked"),
    "a program": (pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "records.file_active"),
    "a program in disguise": (pdf(catalog="/OpenAction << /S /#4aavaScript /J#53 (x) >>"), "records.file_active"),
    "a file inside": (pdf(catalog="/Names << /EmbeddedFiles << /Names [] >> >>"), "records.file_active"),
    "something to start": (pdf(catalog="/OpenAction << /S /Launch /F (x.exe) >>"), "records.file_active"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_not_kept(name: str) -> None:
    """Looked at in this process, as the child does it: what a library raises there ends the child."""
    given, code = REFUSED[name]
    try:
        said, content = reading.looked(given)
    except Exception as raised:  # noqa: BLE001  # whatever it is
        assert code == "records.file_unreadable", raised
    else:
        assert said == {"code": code} and content == b""


@pytest.mark.parametrize("name", ["half a jpeg", "png bomb", "locked", "too many pages"])
def test_the_child_says_the_same(name: str) -> None:
    given, code = REFUSED[name]
    assert why(given) == code


def test_a_picture_in_a_pdf_may_be_no_bomb_either() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PDF")
    assert why(out.getvalue()) == "records.file_too_many_pixels"
    small = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(small, "PDF")
    assert taken(small.getvalue()).pages == 1


def test_too_large_a_file_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    given = picture("PNG")
    monkeypatch.setattr(reading, "MOST_BYTES", len(given) - 1)
    assert why(given) == "records.file_too_big"


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0)
    assert why(pdf()) == "records.file_unreadable"


def test_packed_objects_are_looked_into_and_other_streams_are_not() -> None:
    data = zlib.compress(b"<< /S /JavaScript >>")
    hidden = b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n" + data + b"\nendstream\nendobj\n"
    tail = b"startxref\n0\n%%EOF\n"
    assert unfit_pdf(hidden + tail) == "records.file_active"
    dots = b"%PDF-1.4\n1 0 obj\n<< /Length 20 >>\nstream\n/JS /Launch /Encrypt \nendstream\nendobj\n"
    assert unfit_pdf(dots + tail) == ""
    broken = hidden.replace(data, b"no zlib at all")
    assert unfit_pdf(broken + tail) == ""


def test_the_kind_is_told_by_the_first_bytes() -> None:
    assert [kind_of(one) for one in (pdf(), picture(), picture("PNG"), b" %PDF-1.4", b"")] == [
        FileKind.PDF, FileKind.JPEG, FileKind.PNG, None, None,
    ]  # fmt: skip
    assert scan_seal(b"1", "a", "pdf", 1, 1) != scan_seal(b"2", "a", "pdf", 1, 1)


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return tmp_path / "files"


def test_the_same_file_handed_in_by_many_at_once_is_one(store: Path) -> None:
    paper, together, found = Paper(pdf(), FileKind.PDF, 1), threading.Barrier(6), []

    def hand_in() -> None:
        together.wait()
        found.append(files.keep(paper))

    threads = [threading.Thread(target=hand_in) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1 and len(found) == 6
    [lies] = [path for path in store.rglob("*") if path.is_file()]
    assert lies == files.place_of(found[0].sha256) and lies.read_bytes() == paper.content
    assert lies.stat().st_mode & 0o077 == 0 and lies.parent.stat().st_mode & 0o077 == 0
    assert files.read(found[0].sha256) == paper.content


def test_a_write_that_fails_leaves_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep(Paper(pdf(), FileKind.PDF, 1))
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_a_file_that_was_altered_or_is_gone_is_not_given_out(store: Path) -> None:
    kept = files.keep(Paper(pdf(), FileKind.PDF, 1))
    files.place_of(kept.sha256).write_bytes(pdf() + b" ")
    assert files.read(kept.sha256) is None
    files.place_of(kept.sha256).unlink()
    assert files.read(kept.sha256) is None
    assert not files.freshen(kept.sha256)


def test_orphans_and_halves_of_yesterday_are_swept_and_fresh_ones_stay(store: Path, db: None) -> None:
    old, fresh, touched = (files.keep(Paper(pdf(n), FileKind.PDF, n)) for n in (1, 2, 3))
    half = files.place_of(old.sha256).parent / ".new-0"
    half.write_bytes(b"half")
    yesterday = time.time() - 2 * files.DAY_SECONDS
    for path in (files.place_of(old.sha256), files.place_of(touched.sha256), half):
        os.utime(path, (yesterday, yesterday))
    assert files.freshen(touched.sha256)
    with files.while_copied():
        assert files.sweep(older_than=files.a_day_ago()) == 1, "while a backup copies only halves go"
    assert files.place_of(old.sha256).exists()
    assert files.sweep(older_than=files.a_day_ago()) == 1
    assert not files.place_of(old.sha256).exists()
    assert files.place_of(fresh.sha256).exists() and files.place_of(touched.sha256).exists()
