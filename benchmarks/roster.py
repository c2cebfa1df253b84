"""A roster of many villages imported, beside calamine reading it and the driver's bulk load of the same rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter
from django.db import connection, models, transaction

from benchmarks import ground
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, Timed, say, side_by_side, slower
from benchmarks.rounds import peak
from courtyard.households.actions import import_roster
from courtyard.households.actions.rows import insert
from courtyard.households.models import Care, Household, ImportLine
from courtyard.kernel.actors import Duty, DutyKind
from courtyard.kernel.ids import uuid7
from courtyard.places.actions import make_place
from courtyard.places.models import Place
from courtyard.places.rules import PlaceKind
from courtyard.records.gate import writers_turn

A_VILLAGE = 400
HEAD = ("组别", "户编号", "户主姓名", "家庭人口", "联系电话", "备注")
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "国秀建桂大小明英华芳军丽强敏静伟艳勇杰涛"
REMARKS = ("", "", "", "", "", "", "独居老人", "", "空置", "")
MODELS: tuple[type[models.Model], ...] = (Household, ImportLine, Care)


def workbook(path: Path, homes: int, phones: int) -> Path:
    """A roster of so many homes, a sheet a village of 400; phones from a number on, so that no home seems to have moved."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    for n, start in enumerate(range(0, homes, A_VILLAGE)):
        sheet = book.add_worksheet(f"{FAMILY[n % 20]}{GIVEN[n // 20 % 20]}{GIVEN[n // 400 % 20]}村")
        sheet.write_row(0, 0, HEAD)
        for row in range(min(A_VILLAGE, homes - start)):
            k = start + row
            name = FAMILY[k % 20] + GIVEN[k // 20 % 20] + GIVEN[k // 400 % 20]
            cells = (f"{row // 40 + 1}组", f"{row:07d}", name, k % 6 + 1, f"13{phones + k:09d}", REMARKS[k % 10])
            sheet.write_row(row + 1, 0, cells)
    book.close()
    return path


class Rosters:
    """The file, a new town for each import of ours, and the rows of the last one for the bulk load."""

    def __init__(self, folder: Path, homes: int) -> None:
        self.world = ground.world()
        self.folder, self.homes, self.towns = folder, homes, 0
        self.file = folder

    def town(self) -> Place:
        self.towns += 1
        parent, by = self.world[""], self.world.terminal
        return make_place(
            parent=parent, kind=PlaceKind.TOWN, code=f"R{self.towns}", name=f"{self.towns}镇", by=by, at=ground.AT
        )

    def ours(self, n: int) -> Callable[[], int]:
        town = self.town()
        self.file = workbook(self.folder / f"{self.towns}.xlsx", self.homes, self.towns * 1_000_000)
        clerk = replace(self.world.terminal, duties=(Duty(DutyKind.TOWN_CLERK, town.path),))

        def work() -> int:
            return import_roster(file=self.file, by=clerk, at=ground.AT).new

        return work

    def bulk(self, n: int) -> Callable[[], int]:
        """The rows the import before wrote, under new ids and in another town: read the file, load them, nothing else."""
        last = Place.objects.get(path=f"R{self.towns}")
        tables = self._rows(last)

        def work() -> int:
            book = python_calamine.load_workbook(str(self.file))
            read = sum(len(book.get_sheet_by_name(name).to_python()) - 1 for name in book.sheet_names)
            with writers_turn(), transaction.atomic():
                for table, columns, rows in tables:
                    insert(table, columns, rows)
            return read

        return work

    def _rows(self, town: Place) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
        new = {pk: uuid7() for pk in Household.objects.filter(town=town).values_list("pk", flat=True)}
        other = self.town()
        places: dict[Any, Any] = {}
        for place in Place.objects.filter(town=town).exclude(pk=town.pk).order_by("path"):
            parent = other if place.parent_id == town.pk else Place.objects.get(pk=places[place.parent_id])
            copied = make_place(
                parent=parent, kind=PlaceKind(place.kind), code=place.code, name=place.name, by=self.world.terminal,
                at=ground.AT,
            )  # fmt: skip
            places[place.pk] = copied.pk
        places[town.pk] = other.pk
        return [self._of(model, {**places, **new}, set(new)) for model in MODELS]

    def _of(
        self, model: type[models.Model], swaps: dict[Any, Any], homes: set[Any]
    ) -> tuple[str, list[str], list[tuple[Any, ...]]]:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        own = "id" if model is Household else "household_id"
        rows = []
        for row in model._default_manager.all().iterator():
            if getattr(row, own) not in homes:
                continue
            if model is Care:
                row.pk = uuid7()
            values = [getattr(row, field.attname) for field in fields]
            rows.append(tuple(swaps.get(value, value) if value.__hash__ else value for value in values))
        return model._meta.db_table, [str(field.column) for field in fields], rows


def bench(wanted: Wanted) -> list[Figure]:
    homes = wanted.size(20_000, 6_000)
    more = wanted.homes or wanted.size(100_000, 24_000)
    with tempfile.TemporaryDirectory(prefix="courtyard-bench-") as folder:
        rosters = Rosters(Path(folder), homes)
        say(f"{homes} rows a run")
        timed = side_by_side({"ours": rosters.ours, "bulk": rosters.bulk}, wanted.runs)
        say(f"{more} rows once")
        rosters.homes = more
        work = rosters.ours(0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        peak(reset=True)
        began = time.perf_counter()
        large = Timed("large", work(), time.perf_counter() - began, None)
    return [
        slower("roster", "roster import beside calamine + the driver's bulk load of the same rows", timed["ours"],
               timed["bulk"], at_most=2.5),
        slower("roster", f"roster of {more:,} rows, time a row beside {homes:,}", large, timed["ours"], at_most=1.3,
               note=f"peak memory {peak() / 1e6:.0f} MB"),
    ]  # fmt: skip
