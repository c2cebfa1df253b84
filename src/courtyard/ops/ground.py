"""The ground a command stands on: keys and a migrated database, made on first use; never altered unasked after that."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from courtyard.ops.progress import Steps, say
from courtyard.records.keys import make_keys
from courtyard.records.models import Entry
from courtyard.records.triggers import missing


class Occupied(CommandError):
    """Another process holds what this one needs alone."""


@contextlib.contextmanager
def alone(name: str, sentence: str, *, wait: bool = False) -> Iterator[None]:
    """Hold a lock file of this installation, or say (`sentence`) that somebody else does. It ends with the process."""
    handle = os.open(Path(settings.VAR) / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Occupied(sentence) from None
        yield
    finally:
        os.close(handle)


def pending(alias: str) -> list[str]:
    """Migrations this database has not had yet, in their order."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def is_fresh(alias: str = "default") -> bool:
    """Whether nothing was ever migrated here."""
    return not MigrationRecorder(connections[alias]).has_table()


def migrate(step: Steps | None = None, *, half_made: bool = False) -> None:
    """Bring every database of the settings to the code's tables (triggers follow by themselves).

    `half_made`: triggers missing from a database without any act are made too; elsewhere that is verify's to find.
    """
    with alone("migrate", "", wait=True):
        for alias in connections:
            if pending(alias) or (half_made and missing(alias)):
                if step:
                    step(f"正在建立数据库({alias})…")
                call_command("migrate", database=alias, verbosity=0, interactive=False)
                if connections[alias].vendor == "sqlite":
                    os.chmod(str(connections[alias].settings_dict["NAME"]), 0o600)


def wipe() -> None:
    """Take away everything in this database and make it anew: only for a demonstration that was never whole."""
    for alias in connections:
        connection = connections[alias]
        name = str(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT quote_ident(current_schema())")
                schema = cursor.fetchone()[0]
                cursor.execute(f"DROP SCHEMA {schema} CASCADE")
                cursor.execute(f"CREATE SCHEMA {schema}")
    migrate()


def make_ready() -> None:
    """Keys and database as this code needs them: made where there are none, otherwise compared.

    Raises CommandError where the database is older or newer than the code: nothing is altered unasked.
    """
    if not settings.HTTPS:
        make_keys(Path(settings.VAR))
    elif not (Path(settings.VAR) / "keys.toml").exists():
        raise CommandError("没有密钥文件。请先运行 courtyard make_keys,并把 keys.toml 另外保存一份,再办这一步。")
    if any(is_fresh(alias) for alias in connections) or _half_made():
        say("第一次使用:正在建立数据库…")
        migrate(half_made=True)
        say("数据库建好了。")
    newer = unknown()
    if newer:
        raise CommandError(f"数据库比程序新({newer[0]})。请换用新版程序;什么都没有改。")
    waiting = [name for alias in connections for name in pending(alias)]
    if waiting:
        raise CommandError(
            f"程序更新了,数据库还差 {len(waiting)} 步。请先运行 courtyard backup 留一份,再运行 courtyard setup。"
        )


def _half_made() -> bool:
    """Whether a first use was ended before its tables and triggers were whole: there is no act yet to be careful of."""
    if not any(pending(alias) or missing(alias) for alias in connections):
        return False
    return "records_entry" not in connections["default"].introspection.table_names() or not Entry.objects.exists()


def unknown() -> list[str]:
    """Migrations of ours this database has had and the program does not know: the database is newer."""
    found = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        applied = set(executor.loader.applied_migrations)
        ours = {app for app, _ in executor.loader.disk_migrations}
        found += [f"{app}.{name}" for app, name in applied - set(executor.loader.disk_migrations) if app in ours]
    return sorted(found)
