"""Scans against their seals and their files: every one that stands lies in the store as it was sealed, every other was
taken away by an act on record."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.source import Source
from courtyard.records.files import place_of
from courtyard.records.rules import scan_seal

PART = 1 << 20
_ended = from_sql(
    """
    SELECT s.id FROM records_scan s LEFT JOIN records_scanfile f ON f.scan_id = s.id
    LEFT JOIN records_scanend e ON e.scan_id = s.id
    WHERE (f.id IS NULL AND e.id IS NULL) OR (f.id IS NOT NULL AND e.id IS NOT NULL) ORDER BY s.id
    """,
    "扫描件 {0} 不见了却没有取下的记录,或取下了却还在",
    "",
)
STANDING = """
SELECT s.id, s.subject, f.subject, s.seal, f.sha256, f.kind, f.bytes, f.pages, f.salt FROM records_scanfile f
JOIN records_scan s ON s.id = f.scan_id ORDER BY s.id
"""


def _standing(source: Source) -> Looking:
    root = source.files or Path(settings.MEDIA_ROOT)
    count, sound = 0, set()
    for key, sealed_subject, subject, seal, sha256, kind, size, pages, salt in source.rows(STANDING):
        count += 1
        if scan_seal(bytes(salt), sha256, kind, size, pages) != seal or shown(sealed_subject) != shown(subject):
            yield f"扫描件 {shown(key)} 的记录被改过,与封印不符"
        elif sha256 not in sound and (fault := _unlike(place_of(sha256, root), sha256, size)):
            yield f"扫描件 {shown(key)} 的文件 {sha256[:16]}… {fault}"
        sound.add(sha256)
    return f"{count} 份扫描件,文件都在,与封印相符"


def _unlike(path: Path, sha256: str, size: int) -> str:
    """What is wrong with a kept file, '' where it is as it was."""
    seal, found = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while part := file.read(PART):
                seal.update(part)
                found += len(part)
    except OSError as error:
        return f"读不出来({error.strerror})"
    return "" if (seal.hexdigest(), found) == (sha256, size) else "被改过"


scans = several(_ended, _standing)
