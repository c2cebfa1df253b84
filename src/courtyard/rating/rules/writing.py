"""A document as the TOML a person reads and edits: what reads back as the same document (`check_toml(write(d)).document == d`).

Tables stand in the order of the declarations; a key that only repeats its default is left out; decimals are written as
they are, exactly; labels, pictures, items and other short rows inside a table stand one to a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.documents.declare import REQUIRED, Declared, Spec, declared

FIRST = ("format", "engine", "code", "kind", "listing", "name")  # the keys a row is known by go first
LAST = ("unpublished",)
WIDE = 110  # a list of words longer than this goes one to a line
DOTS = 12  # the reader takes so many dotted parts for a key that nests too deep, even inside quotes
_ESCAPED = {'"': '\\"', "\\": "\\\\"}


def write(document: SchemeDocument, *, head: str = "", notes: bool = False) -> str:
    """The document as TOML. `head`: a comment before it; `notes`: each part begins with what it is, in Chinese."""
    lines = [f"# {line}".rstrip() for line in head.splitlines()]
    lines += _body(document, "", document.engine, notes)
    return "\n".join(lines).strip("\n") + "\n"


def write_part(document: SchemeDocument, key: str) -> str:
    """One part of a document alone, as it stands in the whole: `[budget]`, `[[awards]]` …; "" where it says nothing."""
    row = next(row for row in declared(SchemeDocument) if row.key == key)
    held = getattr(document, row.name)
    if not _stands(row, held, document.engine):
        return ""
    if row.spec.of is None:
        return f"{row.key} = {_value(row.spec, held, document.engine)}\n"
    return "\n".join(_part(row, held, "", document.engine, notes=False)).strip("\n") + "\n"


def ordered(cls: type) -> list[Declared]:
    """The keys of a table as a person reads them: what it is, what it is about, its own choice last; in each, as declared."""
    own = set(vars(cls).get("__annotations__", {}))

    def place(row: Declared) -> tuple[int, int]:
        if row.key in FIRST:
            return 0, FIRST.index(row.key)
        return (3 if row.key in LAST else 2 if row.name in own and len(own) < len(rows) else 1), 0

    rows = declared(cls)
    return sorted(rows, key=place)


def _stands(row: Declared, held: Any, engine: int) -> bool:
    """Whether a key is written at all: it holds something, and not just what it holds by default."""
    if held is None or held == ():
        return False
    if row.default is REQUIRED or (engine == 1 and row.spec.first_needed):
        return True
    return bool(held != row.default)


def _body(clause: Any, path: str, engine: int, notes: bool) -> Iterator[str]:
    """The lines of a table: its plain keys, rows that fit on a line, then the tables inside it."""
    later: list[tuple[Declared, Any]] = []
    for row in ordered(type(clause)):
        held = getattr(clause, row.name)
        if not _stands(row, held, engine):
            continue
        if row.spec.of is None:
            yield f"{row.key} = {_value(row.spec, held, engine)}"
        elif path and row.spec.kind == "tables" and _is_flat(row.spec):
            yield f"{row.key} = ["
            yield from (f"  {_inline(one, engine)}," for one in held)
            yield "]"
        else:
            later.append((row, held))
    for row, held in later:
        yield from _part(row, held, path, engine, notes)


def _part(row: Declared, held: Any, path: str, engine: int, notes: bool) -> Iterator[str]:
    """A table inside a table, or its rows, each under its heading."""
    where = f"{path}.{row.key}" if path else row.key
    rows = held if row.spec.kind == "tables" else (held,)
    heading = f"[[{where}]]" if row.spec.kind == "tables" else f"[{where}]"
    for place, one in enumerate(rows):
        yield ""
        if notes and not path and place == 0:
            yield f"# {row.spec.zh}"
        yield heading
        yield from _body(one, where, engine, notes)


def _is_flat(spec: Spec) -> bool:
    """Whether the rows of a list hold no tables themselves."""
    return spec.of is not None and all(row.spec.of is None for row in declared(spec.of))


def _inline(clause: Any, engine: int) -> str:
    pairs = [(row, getattr(clause, row.name)) for row in ordered(type(clause))]
    said = [f"{row.key} = {_value(row.spec, held, engine)}" for row, held in pairs if _stands(row, held, engine)]
    return "{ " + ", ".join(said) + " }"


def _value(spec: Spec, held: Any, engine: int) -> str:
    if spec.kind == "milli":
        return decimal_text(held)
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, int):
        return str(held)
    if isinstance(held, tuple):
        said = [_value(spec, one, engine) if isinstance(one, int) else _quoted(one) for one in held]
        line = f"[{', '.join(said)}]"
        return line if len(line) <= WIDE else "[\n" + "".join(f"  {one},\n" for one in said) + "]"
    return _quoted(held)


def _quoted(text: str) -> str:
    """A TOML text in quotes."""
    said = "".join(_ESCAPED.get(letter, letter) for letter in text)
    if said.count(".") >= DOTS:
        said = said.replace(".", "\\u002E")
    return f'"{said}"'
