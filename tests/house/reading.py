"""Reading the house's own source for the house tests: files, syntax trees, rooms.

A house rule is a function of one `Source`, so that each test also hands it a source with a violation planted and
sees it found: a house test that cannot fail guards nothing.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "courtyard"
DOMAIN_ROOMS = (
    "places", "people", "households", "rating", "points", "matters", "inspections", "honours", "shop", "outreach",
    "reports",
)  # fmt: skip
DOORS = ("sync", "office", "board")


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def room(self) -> str:
        """The room of a file under src/courtyard, '' elsewhere."""
        return self.parts[2] if self.path.startswith("src/courtyard/") and len(self.parts) > 3 else ""

    def is_in(self, *shelves: str) -> bool:
        """Whether the file is, or lies in, one of these shelves of its room: `actions`, `rules`, `migrations` …"""
        return bool(self.room) and any(part in shelves for part in (self.parts[3].removesuffix(".py"),))


def planted(path: str, text: str) -> Source:
    """A source that is not on the disk, with a violation in it."""
    return Source(path, text, ast.parse(text))


@functools.cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under these folders of the root, in order of path."""
    found = []
    for folder in folders or ("src/courtyard",):
        for path in sorted((ROOT / folder).rglob("*.py")):
            found.append(source_of(path))
    return tuple(found)


@functools.cache
def source_of(path: Path) -> Source:
    """One file, read and parsed once however many tests ask for it."""
    text = path.read_text(encoding="utf-8")
    return Source(str(path.relative_to(ROOT)), text, ast.parse(text, str(path)))


@functools.cache
def rooms() -> tuple[str, ...]:
    """The rooms that stand today."""
    return tuple(sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def dotted(node: ast.expr) -> str:
    """`a.b().c` as text, calls without their arguments; '' where it starts with something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return ""


@functools.cache
def strings(tree: ast.AST) -> tuple[ast.Constant, ...]:
    """Every text constant that is not a docstring."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return tuple(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    )


def none(found: Iterable[str] | Mapping[str, object]) -> None:
    """Nothing was found, or an assertion that lists all of it."""
    lines = [f"{key}: {value}" for key, value in found.items()] if isinstance(found, Mapping) else list(found)
    if lines:
        raise AssertionError(f"{len(lines)} found:\n" + "\n".join(lines))
