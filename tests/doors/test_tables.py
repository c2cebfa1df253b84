"""Exports: what is on the screen, with title, maker, date and count; nothing of another village, nothing that computes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from tests.doors.conftest import Door

from courtyard.office.exports import inert
from courtyard.records.models import AccessLine


def cells(answer: Any) -> list[list[Any]]:
    assert answer["Content-Type"].endswith("sheet")
    return [list(row) for row in load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)]


def test_the_register_is_exported_as_it_is_shown(door: Door):
    cadre = door.as_("cadre")
    before = AccessLine.objects.count()
    rows = cells(cadre.get("/office/households.xlsx?place=WD/01/G02"))
    assert rows[0][0] == "农户名册"
    assert rows[1][0] == "制表:村干部甲 2026-09-14"
    assert rows[2][:3] == ["户主", "村", "组"]
    assert [row[4] for row in rows[3:6]] == ["0201", "0202", "0203"], "codes stay text"
    assert rows[6][0] == "共 3 条"
    assert AccessLine.objects.count() == before + 3
    assert cells(cadre.get("/office/households.xlsx?q=wjg"))[4][0] == "共 1 条"


def test_a_village_exports_its_own_only(door: Door):
    rows = cells(door.as_("cadre2").get("/office/households.xlsx?place=WD/01"))
    assert rows[3][0] == "共 0 条"


def test_rounds_and_points_are_exported(door: Door, opened):
    clerk = door.as_("clerk")
    assert cells(clerk.get("/office/rounds.xlsx"))[3][:2] == ["塔湾村", "2026-09"]
    points = cells(clerk.get("/office/points.xlsx"))
    assert [row[0] for row in points[3:5]] == ["塔湾村", "石桥村"], "in order of places, no ranking"
    assert points[3][1] == 100_000


def test_nothing_exported_computes():
    for alive in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1"):
        assert inert(alive).startswith("'")
    assert inert("王建国") == "王建国"
