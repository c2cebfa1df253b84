"""`make diagrams`: docs/map.md from the rooms' own words, docs/diagrams/ from the step tables. Never edited by hand."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from courtyard.honours.rules.steps import TABLES, Row

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "courtyard"
USUAL = {"__init__.py", "apps.py"}
MAP_HEAD = """# The map

What stands where, in the street's order: a room imports only rooms further down, and rooms of one line never each
other. Made by `make diagrams` from each module's own first sentence; the words are in [glossary.md](glossary.md).

A domain room has `rules` (pure functions of facts), `models` (tables), `queries` (reads), `actions` (the only writers,
each opening one journal act), `sentences` (what its refusals say) and `migrations`.

"""


def street() -> list[list[str]]:
    """The rooms line by line, from the import contract."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[room.strip(" ()") for room in line.split("|")] for line in lines]


def first_sentence(path: Path) -> str:
    """The first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())


def modules(folder: Path, depth: int = 0) -> Iterator[str]:
    """A list entry for each module of a room, folders first opened."""
    for path in sorted(folder.iterdir()):
        indent = "  " * depth
        if path.is_dir() and any(path.rglob("*.py")) and path.name not in ("migrations", "__pycache__"):
            package = path / "__init__.py"
            words = first_sentence(package) if package.exists() else ""
            yield f"{indent}- **{path.name}/**" + (f" {words}" if words else "")
            yield from modules(path, depth + 1)
        elif path.suffix == ".py" and path.name not in USUAL:
            yield f"{indent}- `{path.stem}` {first_sentence(path)}".rstrip()


def the_map() -> str:
    parts = [MAP_HEAD]
    for line in street():
        for room in line:
            folder = PACKAGE / room
            if not (folder / "__init__.py").exists():
                continue
            words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
            _, _, said = words.partition(":")
            parts.append(f"## {room}\n\n{said.strip()}\n\n" + "\n".join(modules(folder)) + "\n\n")
    return "".join(parts).rstrip() + "\n"


def _condition(row: Row) -> str:
    found = [
        (row.earliest, "从 {} 起"),
        (row.latest, "{} 以前"),
        (row.after, "过了 {}"),
        (row.frozen_from.label if row.frozen_from else None, "冻结前是{}"),
        (row.unless, "没有 {}"),
    ]
    words = ",".join(text.format(value) for value, text in found if value)
    return f"({words})" if words else ""


def step_table(name: str, rows: tuple[Row, ...]) -> str:
    """One table as a state diagram and as the table itself."""
    states = list(dict.fromkeys(state for row in rows for state in (row.source, row.target) if state is not None))
    lines = ["stateDiagram-v2"] + [f"  {state.value}: {state.label}" for state in states]
    for row in rows:
        source = row.source.value if row.source else "[*]"
        lines.append(f"  {source} --> {row.target.value}: {row.verb.label}{_condition(row)}")
    sources = {row.source for row in rows if row.source != row.target}
    lines += [f"  {state.value} --> [*]" for state in states if state not in sources]
    table = ["| from | step | to | whose duty | condition |", "|---|---|---|---|---|"]
    for row in rows:
        source = row.source.label if row.source else "·"
        duty = f"`{row.duty}`" if row.duty else "nobody's: the days decide"
        table.append(f"| {source} | {row.verb.label} | {row.target.label} | {duty} | {_condition(row)} |")
    return f"## {name}\n\n```mermaid\n" + "\n".join(lines) + "\n```\n\n" + "\n".join(table) + "\n"


def the_lists() -> str:
    head = (
        "# The steps of the lists\n\nMade by `make diagrams` from the tables that buttons, deadlines and letters read "
        "(`honours/rules/steps.py`).\n\n"
    )
    return head + "\n".join(step_table(name, rows) for name, rows in TABLES.items())


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    return {ROOT / "docs" / "map.md": the_map(), ROOT / "docs" / "diagrams" / "lists.md": the_lists()}


def main() -> None:
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"diagrams: {path.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    main()
