"""Points posted beside other programs on the same PostgreSQL: django-hordak's transfers, pgbench's TPC-B.

django-hordak runs in an environment of its own, made once from requirements-peers.lock. It writes neither receipt nor
journal; pgbench's transaction is three updates, a read and an insert in plain SQL.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import psycopg

from benchmarks import ground, naive
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, Timed, median, ratio, say
from benchmarks.postings import BATCH, SINGLES, Books
from benchmarks.redemption import PROCESSES, Heat
from courtyard.kernel.ids import uuid7
from courtyard.points.actions import parts
from courtyard.points.rules.ledger import AwardDue
from courtyard.records.journal import act

ROOT = Path(__file__).resolve().parent.parent
LOCK, ENVIRONMENT = ROOT / "requirements-peers.lock", ROOT / ".make" / "peers"
EACH, SECONDS, SCALE = 200, 5, 10


def interpreter() -> Path:
    """The interpreter that has django-hordak, its environment made on first use."""
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "lock"
    if not stamp.exists() or stamp.read_bytes() != LOCK.read_bytes():
        say("an environment for django-hordak")
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
        install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps")
        subprocess.run([python, *install, "-r", LOCK], check=True)
        stamp.write_bytes(LOCK.read_bytes())
    return python


def beside(name: str) -> str:
    """Another, empty database on the same server; returns its address."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as own:
        own.execute(f"CREATE DATABASE bench_{name}")
    return url.rsplit("/", 1)[0] + f"/bench_{name}"


def hordak(python: Path, url: str, count: int) -> float:
    """Seconds of so many transfers of django-hordak."""
    done = subprocess.run(
        [python, Path(__file__).with_name("hordak_side.py"), str(count)],
        env={"DATABASE_URL": url, "PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def pgbench(url: str, clients: int) -> float:
    """pgbench's transactions a second; at 8 clients from two threads."""
    program = _programs() / "pgbench"
    command = [program, "-n", "-c", str(clients), "-j", str(min(2, clients)), "-T", str(SECONDS), "-d", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench said nothing: {done.stdout}")
    return float(found[1])


def _programs() -> Path:
    sys.path.insert(0, str(ROOT / "tools"))
    import needs

    found = needs.postgresql()
    if found is None:
        raise RuntimeError("there is no PostgreSQL here")
    return found


def bench(wanted: Wanted) -> list[Figure]:
    python, hordak_url, pgbench_url = interpreter(), beside("hordak"), beside("pgbench")
    subprocess.run(
        [_programs() / "pgbench", "-i", "-q", "-s", str(SCALE), pgbench_url], check=True, capture_output=True
    )
    books = Books()
    villages = _villages(books)
    times: dict[str, list[tuple[float, int, int | None]]] = {}
    for n in range(wanted.runs + 1):
        say(f"run {n} of {wanted.runs}")
        found = {
            "batch": _batch(books), "single": _single(books), "eight": _eight(books, villages),
            "hordak": (hordak(python, hordak_url, SINGLES), SINGLES, None),
            "pgbench 1": (1.0, round(pgbench(pgbench_url, 1)), None),
            "pgbench 8": (1.0, round(pgbench(pgbench_url, PROCESSES)), None),
        }  # fmt: skip
        for name, one in found.items() if n else ():
            times.setdefault(name, []).append(one)
    timed: dict[str, Timed] = {name: median(name, runs) for name, runs in times.items()}
    tpcb = f"pgbench TPC-B (scale {SCALE})"
    return [
        ratio("peers", "points posted 500 a batch, beside django-hordak's transfers", timed["batch"], timed["hordak"],
              at_least=20, note="hordak writes neither receipt nor journal"),
        ratio("peers", "points posted singly, beside django-hordak's transfers", timed["single"], timed["hordak"],
              at_least=1, note="hordak writes neither receipt nor journal"),
        ratio("peers", f"points posted singly, 1 client, beside {tpcb}", timed["single"], timed["pgbench 1"],
              at_least=1 / 3),
        ratio("peers", f"points posted singly, {PROCESSES} clients, beside {tpcb}", timed["eight"], timed["pgbench 8"],
              at_least=1 / 3),
    ]  # fmt: skip


def _batch(books: Books) -> tuple[float, int, None]:
    books.granted(BATCH)
    began = time.perf_counter()
    books.pay()
    return time.perf_counter() - began, BATCH, None


def _single(books: Books) -> tuple[float, int, None]:
    began = time.perf_counter()
    for home in books.homes[:SINGLES]:
        _spend(books, books.village.pk, home)
    return time.perf_counter() - began, SINGLES, None


def _spend(books: Books, village: UUID, home: UUID) -> bool:
    subject = uuid7()
    with act(
        "bench.spend", by=books.by, at=ground.AT, chain=village, subject=subject, command=uuid7(),
        given={"subject": subject},
    ) as pen:  # fmt: skip
        parts.spend(pen, home, 1, books.shop, subject, naive.DAY)
        pen.answer = {"points": 1}
    return True


Sale = tuple[UUID, UUID]


def _villages(books: Books) -> list[list[Sale]]:
    """A village a client with ten homes that have points, as pgbench has its branches: (village, home), EACH times."""
    lists = []
    for n, village in enumerate(ground.new_villages(books.world, PROCESSES, groups=1)):
        homes = [home.pk for home in ground.fill(village, 10, first_short=n * 100)]
        ground.fund(books.world, village)
        with act("bench.grant", by=books.by, at=ground.AT, chain=village.pk) as pen:
            round = uuid7()
            parts.award(pen, village.pk, [AwardDue(home, round, "awards.good", 10_000, naive.DAY) for home in homes])
            parts.pay_waiting(pen, village.pk, naive.DAY)
        lists.append([(village.pk, homes[n % len(homes)]) for n in range(EACH)])
    return lists


def _eight(books: Books, lists: list[list[Sale]]) -> tuple[float, int, None]:
    heat = Heat(lambda sale: _spend(books, *sale), lists, PROCESSES * EACH)
    began = time.perf_counter()
    rows = heat.run()
    return time.perf_counter() - began, rows, None
