"""From a text nobody trusts to plain tables: limits before parsing, decimals exact, every refusal with its place."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from courtyard.kernel.problems import Problem

BYTES_MOST = 1_000_000
NODES_MOST = 10_000
DEEP_MOST = 12
WHOLE = "(整份文件)"
# A key of very many dotted parts takes tomllib quadratic time, so it is refused before parsing. Linear here: possessive
# repeats, and a bare part is tried only from its first letter.
_PART = r"(?:(?<![A-Za-z0-9_\-])[A-Za-z0-9_\-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_LONG_KEY = re.compile(rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEP_MOST},}}+")
_LONG_NUMBER = re.compile(r"[0-9_]{4000,}+")
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+'")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
# What tomllib and json say, and how a clerk is told it.
_WHYS = (
    ("Cannot overwrite", "同一个名称写了两次"),
    ("Duplicate inline", "同一个名称写了两次"),
    ("Cannot declare", "同一张表写了两次"),
    ("Cannot mutate", "同一张表写了两次"),
    ("Unterminated string", "引号没有成对"),
    ("Expected \"'", "引号没有成对"),
    ("Unclosed array", "方括号没有成对"),
    ("Unclosed inline", "花括号没有成对"),
    ("Expected ']", "表名的方括号没有成对"),
    ("Expected '='", "名称后面少了等号"),
    ("Invalid initial character", "名称只能用英文字母、数字和下划线"),
    ("Invalid value", "等号后面的写法不对,文字要加引号"),
    ("Invalid date", "没有这个日子"),
    ("Illegal character", "有不能用的控制符"),
    ("Found invalid character", "有不能用的控制符"),
    ("Expected newline", "一行写了两样,请分成两行"),
    ("Unescaped", "引号里的反斜杠写法不对"),
    ("Invalid hex", "引号里的反斜杠写法不对"),
    ("Escaped character", "引号里的反斜杠写法不对"),
    ("Invalid statement", "这里不是「名称 = 值」"),
    ("Exceeds the limit", "有一个数太长"),
    ("Expecting property name", "少了名称,或多了逗号"),
    ("Expecting value", "少了值"),
    ("Extra data", "后面还有多余的字"),
)


class _Twice(ValueError):
    """A JSON object names one key twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _Twice(next(name for name, count in counts.items() if count > 1))
    return table


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _exact(text: str) -> Decimal:
    """A decimal as it is written; one that no machine could hold is no number, and refused where it stands."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def load_toml(text: str) -> dict[str, Any] | Problem:
    """The tables of a TOML text, decimals exact; or why it cannot be read."""
    return _load(text, lambda sound: tomllib.loads(sound, parse_float=_exact), "TOML")


def load_json(text: str) -> dict[str, Any] | Problem:
    """The tables of a JSON text, decimals exact; or why it cannot be read."""

    def parse(sound: str) -> Any:
        return json.loads(sound, parse_float=_exact, parse_constant=_no_constant, object_pairs_hook=_once)

    return _load(text, parse, "JSON")


def _load(text: str, parse: Callable[[str], Any], kind: str) -> dict[str, Any] | Problem:
    size = len(text.encode("utf-8", "replace"))
    if size > BYTES_MOST:
        return Problem("rating.document_too_large", {"clause": WHOLE, "most": BYTES_MOST, "found": size})
    if "\ufffd" in text:  # what a door leaves where bytes were no UTF-8
        line = _line(text, text.index("\ufffd"))
        return Problem("rating.document_not_utf8", {"clause": _said(line), "line": line})
    if kind == "TOML" and (long := _LONG_KEY.search(text)):
        return _too_deep(_said(_line(text, long.start())))
    try:
        data = parse(text.removeprefix("\ufeff"))
    except RecursionError:
        return _too_deep(_said(_deepest(text)))
    except _Twice as error:
        return Problem("rating.clause_twice", {"clause": str(error)[:120], "found": str(error)[:120]})
    except ValueError as error:
        return _unreadable(text, kind, error)
    if not isinstance(data, dict):
        return Problem("rating.document_unreadable", {"kind": kind, "clause": WHOLE, "why": "最外层不是一张表"})
    return _too_much(data) or data


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _said(line: int | None) -> str:
    return f"第 {line} 行" if line else WHOLE


def _too_deep(clause: str) -> Problem:
    return Problem("rating.document_too_deep", {"clause": clause, "most": DEEP_MOST})


def _unreadable(text: str, kind: str, error: ValueError) -> Problem:
    """Why a text is no TOML or JSON, in plain words, with its line where the parser knows it."""
    message = str(error)
    at = _AT_LINE.search(message)
    line = int(at.group(1)) if at else getattr(error, "lineno", None)
    if message.startswith("Exceeds the limit") and (number := _LONG_NUMBER.search(text)):
        line = _line(text, number.start())
    if line is None and message.endswith("(at end of document)"):
        line = text.rstrip().count("\n") + 1
    told = next((words for start, words in _WHYS if message.startswith(start)), None)
    if told is None:
        told = f"{message.split()[0]} 不是数" if message.endswith("is no number") else "写法读不懂"
    why = f"{_said(line)},{told}" if line else told
    return Problem("rating.document_unreadable", {"kind": kind, "clause": _said(line), "why": why})


def _deepest(text: str) -> int | None:
    """The first line on which brackets stand deeper than they may, those in quotes left aside."""
    depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for letter in _QUOTED.sub("", line):
            depth += (letter in "[{") - (letter in "]}")
            if depth > DEEP_MOST:
                return number
    return None


def _too_much(data: dict[str, Any]) -> Problem | None:
    """Count and depth, level by level (no recursion); told with the part of the document in which it is."""
    level: list[tuple[str, Any]] = [("", data)]
    counts: Counter[str] = Counter()
    depth = 0
    while level:
        depth += 1
        if depth > DEEP_MOST:
            return _too_deep(level[0][0])
        below: list[tuple[str, Any]] = []
        for part, item in level:
            counts[part] += len(item)
            if counts.total() > NODES_MOST:
                most = counts.most_common(1)[0][0] or WHOLE
                return Problem("rating.document_too_many", {"clause": most, "most": NODES_MOST})
            rows = item.items() if isinstance(item, dict) else ((part, one) for one in item)
            below.extend((part or str(key)[:120], one) for key, one in rows if isinstance(one, dict | list))
        level = below
    return None
