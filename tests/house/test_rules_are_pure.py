"""Rules are functions of facts: no Django, no input or output, no randomness of their own (DESIGN §3.1).

That they import no Django, also by a detour, is an import contract (test_contracts); here is what needs no import.
"""

from __future__ import annotations

import ast

import pytest
from tests.house.reading import Source, none, planted, sources

RULES = [source for source in sources() if source.is_in("rules")]
FORBIDDEN_MODULES = {
    "os", "io", "pathlib", "random", "secrets", "time", "socket", "subprocess", "threading", "urllib.request", "logging",
    "sqlite3", "psycopg", "tempfile", "shutil",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "uuid.uuid4", "uuid4", "uuid7"}


def impurities(source: Source) -> list[str]:
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            relative = isinstance(node, ast.ImportFrom) and node.level
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            found += [
                f"{source.path}:{node.lineno} imports {name}"
                for name in names
                if not relative and {name, name.split(".")[0]} & FORBIDDEN_MODULES
            ]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in FORBIDDEN_CALLS:
            found.append(f"{source.path}:{node.lineno} calls {ast.unparse(node.func)}")
    return found


def test_rules_touch_nothing_outside():
    assert len(RULES) > 5
    none([finding for source in RULES for finding in impurities(source)])


@pytest.mark.parametrize(
    "line", ["import random", "from pathlib import Path", "open('x')", "import os.path", "uuid.uuid4()", "uuid7()"]
)
def test_a_planted_impurity_is_found(line):
    assert impurities(planted("src/courtyard/rating/rules/engine_1.py", line))


def unseeded(source: Source) -> list[str]:
    """Ids and random bytes that do not come from kernel.ids, which the demonstration seeds."""
    names = ("uuid.uuid4", "uuid.uuid1", "os.urandom", "uuid4", "urandom")
    found = [
        f"{source.path}:{node.lineno} {ast.unparse(node.func)}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names
    ]
    return found + [
        f"{source.path}:{node.lineno} imports secrets"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import) and any(alias.name == "secrets" for alias in node.names)
    ]


def test_ids_and_randomness_come_from_the_kernel():
    # kernel/ids.py is the source of randomness, records/keys.py makes real secrets.
    apart = ("src/courtyard/kernel/ids.py", "src/courtyard/records/keys.py")
    none([finding for source in sources() if source.path not in apart for finding in unseeded(source)])


@pytest.mark.parametrize("line", ["uuid.uuid4()", "os.urandom(16)", "import secrets"])
def test_a_planted_random_source_is_found(line):
    assert unseeded(planted("src/courtyard/shop/actions.py", line))
