"""`make bench`: every benchmark on its databases, one after the other, as a table and as var/bench.json.

`ARGS="--only NAME"` (may be repeated), `--quick` (small, two runs), `--database sqlite|postgresql`, `--homes N` (the
size of the round close, the roster and verify). A bar that is missed is printed as missed; the exit code tells
whether everything could be measured, never how fast it was.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import needs  # noqa: E402
import postgres  # noqa: E402
import psycopg  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

BOTH = ("sqlite", "postgresql")
BENCHMARKS = {
    "postings": BOTH,
    "redemption": BOTH,
    "closing": BOTH,
    "roster": BOTH,
    "cards": ("sqlite",),
    "pages": BOTH,
    "verifying": BOTH,
    "waiting": ("sqlite",),
    "exports": BOTH,
    "simulating": ("sqlite",),
    "peers": ("postgresql",),
}
OUT = ROOT / "var" / "bench.json"


def environment(var: str, url: str) -> dict[str, str]:
    """The machine's environment without any Courtyard setting of the caller's, and this child's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("COURTYARD_", "PG"))}
    kept.pop("PUBLIC_URL", None)
    kept |= {"COURTYARD_VAR": var, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    if not url:
        del kept["DATABASE_URL"]
    return kept


def own_database(cluster: postgres.Cluster, name: str) -> str:
    """A new, empty PostgreSQL database for one benchmark."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE bench_{name}")
    return cluster.url.removesuffix("/courtyard") + f"/bench_{name}"


def carry_out(name: str, database: str, cluster: postgres.Cluster | None, more: list[str]) -> list[dict[str, Any]]:
    """One benchmark on one database in a child of its own; raises where it could not be measured."""
    var = tempfile.mkdtemp(prefix="courtyard-bench-")
    out = Path(var) / "figures.json"
    command = [sys.executable, "-m", "benchmarks.child", name, str(out), *more]
    url = own_database(cluster, name) if cluster and database == "postgresql" else ""
    try:
        subprocess.run(command, cwd=ROOT, env=environment(var, url), stdin=subprocess.DEVNULL, check=True)
        return list(json.loads(out.read_text(encoding="utf-8")))
    finally:
        shutil.rmtree(var, ignore_errors=True)


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def bar(figure: dict[str, Any]) -> str:
    if figure["at_least"] is not None:
        return f"≥ {figure['at_least']:g}"
    return f"≤ {figure['at_most']:g}" if figure["at_most"] is not None else "–"


def table(figures: list[dict[str, Any]]) -> Table:
    """The figures as the terminal shows them."""
    made = Table(title="Courtyard: ratios within one run")
    for heading in ("what", "on", "rows", "ours/s", "other/s", "bytes", "other's", "figure", "bar", ""):
        made.add_column(heading, justify="left" if heading in ("what", "on") else "right")
    for figure in figures:
        met = {True: "[green]met[/]", False: "[bold yellow]MISSED[/]", None: ""}[figure["met"]]
        what = figure["what"] + (f"\n[dim]{figure['note']}[/]" if figure["note"] else "")
        cells = [number(figure[key]) for key in ("rows", "ours", "other", "bytes", "other_bytes")]
        value = f"{number(figure['value'])} {figure['unit']}"
        made.add_row(what, figure["database"], *cells, value, bar(figure), met)
    return made


def machine() -> dict[str, Any]:
    """Where and when this was measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load": [round(one, 1) for one in os.getloadavg()],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=list(BENCHMARKS), default=[])
    parser.add_argument("--database", action="append", choices=BOTH, default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--homes", type=int, default=0)
    return parser.parse_args()


def measure(given: argparse.Namespace) -> tuple[list[dict[str, Any]], list[str]]:
    """All figures asked for, and the names of what could not be measured."""
    plan = [(name, database) for name in given.only or BENCHMARKS for database in BENCHMARKS[name]
            if not given.database or database in given.database]  # fmt: skip
    more = (["--quick"] if given.quick else []) + ["--homes", str(given.homes)]
    cluster = postgres.Cluster() if any(database == "postgresql" for _, database in plan) else None
    figures: list[dict[str, Any]] = []
    failed = []
    try:
        if cluster:
            cluster.__enter__()
        for name, database in plan:
            print(f"######## {name} on {database}", flush=True)
            began = time.monotonic()
            try:
                figures += carry_out(name, database, cluster, more)
            except subprocess.CalledProcessError:
                failed.append(f"{name} on {database}")
            print(f"  {time.monotonic() - began:.0f} s", flush=True)
    finally:
        if cluster:
            cluster.stop()
    return figures, failed


def main() -> int:
    given = parsed()
    postgres.stop_on_term()
    if needs.postgresql() is None:
        needs.ensure()
    before = machine()
    figures, failed = measure(given)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({**before, "quick": given.quick, "figures": figures, "failed": failed},
                              ensure_ascii=False, indent=1) + "\n", encoding="utf-8")  # fmt: skip
    Console(width=None if sys.stdout.isatty() else 180).print(table(figures))
    missed = sum(figure["met"] is False for figure in figures)
    print(f"{len(figures)} figures, {missed} bars missed; load {before['load']} on {before['cores']} cores; {OUT.name}")
    if failed:
        print(f"not measured: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except needs.Missing as missing:
        sys.exit(f"bench: {missing}")
    except KeyboardInterrupt:
        sys.exit(130)
