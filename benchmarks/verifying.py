"""`verify` over villages with closed rounds, beside reading the same rows with the driver."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from django.apps import apps

from benchmarks import closing as closes
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, Timed, say, side_by_side, slower
from benchmarks.rounds import HOMES_A_VILLAGE, peak
from courtyard.ops.verify.running import run_here
from courtyard.ops.verify.source import open_source

ROOMS = ("records", "places", "people", "households", "rating", "points", "inspections", "honours", "shop", "outreach")


def tables() -> list[str]:
    return [model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models()
            if model._meta.label != "records.AccessLine"]  # fmt: skip


def read() -> int:
    """Every row of the rooms' tables, as the driver gives them, from one snapshot."""
    with closing(open_source()) as source:
        return sum(1 for table in tables() for _ in source.rows(f'SELECT * FROM "{table}"'))


def proved() -> None:
    bad = [check for check in run_here() if not check.ok]
    if bad:
        raise RuntimeError(f"verify finds {bad[0].name}: {bad[0].detail}")


def _of(work: Callable[[], object], rows: int) -> Callable[[int], Callable[[], int]]:
    def timed() -> int:
        work()
        return rows

    return lambda n: timed


def bench(wanted: Wanted) -> list[Figure]:
    homes = wanted.size(2_000, 400)
    more = wanted.homes or wanted.size(20_000, 4_000)
    world = closes.Closing()
    small = _grown(world, homes, wanted.runs)
    peak(reset=True)
    proved()
    low = peak()
    large = _grown(world, more - homes, 2 if wanted.homes else wanted.runs)
    peak(reset=True)
    proved()
    return [
        slower("verifying", f"verify, {homes:,} homes, beside reading the same rows", small["ours"], small["driver"],
               at_most=5),
        slower("verifying", f"verify, {more:,} homes, beside reading the same rows", large["ours"], large["driver"],
               at_most=5),
        slower("verifying", f"verify, {more:,} homes, time a row beside {homes:,}", large["ours"], small["ours"], at_most=1.3,
               note=f"peak memory {low / 1e6:.0f} → {peak() / 1e6:.0f} MB"),
    ]  # fmt: skip


def _grown(world: closes.Closing, homes: int, runs: int) -> dict[str, Timed]:
    world.close(world.county.marked(max(homes, HOMES_A_VILLAGE)))
    rows = read()
    say(f"{rows:,} rows")
    return side_by_side({"ours": _of(proved, rows), "driver": _of(read, rows)}, runs)
