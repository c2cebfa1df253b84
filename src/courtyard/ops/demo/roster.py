"""The roster a clerk would send: one workbook, one sheet a village, titles and subtotals as clerks keep them."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from courtyard.ops.demo.facts import Size, data

HEADINGS = ("组别", "户编号", "户主姓名", "自然湾", "家庭人口", "联系电话", "备注")


def write_roster(path: Path, seed: int, size: Size) -> int:
    """Write the workbook; the same seed and size give the same bytes. Returns the number of households."""
    chance = random.Random(f"roster/{seed}")  # noqa: S311  # a demonstration's, made to be repeated
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"title": "农户花名册", "created": datetime(2026, 1, 1)})
    text = book.add_format({"num_format": "@"})
    count = 0
    for v, village in enumerate(data()["villages"][: size.villages], 1):
        sheet = book.add_worksheet(village)
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"{village}农户花名册", text)
        sheet.write_row(1, 0, HEADINGS, text)
        row = 2
        for g in range(1, size.groups + 1):
            people = 0
            for n in range(1, size.homes + 1):
                cells = _home(chance, v, g, n, count)
                sheet.write_row(row, 0, cells, text)
                people += int(cells[4])
                row, count = row + 1, count + 1
            sheet.write_row(row, 0, ("小计", f"{size.homes}户", "", "", str(people), "", ""), text)
            row += 1
    book.close()
    return count


def _home(chance: random.Random, v: int, g: int, n: int, count: int) -> tuple[str, ...]:
    facts = data()
    rare = facts["rare"]
    name = rare[count // 17] if count % 17 == 7 and count // 17 < len(rare) else _name(chance, facts)
    bay = facts["bays"][(g - 1 + (n - 1) // 12) % len(facts["bays"])] + "湾"
    phone = f"1990000{chance.randrange(10000):04d}" if chance.random() < 0.9 else ""
    return (
        f"{g}组", f"{v:02d}{g:02d}{n:03d}", name, bay, str(chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, 6))), phone,
        _remark(chance, facts["remarks"]),
    )  # fmt: skip


def _name(chance: random.Random, facts: dict[str, Any]) -> str:
    surnames = facts["surnames"]
    place = min(int(chance.expovariate(1 / 10)), len(surnames) - 1)
    return str(surnames[place]) + str(chance.choice(facts["given"]))


def _remark(chance: random.Random, remarks: dict[str, int]) -> str:
    point = chance.random() * 100
    for words, share in remarks.items():
        if point < share:
            return words
        point -= share
    return ""
