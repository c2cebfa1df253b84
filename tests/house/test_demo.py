"""The demonstration and the other commands write through actions alone: they import no table (issue: first light)."""

from __future__ import annotations

import ast
import re

import pytest
from tests.house.reading import Source, dotted, none, planted, sources

DEMO = re.compile(r"src/courtyard/ops/(demo|management/commands/demo)")


def tables(source: Source) -> list[str]:
    """Ways to a table: an import of models, the registry of models, a manager."""
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module.endswith(".models") or module == "django.db" or module.startswith("django.db."):
                found.append(f"{source.path}:{node.lineno} imports from {module}")
            found += [f"{source.path}:{node.lineno} imports models" for name in node.names if name.name == "models"]
        elif isinstance(node, ast.Import):
            found += [
                f"{source.path}:{node.lineno} imports {name.name}"
                for name in node.names
                if name.name.endswith(".models") or name.name.startswith(("django.db", "sqlite3", "psycopg"))
            ]
        elif isinstance(node, ast.Call) and dotted(node.func).endswith(("get_model", "get_models", "cursor")):
            found.append(f"{source.path}:{node.lineno} {dotted(node.func)}")
        elif isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
            found.append(f"{source.path}:{node.lineno} .{node.attr}")
    return found


def test_the_demonstration_imports_no_table():
    demo = [source for source in sources() if DEMO.match(source.path)]
    assert demo, "the demonstration is not where this test looks"
    none(finding for source in demo for finding in tables(source))


@pytest.mark.parametrize(
    "line",
    [
        "from courtyard.points.models import Posting",
        "import courtyard.points.models",
        "from courtyard.points import models",
        "apps.get_model('points', 'Posting')",
        "from django.db import connection",
        "import sqlite3",
        "place.children.model.objects.create()",
    ],
)
def test_a_planted_table_is_found(line):
    assert tables(planted("src/courtyard/ops/demo/rounds.py", line))
