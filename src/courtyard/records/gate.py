"""The turnstile before SQLite's one writer (DESIGN §3.5): first come, first served, in the process and between processes."""

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


class Busy(Exception):
    """A wait for the writer's turn over PATIENCE seconds: 503 and Retry-After at the door."""


class _Turnstile:
    """A fair lock: a queue of events in the process, a lock file between processes."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._held = False

    def enter(self, until: float) -> None:
        mine = threading.Event()
        with self._guard:
            if not self._held and not self._queue:
                self._held = True
                return
            self._queue.append(mine)
        if mine.wait(max(0.0, until - time.monotonic())):
            return
        with self._guard:
            if mine.is_set():
                return
            self._queue.remove(mine)
        raise Busy

    def leave(self) -> None:
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._held = False


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
    until = time.monotonic() + PATIENCE
    turnstile = _turnstiles.setdefault(name, _Turnstile())
    turnstile.enter(until)
    try:
        lock = os.open(f"{name}.turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _file_turn(lock, until)
            setattr(_inside, name, True)
            try:
                yield
            finally:
                setattr(_inside, name, False)
        finally:
            os.close(lock)
    finally:
        turnstile.leave()


def _file_turn(lock: int, until: float) -> None:
    pause = 0.001
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)
