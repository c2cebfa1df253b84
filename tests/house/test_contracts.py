"""The import contracts of pyproject.toml hold, and each is broken by an import that it forbids.

The planted ones are tried on a small package of the same rooms, so that the real one is never touched.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.reading import PACKAGE, ROOT

LINT = Path(sys.executable).parent / "lint-imports"
LATER = ("sync", "reports", "matters")


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache", "--config", str(config)],
        cwd=config.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_contracts_hold():
    answer = lint(ROOT / "pyproject.toml")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A package of the same rooms under the same contracts: `try_import(room, what)` gives the linter's answer."""
    folder = tmp_path_factory.mktemp("street")
    rooms = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    for room in {*rooms, *LATER}:
        (folder / "courtyard" / room).mkdir(parents=True)
        for name in ("__init__", "rules", "queries", "models"):
            (folder / "courtyard" / room / f"{name}.py").write_text("")
    (folder / "courtyard" / "__init__.py").write_text("")
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")

    def try_import(module: str, line: str) -> bool:
        path = folder / "courtyard" / f"{module}.py"
        path.write_text(line + "\n")
        try:
            return lint(folder / "pyproject.toml").returncode == 0
        finally:
            path.unlink() if module == "lane" else path.write_text("")

    return try_import


def test_a_street_without_imports_passes(street):
    assert street("points/queries", "")


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("points/queries", "import courtyard.inspections.queries"),
        ("points/queries", "import courtyard.rating.queries"),
        ("rating/queries", "import courtyard.points.queries"),
        ("matters/queries", "import courtyard.points.rules"),
        ("matters/queries", "import courtyard.honours.queries"),
        ("board/queries", "import courtyard.office.queries"),
        ("households/queries", "import courtyard.ops.queries"),
        ("kernel/queries", "import courtyard.records.queries"),
        ("shop/rules", "import django.db"),
        ("shop/rules", "import psycopg"),
        ("kernel/rules", "from django.utils import timezone"),
        ("lane", ""),
    ],
)
def test_a_planted_import_breaks_a_contract(street, module, line):
    """The last one is a room that stands nowhere in the street."""
    assert not street(module, line)


@pytest.mark.parametrize(
    ("module", "line"),
    [("shop/queries", "import courtyard.points.queries"), ("office/queries", "import courtyard.shop.queries")],
)
def test_a_downward_import_passes(street, module, line):
    assert street(module, line)
