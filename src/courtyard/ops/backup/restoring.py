"""Restoring: unpack and prove apart, begin the next life there, and only then put it in the live place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, connections

from courtyard.kernel.days import day_of
from courtyard.ops import numbers
from courtyard.ops.backup import postgres, sqlite
from courtyard.ops.backup.taking import fingerprints, proved, unpacked, workplace
from courtyard.ops.erasing import take_in_from_beside
from courtyard.ops.ground import is_fresh, migrate
from courtyard.ops.operation import county_name
from courtyard.ops.progress import Steps, say
from courtyard.ops.serving.start_up import erase_again
from courtyard.people.actions import open_terminal
from courtyard.people.queries import actor_named
from courtyard.places.queries import county
from courtyard.records import erasures
from courtyard.records.epochs import begin_epoch, current
from courtyard.records.models import Entry

RESTORING = ".restoring-"


def sweep(var: Path) -> None:
    """Take away what a killed restore left unpacked: it may hold words that were erased since."""
    for folder in var.glob(f"{RESTORING}*"):
        shutil.rmtree(folder)


def is_occupied() -> bool:
    """Whether the live database holds anything that was ever done."""
    return not is_fresh() and Entry.objects.exists()


@dataclass(frozen=True)
class Restored:
    """The new life's number, and what of before was put aside: a folder beside the data, a PostgreSQL schema, or ''.

    `was_empty`: nothing had ever been done in what was put aside."""

    number: int
    folder: str = ""
    schema: str = ""
    was_empty: bool = False


def restore(source: Path, *, password: str, replace: bool, by: str, at: datetime, step: Steps) -> Restored:
    """Put the archive's data in place of nothing (or, with `replace`, of what stands, kept aside).

    Raises CommandError; then nothing was touched.
    """
    var = Path(settings.VAR)
    was_empty = not is_occupied()
    if not was_empty and not replace:
        raise CommandError(
            "这里已经有数据,没有恢复,什么都没有动。请换一个空的 COURTYARD_VAR;要换掉现在的数据,请加 --replace(旧的会另存)。"
        )
    sweep(var)
    with workplace(var, RESTORING) as folder:
        manifest = unpacked(source, folder, password, step)
        if manifest["vendor"] != connection.vendor:
            raise CommandError(f"这份备份是 {manifest['vendor']} 的,这里用的是 {connection.vendor},没有恢复。")
        proved(folder, manifest, step)
        _compare_keys(manifest)
        take_in_from_beside(source)
        aside = _unused(var, f"before-restore-{at:%Y%m%d-%H%M%S}")
        step("正在放回…")
        sqlite_here = connection.vendor == "sqlite"
        number = _sqlite(folder, aside, by, at) if sqlite_here else _postgres(folder, manifest, aside, by, at)
    schema = aside.name.replace("-", "_")
    stands = connection.vendor == "postgresql" and schema in postgres.schemas()
    return Restored(number, str(aside) if aside.exists() else "", schema if stands else "", was_empty)


def _unused(var: Path, name: str) -> Path:
    """A name for what is kept aside: two restores counted as the same second keep both."""
    names = [name, *(f"{name}-{n}" for n in range(2, 100))]
    schemas = postgres.schemas() if connection.vendor == "postgresql" else set()
    return next(var / one for one in names if not (var / one).exists() and one.replace("-", "_") not in schemas)


def _compare_keys(manifest: dict[str, Any]) -> None:
    here = fingerprints(Path(settings.VAR))
    others = sorted(name for name, mark in manifest.get("keys", {}).items() if here.get(name) != mark)
    if others:
        say(
            f"注意:这里的密钥与备份时的不同({'、'.join(others)})。请把当时另存的 keys.toml 放回,否则电话看不到、密码要重设。"
        )


def _next_life(by: str, at: datetime) -> int:
    actor = actor_named(by, day_of(at)) if by else open_terminal(county_name=county_name(), at=at)
    root = county()
    assert root is not None
    erase_again(older=True, by=open_terminal(county_name=county_name(), at=at), at=at)
    begin_epoch(why="restored", chain=root.pk, by=actor, at=at, after=_last_life())
    return current()


def _last_life() -> int:
    """The last life anybody knows of, by the numbers beside the database or by the list of erasures."""
    return max([numbers.kept_life(), *(line.epoch for line in erasures.read().lines)])


def _sqlite(folder: Path, aside: Path, by: str, at: datetime) -> int:
    with _standing_in(folder):
        migrate()
        number = _next_life(by, at)
    for name in sqlite.MEMBERS.values():
        sqlite.settle(folder / name)
    numbers.expect_older()
    _put_files(folder / "files", aside)
    for alias in ("access", "default"):
        sqlite.put_in_place(folder / sqlite.MEMBERS[alias], sqlite.live(alias), aside)
    numbers.keep()
    return number


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    """This process's Django uses the unpacked files meanwhile: the live ones are touched last."""
    store, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder / "files"
    before = {alias: connections.settings[alias]["NAME"] for alias in sqlite.MEMBERS}
    connections.close_all()
    try:
        for alias, name in sqlite.MEMBERS.items():
            connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = str(folder / name)
        yield
    finally:
        connections.close_all()
        settings.MEDIA_ROOT = store
        for alias, name in before.items():
            connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name


def _postgres(folder: Path, manifest: dict[str, Any], aside: Path, by: str, at: datetime) -> int:
    if manifest["schema"] != postgres.schema():
        raise CommandError(f"这份备份属于 schema「{manifest['schema']}」,这里是「{postgres.schema()}」,没有恢复。")
    connections.close_all()
    numbers.expect_older()
    postgres.put_in_place(folder / postgres.DUMP, str(manifest["schema"]), aside.name.replace("-", "_"))
    migrate()
    _put_files(folder / "files", aside)
    number = _next_life(by, at)
    numbers.keep()
    return number


def _put_files(new: Path, aside: Path) -> None:
    live = Path(settings.MEDIA_ROOT)
    if live.exists() and any(live.iterdir()):
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.rename(live, aside / live.name)
    elif live.exists():
        live.rmdir()
    if new.exists():
        live.parent.mkdir(parents=True, exist_ok=True)
        os.rename(new, live)
