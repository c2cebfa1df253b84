"""Nothing is silently left out: every test file is collected, every test belongs to one part, every part is run."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from tests.ground import parts
from tests.house.reading import ROOT, functions, none, sources

sys.path.insert(0, str(ROOT / "tools"))
import run_tests  # noqa: E402


def test_the_two_targets_run_every_part_on_the_databases_it_belongs_to():
    planned = {(run.part, run.database) for plan in run_tests.PLANS.values() for runs in plan for run in runs}
    both = {(part, database) for part in ("both", "race", "browser", "long") for database in ("sqlite", "postgresql")}
    assert planned == {("once", "sqlite")} | both  # the second "once" is the properties over many seeds
    assert {part for part, _ in planned} == set(parts.PARTS)


def test_every_file_with_tests_is_one_that_pytest_collects():
    odd = []
    for source in sources("tests", "src", "tools", "benchmarks"):
        named = source.parts[-1].startswith("test_") and source.parts[0] == "tests"
        if not named and any(function.name.startswith("test_") for function in functions(source.tree)):
            odd.append(source.path)
    none(odd)


def test_every_file_was_collected_where_the_whole_suite_is(collected, request):
    """On a run of single files there is nothing to compare; the two targets always collect everything."""
    if request.config.args_source.name == "TESTPATHS":
        seen = {nodeid.split("::")[0] for nodeid in collected}
        files = {source.path for source in sources("tests") if source.parts[-1].startswith("test_")}
        assert files - seen == set()


def test_every_collected_test_has_one_part(collected):
    assert collected
    assert set(collected.values()) <= set(parts.PARTS)


def test_a_part_reads_every_file_that_has_a_test_of_it(collected):
    held = {(nodeid.split("::")[0], part) for nodeid, part in collected.items()}
    none(f"{name}: its text does not say {part}" for name, part in held if parts.is_without(ROOT / name, part))
    assert parts.is_without(ROOT / "tests" / "house" / "test_sizes.py", "long")
    assert parts.is_without(ROOT / "tests" / "house" / "test_sizes.py", "both")
    assert not parts.is_without(ROOT / "tests" / "house" / "test_databases.py", "both")
    assert not parts.is_without(ROOT / "tests" / "house" / "test_sizes.py", "once")


def skips(tree: ast.AST) -> list[int]:
    """Lines that skip a test or expect its failure."""
    names = ("skip", "skipif", "xfail", "importorskip")
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in names]


def test_no_test_is_skipped_or_expected_to_fail():
    none(f"{source.path}:{line}" for source in sources("tests") for line in skips(source.tree))


@pytest.mark.parametrize("line", ["pytest.skip('later')", "@pytest.mark.skipif(True)\ndef f(): ...", "pytest.xfail()"])
def test_a_planted_skip_is_found(line):
    assert skips(ast.parse(line))


class Item:
    """What parts looks at in a test."""

    def __init__(self, *marks: str, fixtures: tuple[str, ...] = (), room: str = "x") -> None:
        self.marks, self.fixturenames, self.nodeid = marks, fixtures, f"tests/{room}/test_x.py::test_x"
        self.path = Path(f"tests/{room}/test_x.py")

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None


@pytest.mark.parametrize(
    ("item", "part"),
    [
        (Item(), "once"),
        (Item("django_db"), "both"),
        (Item(fixtures=("db",)), "both"),
        (Item(fixtures=("own_database",)), "both"),
        (Item("race", fixtures=("own_database",)), "race"),
        (Item("browser", fixtures=("served",)), "browser"),
        (Item("browser", "long"), "long"),
        (Item("django_db", "long"), "long"),
    ],
)
def test_a_test_belongs_to_its_part_and_no_other(item, part):
    assert parts.part_of(item) == part
    for other in parts.PARTS:
        chosen, left_out = parts.choose([item], other, "sqlite")
        assert (chosen == [item]) is (other == part) and (left_out == [item]) is (other != part)


def test_what_runs_on_which_database():
    walk, both_walk = Item("browser"), Item("browser", "on_postgres")
    assert parts.choose([walk, both_walk], "browser", "sqlite")[0] == [walk, both_walk]
    assert parts.choose([walk, both_walk], "browser", "postgresql")[0] == [both_walk]
    schemas, ordinary = Item("django_db", "only_postgres"), Item("django_db")
    assert parts.choose([schemas, ordinary], "both", "sqlite")[0] == [ordinary]
    assert parts.choose([schemas, ordinary], "both", "postgresql")[0] == [schemas, ordinary]


def test_a_story_is_told_on_postgresql_in_the_long_tests(monkeypatch):
    story, rule = Item("django_db", room="stories"), Item(room="stories")
    assert parts.part_of(story) == "both"
    monkeypatch.setattr(parts, "vendor", lambda: "postgresql")
    assert (parts.part_of(story), parts.part_of(rule)) == ("long", "once")
