"""The turnstile before SQLite's one writer (DESIGN §3.5): first come, first served, in the process and between processes.

In the process: a queue. Between processes: two lock files. Whoever waits holds the door (`.door`) until the turn
(`.turn`) is its own, so that a process which writes without a pause cannot take the next turn before it. A process that
has the turn serves those of its threads that waited when it came, then lets the turn go: a village's close in the
worker delays each page once, not each page again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator

from django.db import connections

PATIENCE = 5.0
AT_THE_DOOR, AT_THE_TURN = 0.004, 0.0005


class Busy(Exception):
    """A wait for the writer's turn over PATIENCE seconds: 503 and Retry-After at the door."""


class _Turnstile:
    """A fair lock over one database file. `_lock` is the open turn file while this process has the turn."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._held = False
        self._lock: int | None = None
        self._served = 0

    def enter(self, until: float) -> None:
        """Wait for this thread's turn, then for the process's where it has none yet. Raises Busy."""
        mine = threading.Event()
        with self._guard:
            first = not self._held and not self._queue
            if first:
                self._held = True
            else:
                self._queue.append(mine)
        if not first:
            self._wait(mine, until)
        if self._lock is None:
            try:
                self._lock = _file_turn(self._name, until)
            except BaseException:
                self._hand_on()
                raise
            with self._guard:
                self._served = len(self._queue)

    def _wait(self, mine: threading.Event, until: float) -> None:
        try:
            mine.wait(max(0.0, until - time.monotonic()))
        except BaseException:
            if not self._gives_up(mine):
                self._hand_on()
            raise
        if self._gives_up(mine):
            raise Busy

    def _gives_up(self, mine: threading.Event) -> bool:
        """Leave the queue; False where the turn has come."""
        with self._guard:
            if mine.is_set():
                return False
            self._queue.remove(mine)
            return True

    def leave(self) -> None:
        """Hand the turn to the next thread; the process keeps it while threads are left that waited when it came."""
        if self._served == 0 and self._lock is not None:
            os.close(self._lock)
            self._lock = None
        self._hand_on()

    def _hand_on(self) -> None:
        with self._guard:
            self._served = max(0, self._served - 1)
            if self._queue:
                self._queue.popleft().set()
                return
            self._held = False
            lock, self._lock, self._served = self._lock, None, 0
        if lock is not None:
            os.close(lock)


_turnstiles: dict[str, _Turnstile] = {}
_inside = threading.local()


@contextlib.contextmanager
def writers_turn(using: str = "default") -> Iterator[None]:
    """Hold the writer's turn on SQLite; on PostgreSQL nothing. Raises Busy. Nested use keeps the outer turn."""
    connection = connections[using]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or getattr(_inside, name, False) or connection.in_atomic_block:
        yield
        return
    turnstile = _turnstiles.get(name) or _turnstiles.setdefault(name, _Turnstile(name))
    turnstile.enter(time.monotonic() + PATIENCE)
    setattr(_inside, name, True)
    try:
        yield
    finally:
        setattr(_inside, name, False)
        turnstile.leave()


def _file_turn(name: str, until: float) -> int:
    """The turn between processes as an open, locked file. Raises Busy."""
    door = _locked(f"{name}.door", until, AT_THE_DOOR)
    try:
        return _locked(f"{name}.turn", until, AT_THE_TURN)
    finally:
        os.close(door)


def _locked(path: str, until: float, pause: float) -> int:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(pause)
    except BaseException:
        os.close(lock)
        raise
