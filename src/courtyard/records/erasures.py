"""The list of erasures, outside database and backups (D10): `erasures.jsonl` beside the keys, applied after a restore.

One line an erasing act: ids, codes and the rule, no words. A line is on the disk before its act commits, so no crash
between the two loses an erasure; where the act then did not commit, a second line takes the first back. Each line is
sealed to the one before: an altered line is seen, and a cut by comparing with what `numbers.json` says of the list.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from courtyard.records.rules import canonical

NAME = "erasures.jsonl"
ERASED, TAKEN_BACK = "erased", "taken_back"


@dataclass(frozen=True)
class Line:
    """One erasure: the entry of its act (hex), verb, chain and subject, by which rule, when (UTC text), in which life.

    `state` taken_back says that the act whose entry this is did not commit.
    """

    entry: str
    verb: str
    chain: str
    subject: str
    rule: str
    at: str
    epoch: int
    state: str = ERASED


@dataclass(frozen=True)
class List:
    """The list as it was read: its whole lines, the seal of the last, their bytes.

    `broken_at` is the first line that is not whole (0 where all are); `is_torn` says that it is the last and a crash
    cut it short: its act had not committed.
    """

    lines: tuple[Line, ...] = ()
    seal: str = ""
    size: int = 0
    broken_at: int = 0
    is_torn: bool = False

    def standing(self) -> tuple[Line, ...]:
        """The erasures that were carried out, in their order."""
        back = {line.entry for line in self.lines if line.state == TAKEN_BACK}
        return tuple(line for line in self.lines if line.state == ERASED and line.entry not in back)


def path() -> Path:
    """Where the running installation's list lies."""
    return Path(settings.VAR) / NAME


def read(file: Path | None = None) -> List:
    """The list in this file (the installation's own where none is named), up to the first line that is not whole."""
    where = file or path()
    if not where.exists():
        return List()
    with where.open("rb") as source:
        return _read(source)


def append(lines: Iterable[Line], to: Path | None = None) -> None:
    """Put lines at the end of the list; on return they are on the disk. What a crash cut short goes first."""
    where = to or path()
    with _locked(where) as file:
        there = _read(file)
        if there.broken_at and not there.is_torn:
            raise OSError(f"{where}: line {there.broken_at} is not whole")
        file.truncate(there.size)
        file.seek(there.size)
        file.write(_text(lines, there.seal))
        file.flush()
        os.fsync(file.fileno())


def take_back(line: Line) -> None:
    """Say that the act of this line did not commit."""
    append([replace(line, state=TAKEN_BACK)])


def take_in(lines: Iterable[Line], to: Path | None = None) -> int:
    """Put those lines on the list that it does not have yet; how many."""
    there = set(read(to).lines)
    new = [line for line in dict.fromkeys(lines) if line not in there]
    if new:
        append(new, to)
    return len(new)


def begin_anew(lines: Iterable[Line], aside: str) -> Path:
    """Put a broken list aside under a name and begin a new one with these lines; where the broken one is now."""
    kept = path().with_name(f"{NAME}.{aside}")
    os.replace(path(), kept)
    append(lines)
    return kept


def is_cut(there: List, number: int, seal: str) -> bool:
    """Whether a list that once had this many lines, the last sealed so, is no longer the beginning of this one."""
    if number > len(there.lines):
        return True
    return bool(number) and _seals(there.lines)[number - 1] != seal


def _seals(lines: Iterable[Line]) -> list[str]:
    found, seal = [], ""
    for line in lines:
        seal = _seal(seal, line)
        found.append(seal)
    return found


def _seal(previous: str, line: Line) -> str:
    return hashlib.sha256(canonical([previous, asdict(line)]).encode()).hexdigest()


def _text(lines: Iterable[Line], previous: str) -> bytes:
    """Lines as the file holds them; `previous` is the seal of the line before them."""
    made = bytearray()
    for line in lines:
        previous = _seal(previous, line)
        made += canonical({**asdict(line), "seal": previous}).encode() + b"\n"
    return bytes(made)


def _read(source: IO[bytes]) -> List:
    source.seek(0)
    lines: list[Line] = []
    seal, size = "", 0
    for n, raw in enumerate(source, 1):
        line = _line(raw)
        if line is None or line[1] != _seal(seal, line[0]):
            return List(tuple(lines), seal, size, broken_at=n, is_torn=not raw.endswith(b"\n"))
        lines.append(line[0])
        seal = line[1]
        size += len(raw)
    return List(tuple(lines), seal, size)


def _line(raw: bytes) -> tuple[Line, str] | None:
    if not raw.endswith(b"\n"):
        return None
    try:
        found: dict[str, Any] = json.loads(raw)
        seal = str(found.pop("seal"))
        return Line(**found), seal
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


@contextmanager
def _locked(where: Path) -> Iterator[IO[bytes]]:
    """The list's file, open for reading and writing by this process alone."""
    is_new = not where.exists()
    handle = os.open(where, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        if is_new:
            folder = os.open(where.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        yield file
