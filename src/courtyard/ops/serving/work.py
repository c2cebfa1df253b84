"""The worker: what was put off, what comes round daily, and the heads kept beside the database."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.utils import timezone

from courtyard.honours.actions.erasing import erase_help, erase_words
from courtyard.honours.queries.keeping import help_due, words_due
from courtyard.households import uploads
from courtyard.households.actions import erase_covenant_scan, forget_undo
from courtyard.households.queries import covenant_scans_due
from courtyard.inspections.actions.calibration import forget_joint_grading
from courtyard.inspections.actions.erasing import erase_deeds, erase_findings
from courtyard.inspections.actions.evenings import end_days_of
from courtyard.inspections.queries.calibration import joint_grading_due
from courtyard.inspections.queries.keeping import deeds_due, findings_due
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.ops import numbers
from courtyard.ops.erasing import scrub
from courtyard.ops.operation import county_name
from courtyard.ops.serving.imports import import_put_off
from courtyard.ops.serving.settling import settle_deeds, settle_lists
from courtyard.outreach.actions import erase_prints
from courtyard.outreach.queries import prints_due
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county, places
from courtyard.places.rules import PlaceKind
from courtyard.rating.actions import erase_scan
from courtyard.rating.queries import scans_due
from courtyard.records import files
from courtyard.records.gate import Busy
from courtyard.records.jobs import Daily, Handler, plan, run_next
from courtyard.records.rules import ScanRule

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


def erase_old_findings(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase what was seen at homes more than twelve months ago, a round at a time."""
    if county() is None:
        return "no county yet"
    by = open_terminal(county_name=county_name(), at=at)
    return _erased([partial(erase_findings, kept=kept, by=by, at=at) for kept in findings_due(day_of(at))], beat)


def erase_old_words(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase what was said about entries of more than twelve months ago, a round at a time."""
    if county() is None:
        return "no county yet"
    by = open_terminal(county_name=county_name(), at=at)
    return _erased([partial(erase_words, kept=kept, by=by, at=at) for kept in words_due(day_of(at))], beat)


def erase_old_deeds(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase evidence in words of deeds of more than twelve months ago, a village and month at a time."""
    if county() is None:
        return "no county yet"
    by, due = open_terminal(county_name=county_name(), at=at), deeds_due(day_of(at))
    return _erased([partial(erase_deeds, village=village, month=month, by=by, at=at) for village, month in due], beat)


def erase_old_help(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase names of helpers of more than twelve months ago, a village and month at a time."""
    if county() is None:
        return "no county yet"
    by, due = open_terminal(county_name=county_name(), at=at), help_due(day_of(at))
    return _erased([partial(erase_help, village=village, month=month, by=by, at=at) for village, month in due], beat)


def forget_old_joint_grading(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Forget sheets and yards of joint gradings of more than twelve months ago, a group at a time."""
    if county() is None:
        return "no county yet"
    by, due = open_terminal(county_name=county_name(), at=at), joint_grading_due(day_of(at))
    return _erased([partial(forget_joint_grading, kept=kept, by=by, at=at) for kept in due], beat)


def erase_old_prints(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase the facts of what was printed more than six months ago, a place and month at a time."""
    if county() is None:
        return "no county yet"
    by, due = open_terminal(county_name=county_name(), at=at), prints_due(day_of(at))
    return _erased([partial(erase_prints, place=place, month=month, by=by, at=at) for place, month in due], beat)


def erase_old_scans(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Erase scans of resolutions that were replaced more than twelve months ago, one by one."""
    if county() is None:
        return "no county yet"
    by, today = open_terminal(county_name=county_name(), at=at), day_of(at)
    own: dict[str, Any] = {"rule": ScanRule.KEPT, "by": by, "at": at}
    acts = [partial(erase_scan, adoption=adoption, **own) for adoption in scans_due(today)]
    acts += [partial(erase_covenant_scan, covenant=covenant, **own) for covenant in covenant_scans_due(today)]
    return _erased(acts, beat)


def sweep_files(given: Mapping[str, Any], at: datetime, beat: Beat) -> str:
    """Take away kept files of more than a day ago that nothing rests on."""
    gone = files.sweep(older_than=files.a_day_ago())
    return f"{gone} files" if gone else ""


def _erased(acts: Sequence[Callable[[], object]], beat: Beat) -> str:
    """Carry out what erases, one act after the other, and leave nothing of it in the files."""
    for n, erase in enumerate(acts, 1):
        erase()
        beat(timezone.now(), n, len(acts))
    if acts:
        scrub()
    return f"{len(acts)} acts" if acts else ""


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
    "erase_findings": erase_old_findings,
    "erase_words": erase_old_words,
    "erase_deeds": erase_old_deeds,
    "erase_help": erase_old_help,
    "forget_joint_grading": forget_old_joint_grading,
    "erase_prints": erase_old_prints,
    "erase_scans": erase_old_scans,
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
