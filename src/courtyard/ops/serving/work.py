"""The worker: what was put off, what comes round daily, and the heads kept beside the database."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.utils import timezone

from courtyard.households.actions import forget_undo
from courtyard.inspections.actions import erase_findings
from courtyard.inspections.queries.keeping import findings_due
from courtyard.kernel.days import day_of
from courtyard.ops import numbers
from courtyard.ops.operation import county_name
from courtyard.ops.serving.imports import import_put_off
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county
from courtyard.records.gate import Busy
from courtyard.records.jobs import Daily, Handler, plan, run_next

log = logging.getLogger(__name__)
PAUSE = 1.0
KEEP_EVERY = 5
DAILY = (
    Daily("sweep_sessions", time(3, 10)),
    Daily("forget_undo", time(3, 20)),
    Daily("erase_findings", time(3, 30)),
)
Beat = Callable[[datetime, int, int], None]


def sweep_sessions(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Forget sessions that are over."""
    SessionStore.clear_expired()
    return ""


def forget_imports(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase what an import kept for a day so that it could be undone."""
    if county() is None:
        return "no county yet"
    forget_undo(by=open_terminal(county_name=county_name(), at=at), at=at)
    return ""


def erase_old_findings(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase what was seen at homes more than twelve months ago, a round at a time."""
    if county() is None:
        return "no county yet"
    due = list(findings_due(day_of(at)))
    by = open_terminal(county_name=county_name(), at=at)
    for n, kept in enumerate(due, 1):
        erase_findings(kept=kept, by=by, at=at)
        beat(timezone.now(), n, len(due))
    return f"{len(due)} rounds" if due else ""


HANDLERS: dict[str, Handler] = {
    "sweep_sessions": sweep_sessions,
    "forget_undo": forget_imports,
    "erase_findings": erase_old_findings,
    "import_roster": import_put_off,
}


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
