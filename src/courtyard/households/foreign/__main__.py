"""The child: `python -m courtyard.households.foreign FILE NAME` writes a clerk's file as JSON lines, within limits."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courtyard.households.foreign import sheets, text, xls, xlsx
from courtyard.kernel.problems import Refused, refuse
from courtyard.records import apart

MEMORY = 2 * 1024**3
SECONDS = 120
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"%PDF", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"\x7fELF", b"MZ")


def limit() -> None:
    """No more memory, time, files or core dumps than a roster needs."""
    apart.limit(MEMORY, SECONDS)


def read(path: Path, name: str) -> Iterator[Any]:
    """The JSON lines of one file, whatever its kind; the kind is told by its bytes, never by its name."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0\r\n\t "):
        refuse("households.file_empty")
    if head.startswith(b"PK"):
        return sheets.lines(xlsx.read(path))
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return sheets.lines(xls.read(path))
    if head.startswith(_PICTURES) or head.startswith(_ARCHIVES):
        refuse("households.file_no_table")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        refuse("households.file_web_page")
    return sheets.lines(text.read(path, name))


def main(argv: list[str]) -> int:
    """Write the lines to stdout; a file that cannot be read ends with one line {"problem", "facts"}."""
    limit()
    out = sys.stdout.buffer
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

    def put(line: Any) -> None:
        out.write(encode(line).encode("utf-8", "surrogatepass") + b"\n")

    try:
        for line in read(Path(argv[0]), argv[1]):
            put(line)
        put({"end": True})
    except Refused as refused:
        put({"problem": refused.code, "facts": dict(refused.problem.facts)})
    except MemoryError:
        put({"problem": "households.file_too_big", "facts": {}})
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
