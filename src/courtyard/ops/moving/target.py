"""The target: an empty PostgreSQL database, brought to the code's tables by the command an operator uses."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
from django.core.management.base import CommandError
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from courtyard.ops.moving.tables import LEFT

LEAST_VERSION = 150_000
SCHEMES = ("postgres", "postgresql", "pgsql")
EMPTY = (
    "要清空它,请在 PostgreSQL 里运行:DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema};(会丢掉里面的一切,请先看清楚),"
    "或者换一个新建的库。"
)


def parameters(url: str) -> dict[str, Any]:
    """How plain psycopg reaches this address (as DATABASE_URL is written). Raises CommandError for one that is none."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.path.strip("/"):
        raise CommandError("目标要写成 postgres://用户:密码@主机/库名。什么都没有搬。")
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "")
    if schema and not schema.isidentifier():
        raise CommandError(f"目标地址里的 schema「{schema}」不是合法的名字。什么都没有搬。")
    try:
        found = conninfo_to_dict(urlunsplit(parts._replace(scheme="postgresql", query=urlencode(query))))
    except psycopg.ProgrammingError as error:
        raise CommandError(f"目标地址写得不对({str(error).strip()})。什么都没有搬。") from None
    return {**found, "options": f"-c search_path={schema}"} if schema else dict(found)


def connect(given: dict[str, Any]) -> psycopg.Connection[Any]:
    """A connection to the target, each statement by itself until a transaction is opened. Raises CommandError."""
    try:
        return psycopg.connect(**given, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise CommandError(f"连不上目标数据库,什么都没有搬:{str(error).strip().splitlines()[-1]}") from error


def schema_of(connection: psycopg.Connection[Any]) -> str:
    """The schema everything goes to. Refuses a server or database that cannot hold it."""
    if connection.info.server_version < LEAST_VERSION:
        raise CommandError("目标的 PostgreSQL 太旧,要 15 或更新。什么都没有搬。")
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise CommandError("目标库的编码不是 UTF8,存不下所有的字。请用 ENCODING 'UTF8' 新建一个库。什么都没有搬。")
    row = connection.execute("SELECT current_schema()").fetchone()
    if not row or row[0] is None:
        raise CommandError("目标地址里写的 schema 还没有建。请先 CREATE SCHEMA,再搬。什么都没有搬。")
    return str(row[0])


def refuse_occupied(connection: psycopg.Connection[Any], ours: set[str]) -> None:
    """Refuse a target with a table that is not ours, or with a row in one that is. Tables without rows are no harm:
    a move that was stopped leaves them."""
    schema = schema_of(connection)
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    ).fetchall()
    for (name,) in rows:
        if name in LEFT:
            continue
        if name not in ours:
            raise CommandError(f"目标里有别的表({name}),没有搬,什么都没有动。{EMPTY.format(schema=schema)}")
        if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(name))).fetchone():
            raise CommandError(f"目标里已经有数据({name}),没有搬,什么都没有动。{EMPTY.format(schema=schema)}")


def make_tables(url: str) -> None:
    """Bring the target to this code's tables and triggers, in a process of its own. Raises CommandError."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "courtyard.project.command", "setup"],
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"目标里的表没有建成:{done.stderr.strip()[-600:]}")
