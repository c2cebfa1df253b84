"""The register exported as Excel through the office's own address, beside XlsxWriter alone on rows that are ready."""

from __future__ import annotations

import io
import resource
from collections.abc import Callable

import xlsxwriter
from django.test import Client, override_settings
from openpyxl import load_workbook

from benchmarks import ground
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, database, say, side_by_side, slower
from courtyard.households.sealing import phone_sealer
from courtyard.kernel.actors import DutyKind

ADDRESS = "/office/households.xlsx"
HOMES_A_VILLAGE = 2_000


def bench(wanted: Wanted) -> list[Figure]:
    count = wanted.homes or wanted.size(20_000, 4_000)
    client = _register(count)
    ready = _rows(client)
    if len(ready) != count:
        raise RuntimeError("the table does not hold every home")

    def ours(n: int) -> Callable[[], int]:
        return lambda: count if len(_ask(client)) else 0

    def alone(n: int) -> Callable[[], int]:
        return lambda: count if _written(ready) else 0

    say(f"{count} homes")
    timed = side_by_side({"ours": ours, "alone": alone}, wanted.runs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    what = f"{count:,} homes as Excel beside XlsxWriter alone (constant memory) on ready rows"
    note = "read, an access line a home, every phone opened to show its mask"
    return [
        slower("exports", what, timed["ours"], timed["alone"], at_most=1.6, note=note),
        Figure("exports", f"peak memory of the process, {count:,} homes", database(), peak / 1e6, "MB"),
    ]


def _register(count: int) -> Client:
    """So many homes with phones, and a county officer who may see them all."""
    world = ground.world()
    ground.person(world, "looks", "县干部乙", DutyKind.COUNTY_OFFICER, "")
    key, seal = phone_sealer()
    size = min(HOMES_A_VILLAGE, count)
    for n, village in enumerate(ground.new_villages(world, count // size, towns_of=40)):
        homes = ground.homes(village, size, first_short=n % 40 * size)
        for home in homes:
            home.phone_key, home.phone_sealed = key, seal(home.pk, "13800001234")
        ground.load(homes)
    client = Client()
    client.force_login(world.accounts["looks"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def _ask(client: Client) -> bytes:
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        answer = client.get(ADDRESS)
    if answer.status_code != 200:
        raise RuntimeError(f"{ADDRESS} answered {answer.status_code}")
    return bytes(answer.content)


def _rows(client: Client) -> list[tuple[str | int, ...]]:
    """What the export holds, read by another program: the rows the other side writes."""
    sheet = load_workbook(io.BytesIO(_ask(client)), read_only=True).worksheets[0]
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[1] is not None]


def _written(rows: list[tuple[str | int, ...]]) -> int:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, value or "")
    book.close()
    return len(out.getvalue())
