"""How a clause is declared once: what it may hold, and what it decides, in English and Chinese.

From the same declarations the reader reads, the JSON Schema and `docs/reference/scheme.md` are made, and the author's
form is drawn. A declaration is the metadata of a dataclass field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

REQUIRED: Any = dataclasses.MISSING


@dataclass(frozen=True)
class Spec:
    """What one key of a clause may hold.

    `kind`: text, code, whole, milli (a decimal kept in thousandths), choice, flag, day (YYYY-MM-DD), month_day (MM-DD),
    table, tables, choices, codes, months, month_days. `least`, `most`: bounds of a number, or of a length or count.
    `of`: the declared class of a table's rows. `only`: (sibling key, its values) under which the key may stand, and
    `needed`: those of them under which it must. `later`: a clause younger than documents that were adopted: left out of the canonical text
    where it says nothing, so that older documents keep theirs. `first`: the narrower bounds that engine 1 keeps, of a
    whole number or a count, `first_choices` its fewer words; `first_needed`: engine 1 wants the key.
    """

    kind: str
    zh: str
    en: str
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    of: type | None = None
    only: tuple[str, tuple[str, ...]] | None = None
    needed: tuple[str, ...] = ()
    later: bool = False
    engine: int = 1
    first: tuple[int, int] | None = None
    first_choices: tuple[str, ...] = ()
    first_needed: bool = False


def _field(spec: Spec, default: Any) -> Any:
    if spec.only and spec.needed == ("*",):
        spec = dataclasses.replace(spec, needed=spec.only[1])
    return dataclasses.field(default=default, metadata={"spec": spec})


def text(zh: str, en: str, most: int, default: Any = REQUIRED, **more: Any) -> Any:
    """Words of 1..most characters."""
    return _field(Spec("text", zh, en, 1, most, **more), default)


def ident(zh: str, en: str, default: Any = REQUIRED, **more: Any) -> Any:
    """An identifier of at most 16 small letters, digits and underscores, a letter first."""
    return _field(Spec("code", zh, en, **more), default)


def whole(zh: str, en: str, least: int, most: int, default: Any = REQUIRED, **more: Any) -> Any:
    """A whole number within bounds."""
    return _field(Spec("whole", zh, en, least, most, **more), default)


def milli(zh: str, en: str, least: int, most: int, default: Any = REQUIRED, **more: Any) -> Any:
    """A decimal of at most three places within whole bounds; the field's name ends with `_milli`, the key does not."""
    return _field(Spec("milli", zh, en, least, most, **more), default)


def choice(zh: str, en: str, choices: Sequence[str], default: Any = REQUIRED, **more: Any) -> Any:
    """One of these words."""
    return _field(Spec("choice", zh, en, choices=tuple(choices), **more), default)


def flag(zh: str, en: str, default: Any = REQUIRED, **more: Any) -> Any:
    """true or false."""
    return _field(Spec("flag", zh, en, **more), default)


def day(zh: str, en: str, default: Any = REQUIRED, **more: Any) -> Any:
    """A day, YYYY-MM-DD; kept as its text."""
    return _field(Spec("day", zh, en, **more), default)


def month_day(zh: str, en: str, default: Any = REQUIRED, **more: Any) -> Any:
    """A day of every year, MM-DD; 02-29 is not one."""
    return _field(Spec("month_day", zh, en, **more), default)


def many(kind: str, zh: str, en: str, least: int, most: int, default: Any = REQUIRED, **more: Any) -> Any:
    """A list of least..most values: kind `choices` (with `choices=`), `codes`, `months` (1–12) or `month_days`."""
    return _field(Spec(kind, zh, en, least, most, **more), default)


def table(of: type, zh: str, en: str, default: Any = REQUIRED, **more: Any) -> Any:
    """One table of another declared class."""
    return _field(Spec("table", zh, en, of=of, **more), default)


def tables(of: type, zh: str, en: str, least: int, most: int, default: Any = REQUIRED, **more: Any) -> Any:
    """A list of least..most tables of another declared class."""
    return _field(Spec("tables", zh, en, least, most, of=of, **more), default)


def named() -> Any:
    """The identifier that nearly every clause has, by which others and a home's record name it."""
    return ident("代号", "its identifier")


def own(**more: Any) -> Any:
    """Whether a number is the programme's own choice, since no source publishes it: the page marks it 〔自定〕."""
    return flag("没有公布、由本办法自定", "no source publishes this number: it is our own choice", False, **more)


@dataclass(frozen=True)
class Declared:
    """One declared key: the field's name, its key in a document, what it may hold, its default (REQUIRED: none)."""

    name: str
    key: str
    spec: Spec
    default: Any


@lru_cache(maxsize=100)
def declared(cls: type) -> tuple[Declared, ...]:
    """The keys a declared class takes, in its order."""
    rows = []
    fields = dataclasses.fields(cls)
    asked = {field.metadata["spec"].only[0] for field in fields if field.metadata["spec"].only}
    # What other keys depend on is read before them.
    for field in sorted(fields, key=lambda field: field.name not in asked):
        key = field.name.removesuffix("_milli")
        rows.append(Declared(field.name, key, field.metadata["spec"], field.default))
    return tuple(rows)
