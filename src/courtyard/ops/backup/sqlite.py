"""SQLite's side of a backup: a snapshot by VACUUM INTO while others write, a proof, a swap without a gap."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections

from courtyard.ops.verify.findings import Checked
from courtyard.ops.verify.running import run
from courtyard.ops.verify.source import SqliteSource

MEMBERS = {"default": "courtyard.sqlite3", "access": "access.sqlite3"}


def live(alias: str) -> Path:
    """The file of this alias."""
    return Path(str(connections[alias].settings_dict["NAME"]))


def snapshot(folder: Path) -> list[str]:
    """Put a consistent copy of each file into `folder`; returns their names."""
    for alias, name in MEMBERS.items():
        target = folder / name
        with closing(sqlite3.connect(f"{live(alias).as_uri()}?mode=ro", uri=True, timeout=60)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        os.chmod(target, 0o600)
    return list(MEMBERS.values())


def facts(folder: Path) -> dict[str, Any]:
    """What the manifest says of the snapshot: heads of the chains, the life, the migrations."""
    with closing(SqliteSource(folder / MEMBERS["default"])) as source:
        return manifest_facts(source)


def manifest_facts(source: Any) -> dict[str, Any]:
    """Heads, life and migrations of any snapshot."""
    heads = {str(place).replace("-", ""): [n, head] for place, n, head in source.rows(HEADS)}
    return {
        "heads": heads,
        "epoch": int(source.one("SELECT COALESCE(MAX(number), 1) FROM records_epoch")),
        "migrations": [f"{app}.{name}" for app, name in source.rows(MIGRATIONS)],
    }


HEADS = "SELECT place, number, head FROM records_chain ORDER BY place"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


def prove(folder: Path) -> tuple[list[Checked], dict[str, Any]]:
    """Every check over the unpacked files, and what they say of themselves."""
    with (
        closing(SqliteSource(folder / MEMBERS["default"], files=folder / "files")) as source,
        closing(SqliteSource(folder / MEMBERS["access"], "access")) as access,
    ):
        return list(run(source, access)), manifest_facts(source)


def settle(path: Path) -> None:
    """Write a database's WAL back into its file, so that the file alone is the whole of it."""
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise sqlite3.OperationalError("database is locked")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def put_in_place(new: Path, old: Path, aside: Path) -> None:
    """Make `new` the live file `old` in one step; what stood there is kept in `aside`."""
    if old.exists():
        settle(old)
        aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.link(old, aside / old.name)
    os.replace(new, old)
