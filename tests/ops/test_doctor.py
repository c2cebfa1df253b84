"""doctor names what is wrong, each thing by its own look, and fails only then."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from tests.ground.databases import OwnDatabase
from tests.ops.tampering import tool
from tests.worlds import make_world

from courtyard.kernel.ids import uuid7
from courtyard.ops import numbers
from courtyard.ops.doctor import folder
from courtyard.ops.doctor.findings import WRONG
from courtyard.ops.doctor.looking import examine
from courtyard.ops.ground import alone
from courtyard.ops.serving.work import heartbeat
from courtyard.records import erasures
from courtyard.records.models import Job

# Twenty hurts, each a database of its own.
pytestmark = pytest.mark.long


def wrong(at: datetime | None = None) -> dict[str, str]:
    """The looks that find something wrong, and what they say first."""
    return {one.name: one.says for one in reversed(list(examine(at or timezone.now()))) if one.level == WRONG}


@pytest.fixture
def well(own_database: OwnDatabase) -> OwnDatabase:
    """An installation with nothing wrong."""
    make_world(people=False)
    numbers.keep()
    for path in own_database.var.glob("*.sqlite3"):
        path.chmod(0o600)  # as `setup` leaves them
    (own_database.var / "last_backup.json").write_text(json.dumps({"at": timezone.now().isoformat()}))
    return own_database


def test_where_all_is_well_it_says_so_and_leaves_with_0(well: OwnDatabase, tmp_path: Path):
    (well.var / "last_backup.json").unlink()
    assert set(wrong()) == {"backups"}
    call_command("backup", str(tmp_path / "town.backup"))
    assert wrong() == {}
    answer = json.loads(well.command("doctor", "--json").stdout)
    assert answer["ok"] and {"name", "level", "says"} == set(answer["findings"][0])
    names = {one["name"] for one in answer["findings"]}
    assert names >= {"keys", "disk", "clock", "shipped", "lists", "backups", "reachable", "migrations", "sound", "life"}


def _keys_gone(var: Path, patch: Any) -> None:
    (var / "keys.toml").unlink()


def _keys_open(var: Path, patch: Any) -> None:
    (var / "keys.toml").chmod(0o644)


def _keys_cut(var: Path, patch: Any) -> None:
    (var / "keys.toml").write_text((var / "keys.toml").read_text()[:200])


def _data_open(var: Path, patch: Any) -> None:
    patch.setattr(folder, "_is_open", lambda alias: True)


def _disk(var: Path, patch: Any) -> None:
    patch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=5 << 20))


def _fonts(var: Path, patch: Any) -> None:
    patch.setattr(folder, "FONTS", var)


def _numbers(var: Path, patch: Any) -> None:
    (var / "numbers.json").write_text("{")


def _list(var: Path, patch: Any) -> None:
    erasures.append([erasures.Line("1" * 32, "v", "2" * 32, "", "r", "2026-01-01T00:00:00.000000Z", 1)] * 2)
    numbers.keep()
    text = erasures.path().read_bytes()
    erasures.path().write_bytes(text[: len(text) // 2])


def _leftover(var: Path, patch: Any) -> None:
    (var / ".restoring-x").mkdir()


def _old_backup(var: Path, patch: Any) -> None:
    old = datetime.now(UTC) - timedelta(days=9)
    (var / "last_backup.json").write_text(json.dumps({"at": old.isoformat()}))


def _trigger(var: Path, patch: Any) -> None:
    with tool() as alter:
        on = "" if alter.vendor == "sqlite" else " ON points_posting"
        alter.plain(f"DROP TRIGGER points_posting_no_update{on}")


def _migration(var: Path, patch: Any) -> None:
    with tool() as alter:
        alter.plain(
            "DELETE FROM django_migrations WHERE app = 'shop'"
            " AND name = (SELECT max(name) FROM django_migrations WHERE app = 'shop')"
        )


def _newer(var: Path, patch: Any) -> None:
    with tool() as alter:
        alter.plain(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('shop', '9999_later', '2030-01-01 00:00:00')"
        )


def _older(var: Path, patch: Any) -> None:
    kept = json.loads((var / "numbers.json").read_text())
    for head in kept["heads"].values():
        head[0] += 1
    (var / "numbers.json").write_text(json.dumps(kept))


def _failed(var: Path, patch: Any) -> None:
    Job.objects.create(id=uuid7(), kind="erase_findings", given="{}", state="failed", due=timezone.now(), note="x")


HURTS: dict[str, tuple[str, Callable[[Path, Any], None], str]] = {
    "keys are gone": ("keys", _keys_gone, "make_keys"),
    "keys are open to others": ("keys", _keys_open, "chmod 600"),
    "keys are cut": ("keys", _keys_cut, "不完整"),
    "the database file is open to others": ("profile", _data_open, "chmod 600"),
    "the disk is nearly full": ("disk", _disk, "只剩"),
    "fonts are missing": ("shipped", _fonts, "字体"),
    "numbers.json is damaged": ("lists", _numbers, "numbers.json"),
    "the list of erasures is cut": ("lists", _list, "清除名单"),
    "a restore was killed": ("leftovers", _leftover, "没有做完"),
    "the backup is old": ("backups", _old_backup, "9 天"),
    "a trigger is gone": ("sound", _trigger, "points_posting_no_update"),
    "a migration is missing": ("migrations", _migration, "courtyard setup"),
    "the database is newer": ("migrations", _newer, "新版"),
    "an older copy was put back": ("life", _older, "旧"),
    "a job failed": ("serving", _failed, "erase_findings"),
}


@pytest.mark.parametrize("hurt", list(HURTS))
def test_each_thing_is_named_by_its_look_alone(well: OwnDatabase, monkeypatch: pytest.MonkeyPatch, hurt: str):
    name, harm, said = HURTS[hurt]
    assert wrong() == {}
    harm(well.var, monkeypatch)
    found = wrong()
    assert set(found) == {name} and said in found[name], found


def test_a_wrong_clock_is_said(well: OwnDatabase):
    assert "校准" in wrong(datetime(2020, 1, 1, tzinfo=UTC))["clock"]


def test_a_worker_that_is_silent_while_it_is_served_is_said(well: OwnDatabase):
    with alone("serve", ""):
        assert set(wrong()) == {"serving"}
        heartbeat().touch()
        assert wrong() == {}
        os.utime(heartbeat(), (1, 1))
        assert "没有动静" in wrong()["serving"]


def test_without_its_database_it_still_says_what_is_wrong_and_makes_none(well: OwnDatabase):
    connections.close_all()
    path = well.var / "courtyard.sqlite3"
    if well.url:
        done = OwnDatabase(well.var, well.url.rsplit("/", 1)[0] + "/nobody_made_this").command("doctor", check=False)
    else:
        path.rename(well.var / "elsewhere")
        done = well.command("doctor", check=False)
        assert not path.exists()
        (well.var / "elsewhere").rename(path)
    assert done.returncode == 1 and "数据库" in done.stdout and "Traceback" not in done.stderr


def test_a_password_asked_for_where_nobody_types_is_a_sentence(well: OwnDatabase):
    done = well.command(
        "add_person", "newcomer", "--name", "新来的", "--duty", "town_clerk", "--place", "WD", check=False
    )
    assert done.returncode == 1 and "COURTYARD_PASSWORD" in done.stderr and "Traceback" not in done.stderr
