"""`make test` and `make test-long`: the parts of the suite (tests/ground/parts.py) on the databases they belong to.

What is missing is installed or named before the first test. The private PostgreSQL is started once and is gone at
the end, also after Ctrl-C. Every part runs even where one before it failed; the last lines are pytest's own summaries.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import needs
import postgres

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Run:
    """One pytest: a part, the database it runs on (sqlite | postgresql), and over how many processes."""

    part: str
    database: str
    processes: int = 2
    seeds: bool = False

    @property
    def title(self) -> str:
        if self.seeds:
            return f"properties over many seeds, {self.part}"
        where = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[self.database]
        return "once, no database" if self.part == "once" else f"{self.part} on {where}"

    @property
    def arguments(self) -> list[str]:
        """What pytest is told: the part, and for seeds the properties alone under the longer profile."""
        found = [f"--part={self.part}"]
        if self.processes:
            found += ["-n", str(self.processes), "--dist", "worksteal"]
        if self.seeds:
            found += ["-m", "hypothesis", "--hypothesis-profile=long"]
        return found


# Runs of one line are carried out side by side.
PLANS: dict[str, tuple[tuple[Run, ...], ...]] = {
    "test": (
        (Run("once", "sqlite"),),
        (Run("both", "sqlite"),),
        (Run("both", "postgresql"),),
        (Run("race", "sqlite", 0), Run("race", "postgresql", 0)),
        (Run("browser", "sqlite"), Run("browser", "postgresql", 0)),
    ),
    "long": (
        (Run("once", "sqlite", seeds=True),),
        (Run("long", "sqlite", 0), Run("long", "postgresql", 0)),
    ),
}


def environment(run: Run, url: str, var: str, templates: str) -> dict[str, str]:
    """The machine's environment without any Courtyard setting of the caller's, and this run's own."""
    ours = ("COURTYARD_", "PG")
    found = {key: value for key, value in os.environ.items() if not key.startswith(ours) or key == "COURTYARD_CHROMIUM"}
    for key in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PUBLIC_URL"):
        found.pop(key, None)
    found["COURTYARD_TEST_VAR"] = var
    found["COURTYARD_TEST_TEMPLATES"] = templates
    # Compiled once a run, also for the many commands that tests start, whatever the caller's Python writes or not.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    found["PYTHONPYCACHEPREFIX"] = f"{templates}/compiled"
    if run.database == "postgresql":
        found["DATABASE_URL"] = url
    return found


def carry_out(run: Run, url: str, templates: str, arguments: list[str], shown: bool = True) -> tuple[int, str]:
    """Run it, showing its output as it comes (or whole at its end); returns the exit code and pytest's last line."""
    output = [f"\n######## {run.title}\n"]
    if shown:
        print(output[0], end="", flush=True)
    var = tempfile.mkdtemp(prefix="courtyard-test-")
    command = [*PYTEST, f"--color={'yes' if sys.stdout.isatty() else 'no'}", *run.arguments]
    last = ""
    child = subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        env=environment(run, url, var, templates),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    try:
        assert child.stdout is not None
        for line in child.stdout:
            output.append(line)
            if shown:
                print(line, end="", flush=True)
            last = line.strip() or last
        if not shown:
            print("".join(output), end="", flush=True)
        return child.wait(), last
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait(20)
        shutil.rmtree(var, ignore_errors=True)


def summarise(results: list[tuple[Run, int, str, float]]) -> int:
    """Say each run's end again, failed ones last, so that the last line tells whether all is well."""
    print("\n######## all parts", flush=True)
    for run, code, last, seconds in sorted(results, key=lambda result: result[1] != 0):
        why = {0: "passed", 5: "ran no test, which is a failure"}.get(code, f"failed (pytest's exit code {code})")
        print(f"{run.title}: {why}, {seconds:.0f} s\n{last}", flush=True)
    return 1 if any(code for _, code, _, _ in results) else 0


def main() -> int:
    plan = sys.argv[1] if len(sys.argv) > 1 else ""
    if plan not in PLANS:
        sys.exit(f"run_tests: say which: {' or '.join(PLANS)}")
    needs.ensure()
    postgres.stop_on_term()
    results: list[tuple[Run, int, str, float]] = []
    with (
        postgres.Cluster() as cluster,
        tempfile.TemporaryDirectory(prefix="courtyard-templates-") as templates,
        ThreadPoolExecutor() as lanes,
    ):
        for runs in PLANS[plan]:

            def timed(run: Run, alone: bool = len(runs) == 1) -> tuple[Run, int, str, float]:
                began = time.monotonic()
                code, last = carry_out(run, cluster.url, templates, sys.argv[2:], shown=alone)
                return run, code, COLOUR.sub("", last), time.monotonic() - began

            results += lanes.map(timed, runs)
    return summarise(results)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except needs.Missing as missing:
        sys.exit(f"run_tests: {missing}")
    except KeyboardInterrupt:
        sys.exit("run_tests: stopped; what it had started is stopped too")
