"""Two or more ways of doing the same, timed in turn in one run, and the figures that come of it."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

# A side makes ready for run number n and returns what is timed; that returns how many rows (things) it did.
Side = Callable[[int], Callable[[], int]]


@dataclass(frozen=True)
class Timed:
    """One side's median over the runs: things done, seconds, bytes written (None where nobody counts them)."""

    name: str
    rows: int
    seconds: float
    bytes: int | None

    @property
    def per_second(self) -> float:
        return self.rows / self.seconds


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value` is what the bar judges, in `unit`; `at_least` or `at_most` is the bar, if any."""

    name: str
    what: str
    database: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    rows: int | None = None
    ours: float | None = None
    other: float | None = None
    bytes: int | None = None
    other_bytes: int | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return self.value <= self.at_most if self.at_most is not None else None

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def database() -> str:
    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


def say(text: str) -> None:
    """Progress, beside the figures."""
    print(f"  {text}", file=sys.stderr, flush=True)


def written() -> int | None:
    """Bytes written so far: PostgreSQL's write-ahead log, for SQLite what this process handed to the kernel."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")
            return int(cursor.fetchone()[0])
    try:
        with open("/proc/self/io", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("wchar"))
    except (OSError, StopIteration):
        return None


def side_by_side(sides: Mapping[str, Side], runs: int) -> dict[str, Timed]:
    """Warm up once, then run every side in turn, `runs` times; the median of each."""
    kept: dict[str, list[tuple[float, int, int | None]]] = {name: [] for name in sides}
    for n in range(runs + 1):
        for name, side in sides.items():
            work = side(n)
            before, began = written(), time.perf_counter()
            rows = work()
            seconds, after = time.perf_counter() - began, written()
            if n:
                kept[name].append((seconds, rows, None if before is None or after is None else after - before))
    return {name: median(name, times) for name, times in kept.items()}


def median(name: str, times: list[tuple[float, int, int | None]]) -> Timed:
    """The run in the middle by time a row; bytes by their own median."""
    seconds, rows, _ = sorted(times, key=lambda one: one[0] / one[1])[(len(times) - 1) // 2]
    sizes = [size for _, _, size in times if size is not None]
    return Timed(name, rows, seconds, int(statistics.median(sizes)) if sizes else None)


def ratio(name: str, what: str, ours: Timed, other: Timed, **more: Any) -> Figure:
    """How fast we are beside the other, things a second: 1 is as fast, 2 twice as fast."""
    return Figure(
        name,
        what,
        database(),
        ours.per_second / other.per_second,
        "× its speed",
        rows=ours.rows,
        ours=ours.per_second,
        other=other.per_second,
        bytes=ours.bytes,
        other_bytes=other.bytes,
        **more,
    )


def slower(name: str, what: str, ours: Timed, other: Timed, **more: Any) -> Figure:
    """How much longer we take than the other for the same: 1 is as long, 2 twice as long."""
    found = ratio(name, what, ours, other, **more)
    return Figure(**{**asdict(found), "value": 1 / found.value, "unit": "× its time"})
