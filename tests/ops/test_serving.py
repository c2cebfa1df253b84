"""serve: both children come back by themselves, end with their parent, and nothing is served over a broken ground."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone
from tests.ops.tampering import tool
from tests.worlds import AT, make_world

from courtyard.ops import numbers
from courtyard.ops.serving.parent import Child
from courtyard.ops.serving.start_up import compare, refuse_plain_http
from courtyard.ops.serving.work import DAILY, HANDLERS, turn
from courtyard.records.epochs import begin_epoch, current
from courtyard.records.models import Epoch, Job


def children(parent: int) -> dict[str, int]:
    """Name → process id of a served parent's own children."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent:
            found["worker" if " worker" in command else "web"] = int(stat.parent.name)
    return found


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url + "/", timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def wait_for(what, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "not within ten seconds"
        time.sleep(0.1)


def is_gone(process: int) -> bool:
    try:
        return "Z" in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.long
def test_killed_children_come_back_and_end_with_their_parent(served):
    parent = served.process.pid
    wait_for(lambda: set(children(parent)) == {"web", "worker"})
    first = children(parent)
    for process in first.values():
        os.kill(process, signal.SIGKILL)
    wait_for(
        lambda: set(children(parent)) == {"web", "worker"} and set(children(parent).values()).isdisjoint(first.values())
    )
    wait_for(lambda: answers(served.url))
    second = children(parent)
    os.kill(parent, signal.SIGKILL)
    served.process.wait()
    wait_for(lambda: all(is_gone(process) for process in second.values()))
    wait_for(lambda: not answers(served.url))
    served.start()
    assert answers(served.url)
    wait_for((served.database.var / "numbers.json").exists)


def test_a_second_serve_on_the_same_folder_and_a_restore_under_it_are_refused(served, tmp_path):
    other = served.database.command("serve", "--port", str(served.port + 1), check=False, timeout=60)
    assert other.returncode == 1 and "已经有一个" in other.stderr
    archive = tmp_path / "some.backup"
    archive.write_bytes(b"x")
    refused = served.database.command("restore", str(archive), "--replace", check=False, timeout=60)
    assert refused.returncode == 1 and "正在运行" in refused.stderr


def test_a_taken_port_is_said(own_database):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = own_database.command("serve", "--port", str(other.getsockname()[1]), check=False, timeout=60)
    assert done.returncode == 1 and "端口" in done.stderr and "--port" in done.stderr


def test_over_a_missing_trigger_nothing_is_served(own_database):
    with tool() as alter:
        on = "" if alter.vendor == "sqlite" else " ON points_posting"
        alter.plain(f"DROP TRIGGER points_posting_no_delete{on}")
    with pytest.raises(CommandError, match="points_posting_no_delete"):
        compare()


def test_an_older_copy_put_back_begins_the_next_life(own_database):
    world = make_world(people=False)
    compare()
    assert (current(), numbers.keep()) == (1, False)
    path = own_database.var / "numbers.json"
    kept = json.loads(path.read_text())
    chain = max(kept["heads"], key=lambda chain: kept["heads"][chain][0])
    kept["heads"][chain][0] += 1
    path.write_text(json.dumps(kept))
    compare()
    assert current() == 2 and Epoch.objects.get().why == "older"
    compare()
    assert current() == 2, "once"
    assert world.terminal


def test_a_database_that_went_another_way_begins_the_next_life(own_database):
    make_world(people=False)
    compare()
    path = own_database.var / "numbers.json"
    kept = json.loads(path.read_text())
    chain = next(iter(kept["heads"]))
    kept["heads"][chain][1] = "0" * 64
    path.write_text(json.dumps(kept))
    compare()
    assert current() == 2


@pytest.mark.django_db
def test_lives_are_numbered_and_a_replay_begins_none():
    from courtyard.kernel.ids import uuid7

    world, command = make_world(people=False), uuid7()
    given = {"why": "restored", "chain": world[""].pk, "by": world.terminal, "at": AT}
    assert begin_epoch(**given, command=command) == 2
    assert begin_epoch(**given) == 3
    assert current() == 3


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "town.example"])
def test_staff_are_not_served_over_plain_http_to_other_machines(host):
    with pytest.raises(CommandError, match="https"):
        refuse_plain_http(host)
    with override_settings(PLAIN_HTTP=True):
        refuse_plain_http(host)
    with override_settings(HTTPS=True):
        refuse_plain_http(host)


@pytest.mark.parametrize(("host", "served"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("::", False)])
def test_this_machine_and_no_other_is_served_over_plain_http(host, served):
    try:
        refuse_plain_http(host)
    except CommandError as error:
        assert not served and "https" in str(error)
    else:
        assert served


def test_production_refuses_to_start_without_keys(tmp_path, own_database):
    var = tmp_path / "production"
    env = {
        **own_database.env,
        "COURTYARD_VAR": str(var),
        "COURTYARD_PROFILE": "https",
        "PUBLIC_URL": "https://town.example",
    }
    import subprocess
    import sys

    command = [sys.executable, "-m", "courtyard.project.command"]
    done = subprocess.run([*command, "serve"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "make_keys" in done.stderr
    made = subprocess.run([*command, "make_keys"], env=env, capture_output=True, text=True, check=False)
    assert made.returncode == 0 and (var / "keys.toml").stat().st_mode & 0o777 == 0o600
    demo = subprocess.run([*command, "demo", "--no-serve"], env=env, capture_output=True, text=True, check=False)
    assert demo.returncode == 1 and "正式" in demo.stderr


@pytest.mark.django_db
def test_the_worker_plans_each_night_once_and_every_kind_has_its_handler():
    make_world(people=False)
    assert {daily.kind for daily in DAILY} <= set(HANDLERS)
    assert turn("w", timezone.now) == len(DAILY)
    assert turn("w", timezone.now) == 0
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_a_child_that_dies_at_once_is_started_again_within_ten_seconds_however_often():
    child = Child("broken", ["no_such_module_of_ours"])
    pauses = []
    for _ in range(8):
        child.not_before = 0
        child.start()
        child.process.wait()
        child.look()
        pauses.append(child.pause)
    child.end(signal.SIGKILL)
    assert pauses[0] < 1 and max(pauses) <= 5


@pytest.mark.django_db
def test_a_database_behind_the_code_is_refused_not_altered(monkeypatch):
    from courtyard.ops import ground

    monkeypatch.setattr(ground, "pending", lambda alias: ["shop.0099_more"])
    with pytest.raises(CommandError, match="courtyard setup"):
        call_command("rounds")
