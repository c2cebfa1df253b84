"""Attempts started at one barrier, each in a thread with a connection of its own, against real commits."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, connections, transaction

from courtyard.kernel.problems import Refused
from courtyard.records.gate import Busy, writers_turn

PATIENCE = 60
SWITCH = 1e-5
# What stands between a look and the press that follows it, for the control only: a moment in which others look too.
MOMENT = 0.03


@dataclass(frozen=True)
class Attempt:
    """What one attempt came to, and when it began and ended."""

    began: float
    ended: float
    answer: Any = None
    code: str = ""


@dataclass
class Heat:
    """One race: every attempt's end."""

    attempts: list[Attempt] = field(default_factory=list)

    @property
    def answers(self) -> list[Any]:
        """What the attempts that were not refused answered."""
        return [attempt.answer for attempt in self.attempts if not attempt.code]

    @property
    def codes(self) -> Counter[str]:
        """Refusals, by code."""
        return Counter(attempt.code for attempt in self.attempts if attempt.code)

    @property
    def overlapped(self) -> int:
        """How many attempts ran while another one did."""
        spans = sorted((attempt.began, attempt.ended) for attempt in self.attempts)
        found, latest = set(), -1
        for place, (began, _) in enumerate(spans):
            if latest >= 0 and began < spans[latest][1]:
                found |= {latest, place}
            if latest < 0 or spans[place][1] > spans[latest][1]:
                latest = place
        return len(found)

    def check_overlap(self, name: str) -> None:
        """Say how many overlapped, and fail under half: a race that was none proves nothing."""
        print(f"{name}: {self.overlapped} of {len(self.attempts)} attempts overlapped")
        assert self.overlapped * 2 >= len(self.attempts)


def race(tries: Sequence[Callable[[], Any]]) -> Heat:
    """Run every try at once, a thread each; a server too busy is asked again, as a client does by Retry-After."""
    heat, barrier, faults = Heat(), threading.Barrier(len(tries)), []

    def run(attempt: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE)
            began = time.monotonic()
            answer, code = None, ""
            try:
                answer = _patiently(attempt)
            except Refused as refused:
                code = refused.code
            heat.attempts.append(Attempt(began, time.monotonic(), answer, code))
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test names it below
            barrier.abort()
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in tries]
    before = sys.getswitchinterval()
    # Python would let one thread run on for 5 ms, longer than a whole action: nothing would ever meet.
    sys.setswitchinterval(SWITCH)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE * 2)
    finally:
        sys.setswitchinterval(before)
    assert not faults, faults
    assert len(heat.attempts) == len(tries)
    return heat


def _patiently(attempt: Callable[[], Any]) -> Any:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except Busy:
            assert time.monotonic() < until, "busy for a whole minute"


def naively(seen: Callable[[], bool], write: Callable[[], None]) -> bool:
    """The pattern that loses: look in one transaction (a statement of its own), write what follows in the next."""
    if not seen():
        return False
    time.sleep(MOMENT)
    with writers_turn(), transaction.atomic():
        write()
    return True


def check_control(name: str, lost: Sequence[bool]) -> None:
    """The naive pattern must lose in 9 runs of 10, or the race would pass without its guard too."""
    print(f"{name}: without the guard {sum(lost)} of {len(lost)} runs lost")
    assert sum(lost) * 10 >= 9 * len(lost)
