"""The turnstile before SQLite's one writer: first come, first served, between threads and between processes."""

from __future__ import annotations

import multiprocessing
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from courtyard.records import gate

WAITS = 20


def soon() -> float:
    return time.monotonic() + 60


def queue_up(turnstile: gate._Turnstile, count: int, order: list[int]) -> list[threading.Thread]:
    """So many threads, waiting one behind the other; each says its number when its turn comes."""

    def wait(n: int) -> None:
        turnstile.enter(soon())
        order.append(n)
        turnstile.leave()

    threads = []
    for n in range(count):
        threads.append(threading.Thread(target=wait, args=(n,)))
        threads[-1].start()
        while len(turnstile._queue) <= n:
            time.sleep(0.001)
    return threads


def test_threads_are_served_as_they_came_and_give_up_in_time(tmp_path: Path) -> None:
    turnstile, order = gate._Turnstile(str(tmp_path / "db")), []
    turnstile.enter(soon())
    threads = queue_up(turnstile, 5, order)
    with pytest.raises(gate.Busy):
        turnstile.enter(time.monotonic() + 0.01)
    turnstile.leave()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
    assert not turnstile._held
    assert turnstile._lock is None


def test_a_process_keeps_its_turn_for_those_that_waited_when_it_came(tmp_path: Path) -> None:
    here, there = (gate._Turnstile(str(tmp_path / "db")) for _ in range(2))
    there.enter(soon())
    order: list[int] = []
    first = threading.Thread(target=lambda: (here.enter(soon()), here.leave()))
    first.start()
    while not here._held:
        time.sleep(0.001)
    threads = queue_up(here, 3, order)
    there.leave()
    for thread in [first, *threads]:
        thread.join()
    assert order == [0, 1, 2]
    there.enter(time.monotonic())
    there.leave()


def test_whoever_waits_for_another_process_too_long_gives_up_and_the_next_may_try(tmp_path: Path) -> None:
    here, there = (gate._Turnstile(str(tmp_path / "db")) for _ in range(2))
    there.enter(soon())
    with pytest.raises(gate.Busy):
        here.enter(time.monotonic() + 0.01)
    there.leave()
    here.enter(soon())
    here.leave()


def write_without_a_pause(name: str, turns: Any, until: Any) -> None:
    turnstile = gate._Turnstile(name)
    while not until.is_set():
        turnstile.enter(soon())
        turns.value += 1
        time.sleep(0.002)
        turnstile.leave()


def test_a_process_that_writes_without_a_pause_does_not_pass_those_that_wait(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    name, turns, until = str(tmp_path / "db"), context.Value("l", 0), context.Event()
    other = context.Process(target=write_without_a_pause, args=(name, turns, until))
    other.start()
    turnstile, passed = gate._Turnstile(name), 0
    try:
        while turns.value < 3:
            time.sleep(0.001)
        for _ in range(WAITS):
            before = turns.value
            turnstile.enter(soon())
            passed += turns.value - before
            turnstile.leave()
            time.sleep(0.003)
    finally:
        until.set()
        other.join()
    # One turn was under way and one may already stand at the door.
    assert passed <= 3 * WAITS
