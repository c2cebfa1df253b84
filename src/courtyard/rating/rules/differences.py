"""What two documents say differently, clause by clause. Rows are known by their code, so a row that moved is no change."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.documents.declare import Declared, declared
from courtyard.rating.rules.naming import NAMED_BY
from courtyard.rating.rules.wording import word

Names = Mapping[tuple[str, str], str]

CHANGED, ADDED, REMOVED = "changed", "added", "removed"
NOTHING = ""


@dataclass(frozen=True)
class Difference:
    """One clause that differs. `clause` as faults name it (`bands[good].least`), `label` the same in Chinese.

    `old`, `new`: what each says, in words; "" where it says nothing. `held_old`, `held_new`: the values themselves.
    """

    clause: str
    label: str
    kind: str
    old: str
    new: str
    held_old: Any = None
    held_new: Any = None

    @property
    def part(self) -> str:
        """The part of the document it is in: `bands`."""
        return self.clause.split(".")[0].split("[")[0]


def differences(old: SchemeDocument, new: SchemeDocument) -> tuple[Difference, ...]:
    """Every clause that differs, in the order of the declarations; nothing where both are the same but for the order of rows."""
    return tuple(_tables(old, new, "", "", code_names(old, new)))


def code_names(*documents: SchemeDocument) -> Names:
    """What the codes that clauses name each other by are called: (bands, good) → 好."""
    found: dict[tuple[str, str], str] = {}
    for document in documents:
        for part in ("bands", "ledgers", "awards", "lists", "titles", "deeds", "stars"):
            found |= {(part, row.code): row.name for row in getattr(document, part)}
        for area in document.sheet.areas:
            found[("areas", area.code)] = area.name
            found |= {("findings", picture.code): picture.name for picture in area.pictures}
    return found


def moved(old: SchemeDocument, new: SchemeDocument) -> tuple[str, ...]:
    """Lists whose rows stand in another order (rows of one alone left aside): earlier awards are served first by a cap."""
    found = []
    for row in declared(SchemeDocument):
        if row.spec.kind == "tables":
            before, after = (_codes(getattr(document, row.name)) for document in (old, new))
            if [code for code in before if code in after] != [code for code in after if code in before]:
                found.append(row.key)
    return tuple(found)


def held_at(document: SchemeDocument, clause: str) -> tuple[Declared, Any] | None:
    """What a clause holds, with its declaration, by the path faults name it by; None where the document has no such clause."""
    row: Declared | None = None
    holder: Any = document
    for step in clause.split("."):
        name, _, code = step.partition("[")
        kind: type = type(holder)
        keys = {key.key: key for key in declared(kind)} if dataclasses.is_dataclass(kind) else {}
        if name not in keys or bool(code) != (keys[name].spec.kind == "tables"):
            return None
        row, holder = keys[name], getattr(holder, keys[name].name)
        if code:
            rows = {_code(one, place): one for place, one in enumerate(holder, start=1)}
            if code.removesuffix("]") not in rows:
                return None
            holder = rows[code.removesuffix("]")]
    return None if row is None else (row, holder)


def _tables(old: Any, new: Any, path: str, label: str, names: Names) -> Iterator[Difference]:
    kind: type = type(new)
    for row in declared(kind):
        before, after = getattr(old, row.name), getattr(new, row.name)
        if before == after:
            continue
        clause = f"{path}.{row.key}" if path else row.key
        named = f"{label} · {row.spec.zh}" if label else row.spec.zh
        if row.spec.kind == "tables":
            yield from _rows(before, after, clause, named, names)
        elif row.spec.of is not None and before is not None and after is not None:
            yield from _tables(before, after, clause, named, names)
        else:
            yield _one(row, before, after, clause, named, names)


def _one(row: Declared, before: Any, after: Any, clause: str, label: str, names: Names) -> Difference:
    old, new = said(row, before, names), said(row, after, names)
    kind = ADDED if before in (None, "", ()) else REMOVED if after in (None, "", ()) else CHANGED
    return Difference(clause, label, kind, old, new, before, after)


def _rows(
    before: tuple[Any, ...], after: tuple[Any, ...], clause: str, label: str, names: Names
) -> Iterator[Difference]:
    olds = {_code(one, place): one for place, one in enumerate(before, start=1)}
    news = {_code(one, place): one for place, one in enumerate(after, start=1)}
    for code, one in olds.items():
        where, named = f"{clause}[{code}]", f"{label}「{_title(one, code)}」"
        if code not in news:
            yield Difference(where, named, REMOVED, sentence(one, names), NOTHING, one, None)
        elif news[code] != one:
            yield from _tables(one, news[code], where, named, names)
    for code, one in news.items():
        if code not in olds:
            yield Difference(
                f"{clause}[{code}]", f"{label}「{_title(one, code)}」", ADDED, NOTHING, sentence(one, names), None, one
            )


def _codes(rows: tuple[Any, ...]) -> list[str]:
    return [_code(one, place) for place, one in enumerate(rows, start=1)]


def _code(row: Any, place: int) -> str:
    return str(getattr(row, "code", place))


def _title(row: Any, code: str) -> str:
    return str(getattr(row, "name", code))


def sentence(clause: Any, names: Names | None = None) -> str:
    """A whole row in words, key by key; what only repeats its default is left out. `names`: what codes are called."""
    parts = []
    kind: type = type(clause)
    for row in declared(kind):
        held = getattr(clause, row.name)
        if row.key in ("code", "name") or held in (None, "", ()) or held == row.default:
            continue
        parts.append(f"{row.spec.zh} {said(row, held, names)}")
    return ";".join(parts)


def said(row: Declared, held: Any, names: Names | None = None) -> str:
    """A value as people read it; "" where there is none."""
    spec = row.spec
    if held is None or held in ("", ()):
        return NOTHING
    if spec.kind == "milli":
        return decimal_text(held)
    if spec.kind == "flag":
        return "是" if held else "否"
    if spec.kind in ("choice", "choices"):
        return "、".join(word(row.key, one) for one in ((held,) if isinstance(held, str) else held))
    if spec.kind in ("code", "codes"):
        part = NAMED_BY.get(row.key, "")
        return "、".join((names or {}).get((part, one), one) for one in ((held,) if isinstance(held, str) else held))
    if spec.kind == "tables":
        return " / ".join(sentence(one, names) for one in held)
    if spec.kind == "table":
        return sentence(held, names)
    return "、".join(str(one) for one in held) if isinstance(held, tuple) else str(held)
