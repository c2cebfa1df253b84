"""Documents with clauses broken at random: what a reader must survive, and what an engine must run where they are sound."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from tests.rating.worked import SCHEMES, text_of

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import Spec, declared

NAMES = ["everything", *sorted(path.stem for path in SCHEMES.glob("*.toml"))]
JUNK: tuple[Any, ...] = (
    None, 0, -1, 10**50, 1 << 20_000, Decimal("0.0005"), Decimal("NaN"), Decimal("1e400"), float("inf"), True, "", "x", "\x00",
    "\ud800", "a" * 5000, [], {}, [[]], [{}], {"code": "x"}, date(2026, 1, 1), datetime(2026, 1, 1), "good", "points", "na",
    "declined",
)  # fmt: skip


@lru_cache(maxsize=20)
def _base(name: str) -> dict[str, Any]:
    return tomllib.loads(text_of(name), parse_float=Decimal)


def _specs(cls: type, found: dict[str, list[Spec]]) -> dict[str, list[Spec]]:
    for row in declared(cls):
        if row.spec.of is not None:
            _specs(row.spec.of, found)
        else:
            found.setdefault(row.key, []).append(row.spec)
    return found


SPECS = _specs(SchemeDocument, {})


def _places(data: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every key of every table."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield data, key
            yield from _places(value)
    elif isinstance(data, list):
        for value in data:
            yield from _places(value)


def broken(chance: Random) -> dict[str, Any]:
    """A document with one to three keys gone, or holding what nobody would write there."""
    data = copy.deepcopy(_base(chance.choice(NAMES)))
    for _ in range(chance.randint(1, 3)):
        table, key = chance.choice(list(_places(data)))
        if chance.random() < 0.2:
            del table[key]
        else:
            table[chance.choice([key, key, key, "kind", "extra"])] = copy.deepcopy(chance.choice(JUNK))
    return data


def bent(chance: Random) -> dict[str, Any]:
    """A document with up to three keys gone, or holding something else that their declaration allows."""
    data = copy.deepcopy(_base(chance.choice(NAMES)))
    codes = [row["code"] for kind in ("bands", "ledgers", "awards", "deeds", "titles") for row in data.get(kind, [])]
    for _ in range(chance.randint(0, 3)):
        held = [(table, key) for table, key in _places(data) if key in SPECS and not isinstance(table[key], dict)]
        table, key = chance.choice(held)
        if chance.random() < 0.2:
            del table[key]
        else:
            table[key] = _allowed(chance, chance.choice(SPECS[key]), codes)
    return data


def _allowed(chance: Random, spec: Spec, codes: list[str]) -> Any:
    numbers = chance.choice([spec.least, chance.randint(max(spec.least, -60), min(spec.most, 200))]) if spec.most else 0
    kinds: dict[str, Any] = {
        "whole": numbers,
        "milli": chance.choice([numbers, Decimal(numbers) / 8]),
        "flag": chance.random() < 0.5,
        "code": chance.choice(codes),
        "codes": chance.sample(codes, 2),
        "months": [1, 6],
        "month_days": ["01-10"],
        "month_day": chance.choice(["01-10", "12-31"]),
        "day": "2026-01-01",
        "text": "字",
    }
    if spec.kind == "choice":
        return chance.choice(spec.choices)
    if spec.kind == "choices":
        return chance.sample(spec.choices, chance.randint(1, len(spec.choices)))
    return kinds[spec.kind]
