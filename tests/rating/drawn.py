"""Documents drawn from the declarations: every key within its bounds, no clause asked whether it agrees with another."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.documents.declare import REQUIRED, Declared, declared
from courtyard.rating.rules.parsing import parse_json

WORDS = st.text(st.characters(categories=("L", "N", "P", "Zs"), include_characters='"\\#=.'), min_size=1, max_size=12)
CODES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)


def _plain(key: Declared) -> st.SearchStrategy[Any]:
    spec = key.spec
    numbers = st.integers(spec.least, spec.most)
    thousandths = st.integers(spec.least * 1000, spec.most * 1000)
    lists = {"min_size": max(spec.least, 1), "max_size": max(spec.least, 1) + 1, "unique": True}
    kinds: dict[str, Any] = {
        "text": lambda: WORDS.map(lambda text: f"字{text[: spec.most - 1]}"),
        "code": lambda: CODES,
        "whole": lambda: numbers,
        "milli": lambda: thousandths.map(decimal_text),
        "choice": lambda: st.sampled_from(spec.choices),
        "flag": st.booleans,
        "day": lambda: st.dates().map(lambda day: day.isoformat()),
        "month_day": lambda: st.sampled_from(["01-10", "02-28", "12-31"]),
        "choices": lambda: st.lists(st.sampled_from(spec.choices), min_size=1, max_size=len(spec.choices), unique=True),
        "codes": lambda: st.lists(CODES, **lists),
        "months": lambda: st.lists(st.integers(1, 12), min_size=1, max_size=12, unique=True),
        "month_days": lambda: st.lists(st.sampled_from(["01-10", "06-30", "12-31"]), **lists),
    }
    found: st.SearchStrategy[Any] = kinds[spec.kind]()
    return found


@st.composite
def tables(draw: st.DrawFn, cls: type) -> dict[str, Any]:
    """One table of a declared class, under engine 2."""
    made: dict[str, Any] = {}
    for key in declared(cls):
        spec = key.spec
        if spec.only:
            beside = next(row for row in declared(cls) if row.key == spec.only[0])
            said = made.get(spec.only[0], beside.default)
            if said not in spec.only[1]:
                continue
            asked = said in spec.needed
        else:
            asked = key.default is REQUIRED
        if key.key == "engine":
            made["engine"] = 2
        elif spec.kind == "tables":
            least = spec.least if key.default is REQUIRED else 0
            if rows := draw(st.lists(tables(spec.of or object), min_size=least, max_size=least + 1)):
                made[key.key] = [_numbered(row, n) for n, row in enumerate(rows)]
        elif asked or draw(st.booleans()):
            made[key.key] = draw(tables(spec.of) if spec.of else _plain(key))
    return made


def _numbered(row: dict[str, Any], n: int) -> dict[str, Any]:
    """Rows of one list have codes of their own."""
    return {**row, "code": f"{row['code']}_{n}"} if "code" in row else row


def read(data: dict[str, Any]) -> SchemeDocument | Problem:
    """What the reader makes of these tables, clauses not yet compared with one another."""
    return parse_json(json.dumps(data, ensure_ascii=False, default=str))
