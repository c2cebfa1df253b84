"""Taking a backup: snapshot → archive → restored apart and verified → only then the name that was asked for."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from courtyard.ops.backup import archive, postgres, sqlite
from courtyard.ops.backup.archive import PasswordWanted
from courtyard.ops.backup.sealing import Damaged
from courtyard.ops.erasing import copy_beside
from courtyard.ops.progress import Steps
from courtyard.ops.verify.findings import Checked
from courtyard.records.files import while_copied
from courtyard.records.keys import read_keys
from courtyard.records.rules import plain

BROKEN = "备份文件「{name}」不完整、被改过,或密码不对,没有采用。原来的数据没有动。"


@dataclass(frozen=True)
class Taken:
    """A backup that stands: its file, its size in bytes, how many members and checks it has."""

    path: Path
    size: int
    members: int
    checks: int


def fingerprints(var: Path) -> dict[str, str]:
    """What tells one installation's keys from another's without being a key."""
    found = read_keys(var)
    return {name: hmac.new(key.secret, b"fingerprint", hashlib.sha256).hexdigest()[:16] for name, key in found.items()}


@contextmanager
def workplace(near: Path, prefix: str = ".courtyard-") -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards."""
    near.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=near) as folder:
        yield Path(folder)


def files(root: Path) -> list[Path]:
    """The kept files (photos, scans) in order of name; what is still being written (`.new-…`) is none yet."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))


def take(target: Path, *, password: str, at: datetime, keep_broken: bool, step: Steps) -> Taken:
    """Take a backup into `target`, proved by restoring it. Raises CommandError, and then `target` is as it was; its
    folder must stand: a stick that is not plugged in or a mistyped name is said, not made."""
    if not target.absolute().parent.is_dir():
        raise CommandError(
            f"没有文件夹「{target.parent}」,没有备份。请先建好文件夹(U 盘插好了没有),或换一个地方;文件夹名也请核对。"
        )
    if target.is_dir():
        raise CommandError(f"「{target}」是文件夹,没有备份。请写上备份文件的名字,如 {target / '备份.courtyard'}。")
    part = target.with_name(target.name + ".part")
    try:
        with workplace(target.absolute().parent) as folder:
            with while_copied():
                manifest = _write(part, folder, password, at, step)
            checks = check(part, password, step, keep_broken=keep_broken)
        os.replace(part, target)
        _note(at)
        copy_beside(target)
        _sync_folder(target.absolute().parent)
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"备份没有写成({error})。请看看磁盘还有没有地方;原来的文件没有动。") from error
    finally:
        if part.exists():
            part.unlink()
    return Taken(target, target.stat().st_size, len(manifest["members"]), len(checks))


def last_backup() -> datetime | None:
    """When the last backup that was proved was taken; None where none was."""
    try:
        return datetime.fromisoformat(str(json.loads(_last().read_text())["at"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _last() -> Path:
    return Path(settings.VAR) / "last_backup.json"


def _note(at: datetime) -> None:
    new = _last().with_suffix(".new")
    new.write_text(json.dumps({"at": plain(at)}))
    new.replace(_last())


def _write(part: Path, folder: Path, password: str, at: datetime, step: Steps) -> dict[str, Any]:
    step("正在取数据库的快照…")
    if connection.vendor == "sqlite":
        names, facts = sqlite.snapshot(folder), sqlite.facts(folder)
    else:
        names, facts = postgres.snapshot(folder)
    root = Path(settings.MEDIA_ROOT)
    members = [(name, folder / name) for name in names]
    members += [(f"files/{path.relative_to(root).as_posix()}", path) for path in files(root)]
    manifest: dict[str, Any] = {
        "format": archive.FORMAT,
        "program": version("courtyard"),
        "vendor": connection.vendor,
        "at": plain(at),
        "keys": fingerprints(Path(settings.VAR)),
        "members": {},
        **facts,
    }
    with archive.writing(part, password) as tar:
        for n, (name, path) in enumerate(members):
            step("正在写备份…", n, len(members))
            manifest["members"][name] = archive.put(tar, name, path)
        archive.put_manifest(tar, manifest)
    return manifest


def check(path: Path, password: str, step: Steps, *, keep_broken: bool = False) -> list[Checked]:
    """Restore the archive into a folder apart and verify it there. Raises CommandError."""
    with workplace(path.absolute().parent) as folder:
        manifest = unpacked(path, folder, password, step)
        return proved(folder, manifest, step, keep_broken=keep_broken)


def unpacked(path: Path, folder: Path, password: str, step: Steps) -> dict[str, Any]:
    """The archive unpacked into `folder`, every hash compared; its manifest. Raises CommandError."""
    step("正在拆开备份核对…")
    try:
        return archive.extract(path, folder, password)
    except PasswordWanted:
        raise CommandError("这份备份加了密。请用 --password 再办。") from None
    except Damaged as damaged:
        raise CommandError(BROKEN.format(name=path.name)) from damaged


def proved(folder: Path, manifest: dict[str, Any], step: Steps, *, keep_broken: bool = False) -> list[Checked]:
    """Every check over the unpacked database, and that it is what its manifest says. Raises CommandError."""
    step("正在核对恢复出来的数据…")
    if manifest["vendor"] == "sqlite":
        checks, facts = sqlite.prove(folder)
    else:
        checks, facts = postgres.prove(folder, str(manifest["schema"]))
    if any(manifest.get(name) != value for name, value in facts.items()):
        raise CommandError("恢复出来的数据与备份自己的清单对不上,没有采用。原来的数据没有动。")
    bad = [one for one in checks if not one.ok]
    if bad and not keep_broken:
        raise CommandError(
            f"恢复出来的数据核对不上({bad[0].name}:{bad[0].detail}),没有采用。要把有毛病的数据也留一份,请加 --keep-broken。"
        )
    return checks


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
