"""A backup is taken under load, proved before it has its name, and restored only into nothing, whole or not at all."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from tests.ground.databases import OwnDatabase, copy_of, drop, lend
from tests.worlds import AT, home, make_world

from courtyard.ops.backup import archive
from courtyard.records.epochs import heads


@pytest.fixture
def filled(own_database: OwnDatabase) -> OwnDatabase:
    """A town with a few homes, and a kept file."""
    world = make_world()
    for n in range(3):
        home(world, "WD/01/G01", f"010{n}", "王建国")
    kept = own_database.var / "files" / "photos" / "ab" / "cd"
    kept.mkdir(parents=True)
    (kept / "0.jpg").write_bytes(b"picture" * 1000)
    return own_database


@pytest.fixture
def empty(template_database: OwnDatabase, tmp_path: Path, worker: str):
    """Another installation with the same keys and nothing in it."""
    other = copy_of(template_database, tmp_path / "other", f"other_{worker}")
    yield other
    connections.close_all()
    drop(other)


def restored_heads(database: OwnDatabase) -> dict[str, tuple[int, str]]:
    loan = lend(database)
    next(loan)
    try:
        return heads()
    finally:
        loan.close()


def test_a_backup_restores_into_an_empty_place_in_the_next_life_and_verifies(filled, empty, tmp_path):
    target = tmp_path / "town.backup"
    before = heads()
    call_command("backup", str(target))
    assert b"-----" not in target.read_bytes()[:64]
    done = empty.command("restore", str(target))
    assert "第 2 世" in done.stdout
    answer = json.loads(empty.command("verify", "--json").stdout)
    assert answer["ok"], answer
    after = restored_heads(empty)
    grown = [place for place in after if after[place] != before.get(place)]
    assert len(grown) == 1, "only the county's chain grew, by the entry of the next life"
    assert (empty.var / "files/photos/ab/cd/0.jpg").read_bytes() == b"picture" * 1000
    assert not list(tmp_path.glob(".courtyard-*")) and not list(tmp_path.glob("*.part"))


def test_the_archive_holds_no_key(filled, tmp_path):
    target = tmp_path / "town.backup"
    call_command("backup", str(target))
    folder = tmp_path / "unpacked"
    folder.mkdir()
    manifest = archive.extract(target, folder, "")
    assert not any("keys" in name for name in manifest["members"])
    secrets = [
        line.partition('"')[2][:-1] for line in (filled.var / "keys.toml").read_text().splitlines() if "secret" in line
    ]
    assert len(secrets) == 5
    for path in folder.rglob("*"):
        if path.is_file():
            assert not any(secret.encode() in path.read_bytes() for secret in secrets), path


def test_a_sealed_backup_opens_with_its_password_only(filled, empty, tmp_path):
    target, right, wrong = tmp_path / "town.backup", tmp_path / "right", tmp_path / "wrong"
    right.write_text("塔湾村的备份密码\n")
    wrong.write_text("塔湾村的备份密嘛\n")
    call_command("backup", str(target), "--password-file", str(right))
    assert "王建国".encode() not in target.read_bytes()
    without = empty.command("restore", str(target), check=False)
    assert without.returncode == 1 and "加了密" in without.stderr
    other = empty.command("restore", str(target), "--password-file", str(wrong), check=False)
    assert other.returncode == 1 and "密码不对" in other.stderr
    assert restored_heads(empty) == {}
    empty.command("restore", str(target), "--password-file", str(right))
    assert restored_heads(empty)


def test_a_hurt_archive_leaves_the_live_data_untouched(filled, tmp_path):
    target = tmp_path / "town.backup"
    call_command("backup", str(target))
    whole = target.read_bytes()
    target.write_bytes(whole[: len(whole) // 2])
    before = heads()
    connections.close_all()
    done = filled.command("restore", str(target), "--replace", check=False)
    assert done.returncode == 1 and "没有采用" in done.stderr
    assert heads() == before
    assert not list(filled.var.glob("before-restore*"))


def test_a_restore_never_replaces_data_unasked_and_keeps_the_old_when_asked(filled, tmp_path):
    target = tmp_path / "town.backup"
    call_command("backup", str(target))
    done = filled.command("restore", str(target), check=False)
    assert done.returncode == 1 and "--replace" in done.stderr
    connections.close_all()
    filled.command("restore", str(target), "--replace", "--at", "2026-10-01T09:00")
    aside = filled.var / "before-restore-20261001-090000"
    assert (aside / "files/photos/ab/cd/0.jpg").exists()
    if not filled.url:
        assert (aside / "courtyard.sqlite3").exists()
    assert json.loads(filled.command("verify", "--json").stdout)["ok"]


def test_a_backup_taken_while_others_write_is_one_moment_and_verifies(filled, empty, tmp_path):
    world = make_world_again()
    stop = threading.Event()
    made = []

    def write():
        n = 0
        while not stop.is_set():
            home(world, "WD/01/G02", f"9{n:04d}", "李秀英")
            n += 1
        made.append(n)
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        call_command("backup", str(tmp_path / "town.backup"))
    finally:
        stop.set()
        thread.join()
    assert made[0] > 3
    empty.command("restore", str(tmp_path / "town.backup"))
    assert json.loads(empty.command("verify", "--json").stdout)["ok"]


def make_world_again():
    """The world of `filled` as an object, without making it twice."""
    from tests.worlds import World

    from courtyard.people.actions import open_terminal
    from courtyard.places.models import Place

    world = World()
    world.terminal = open_terminal(county_name="随县", at=AT)
    world.places = {place.path: place for place in Place.objects.select_related("village", "town")}
    return world


def test_a_place_that_cannot_be_written_is_said(filled, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder is wanted")
    with pytest.raises(CommandError, match="没有写成"):
        call_command("backup", str(blocked / "town.backup"))


def test_a_backup_of_broken_data_is_refused_and_its_old_file_stays(filled, tmp_path):
    from tests.ops.tampering import tool

    target = tmp_path / "town.backup"
    target.write_bytes(b"the one of yesterday")
    with tool() as alter:
        alter.plain("UPDATE records_chain SET head = 'x'")
    with pytest.raises(CommandError, match="chain"):
        call_command("backup", str(target))
    assert target.read_bytes() == b"the one of yesterday"
    call_command("backup", str(target), "--keep-broken")
    assert target.stat().st_size > 1000
