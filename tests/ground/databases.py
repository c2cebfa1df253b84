"""A database of a test's own, with real commits: a copied SQLite file, or CREATE DATABASE … TEMPLATE on PostgreSQL.

Never Django's in-memory SQLite, never a flush: growing tables refuse DELETE and TRUNCATE.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

COURTYARD = (sys.executable, "-m", "courtyard.project.command")


def vendor() -> str:
    """sqlite or postgresql: the database of this run."""
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


@dataclass(frozen=True)
class OwnDatabase:
    """A migrated database nobody else uses: the folder for its files, and DATABASE_URL ('' is SQLite in `var`)."""

    var: Path
    url: str
    names: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment for a child process that shall use it."""
        return environment(self.var, self.url)

    def command(self, *arguments: str, check: bool = True, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run `courtyard ARGUMENTS` over this database in a process of its own."""
        done = subprocess.run(
            [*COURTYARD, *arguments], env=self.env, capture_output=True, text=True, timeout=timeout, check=False
        )
        if check and done.returncode != 0:
            raise AssertionError(f"courtyard {' '.join(arguments)} → {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done


def environment(var: Path, url: str) -> dict[str, str]:
    ours = ("DATABASE_URL", "COURTYARD_TEST_VAR", "COURTYARD_TEST_TEMPLATES")
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    kept["COURTYARD_VAR"] = str(var)
    kept["DJANGO_SETTINGS_MODULE"] = "courtyard.project.settings"
    if url:
        kept["DATABASE_URL"] = url
    return kept


def with_name(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def on_server(url: str, statement: LiteralString, *names: str) -> None:
    """Run a statement that no transaction may hold (CREATE DATABASE …) with identifiers filled in."""
    with psycopg.connect(with_name(url, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def migrate(var: Path, url: str) -> None:
    """Every migration on every database of the settings at once, by the command an operator uses."""
    running = {
        alias: subprocess.Popen(
            [*COURTYARD, "migrate", "--database", alias, "--verbosity", "0"],
            env=environment(var, url),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for alias in (("default",) if url else ("default", "access"))
    }
    for alias, process in running.items():
        said, _ = process.communicate()
        if process.returncode != 0:
            raise AssertionError(f"migrate {alias} → {process.returncode}\n{said}")


def shared_template(folder: Path) -> OwnDatabase:
    """The migrated database that the others are copies of: made once a run, by whichever process asks first."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"template_{vendor()}"
    with (folder / f"template_{vendor()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            name = f"template_{os.getpid()}"
            database = blank(folder / name, name)
            migrate(database.var, database.url)
            (database.var / "keys.toml").unlink()  # every worker has keys of its own
            if database.url:
                (database.var / "name").write_text(name)
            database.var.rename(made)
    if vendor() == "sqlite":
        return OwnDatabase(made, "", _files(made))
    name = (made / "name").read_text()
    return OwnDatabase(made, with_name(os.environ["DATABASE_URL"], name), {"default": name})


def lay_down(template: OwnDatabase) -> None:
    """Put copies of the template where Django looks for the databases of ordinary tests, so that it migrates nothing."""
    for alias in connections:
        creation: Any = connections[alias].creation
        name = creation._get_test_db_name()
        if template.url:
            on_server(template.url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            on_server(template.url, "CREATE DATABASE {} TEMPLATE {}", name, template.names[alias])
        else:
            shutil.copy2(template.names[alias], name)


def drop(database: OwnDatabase) -> None:
    if database.url:
        on_server(database.url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", urlsplit(database.url).path[1:])
    shutil.rmtree(database.var, ignore_errors=True)


def copy_of(template: OwnDatabase, folder: Path, name: str) -> OwnDatabase:
    """A copy of the template, under this name and in this folder."""
    if not template.url:
        shutil.copytree(template.var, folder)
        _give_keys(template.var, folder)
        return OwnDatabase(folder, "", {a: str(folder / Path(n).name) for a, n in _files(template.var).items()})
    folder.mkdir(parents=True)
    _give_keys(template.var, folder)
    on_server(template.url, "CREATE DATABASE {} TEMPLATE {}", name, urlsplit(template.url).path[1:])
    return OwnDatabase(folder, with_name(template.url, name), {"default": name})


def _give_keys(origin: Path, folder: Path) -> None:
    """The keys the copied rows were written with; an empty template's are this worker's."""
    kept = origin / "keys.toml"
    shutil.copy2(kept if kept.exists() else Path(settings.VAR) / "keys.toml", folder / "keys.toml")


def blank(folder: Path, name: str) -> OwnDatabase:
    """A database with nothing in it, not even a migration; with this run's keys beside it."""
    folder.mkdir(parents=True)
    shutil.copy2(Path(settings.VAR) / "keys.toml", folder / "keys.toml")
    url = os.environ.get("DATABASE_URL", "") if vendor() == "postgresql" else ""
    if not url:
        return OwnDatabase(folder, "", _files(folder))
    on_server(url, "CREATE DATABASE {}", name)
    return OwnDatabase(folder, with_name(url, name), {"default": name})


def _files(var: Path) -> dict[str, str]:
    return {"default": str(var / "courtyard.sqlite3"), "access": str(var / "access.sqlite3")}


def lend(database: OwnDatabase) -> Generator[OwnDatabase]:
    """Point this process's Django at the database (threads too) while the generator waits; then back."""
    before = {alias: connections.settings[alias]["NAME"] for alias in database.names}
    folders = {name: getattr(settings, name) for name in ("VAR", "MEDIA_ROOT")}
    connections.close_all()
    try:
        for alias, name in database.names.items():
            connections.settings[alias]["NAME"] = name
        settings.VAR, settings.MEDIA_ROOT = database.var, database.var / "files"
        yield database
    finally:
        connections.close_all()
        for alias, name in before.items():
            connections.settings[alias]["NAME"] = name
        for name, value in folders.items():
            setattr(settings, name, value)
