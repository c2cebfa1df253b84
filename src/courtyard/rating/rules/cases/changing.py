"""A scheme's tables with clauses changed before they are read: `awards[good].points = 5`, `awards[+] = {…}`."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

_STEP = re.compile(r"([a-z_]+)(?:\[([a-z0-9_+]+)\])?")


class NoSuchClause(ValueError):
    """A path that leads to nothing in the document."""


def changed(data: Mapping[str, Any], change: Mapping[str, Any], remove: Sequence[str] = ()) -> dict[str, Any]:
    """A copy of a scheme's tables with clauses set, added (`[+]`) or removed. NoSuchClause where a path leads nowhere."""
    found: dict[str, Any] = copy.deepcopy(dict(data))
    for path, value in change.items():
        holder, key = _holder(found, path)
        if isinstance(holder, list) and key == "+":
            holder.append(value)
        else:
            holder[key] = value
    for path in remove:
        holder, key = _holder(found, path)
        try:
            del holder[key]
        except KeyError as error:
            raise NoSuchClause(path) from error
    return found


def _holder(data: Any, path: str) -> tuple[Any, Any]:
    if not re.fullmatch(rf"{_STEP.pattern}(\.{_STEP.pattern})*", path):
        raise NoSuchClause(path)
    holder: Any = None
    key: Any = None
    here: Any = data
    for name, row in _STEP.findall(path):
        if not isinstance(here, dict):
            raise NoSuchClause(path)
        holder, key, here = here, name, here.get(name)
        if not row:
            continue
        if row == "+":
            here = holder.setdefault(name, []) if here is None else here
        if not isinstance(here, list):
            raise NoSuchClause(path)
        holder, key = here, row if row == "+" else _place(here, row, path)
        here = None if row == "+" else here[key]
    return holder, key


def _place(rows: list[Any], row: str, path: str) -> int:
    codes = [item.get("code") if isinstance(item, dict) else None for item in rows]
    if row in codes:
        return codes.index(row)
    if row.isdigit() and int(row) < len(rows):
        return int(row)
    raise NoSuchClause(path)
