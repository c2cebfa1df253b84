"""A scheme as it is being written: plain tables that may not be sound yet, and the way through them.

A *path* names a table or a list by steps, keys and places from 0: `("sheet", "areas", "0")`. A *clause* names the same as
faults do: `sheet.areas[courtyard]`.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.declare import Declared, declared
from courtyard.rating.rules.reading import CODE

Table = dict[str, Any]
Path = tuple[str, ...]
INLINE_KEYS, INLINE_FIELDS = 8, 700  # rows of no more keys, and lists of no more fields, stand on one page
_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")


def kept(data: Table) -> str:
    """Tables as the text that is kept; decimals and days as their texts."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of a document")


def title_of(data: Table) -> str:
    """What a scheme being written is called."""
    name = data.get("name")
    return name.strip()[:80] if isinstance(name, str) and name.strip() else "还没有名称"


def key_of(cls: type, key: str) -> Declared | None:
    """A declared key of a table by its name in documents."""
    return next((row for row in declared(cls) if row.key == key), None)


def is_flat(cls: type) -> bool:
    """Whether a table's rows hold no tables."""
    return all(row.spec.of is None for row in declared(cls))


def stands_open(row: Declared) -> bool:
    """Whether the rows of a list stand open on the page of the table that holds it; longer ones have a page each."""
    keys = len(declared(row.spec.of)) if row.spec.of else 0
    flat = row.spec.of is not None and is_flat(row.spec.of)
    return flat and keys <= INLINE_KEYS and keys * row.spec.most <= INLINE_FIELDS


def kind_at(path: Path) -> tuple[type, bool, Declared | None] | None:
    """What the declarations say of a path: the class of its table (or of its rows), whether it is a list, its key.

    None where no declaration has such a path."""
    cls: type = SchemeDocument
    row: Declared | None = None
    rows = False
    for step in path:
        if rows:
            if not step.isdigit() or len(step) > 4:
                return None
            rows = False
            continue
        row = key_of(cls, step)
        if row is None or row.spec.of is None:
            return None
        cls, rows = row.spec.of, row.spec.kind == "tables"
    return cls, rows, row


def at(data: Table, path: Path) -> Any:
    """What stands at a path; None where nothing does, or something that is neither table nor list."""
    found: Any = data
    for step in path:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found if isinstance(found, dict | list) else None


def put(data: Table, path: Path, value: Any) -> Table:
    """The tables with another value at a path; tables and lists on the way are made where there are none."""
    if not path:
        return dict(value)
    whole = copy.deepcopy(data)
    holder: Any = whole
    for step, after in zip(path[:-1], path[1:], strict=True):
        empty: Any = [] if after.isdigit() else {}
        if isinstance(holder, list):
            holder = holder[int(step)]
            continue
        if not isinstance(holder.get(step), type(empty)):
            holder[step] = empty
        holder = holder[step]
    last = path[-1]
    if isinstance(holder, list):
        if int(last) < len(holder):
            holder[int(last)] = value
        else:
            holder.append(value)
    else:
        holder[last] = value
    return whole


def added(data: Table, path: Path) -> Table:
    """The tables with one row more at the end of a list, or a table that was left out begun."""
    found = kind_at(path)
    assert found is not None
    _, rows, _ = found
    if not rows:
        return put(data, path, at(data, path) or {})
    standing = at(data, path)
    return put(data, path, [*(standing if isinstance(standing, list) else []), {}])


def removed(data: Table, path: Path) -> Table:
    """The tables without the row or the table at a path."""
    whole = copy.deepcopy(data)
    holder = at(whole, path[:-1]) if len(path) > 1 else whole
    last = path[-1]
    if isinstance(holder, dict):
        holder.pop(last, None)
    elif isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        holder.pop(int(last))
        if not holder and len(path) > 1:
            return removed(whole, path[:-1])
    return whole


def raised(data: Table, path: Path) -> Table:
    """The tables with a row one place further up in its list."""
    whole = copy.deepcopy(data)
    holder, last = at(whole, path[:-1]), path[-1]
    if isinstance(holder, list) and last.isdigit() and 0 < int(last) < len(holder):
        place = int(last)
        holder[place - 1], holder[place] = holder[place], holder[place - 1]
    return whole


def clause_of(data: Table, path: Path) -> str:
    """A path as faults name it."""
    said = ""
    holder: Any = data
    for step in path:
        if isinstance(holder, list) and step.isdigit():
            row = holder[int(step)] if int(step) < len(holder) else None
            said += f"[{_name(row, int(step))}]"
            holder = row
        else:
            said += f".{step}" if said else step
            holder = holder.get(step) if isinstance(holder, dict) else None
    return said


def _name(row: Any, place: int) -> str:
    code = row.get("code") if isinstance(row, dict) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else str(place + 1)


def page_of(data: Table, clause: str) -> Path:
    """The page on which a clause is written: the nearest table or list that has one; () is the scheme's own page."""
    path: Path = ()
    holder: Any = data
    for key, code in _STEP.findall(clause):
        found = kind_at((*path, key))
        if found is None:
            break
        _, rows, row = found
        path, holder = (*path, key), holder.get(key) if isinstance(holder, dict) else None
        if rows and row is not None and stands_open(row):
            return path[:-1] if len(path) > 1 else path
        if rows:
            place = _place(holder, code)
            if place is None:
                return path
            path, holder = (*path, str(place)), holder[place]
    return path


def _place(rows: Any, code: str) -> int | None:
    names = [_name(row, place) for place, row in enumerate(rows)] if isinstance(rows, list) else []
    return names.index(code) if code in names else None


def unknown_keys(cls: type, table: Table) -> list[str]:
    """Keys of a table that nobody declared: a file may hold them, the form drops them when its page is kept."""
    known = {row.key for row in declared(cls)}
    return [key for key in table if key not in known]


def filled(cls: type, standing: Table, given: Iterable[tuple[str, Any]]) -> Table:
    """A table as its form was sent: what was given, and the tables inside it that have pages of their own."""
    said = dict(given)
    made: Table = {}
    for row in sorted(declared(cls), key=lambda row: row.spec.of is not None):
        if row.key in said:
            if stands_beside(cls, row, said):
                made[row.key] = said[row.key]
        elif (row.spec.of is not None or row.key == "format") and row.key in standing:
            made[row.key] = standing[row.key]
    return made


def stands_beside(cls: type, row: Declared, table: Table) -> bool:
    """Whether a key may stand beside what a table says, or holds where it says nothing."""
    if row.spec.only is None:
        return True
    key, words = row.spec.only
    beside = key_of(cls, key)
    return table.get(key, beside.default if beside else None) in words
