"""`make reference`: docs/reference/scheme.md from the declarations of a scheme document. Never edited by hand.

Its head (what a scheme means) is tools/reference_head.md; its examples are the parts of docs/reference/example.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courtyard.rating.rules.documents import Condition, SchemeDocument, decimal_text
from courtyard.rating.rules.documents.declare import REQUIRED, Declared, declared
from courtyard.rating.rules.parsing import check_toml
from courtyard.rating.rules.writing import ordered, write_part

ROOT = Path(__file__).resolve().parent.parent
HEAD = ROOT / "tools" / "reference_head.md"
EXAMPLE = ROOT / "docs" / "reference" / "example.toml"
PAGE = ROOT / "docs" / "reference" / "scheme.md"
COLUMNS = "| key | what it holds | if left out | what it decides | when it may stand |\n|---|---|---|---|---|\n"
CONDITIONS = """### Conditions

The keys by which a row of `awards`, `lists`, `titles` and `prizes` says when it applies; which of them stand with which
`kind` is said above ([when a clause applies](#when-a-clause-applies)).

"""
FIRST_ENGINE = """## Documents of engine 1

Engine 1 scored the first schemes and is kept for their sake; `engine = 1` documents have labels only, one ledger, months as
periods, and no points below 0. What they may not say, or say more narrowly:

| table | in engine 1 |
|---|---|
"""


def holds(key: Declared) -> str:
    """What a key may hold, in words."""
    spec = key.spec
    bounds = f"{spec.least:,} – {spec.most:,}"
    plain = {
        "text": f"text, 1–{spec.most} characters",
        "code": "identifier",
        "whole": f"whole number, {bounds}",
        "milli": f"decimal, {bounds}",
        "choice": " · ".join(f"`{choice}`" for choice in spec.choices),
        "flag": "`true` or `false`",
        "day": "day, `2026-05-01`",
        "month_day": 'day of every year, `"05-01"`',
        "choices": "list of " + " · ".join(f"`{choice}`" for choice in spec.choices),
        "codes": f"list of identifiers, at most {spec.most}",
        "months": "list of months, 1–12",
        "month_days": f'list of days of every year, `["01-10"]`, at most {spec.most}',
        "table": "table",
        "tables": f"rows, {spec.least}–{spec.most}",
    }
    return plain[spec.kind]


def left_out(key: Declared) -> str:
    """What holds where the key is left out."""
    spec, default = key.spec, key.default
    if default is REQUIRED:
        return "**must stand**"
    if spec.only and spec.needed:
        return "**must stand**" if spec.needed == spec.only[1] else f"must stand with {_words(spec.needed)}"
    if default in (None, "", ()):
        return "nothing"
    if spec.kind == "table":
        return "as its own defaults say"
    if isinstance(default, tuple):
        return f"`[{', '.join(str(one) for one in default)}]`" if len(default) < 12 else "every month"
    said = decimal_text(default) if spec.kind == "milli" else str(default).lower()
    return f"`{said}`"


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def stands(key: Declared) -> str:
    """Beside which words of another key it may stand."""
    only = key.spec.only
    return f"where `{only[0]}` is {_words(only[1])}" if only else "always"


def row(key: Declared, where: str = "") -> str:
    words = f"{key.spec.zh}: {key.spec.en}".replace("|", "\\|")
    name = f"[`{key.key}`](#{where})" if where else f"`{key.key}`"
    return f"| {name} | {holds(key)} | {left_out(key)} | {words} | {stands(key)} |\n"


def table(cls: type, path: str = "") -> str:
    """The keys of a class. The shared keys of a condition are told once, in their own section."""
    shared = {key.name for key in declared(Condition)} if issubclass(cls, Condition) and cls is not Condition else set()
    lines = [
        row(key, _anchor(f"{path}{key.key}") if key.spec.of else "") for key in ordered(cls) if key.name not in shared
    ]
    more = "\nand the keys of a [condition](#conditions), as its `kind` takes them.\n" if shared else ""
    return COLUMNS + "".join(lines) + more


def _anchor(path: str) -> str:
    return "".join(letter for letter in path if letter.isalnum() or letter in "_- ").replace(" ", "-")


def about(cls: type) -> str:
    """A class's own words, without what they rest on."""
    return re.sub(r" \((?:DOMAIN §|D\d)[^)]*\)", "", " ".join((cls.__doc__ or "").split()))


def section(key: Declared, path: str, example: SchemeDocument) -> Iterator[str]:
    """A part with its keys and its example, then the parts inside it."""
    cls = key.spec.of
    assert cls is not None
    name = f"{path}{key.key}"
    rows = f"[[{name}]]" if key.spec.kind == "tables" else f"[{name}]"
    more = "" if about(cls).rstrip(".").lower().startswith(key.spec.en.lower()[:20]) else f" {about(cls)}"
    yield f"### {name}\n\n`{rows}` {key.spec.zh}: {key.spec.en}.{more}\n\n"
    yield table(cls, f"{name}.")
    if example_of := _example(name, example):
        yield f"\n```toml\n{example_of}```\n"
    yield "\n"
    for inner in ordered(cls):
        if inner.spec.of:
            yield from section(inner, f"{name}.", example)


def _example(name: str, example: SchemeDocument) -> str:
    """The part of the example document; of the sheet its own keys and its areas apart. Rows inside rows stand in theirs."""
    if "." not in name:
        text = write_part(example, name)
        return text.partition("\n[[sheet.areas]]")[0].rstrip() + "\n" if name == "sheet" else text
    if name == "sheet.areas":
        return "[[sheet.areas]]" + write_part(example, "sheet").partition("[[sheet.areas]]")[2]
    return ""


def narrower() -> Iterator[str]:
    """What engine 1's documents may say, where it is less: table by table."""
    seen: set[type] = set()
    waiting: list[tuple[type, str]] = [(SchemeDocument, "")]
    while waiting:
        cls, path = waiting.pop(0)
        name = path.rstrip(".") or "the document"
        gone = [f"`{key.key}`" for key in ordered(cls) if key.spec.engine > 1]
        said = [f"not there: {', '.join(gone)}"] if gone else []
        said += [f"`{key.key}`: {words}" for key in ordered(cls) if (words := _first(key))]
        if said:
            yield f"| {name if not path else f'`{name}`'} | {'<br>'.join(said)} |\n"
        for key in ordered(cls):
            if key.spec.of and key.spec.of not in seen and key.spec.engine == 1:
                seen.add(key.spec.of)
                waiting.append((key.spec.of, f"{path}{key.key}."))


def _first(key: Declared) -> str:
    spec = key.spec
    said = []
    if spec.first:
        what = "whole number, " if spec.kind in ("whole", "milli") else "rows, " if spec.kind == "tables" else ""
        said.append(f"{what}{spec.first[0]:,} – {spec.first[1]:,}")
    if spec.first_choices:
        said.append(_words(spec.first_choices))
    if spec.first_needed:
        said.append("must stand")
    return "; ".join(said)


def page() -> str:
    """The whole page."""
    example = check_toml(EXAMPLE.read_text(encoding="utf-8"))
    assert example.document is not None, example.problems
    parts = [HEAD.read_text(encoding="utf-8").rstrip() + "\n\n"]
    parts.append(f"### The document\n\n{about(SchemeDocument)}\n\n{table(SchemeDocument)}\n")
    parts.append(CONDITIONS + table(Condition) + "\n")
    for key in declared(SchemeDocument):
        if key.spec.of:
            parts += section(key, "", example.document)
    parts.append(FIRST_ENGINE + "".join(narrower()))
    return "".join(parts).rstrip() + "\n"


def pages() -> dict[Path, Any]:
    """Every generated page and its text."""
    return {PAGE: page()}


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"reference: {path.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    main()
