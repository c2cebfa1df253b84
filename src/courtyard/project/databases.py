"""Which database: one SQLite file and a second one for access lines, or PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

POSTGRES = ("postgres", "postgresql", "pgsql")
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous={sync}; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON"


def sqlite(path: Path, *, full: bool = True) -> dict[str, Any]:
    """A SQLite file: WAL, FULL (or NORMAL), IMMEDIATE, secure_delete; the busy timeout is the last resort."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": PRAGMAS.format(sync="FULL" if full else "NORMAL"),
        },
        "TEST": {"NAME": str(path.with_suffix(".test.sqlite3"))},
    }


def databases(url: str, var: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this URL ('' is SQLite under `var`); `?schema=NAME` names a county's PostgreSQL schema."""
    if not url:
        return {"default": sqlite(var / "courtyard.sqlite3"), "access": sqlite(var / "access.sqlite3", full=False)}
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = Path(parts.path[1:])
        return {"default": sqlite(path), "access": sqlite(path.with_name("access.sqlite3"), full=False)}
    if parts.scheme not in POSTGRES or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL 要写成 postgres://用户:密码@主机/库名,不写就用 var 里的 SQLite 文件。")
    query = dict(parse_qsl(parts.query))
    schema = query.pop("schema", "")
    found: dict[str, Any] = dict(
        dj_database_url.parse(urlunsplit(parts._replace(query=urlencode(query))), conn_max_age=None)
    )
    found["ENGINE"] = "courtyard.project.postgres"
    found["CONN_MAX_AGE"] = None
    if schema:
        if not schema.isidentifier():
            raise ImproperlyConfigured(f"数据库地址里的 schema「{schema}」不是合法的名字。")
        found.setdefault("OPTIONS", {})["options"] = f"-c search_path={schema}"
    return {"default": found}


class AccessRouter:
    """Sends access lines to their own file on SQLite; on PostgreSQL everything is one database."""

    def __init__(self) -> None:
        from django.conf import settings

        self.apart = "access" in settings.DATABASES

    def _alias(self, model: Any) -> str | None:
        return "access" if self.apart and model._meta.label == "records.AccessLine" else None

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return self._alias(model)

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        return self._alias(model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if not self.apart:
            return None
        access_line = app_label == "records" and model_name == "accessline"
        return access_line if db == "access" else not access_line
