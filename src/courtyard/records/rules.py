"""Canonical text and digests: the same on every machine and both databases."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from courtyard.kernel.choices import Choice


class JobState(Choice):
    WAITING = "waiting", "等着办"
    RUNNING = "running", "正在办"
    DONE = "done", "办好了"
    FAILED = "failed", "没办成"
    CANCELLED = "cancelled", "已取消"


class FileKind(Choice):
    """What a kept file is, by its content."""

    PDF = "pdf", "PDF 文件"
    JPEG = "jpeg", "照片(JPEG)"
    PNG = "png", "图片(PNG)"


# How a file begins, whatever its name says.
_BEGINNINGS = ((b"%PDF-", FileKind.PDF), (b"\xff\xd8\xff", FileKind.JPEG), (b"\x89PNG\r\n\x1a\n", FileKind.PNG))


def kind_of(content: bytes) -> FileKind | None:
    """The kind of file these bytes begin as, from their first byte on; None where it is none we keep."""
    return next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), None)


_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
# What starts a program, opens something else, or carries another file along.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)\b")
_END = re.compile(rb"%%EOF[\s\0]*\Z")
INFLATED_MOST = 64 * 1024 * 1024


def unfit_pdf(content: bytes) -> str:
    """The code of why a PDF is not kept as it is, '' where its structure tells of nothing: records.file_unreadable (it
    does not end as a PDF ends, so it was cut, or something hangs on behind), .file_locked, .file_active."""
    if not _END.search(content[-1024:]) or b"startxref" not in content[-2048:]:
        return "records.file_unreadable"
    said = _HEX.sub(lambda found: bytes([int(found[1], 16)]), _STREAM.sub(b"", content) + _inside(content))
    if re.search(rb"/Encrypt\b", said):
        return "records.file_locked"
    return "records.file_active" if _ACTIVE.search(said) else ""


def _inside(content: bytes) -> bytes:
    """The objects a PDF holds packed in streams, unpacked up to a limit."""
    found, left = [], INFLATED_MOST
    for stream in _PACKED.finditer(content):
        part = zlib.decompressobj()
        try:
            found.append(part.decompress(stream[1], max(left, 1)))
        except zlib.error:
            continue
        left -= len(found[-1])
    return b"\n".join(found)


# A stream of objects (PDF 1.5 on): its dictionary names its type, and it is always packed so.
_PACKED = re.compile(rb"/ObjStm\b[^>]*>>\s*stream\r?\n(.*?)endstream", re.DOTALL)


class ScanRule(Choice):
    """Why a scan is taken away."""

    WRONG = "scan_wrong", "附错了"
    ASKED = "scan_asked", "有人要求取下"
    KEPT = "scan_kept_12_months", "保存期满"


def scan_is_over(replaced_on: date | None, today: date) -> bool:
    """Whether a scan need not be kept any more: the thing it proves was replaced twelve months ago, counted from the
    first day of that month (our own choice: as long as what was seen, DOMAIN §4.10)."""
    return replaced_on is not None and date(replaced_on.year + 1, replaced_on.month, 1) <= today


def scan_seal(salt: bytes, sha256: str, kind: str, size: int, pages: int) -> str:
    """The digest of a kept file that stays in the row that grows (D10)."""
    return salted(salt, canonical([sha256, kind, size, pages]))


def plain(value: Any) -> Any:
    """A value as canonical JSON holds it: UUID as hex, instants in UTC with microseconds, days ISO, bytes as hex."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Choice):
        return str(value.value)
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain)
# What canonical JSON holds as it is; a Choice is a str of another class and goes through `plain`.
_AS_IT_IS = frozenset((str, int, bool, type(None)))


def canonical(value: Any) -> str:
    """Canonical JSON text: keys in order, no blanks, Chinese as it is."""
    return _ENCODER.encode(value)


def row_text(table: str, key: Any, columns: Sequence[str], values: Iterable[Any]) -> str:
    """One grown row as it is hashed: table, key, then its columns in the order of the table."""
    head, middle = _around(table, tuple(columns))
    made = [one if one.__class__ in _AS_IT_IS else plain(one) for one in values]
    return f"{head}{_ENCODER.encode(str(plain(key)))}{middle}{_ENCODER.encode(made)}]"


@cache
def _around(table: str, columns: tuple[str, ...]) -> tuple[str, str]:
    """What stands before the key of a row of this table, and between the key and its values."""
    return f"[{canonical(table)},", f",{canonical(list(columns))},"


def row_texts(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """The same for many rows of plain values, each with its key before its columns."""
    given = list(rows)
    if not given:
        return []
    head, middle = _around(table, tuple(columns))
    encode = _ENCODER.encode
    # One encoding for all of them, taken apart between the rows: a text that looks like such a place makes a part more.
    values = encode([row[1:] for row in given])[2:-2].split("],[")
    if len(values) != len(given):
        values = [encode(row[1:])[1:-1] for row in given]
    return [f"{head}{encode(str(row[0]))}{middle}[{text}]]" for row, text in zip(given, values, strict=True)]


def digest(texts: Iterable[str]) -> str:
    """SHA-256 over row texts in order of table and key."""
    return hashlib.sha256("".join([f"{text}\n" for text in sorted(texts)]).encode()).hexdigest()


def entry_hash(previous: str, text: str, rows: str) -> str:
    """SHA-256(previous head ‖ canonical text of the entry ‖ digest of the rows it wrote) (D8)."""
    return hashlib.sha256(f"{previous}\n{text}\n{rows}".encode()).hexdigest()


def given_sha256(verb: str, given: Mapping[str, Any] | None) -> str:
    """The digest of a command's input: same id and same digest is the same command."""
    return hashlib.sha256(canonical([verb, given or {}]).encode()).hexdigest()


def salted(salt: bytes, words: str) -> str:
    """The digest under which erasable words stand in a row that stays (D10): SHA-256(salt ‖ words)."""
    return hashlib.sha256(salt + words.encode()).hexdigest()
