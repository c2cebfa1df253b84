"""The store of kept files (D15): each lies under its SHA-256, on the disk before the row that names it commits.

The same content is one file, however many rows name it. A file no row names is an orphan: swept a day later, so that
what was handed in for a form that is still being put right stays. Nobody takes a file away between the look that it is
there and the commit of the row (`stands`), nor while a backup copies (`while_copied`).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from courtyard.kernel.ids import random_bytes
from courtyard.records.gate import writers_turn
from courtyard.records.models import ScanFile
from courtyard.records.reading import Paper
from courtyard.records.rules import FileKind

SHELF, FRESH = "scans", ".new-"
LOCK = "files.lock"
DAY_SECONDS = 24 * 3600
NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """A file in the store: its SHA-256, what it is, its bytes and pages."""

    sha256: str
    kind: FileKind
    size: int
    pages: int


def place_of(sha256: str, root: Path | None = None) -> Path:
    """Where a file of this SHA-256 lies (in the running installation's store where no root is named)."""
    return Path(root or settings.MEDIA_ROOT) / SHELF / sha256[:2] / sha256[2:4] / sha256


def keep(paper: Paper) -> Kept:
    """Put a paper into the store; on return it is on the disk. One that is there already stays as it is, and is fresh
    for another day."""
    sha256 = hashlib.sha256(paper.content).hexdigest()
    kept = Kept(sha256, paper.kind, len(paper.content), paper.pages)
    with _turn():
        if not _freshened(sha256):
            _write(place_of(sha256), paper.content)
    return kept


def freshen(sha256: str) -> bool:
    """Keep an orphan for another day from now; False where it is gone."""
    with _turn():
        return _freshened(sha256)


def _freshened(sha256: str) -> bool:
    try:
        os.utime(place_of(sha256))
    except FileNotFoundError:
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.parent / f"{FRESH}{random_bytes(8).hex()}"
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.rename(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    for folder in path.parents[:5]:  # up to the folder that holds the store
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str) -> bytes | None:
    """The content of a kept file; None where it is gone or is not what its name says."""
    try:
        content = place_of(sha256).read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def stands(sha256: str) -> bool:
    """Inside an act: whether the file is there; if it is, nobody takes it away before the act has ended."""
    _guard(sha256, "pg_advisory_xact_lock_shared")
    return place_of(sha256).is_file()


def remove_if_unnamed(sha256: str) -> bool:
    """Take a file away that no row names any more; False where one does, or a backup is copying (the sweep comes again)."""
    with while_nobody_copies() as alone:
        if not alone:
            return False
        with writers_turn(), transaction.atomic():
            _guard(sha256, "pg_advisory_xact_lock")
            if ScanFile.objects.filter(sha256=sha256).exists():
                return False
            place_of(sha256).unlink(missing_ok=True)
    return True


def sweep(*, older_than: float) -> int:
    """Take away files that no row names and what a crash left half written, both from before this moment (seconds of the
    epoch); how many went."""
    gone = 0
    old = [path for path in _all() if path.stat().st_mtime < older_than]
    named = set(ScanFile.objects.values_list("sha256", flat=True)) if old else set()
    for path in old:
        if path.name.startswith(FRESH):
            path.unlink(missing_ok=True)
            gone += 1
        elif path.name not in named and NAME.fullmatch(path.name) and _is_old(path, older_than):
            gone += remove_if_unnamed(path.name)
    return gone


def _is_old(path: Path, older_than: float) -> bool:
    """Whether nobody handed the same in again since the list was made."""
    with _turn():
        return path.is_file() and path.stat().st_mtime < older_than


def _all() -> list[Path]:
    root = Path(settings.MEDIA_ROOT) / SHELF
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []


def _guard(sha256: str, lock: str) -> None:
    """On PostgreSQL a lock of this file until the transaction ends; on SQLite whoever writes is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s)", [int(sha256[:16], 16) - (1 << 63)])


@contextmanager
def _turn() -> Iterator[None]:
    """Alone among those who put files in, in this installation."""
    with _locked(f"{LOCK}.in", fcntl.LOCK_EX):
        yield


@contextmanager
def while_copied() -> Iterator[None]:
    """While a backup copies: no file is taken away."""
    with _locked(LOCK, fcntl.LOCK_SH):
        yield


@contextmanager
def while_nobody_copies() -> Iterator[bool]:
    """False where a backup is copying; it is not waited for."""
    with ExitStack() as held:
        try:
            held.enter_context(_locked(LOCK, fcntl.LOCK_EX | fcntl.LOCK_NB))
            alone = True
        except BlockingIOError:
            alone = False
        yield alone


@contextmanager
def _locked(name: str, how: int) -> Iterator[None]:
    handle = os.open(Path(settings.VAR) / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def a_day_ago() -> float:
    """Before which moment an orphan may go."""
    return time.time() - DAY_SECONDS
