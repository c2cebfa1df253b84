"""Reading tables without trusting them: a reader that takes keys one by one and names the clause of every fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean, unfit
from courtyard.rating.rules.documents.declare import REQUIRED, Spec

CODE = re.compile(r"[a-z][a-z0-9_]{0,15}")  # every table keeps at least 16
HUGE = 10**40  # no number of a document comes near


def exact_milli(value: Any) -> int | None:
    """A whole number, a Decimal or its text as thousandths; None where it is none, or finer than a thousandth."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    if isinstance(value, int) and abs(value) > HUGE:
        return None
    try:
        number = Decimal(value) if not isinstance(value, str) else Decimal(value.strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    _, digits, exponent = number.as_tuple()
    if len(digits) > 40 or not isinstance(exponent, int) or not -40 <= exponent <= 12:
        return None
    thousandths = Fraction(number) * 1000
    return thousandths.numerator if thousandths.denominator == 1 else None


def shown(value: Any, most: int = 30) -> str:
    """A wrong value as its author is shown it: its first letters; a number too long to be written out only as such."""
    try:
        return str(value)[:most]
    except ValueError:  # more digits than Python writes out
        return "一个很长的数"


LISTED = {
    "choices": "其中几个的列表:{choices}",
    "codes": '代号的列表,如 ["good", "fair"]',
    "months": "月份的列表,如 [1, 4, 7, 10]",
    "month_days": '每年哪几天的列表,月和日,如 ["01-10"]',
}


def sound_day(value: Any) -> str | None:
    """A day as its text YYYY-MM-DD, or None where it is none; TOML's own days are taken too."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def sound_month_day(value: Any) -> str | None:
    """A day of every year as MM-DD, or None where some year has it not."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{2}-\d{2}", value):
        return None
    return value if sound_day(f"2023-{value}") else None


def _fits(value: Any, spec: Spec) -> bool:
    if spec.kind == "choices":
        return value in spec.choices
    if spec.kind == "months":
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 12
    if spec.kind == "month_days":
        return sound_month_day(value) is not None
    return isinstance(value, str) and CODE.fullmatch(value) is not None


class Reader:
    """Takes the keys of one table one by one; every fault goes into the shared list, with the clause it is in."""

    def __init__(self, data: Any, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self._taken: list[str] = []
        if not isinstance(data, dict):
            self._fault("rating.clause_wrong_kind", path, write="一张表(若干行「名称 = 值」)")
            data = {}
        self._data: dict[str, Any] = data

    def clause(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _fault(self, code: str, clause: str, **facts: Any) -> None:
        self.problems.append(Problem(code, {"clause": clause or "(整份文件)", **facts}))

    def fault(self, code: str, key: str, **facts: Any) -> None:
        """Note a fault of one key of this table."""
        self._fault(code, self.clause(key), **facts)

    def has(self, key: str) -> bool:
        """Whether the table says this key."""
        return key in self._data

    def says_nothing(self, key: str, default: Any) -> bool:
        """Whether a key that may be left out is there and empty: so a canonical text says that it was left out."""
        empty = default in ("", ()) and self._data.get(key, REQUIRED) in ("", [])
        if empty:
            self._taken.append(key)
        return empty

    def leave(self, key: str) -> None:
        """Leave a key unread, whatever it holds."""
        self._taken.append(key)

    def value(self, key: str, spec: Spec, default: Any) -> Any:
        """A key that is no table, as its declaration allows."""
        if self.says_nothing(key, default):
            return default
        if spec.kind == "text":
            return self.text(key, most=spec.most, default=default)
        if spec.kind == "code":
            return self.code(key, default=default)
        if spec.kind == "whole":
            return self.whole(key, spec.least, spec.most, default=default)
        if spec.kind == "milli":
            return self.milli(key, spec.least, spec.most, default=default)
        if spec.kind == "choice":
            return self.choice(key, spec.choices, default=default)
        if spec.kind == "flag":
            return self.flag(key, default=default)
        if spec.kind in ("day", "month_day"):
            return self._dated(key, default, full=spec.kind == "day")
        return self._list(key, spec, default)

    def _dated(self, key: str, default: Any, *, full: bool) -> Any:
        write = "日期,如 2026-05-01" if full else '每年的哪一天,月和日,如 "01-10"'
        value = self._take(key, write, default)
        if value is REQUIRED:
            return "" if default is REQUIRED else default
        found = sound_day(value) if full else sound_month_day(value)
        if found is None:
            self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
            return ""
        return found

    def _list(self, key: str, spec: Spec, default: Any) -> Any:
        """A list of words, identifiers, months or days of the year; a word twice counts once, order is kept."""
        write = LISTED[spec.kind].format(choices="、".join(spec.choices))
        if default is not REQUIRED and key not in self._data:
            self._taken.append(key)
            return default
        values = self.items(key, least=max(spec.least, 1), most=spec.most, write=write)
        sound = [one for one in values if _fits(one, spec)]
        if len(sound) != len(values):
            found = next(shown(one) for one in values if not _fits(one, spec))
            if spec.kind == "choices":
                self._fault("rating.clause_not_one_of", self.clause(key), found=found, choices="、".join(spec.choices))
            elif spec.kind == "months":
                self._fault("rating.clause_out_of_range", self.clause(key), found=found, least=1, most=12)
            else:
                self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
        kept = tuple(dict.fromkeys(sound))
        return tuple(sorted(kept)) if spec.kind in ("months", "month_days") else kept

    def _take(self, key: str, write: str, default: Any) -> Any:
        self._taken.append(key)
        if key in self._data:
            return self._data[key]
        if default is REQUIRED:
            self._fault("rating.clause_missing", self.clause(key), write=write)
        return REQUIRED

    def text(self, key: str, *, most: int = 200, default: Any = REQUIRED) -> Any:
        """A text of 1..most characters, tidied."""
        write = f"1 到 {most} 个字的文字,加引号"
        value = self._take(key, write, default)
        if value is REQUIRED:
            return "" if default is REQUIRED else default
        if not isinstance(value, str) or not value.strip():
            self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
            return ""
        value = clean(value)
        if problem := unfit(value, most=most, field=self.clause(key)):
            self.problems.append(problem)
        return value

    def code(self, key: str = "code", *, default: Any = REQUIRED) -> Any:
        """An identifier: small letters, digits, underscore, a letter first."""
        write = "小写英文字母开头、只含小写字母、数字和下划线、最多 16 位的代号,加引号"
        value = self._take(key, write, default)
        if value is REQUIRED:
            return "" if default is REQUIRED else default
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
            return ""
        return value

    def whole(self, key: str, least: int, most: int, *, default: Any = REQUIRED) -> Any:
        """A whole number within bounds."""
        write = f"{least} 到 {most} 的整数"
        value = self._take(key, write, default)
        if value is REQUIRED:
            return least if default is REQUIRED else default
        if isinstance(value, bool) or not isinstance(value, int):
            self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
            return least
        if not least <= value <= most:
            self._fault("rating.clause_out_of_range", self.clause(key), found=shown(value), least=least, most=most)
            return least
        return value

    def milli(self, key: str, least: int, most: int, *, default: Any = REQUIRED) -> Any:
        """A decimal of at most three places within whole bounds, as thousandths."""
        write = f"{least} 到 {most} 的数,最多三位小数"
        value = self._take(key, write, default)
        if value is REQUIRED:
            return least * 1000 if default is REQUIRED else default
        found = exact_milli(value)
        if found is None:
            self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
            return least * 1000
        if not least * 1000 <= found <= most * 1000:
            self._fault("rating.clause_out_of_range", self.clause(key), found=shown(value), least=least, most=most)
            return least * 1000
        return found

    def choice(self, key: str, choices: Sequence[str], *, default: Any = REQUIRED) -> Any:
        """One of the given words."""
        listed = "、".join(choices)
        value = self._take(key, f"其中一个:{listed}", default)
        if value is REQUIRED:
            return choices[0] if default is REQUIRED else default
        if value not in choices:
            self._fault("rating.clause_not_one_of", self.clause(key), found=shown(value, 40), choices=listed)
            return choices[0]
        return value

    def flag(self, key: str, *, default: Any = REQUIRED) -> Any:
        """true or false."""
        value = self._take(key, "true 或 false(不加引号)", default)
        if value is REQUIRED:
            return False if default is REQUIRED else default
        if not isinstance(value, bool):
            self._fault("rating.clause_wrong_kind", self.clause(key), write="true 或 false(不加引号)")
            return False
        return value

    def items(self, key: str, *, least: int, most: int, write: str) -> list[Any]:
        """A list of least..most values; absent is allowed where `least` is 0."""
        value = self._take(key, write, [] if least == 0 else REQUIRED)
        if value is REQUIRED:
            return []
        if not isinstance(value, list):
            self._fault("rating.clause_wrong_kind", self.clause(key), write=write)
            return []
        if not least <= len(value) <= most:
            self._fault(
                "rating.clause_out_of_range", self.clause(key), found=f"{len(value)} 项", least=least, most=most
            )
        return value

    def table(self, key: str) -> Reader:
        """The reader of a table inside this one."""
        value = self._take(key, f"一张表,写作 [{self.clause(key)}]", REQUIRED)
        return Reader({} if value is REQUIRED else value, self.clause(key), [] if value is REQUIRED else self.problems)

    def optional(self, key: str) -> Reader | None:
        """The reader of a table that may be left out."""
        value = self._take(key, "", None)
        return None if value is REQUIRED else Reader(value, self.clause(key), self.problems)

    def tables(self, key: str, *, least: int, most: int) -> list[Reader]:
        """Readers of the rows of a list of tables; a row is named by its code, else by its place."""
        rows = self.items(key, least=least, most=most, write=f"若干行,每行写作 [[{self.clause(key)}]]")
        readers, codes = [], set()
        for place, row in enumerate(rows, start=1):
            code = row.get("code") if isinstance(row, dict) else None
            name = code if isinstance(code, str) and CODE.fullmatch(code) else place
            if isinstance(code, str) and code in codes:
                self._fault("rating.clause_twice", self.clause(key), found=code)
            codes.add(code if isinstance(code, str) else None)
            readers.append(Reader(row, f"{self.clause(key)}[{name}]", self.problems))
        return readers

    def close(self) -> None:
        """Every key that nobody took is unknown."""
        for key in self._data:
            if key not in self._taken:
                self._fault("rating.clause_unknown", self.clause(str(key))[:120], allowed="、".join(self._taken))
