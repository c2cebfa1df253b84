"""move_to_postgres takes everything over, row for row, into nothing; stopped in the middle it leaves no row there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from tests.ground.databases import COURTYARD, OwnDatabase, blank, drop, environment

NAMES = ("赵㛃", "钱䶮", "𠮷永福")


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command over the SQLite installation in this folder, whatever the run's own database is."""
    return subprocess.run(
        [*COURTYARD, *arguments], env=environment(var, ""), capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny demonstration in SQLite, and homes with characters beyond the usual; the folder."""
    folder = tmp_path_factory.mktemp("moving")
    var = folder / "var"
    assert run(var, "setup").returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "tests.ops.loading"],
        env={**environment(var, ""), "WITH_SCAN": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = "".join(f"99010{n:02d},{name},3,9组\n" for n, name in enumerate(NAMES, 1))
    (folder / "more.csv").write_text("户编号,户主姓名,人口,村民小组\n" + rows, encoding="utf-8")
    done = run(var, "import_roster", str(folder / "more.csv"), "--village", _village(var))
    assert done.returncode == 0, done.stderr
    return var


@pytest.fixture
def empty(template_database: OwnDatabase, tmp_path: Path, town: Path) -> Iterator[OwnDatabase]:
    """A PostgreSQL database with nothing in it, and a folder with the town's keys."""
    database = blank(tmp_path / "target", f"moved_{os.getpid()}_{tmp_path.name[-12:]}")
    (database.var / "keys.toml").write_bytes((town / "keys.toml").read_bytes())
    yield database
    drop(database)


def fingerprint(var: Path) -> str:
    """Everything both files say, whether it still lies in their WAL or not."""
    seal = sha256()
    for name in ("courtyard.sqlite3", "access.sqlite3"):
        with closing(sqlite3.connect(var / name)) as database:
            for line in database.iterdump():
                seal.update(line.encode())
    return seal.hexdigest()


def kill_in_the_middle(var: Path, url: str) -> None:
    """Start a move and kill it without warning while rows are on their way."""
    with subprocess.Popen(
        [*COURTYARD, "move_to_postgres", url], env=environment(var, ""), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "points_posting" in line:
                os.kill(process.pid, signal.SIGKILL)
                break
        else:
            raise AssertionError("it never came to the postings")


@pytest.mark.only_postgres
@pytest.mark.long
def test_everything_is_there_row_for_row(town: Path, empty: OwnDatabase):
    before = fingerprint(town)
    kill_in_the_middle(town, empty.url)
    with psycopg.connect(empty.url) as target:
        assert target.execute("SELECT count(*) FROM households_household").fetchone() == (0,)
    done = run(town, "move_to_postgres", empty.url, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["rows"] > 500 and answer["chains"] >= 3
    assert fingerprint(town) == before, "the source was only read"

    shutil.copytree(town / "files", empty.var / "files")  # an operator goes on in the same folder
    verified = json.loads(empty.command("verify", "--json").stdout)
    assert "1 份扫描件" in next(check["detail"] for check in verified["checks"] if check["name"] == "scans")
    assert verified["ok"] and len(verified["checks"]) == answer["checks"]
    with sqlite3.connect(town / "courtyard.sqlite3") as source, psycopg.connect(empty.url) as target:
        heads = "SELECT number, head FROM records_chain ORDER BY place"
        assert target.execute(heads).fetchall() == source.execute(heads).fetchall()
        named = target.execute(
            "SELECT head FROM households_household WHERE code LIKE '99010%' ORDER BY code"
        ).fetchall()
        assert [row[0] for row in named] == list(NAMES)
        with sqlite3.connect(town / "access.sqlite3") as access:
            lines = "SELECT count(*) FROM records_accessline"
            assert target.execute(lines).fetchone() == access.execute(lines).fetchone()
        with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
            target.execute("UPDATE points_posting SET points = points + 1")

    again = run(town, "move_to_postgres", empty.url)
    assert again.returncode == 1 and "已经有数据" in again.stderr and "DROP SCHEMA" in again.stderr
    # Life goes on there: numbers, sequences and keys fit.
    with psycopg.connect(empty.url) as target:
        following = "SELECT nextval(pg_get_serial_sequence('points_posting', 'id')) - MAX(id) FROM points_posting"
        assert target.execute(following).fetchone() == (1,)
    (town.parent / "new.csv").write_text("户编号,户主姓名,人口,村民小组\n9901009,孙新来,3,9组\n", encoding="utf-8")
    empty.command("import_roster", str(town.parent / "new.csv"), "--village", _village(town))
    assert json.loads(empty.command("verify", "--json").stdout)["ok"]


def _village(var: Path) -> str:
    with sqlite3.connect(var / "courtyard.sqlite3") as database:
        return str(database.execute("SELECT path FROM places_place WHERE kind = 'village' ORDER BY path").fetchone()[0])


@pytest.mark.only_postgres
@pytest.mark.long
def test_what_postgresql_cannot_hold_is_named_and_nothing_is_left_there(town: Path, empty: OwnDatabase, tmp_path: Path):
    hurt = tmp_path / "hurt"
    hurt.mkdir()
    with sqlite3.connect(town / "courtyard.sqlite3") as source, sqlite3.connect(hurt / "courtyard.sqlite3") as copy:
        source.backup(copy)
        copy.execute("UPDATE households_household SET bay = 'a' || CHAR(0) || 'b' WHERE code = '9901001'")
    for name in ("access.sqlite3", "keys.toml"):
        (hurt / name).write_bytes((town / name).read_bytes())
    done = run(hurt, "move_to_postgres", empty.url)
    assert done.returncode == 1 and "households_household" in done.stderr and "bay" in done.stderr
    with sqlite3.connect(hurt / "courtyard.sqlite3") as copy:
        copy.execute("UPDATE households_household SET bay = ? WHERE code = '9901001'", ["湾" * 60])
    done = run(hurt, "move_to_postgres", empty.url)
    assert done.returncode == 1 and "存不下" in done.stderr and "湾湾" not in done.stderr
    with psycopg.connect(empty.url) as target:
        assert target.execute("SELECT count(*) FROM places_place").fetchone() == (0,)
        target.execute("CREATE TABLE theirs (id bigint)")
    done = run(hurt, "move_to_postgres", empty.url)
    assert done.returncode == 1 and "theirs" in done.stderr and "Traceback" not in done.stderr


def test_an_address_that_is_none_is_said(own_database: OwnDatabase):
    for url, said in (
        ("mysql://a@b/c", "postgres://"),
        ("postgres://nobody:x@127.0.0.1:1/none", "连不上"),
        ("", "COURTYARD_TARGET_URL"),
    ):
        done = own_database.command("move_to_postgres", *([url] if url else []), check=False)
        if own_database.url:
            said = "backup" if url else said
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr, done.stderr
