"""Work put off: claimed once, kept by a lease, tried again, cancelled, and a missed night caught up once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connections

from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.records import jobs
from courtyard.records.jobs import LEASE, TRIES, Daily, beat, cancel, claim, enqueue, plan, run_next
from courtyard.records.journal import act
from courtyard.records.models import Job

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BY = Actor(uuid7(), "terminal", "终端", ())


def put_off(kind: str = "print", given: dict | None = None, due: datetime = AT):
    with act("test.put_off", by=BY, at=AT, chain=uuid7()) as pen:
        return enqueue(pen, kind, given or {}, due)


def state(job) -> str:
    return Job.objects.get(pk=job).state


def handler(note: str = "done"):
    calls = []

    def handle(given, at, beat_):
        calls.append(dict(given))
        return note

    return handle, calls


@pytest.mark.django_db
def test_a_job_is_carried_out_once_when_it_is_due():
    handle, calls = handler()
    job = put_off(given={"pages": 3})
    assert not run_next({"print": handle}, "w1", lambda: AT - timedelta(seconds=1))
    assert run_next({"print": handle}, "w1", lambda: AT)
    assert not run_next({"print": handle}, "w1", lambda: AT)
    assert calls == [{"pages": 3}]
    assert (state(job), Job.objects.get(pk=job).note) == ("done", "done")


@pytest.mark.django_db
def test_what_was_put_off_in_an_action_that_failed_never_happens():
    with pytest.raises(RuntimeError), act("test.fails", by=BY, at=AT, chain=uuid7()) as pen:
        enqueue(pen, "print", {}, AT)
        raise RuntimeError
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_worker_that_died_loses_its_lease_and_another_goes_on():
    job = put_off()
    first = claim("w1", AT)
    assert claim("w2", AT + LEASE / 2) is None
    second = claim("w2", AT + LEASE + timedelta(seconds=1))
    assert second is not None and second.pk == job and second.tries == 2
    with pytest.raises(jobs.LeaseLost):
        beat(first, AT + LEASE)
    beat(second, AT + LEASE, 1, 4)
    assert Job.objects.get(pk=job).done == 1


@pytest.mark.django_db
def test_a_beat_keeps_the_lease():
    put_off()
    mine = claim("w1", AT)
    beat(mine, AT + LEASE / 2, 1, 2)
    assert claim("w2", AT + LEASE + timedelta(seconds=1)) is None


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_later_and_named_as_failed_in_the_end(caplog):
    def fails(given, at, beat_):
        raise ValueError("no paper")

    job, now = put_off(), AT
    for n in range(1, TRIES + 1):
        assert run_next({"print": fails}, "w1", lambda now=now: now)
        row = Job.objects.get(pk=job)
        assert (row.tries, row.note) == (n, "ValueError: no paper")
        assert not run_next({"print": fails}, "w1", lambda now=now: now) or n == TRIES
        now = max(now, row.due)
    assert state(job) == "failed"
    assert not run_next({"print": fails}, "w1", lambda: now + timedelta(days=9))
    assert "no paper" in caplog.text


@pytest.mark.django_db
def test_a_kind_nobody_handles_fails_openly(caplog):
    job = put_off("unheard_of")
    assert run_next({}, "w1", lambda: AT)
    assert "unheard_of" in Job.objects.get(pk=job).note


@pytest.mark.django_db
def test_a_cancelled_job_stops_at_its_next_beat_and_stays_cancelled():
    reached = []

    def handle(given, at, beat_):
        assert cancel(job)
        reached.append(1)
        beat_(at, 1, 2)
        reached.append(2)
        return ""

    job = put_off()
    assert run_next({"print": handle}, "w1", lambda: AT)
    assert (reached, state(job)) == ([1], "cancelled")
    assert not cancel(job)
    waiting = put_off()
    assert cancel(waiting) and claim("w1", AT) is None


@pytest.mark.django_db
def test_a_missed_night_is_caught_up_once():
    nightly = [Daily("sweep", time(3, 10))]
    evening = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # 20:00 in Shanghai
    assert plan(nightly, evening) == 1
    assert plan(nightly, evening + timedelta(hours=1)) == 0
    handle, calls = handler()
    assert run_next({"sweep": handle}, "w1", lambda: evening)
    assert plan(nightly, evening + timedelta(days=3)) == 1, "three nights away: one turn"
    assert plan(nightly, evening + timedelta(days=3)) == 0
    assert run_next({"sweep": handle}, "w1", lambda: evening + timedelta(days=3))
    assert not run_next({"sweep": handle}, "w1", lambda: evening + timedelta(days=3))
    assert len(calls) == 2


@pytest.mark.race
def test_workers_at_once_carry_out_every_job_once(own_database):
    made = [put_off(given={"n": n}) for n in range(20)]
    done, lock, start = [], threading.Lock(), threading.Barrier(4)

    def handle(given, at, beat_):
        with lock:
            done.append(given["n"])
        return ""

    def work(name):
        start.wait()
        while run_next({"print": handle}, name, lambda: AT):
            pass
        connections.close_all()

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while run_next({"print": handle}, "last", lambda: AT):
        pass
    assert sorted(done) == list(range(20))
    assert {state(job) for job in made} == {"done"}
