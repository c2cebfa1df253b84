"""Rosters handed in on the web, kept a day between 核对 and 导入: bytes in a private folder, never in the database."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from courtyard.kernel.ids import token
from courtyard.kernel.problems import refuse

DAY_SECONDS = 24 * 3600
MOST_BYTES = 32 * 1024 * 1024
KEY = re.compile(r"[2-9A-HJ-NP-Z]{26}")


def _folder() -> Path:
    folder = Path(settings.VAR) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(chunks: Iterable[bytes]) -> str:
    """Keep a file and return the key it is found by; files older than a day go. Refuses households.file_too_big."""
    forget(older_than=time.time() - DAY_SECONDS)
    key, size = token(), 0
    path = _folder() / key
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                break
            out.write(chunk)
    if size > MOST_BYTES:
        path.unlink()
        refuse("households.file_too_big")
    return key


def kept(key: str) -> Path:
    """The kept file of this key. Refuses households.upload_gone."""
    path = _folder() / key
    if not KEY.fullmatch(key) or not path.is_file():
        refuse("households.upload_gone")
    return path


def forget(*, older_than: float) -> int:
    """Delete what was kept before this moment (seconds of the epoch); returns how many files."""
    old = [path for path in _folder().iterdir() if path.stat().st_mtime < older_than]
    for path in old:
        path.unlink()
    return len(old)
