"""PostgreSQL's side of a backup: pg_dump of one exported snapshot; a proof in a database of its own; schemas swapped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import psycopg
from django.core.management.base import CommandError
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from courtyard.kernel.ids import uuid7
from courtyard.ops.backup.sqlite import manifest_facts
from courtyard.ops.verify.findings import Checked
from courtyard.ops.verify.running import run
from courtyard.ops.verify.source import PostgresSource

DUMP = "database.dump"


def parameters() -> dict[str, Any]:
    """How to reach the live database with plain psycopg."""
    found = dict(connections["default"].get_connection_params())
    return {key: value for key, value in found.items() if key not in ("cursor_factory", "context")}


def tool(name: str) -> str:
    """pg_dump or pg_restore: the newest of Debian's own folders, else from the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if not found:
        raise CommandError(f"这台机器上没有 {name}。请安装 PostgreSQL 客户端(postgresql-client)再办。")
    return found


def _run(name: str, given: dict[str, Any], *arguments: str) -> None:
    secret = str(given.get("password") or "")
    address = make_conninfo(**{k: v for k, v in given.items() if k not in ("password", "options")})
    environment = {**os.environ, **({"PGPASSWORD": secret} if secret else {})}
    command = [tool(name), "--no-password", f"--dbname={address}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(f"{name} 没有办成:{done.stderr.strip()[-600:]}")


def schema() -> str:
    """The schema this installation lives in."""
    with psycopg.connect(**parameters()) as connection:
        row = connection.execute("SELECT current_schema()").fetchone()
    return str(row[0]) if row and row[0] else "public"


def schemas() -> set[str]:
    """Names of the schemas in the live database."""
    with psycopg.connect(**parameters()) as connection:
        return {str(row[0]) for row in connection.execute("SELECT nspname FROM pg_namespace")}


def snapshot(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """Dump one moment of the live schema into `folder`; returns the member and what it says of itself."""
    given = parameters()
    with closing(PostgresSource(given)) as source:
        moment = source.one("SELECT pg_export_snapshot()")
        found = manifest_facts(source) | {"schema": schema()}
        target = folder / DUMP
        target.touch(0o600)
        arguments = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--file={target}")
        _run("pg_dump", given, *arguments, f"--snapshot={moment}", f"--schema={found['schema']}")
    return [DUMP], found


def _restore(given: dict[str, Any], dump: Path) -> None:
    arguments = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(dump))
    _run("pg_restore", given, *arguments)


def _statement(connection: psycopg.Connection[Any], text: str, *names: str) -> None:
    connection.execute(sql.SQL(cast(Any, text)).format(*map(sql.Identifier, names)))


@contextmanager
def database_of_its_own(dump: Path, schema_name: str) -> Iterator[dict[str, Any]]:
    """The dump restored into a new database on the same server, dropped on leaving."""
    given = parameters()
    name = f"courtyard_check_{uuid7().hex[-12:]}"
    with psycopg.connect(**given, autocommit=True) as connection:
        try:
            _statement(connection, "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name)
        except psycopg.errors.InsufficientPrivilege:
            raise CommandError(
                "备份要先恢复到一个临时数据库里核对过才算数,这个数据库账号没有 CREATEDB 权限。请由管理员给上再办。"
            ) from None
        try:
            mine = {**given, "dbname": name}
            with psycopg.connect(**{**mine, "options": ""}, autocommit=True) as fresh:
                _statement(fresh, "DROP SCHEMA public")
                if schema_name != "public":
                    _statement(fresh, "CREATE SCHEMA public")
            _restore(mine, dump)
            yield mine
        finally:
            _statement(connection, "DROP DATABASE {} WITH (FORCE)", name)


def prove(folder: Path, schema_name: str) -> tuple[list[Checked], dict[str, Any]]:
    """Every check over the dump restored into a database of its own, and what it says of itself."""
    with (
        database_of_its_own(folder / DUMP, schema_name) as given,
        closing(
            PostgresSource({**given, "options": f"-c search_path={schema_name}"}, files=folder / "files")
        ) as source,
    ):
        return list(run(source)), manifest_facts(source) | {"schema": schema_name}


def put_in_place(dump: Path, schema_name: str, aside: str) -> None:
    """Restore into the live database; the schema that stood there is kept under the name `aside`."""
    given = parameters()
    with psycopg.connect(**{**given, "options": ""}, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema_name]).fetchone()
        if there:
            _statement(connection, "ALTER SCHEMA {} RENAME TO {}", schema_name, aside)
        try:
            _restore(given, dump)
        except CommandError:
            _statement(connection, "DROP SCHEMA IF EXISTS {} CASCADE", schema_name)
            if there:
                _statement(connection, "ALTER SCHEMA {} RENAME TO {}", aside, schema_name)
            raise
