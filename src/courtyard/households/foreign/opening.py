"""The parent's side: start the child, hold it to its limits, turn its lines into sheets."""

from __future__ import annotations

import contextlib
import json
import logging
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import IO, Any

from courtyard.households.rules.cells import Odd
from courtyard.households.rules.headings import Headings
from courtyard.households.rules.roster import Sheet
from courtyard.kernel.problems import Problem, refuse
from courtyard.records import apart

log = logging.getLogger(__name__)
SECONDS = 180.0
GRACE = 5.0
# A file below this cannot honestly need more memory than the child has: it is broken.
SMALL = 1024 * 1024
MOST_BYTES_IN = 200 * 1024 * 1024
MOST_BYTES_OUT = 768 * 1024 * 1024
SAID_EVERY = 5000
KINDS = ("formula", "date", "error", "yesno", "identity")


def open_roster(path: Path, *, name: str | None = None, progress: Callable[[int], None] | None = None) -> list[Sheet]:
    """A clerk's file as sheets, read in a child process. Refuses households.file_* with the reason.

    `name` is what a text file's only sheet is called (default: the file's own name without its ending).
    """
    return list(sheets_of(path, name=name, progress=progress))


def sheets_of(path: Path, *, name: str | None = None, progress: Callable[[int], None] | None = None) -> Iterator[Sheet]:
    """The same, each sheet as soon as the child has handed it over, so that it is understood while the next is read;
    a refusal of the file may come after its first sheets."""
    if not path.is_file():
        refuse("households.file_missing", file=path.name)
    if path.stat().st_size > MOST_BYTES_IN:
        refuse("households.file_too_big")
    command = apart.command("courtyard.households.foreign", str(path.resolve()), name or path.stem)
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=apart.surroundings())  # noqa: S603
        late = threading.Event()
        timer = threading.Timer(SECONDS, _end, (child, late))
        timer.start()
        try:
            ended = yield from _gather(child.stdout, progress)  # type: ignore[arg-type]
            if not ended:
                # Its last line never came: give it a moment to end by itself, so that its code tells why.
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(GRACE)
        finally:
            timer.cancel()
            child.kill()
            child.wait()
            child.stdout.close()  # type: ignore[union-attr]
        if not ended:
            errors.seek(0)
            log.warning("roster child ended %s: %s", child.returncode, errors.read(4000).decode("utf-8", "replace"))
            refuse(_why(child.returncode, late.is_set(), path.stat().st_size))


def _why(code: int, late: bool, size: int) -> str:
    """What ended a child before its last line: our clock, its own limits, or a file that no reader could read."""
    if late or code == -signal.SIGXCPU:
        return "households.file_too_long"
    if code < 0 and size > SMALL:
        return "households.file_too_big"
    return "households.file_broken"


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _gather(lines: IO[bytes], progress: Callable[[int], None] | None) -> Generator[Sheet, None, bool]:
    """Each sheet once it is whole; returns whether the child's last line came."""
    sheet: Sheet | None = None
    rows: list[tuple[int, list[Any]]] = []
    size, count, due = 0, 0, SAID_EVERY
    for line in lines:
        size += len(line)
        if not line.endswith(b"\n"):
            break
        if size > MOST_BYTES_OUT:
            refuse("households.file_too_big")
        told = json.loads(line.decode("utf-8", "surrogatepass"))
        if told.__class__ is list:
            odd = b"{" in line
            rows.extend([(number, _with_odd(cells) if odd else cells) for number, cells in told])
            count += len(told)
            if progress and count >= due:
                progress(count)
                due += SAID_EVERY
        elif "problem" in told:
            Problem(told["problem"], told["facts"]).refuse()
        elif "sheet" in told:
            if sheet:
                yield sheet
            rows = []
            sheet = _sheet(told, rows)
        else:
            if sheet:
                yield sheet
            return True
    return False


def _with_odd(cells: list[Any]) -> list[Any]:
    return [_odd(cell) if cell.__class__ is dict else cell for cell in cells]


def _odd(cell: dict[str, str]) -> Odd:
    [(kind, text)] = cell.items()
    if kind not in KINDS:
        raise ValueError(f"unknown cell {kind}")
    return Odd(kind, text)  # type: ignore[arg-type]


def _sheet(head: dict[str, Any], rows: list[tuple[int, list[Any]]]) -> Sheet:
    told = head.get("headings")
    headings = (
        Headings(told["row"], told["columns"], tuple(told["remarks"]), tuple(told["identities"])) if told else None
    )
    return Sheet(
        head["sheet"], rows, headings, head.get("hidden", False), head.get("identities", 0), head.get("hidden_rows", 0)
    )
