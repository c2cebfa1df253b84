"""kill -9 under mixed load: every acknowledged write is there once, nothing half-done, and verify passes, every time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from tests.worlds import make_world

from courtyard.households.models import Household
from courtyard.ops.verify.running import run_here
from courtyard.points.models import Budget, Posting
from courtyard.records.models import Receipt

ROOT = Path(__file__).resolve().parents[2]
LOOPS, WRITERS = 8, 3


def killed_writers(database, loop: int, chance: random.Random) -> list[list[str]]:
    """Writers started together, killed at any moment; the lines they had acknowledged."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.long.writing", f"{loop}/{n}"],
            cwd=ROOT, env=database.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(WRITERS)
    ]  # fmt: skip
    assert all(writer.stdout is not None for writer in writers)
    first = [writer.stdout.readline() for writer in writers]
    time.sleep(chance.uniform(0.2, 2.5))
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    said = []
    for line, writer in zip(first, writers, strict=True):
        out, err = writer.communicate(timeout=30)
        assert writer.returncode == -signal.SIGKILL, err
        said += [line.split(), *(rest.split() for rest in out.splitlines() if rest.count(" ") == 2)]
    return said


@pytest.mark.long
def test_acknowledged_writes_survive_kills(own_database):
    make_world(people=False)
    chance, acknowledged = random.Random(20261124), {}
    for loop in range(LOOPS):
        connections.close_all()
        for kind, command, made in killed_writers(own_database, loop, chance):
            if kind != "refused":
                acknowledged[UUID(command)] = (kind, UUID(made))
        assert [checked for checked in run_here() if not checked.ok] == []
        commands = set(Receipt.objects.filter(pk__in=acknowledged).values_list("pk", flat=True))
        assert set(acknowledged) == commands
        homes = {made for kind, made in acknowledged.values() if kind == "household"}
        budgets = {made for kind, made in acknowledged.values() if kind == "budget"}
        assert Household.objects.filter(pk__in=homes).count() == len(homes)
        assert Posting.objects.filter(cause="budget", subject__in=budgets).count() == len(budgets)
        assert Budget.objects.count() == Posting.objects.filter(cause="budget").count()
    assert len(acknowledged) > LOOPS * WRITERS


@pytest.mark.long
def test_a_backup_killed_at_any_moment_leaves_the_last_good_one(own_database, tmp_path):
    make_world(people=False)
    connections.close_all()
    target = tmp_path / "town.backup"
    own_database.command("backup", str(target))
    good, chance = target.read_bytes(), random.Random(4)
    for _ in range(LOOPS):
        running = subprocess.Popen(
            [sys.executable, "-m", "courtyard.project.command", "backup", str(target)],
            env=own_database.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.3, 3))
        running.kill()
        running.wait()
        if target.read_bytes() != good:
            good = target.read_bytes()
    empty = tmp_path / "empty"
    empty.mkdir()
    from courtyard.ops.backup.archive import extract

    assert extract(target, empty, "")["members"]
    own_database.command("backup", str(target))
    assert [checked for checked in run_here() if not checked.ok] == []
