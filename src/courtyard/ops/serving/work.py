"""The worker: what was put off, what comes round daily, and the heads kept beside the database."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.utils import timezone

from courtyard.households import uploads
from courtyard.households.actions import forget_undo
from courtyard.inspections.actions.evenings import end_days_of
from courtyard.kernel.problems import Problem
from courtyard.ops import numbers
from courtyard.ops.erasing import scrub
from courtyard.ops.operation import county_name
from courtyard.ops.serving.imports import import_put_off
from courtyard.ops.serving.retention import ERASERS
from courtyard.ops.serving.settling import settle_deeds, settle_lists
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county, places
from courtyard.places.rules import PlaceKind
from courtyard.records import files
from courtyard.records.gate import Busy
from courtyard.records.jobs import Daily, Handler, plan, run_next

log = logging.getLogger(__name__)
PAUSE = 1.0
KEEP_EVERY = 5
DAILY = (
    Daily("end_days", time(0, 10)),
    Daily("settle_lists", time(0, 20)),
    Daily("settle_deeds", time(0, 25)),
    Daily("sweep_sessions", time(3, 10)),
    Daily("forget_undo", time(3, 20)),
    Daily("erase_findings", time(3, 30)),
    Daily("erase_words", time(3, 40)),
    Daily("erase_deeds", time(3, 45)),
    Daily("erase_help", time(3, 47)),
    Daily("forget_joint_grading", time(3, 48)),
    Daily("erase_prints", time(3, 50)),
    Daily("erase_scans", time(3, 52)),
    Daily("sweep_files", time(3, 55)),
)
Beat = Callable[[datetime, int, int], None]


def sweep_sessions(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Forget sessions that are over."""
    SessionStore.clear_expired()
    return ""


def forget_imports(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase what an import kept for a day so that it could be undone, and files that were handed in and not used."""
    if county() is None:
        return "no county yet"
    uploads.forget(older_than=at.timestamp() - uploads.DAY_SECONDS)
    if forget_undo(by=open_terminal(county_name=county_name(), at=at), at=at):
        scrub()
    return ""


def sweep_files(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Take away kept files of more than a day ago that nothing rests on."""
    gone = files.sweep(older_than=files.a_day_ago())
    return f"{gone} files" if gone else ""


def end_days(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Book what yesterday and the days before it took of points: what lapsed, what resets say; village by village."""
    if county() is None:
        return "no county yet"
    by = open_terminal(county_name=county_name(), at=at)
    villages = places([""], PlaceKind.VILLAGE.value)
    fallen = end_days_of(villages=villages, by=by, at=at, progress=lambda done, all_: beat(timezone.now(), done, all_))
    left = [str(found) for _, found in fallen if isinstance(found, Problem)]
    if left:
        raise RuntimeError(f"{len(left)} villages could not be booked, the first: {left[0]}")
    return f"{len(fallen)} villages" if fallen else ""


HANDLERS: dict[str, Handler] = {
    "end_days": end_days,
    "settle_lists": settle_lists,
    "settle_deeds": settle_deeds,
    "sweep_sessions": sweep_sessions,
    "forget_undo": forget_imports,
    **ERASERS,
    "sweep_files": sweep_files,
    "import_roster": import_put_off,
}


def heartbeat() -> Path:
    """The file the worker touches every few seconds while it is well."""
    return Path(settings.VAR) / "worker.beat"


def turn(worker: str, now: Callable[[], datetime] = timezone.now) -> int:
    """Plan what is due and carry out all of it; how many jobs were done."""
    plan(DAILY, now())
    done = 0
    while run_next(HANDLERS, worker, now):
        done += 1
    return done


def work(stop: threading.Event) -> None:
    """Turn after turn until `stop`: jobs every second, heads every five."""
    worker = f"{socket.gethostname()[:40]}-{os.getpid()}"
    n = 0
    while not stop.wait(PAUSE):
        try:
            turn(worker)
            if n % KEEP_EVERY == 0:
                numbers.keep()
                heartbeat().touch(mode=0o600)
        except Busy:
            log.warning("the database was busy; trying again")
        close_old_connections()
        n += 1
    numbers.keep()


def work_until_told() -> None:
    """Work until SIGTERM, Ctrl-C or the end of the parent."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)
