"""A backup is taken under load, proved before it has its name, and restored only into nothing, whole or not at all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from tests.ground.databases import OwnDatabase, copy_of, drop, lend
from tests.worlds import AT, home, make_world

from courtyard.ops.backup import archive
from courtyard.ops.backup.archive import PasswordWanted
from courtyard.records.epochs import heads

PICTURE = b"picture" * 1000
RIGHT = "塔湾村的备份密码"


def fill(database: OwnDatabase) -> None:
    """A town with a few homes, and a kept file."""
    world = make_world(people=False)
    for n in range(3):
        home(world, "WD/01/G01", f"010{n}", "王建国")
    kept = database.var / "files" / "photos" / "ab" / "cd"
    kept.mkdir(parents=True)
    (kept / "0.jpg").write_bytes(PICTURE)


@pytest.fixture
def filled(own_database: OwnDatabase) -> OwnDatabase:
    """An installation that holds something."""
    fill(own_database)
    return own_database


@dataclass(frozen=True)
class Archives:
    """One town backed up twice: openly and under a password; its chains' heads, its keys."""

    plain: Path
    sealed: Path
    heads: dict[str, tuple[int, str]]
    keys: str


@pytest.fixture(scope="session")
def archives(
    template_database: OwnDatabase, tmp_path_factory: pytest.TempPathFactory, worker: str, django_db_blocker: Any
) -> Iterator[Archives]:
    """Backups that nobody alters."""
    folder = tmp_path_factory.mktemp("archives")
    source = copy_of(template_database, folder / "var", f"archived_{worker}")
    plain, sealed, password = folder / "plain.backup", folder / "sealed.backup", folder / "password"
    password.write_text(RIGHT + "\n")
    with django_db_blocker.unblock():
        loan = lend(source)
        next(loan)
        fill(source)
        call_command("backup", str(plain))
        call_command("backup", str(sealed), "--password-file", str(password))
        assert not list(folder.glob(".courtyard-*")) and not list(folder.glob("*.part"))
        found = Archives(plain, sealed, heads(), (source.var / "keys.toml").read_text())
        loan.close()
    yield found
    drop(source)


@pytest.fixture
def empty(template_database: OwnDatabase, tmp_path: Path, worker: str, django_db_blocker: Any) -> Iterator[OwnDatabase]:
    """Another installation with the same keys and nothing in it."""
    other = copy_of(template_database, tmp_path / "other", f"other_{worker}")
    with django_db_blocker.unblock():
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


def test_a_backup_restores_into_an_empty_place_in_the_next_life_and_verifies(archives, empty):
    done = empty.command("restore", str(archives.plain))
    assert "第 2 世" in done.stdout
    answer = json.loads(empty.command("verify", "--json").stdout)
    assert answer["ok"], answer
    after = restored_heads(empty)
    grown = [place for place in after if after[place] != archives.heads.get(place)]
    assert len(grown) == 1, "only the county's chain grew, by the entry of the next life"
    assert (empty.var / "files/photos/ab/cd/0.jpg").read_bytes() == PICTURE


def test_the_archive_holds_no_key(archives, tmp_path):
    manifest = archive.extract(archives.plain, tmp_path, "")
    assert not any("keys" in name for name in manifest["members"])
    secrets = [line.partition('"')[2][:-1] for line in archives.keys.splitlines() if "secret" in line]
    assert len(secrets) == 5
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(secret.encode() in path.read_bytes() for secret in secrets), path


def test_a_sealed_backup_opens_with_its_password_only(archives, empty, tmp_path):
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text(RIGHT)
    wrong.write_text(RIGHT[:-1] + "嘛")
    assert "王建国".encode() not in archives.sealed.read_bytes()
    with pytest.raises(PasswordWanted):
        archive.extract(archives.sealed, tmp_path, "")
    other = empty.command("restore", str(archives.sealed), "--password-file", str(wrong), check=False)
    assert other.returncode == 1 and "密码不对" in other.stderr
    assert restored_heads(empty) == {}
    empty.command("restore", str(archives.sealed), "--password-file", str(right))
    assert restored_heads(empty)


def test_a_hurt_archive_leaves_the_live_data_untouched(archives, filled, tmp_path):
    hurt = tmp_path / "hurt.backup"
    whole = archives.plain.read_bytes()
    hurt.write_bytes(whole[: len(whole) // 2])
    before = heads()
    connections.close_all()
    done = filled.command("restore", str(hurt), "--replace", check=False)
    assert done.returncode == 1 and "没有采用" in done.stderr
    assert heads() == before
    assert not list(filled.var.glob("before-restore*"))


@pytest.mark.long
def test_a_restore_never_replaces_data_unasked_and_keeps_the_old_when_asked(archives, filled):
    done = filled.command("restore", str(archives.plain), check=False)
    assert done.returncode == 1 and "--replace" in done.stderr
    connections.close_all()
    done = filled.command("restore", str(archives.plain), "--replace", "--at", "2026-10-01T09:00")
    aside = filled.var / "before-restore-20261001-090000"
    assert f"另存在文件夹「{aside}」" in done.stdout and "就可以整个删掉" in done.stdout
    assert ("schema「before_restore_20261001_090000」" in done.stdout) == bool(filled.url)
    assert (aside / "files/photos/ab/cd/0.jpg").exists()
    if not filled.url:
        assert (aside / "courtyard.sqlite3").exists()
    assert json.loads(filled.command("verify", "--json").stdout)["ok"]


@pytest.mark.long
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


@pytest.mark.parametrize(
    ("file", "said"), [("no/stick/town.backup", "没有文件夹「{0}/no/stick」"), ("", "「{0}」是文件夹")]
)
def test_a_backup_goes_into_a_folder_that_stands_and_makes_none(own_database, tmp_path, file, said):
    with pytest.raises(CommandError, match=re.escape(said.format(tmp_path))):
        call_command("backup", str(tmp_path / file))
    assert list(tmp_path.iterdir()) == [own_database.var]


def make_world_again():
    """The world of `filled` as an object, without making it twice."""
    from tests.worlds import World

    from courtyard.people.actions import open_terminal
    from courtyard.places.models import Place

    world = World()
    world.terminal = open_terminal(county_name="随县", at=AT)
    world.places = {place.path: place for place in Place.objects.select_related("village", "town")}
    return world


def test_a_place_that_cannot_be_written_is_said(filled, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder is wanted")
    with pytest.raises(CommandError, match="没有文件夹"):
        call_command("backup", str(blocked / "town.backup"))

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("courtyard.ops.backup.taking._write", full)
    with pytest.raises(CommandError, match="没有写成"):
        call_command("backup", str(tmp_path / "town.backup"))
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["blocked"]


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
