"""Work put off (DESIGN §5): enqueued in its action's transaction, claimed by compare-and-swap with a lease.

A worker that dies loses its lease and the job is claimed again; a job that fails is tried again later, then named as
failed. What comes round every day is planned by its day, so a missed night is caught up once, not once a night.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from courtyard.kernel.days import SHANGHAI
from courtyard.kernel.ids import uuid7
from courtyard.records.gate import writers_turn
from courtyard.records.journal import Pen
from courtyard.records.models import Job
from courtyard.records.rules import JobState, canonical

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
TRIES = 5
DAILY = uuid.UUID("5a2ad3b4-8c1e-5f43-9a53-0f5c6c0b7d21")


class Cancelled(Exception):
    """The job was cancelled while it ran; its handler stops where it is."""


class LeaseLost(Exception):
    """Another worker took the job over: this one was away longer than its lease."""


@dataclass(frozen=True)
class Daily:
    """What comes round every day at this time of Shanghai."""

    kind: str
    at: time


def enqueue(pen: Pen, kind: str, given: Mapping[str, Any], due: datetime) -> uuid.UUID:
    """Put work off until `due`, in the pen's own transaction; returns the job's id."""
    job = Job(id=uuid7(), kind=kind, given=canonical(dict(given)), due=due)
    job.save(force_insert=True)
    return job.id


def job_of(job_id: uuid.UUID, by: uuid.UUID) -> Job | None:
    """A job that this account put off, with how far it is; nobody else's."""
    job = Job.objects.filter(pk=job_id).first()
    return job if job is not None and json.loads(job.given).get("by") == by.hex else None


def cancel(job_id: uuid.UUID) -> bool:
    """Cancel a job that is not over; a running one stops at its next beat. False where it was over."""
    with writers_turn():
        open_job = Job.objects.filter(pk=job_id, state__in=[JobState.WAITING.value, JobState.RUNNING.value])
        return open_job.update(state=JobState.CANCELLED.value) == 1


def plan(daily: Iterable[Daily], at: datetime) -> int:
    """Put in the latest turn of everything that comes round daily, where it is not in yet; returns how many."""
    turns = [
        Job(id=uuid.uuid5(DAILY, f"{d.kind}/{day}"), kind=d.kind, given="{}", due=due)
        for d, day, due in _turns(daily, at)
    ]
    missing = [job for job in turns if not Job.objects.filter(pk=job.pk).exists()]
    if missing:
        with writers_turn():
            Job.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _turns(daily: Iterable[Daily], at: datetime) -> Iterable[tuple[Daily, date, datetime]]:
    here = at.astimezone(SHANGHAI)
    for each in daily:
        due = datetime.combine(here.date(), each.at, SHANGHAI)
        if due > here:
            due -= timedelta(days=1)
        yield each, due.date(), due


def claim(worker: str, at: datetime) -> Job | None:
    """Take the next job that is due, or whose worker's lease ran out, for this worker; None where there is none."""
    free = Q(state=JobState.WAITING.value, due__lte=at) | Q(state=JobState.RUNNING.value, lease_until__lt=at)
    for job in Job.objects.filter(free).order_by("due")[:5]:
        same = Job.objects.filter(pk=job.pk, state=job.state, tries=job.tries, lease_until=job.lease_until)
        with writers_turn():
            new = {"state": JobState.RUNNING.value, "worker": worker, "lease_until": at + LEASE, "tries": job.tries + 1}
            if same.update(**new) == 1:
                return Job.objects.get(pk=job.pk)
    return None


def beat(job: Job, at: datetime, done: int = 0, total: int = 0) -> None:
    """Say how far the work is and keep the lease. Raises Cancelled or LeaseLost."""
    with writers_turn():
        if _mine(job).update(lease_until=at + LEASE, done=done, total=total) == 1:
            return
    if Job.objects.filter(pk=job.pk, state=JobState.CANCELLED.value).exists():
        raise Cancelled
    raise LeaseLost


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING.value, worker=job.worker, tries=job.tries)


Handler = Callable[[Mapping[str, Any], datetime, Callable[[datetime, int, int], None]], str]


def run_next(handlers: Mapping[str, Handler], worker: str, now: Callable[[], datetime]) -> bool:
    """Claim one job and carry it out; False where nothing is due. A failure is kept in the job's note and the log."""
    job = claim(worker, now())
    if job is None:
        return False
    try:
        if job.tries > TRIES:
            raise RuntimeError(f"given up after {TRIES} tries")
        handler = handlers[job.kind]
        note = handler(json.loads(job.given), now(), lambda at, done, total: beat(job, at, done, total))
        _end(job, JobState.DONE, note)
    except (Cancelled, LeaseLost) as left:
        log.warning("job %s %s: %s", job.kind, job.pk, type(left).__name__)
    except Exception as error:  # noqa: BLE001  # whatever a handler raises is kept and tried again, never swallowed
        log.exception("job %s %s failed", job.kind, job.pk)
        _again_or_failed(job, f"{type(error).__name__}: {error}", now())
    return True


def _end(job: Job, state: JobState, note: str) -> None:
    with writers_turn():
        _mine(job).update(state=state.value, note=note, lease_until=None)


def _again_or_failed(job: Job, note: str, at: datetime) -> None:
    if job.tries >= TRIES:
        _end(job, JobState.FAILED, note)
        return
    with writers_turn():
        later = at + timedelta(seconds=30 * 4**job.tries)
        _mine(job).update(state=JobState.WAITING.value, due=later, note=note, lease_until=None)
