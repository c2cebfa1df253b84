"""Which part of `make test` and `make test-long` a test belongs to: exactly one, found from what it uses.

once      opens no database: rules, house tests, prints
both      uses the run's database: on SQLite and again on PostgreSQL
race      marked `race`: threads or processes against real commits, on both databases, nothing beside it
browser   marked `browser`: Chromium against the served process, on SQLite; those marked `on_postgres` there too
long      marked `long`, whatever else it is: only in `make test-long`, on both databases

What takes minutes on PostgreSQL and seconds on SQLite is marked `long_on_postgres`: `both` here, `long` there. So are
commands, prints and stories as a whole: they are the same actions and doors, told again.
What only PostgreSQL has (schemas) is marked `only_postgres` and runs in its part there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.ground.databases import vendor

PARTS = ("once", "both", "race", "browser", "long")
# Parts that go by a mark; the first that a test has decides.
MARKS = ("long", "browser", "race")
LONG_ON_POSTGRES = ("ops", "outreach", "stories")
# Folders of rules: a file there that opens a database has one of these words in it.
RULES, OPENS = ("house", "kernel", "rating"), ("django_db", "database")
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "own_database",
    "blank_database",
    "served",
    "django_db_setup",
    "template_database",
}


def part_of(item: pytest.Item) -> str:
    """The one part a collected test belongs to."""
    for mark in MARKS:
        if item.get_closest_marker(mark):
            return mark
    fixtures = set(getattr(item, "fixturenames", ()))
    uses = item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES
    told_again = uses and item.path.parent.name in LONG_ON_POSTGRES
    if vendor() == "postgresql" and (item.get_closest_marker("long_on_postgres") or told_again):
        return "long"
    if uses:
        return "both"
    return "once"


def is_without(path: Path, part: str) -> bool:
    """Whether this test file cannot hold a test of this part, by its text: no mark, or rules alone."""
    if part == "once" or not part or not path.name.startswith("test_") or path.suffix != ".py":
        return False
    if part == "both":
        return path.parent.name in RULES and not any(word in path.read_text(encoding="utf-8") for word in OPENS)
    if part == "long" and path.parent.name in LONG_ON_POSTGRES:
        return False
    return f"mark.{part}" not in path.read_text(encoding="utf-8")


def runs_here(item: pytest.Item, vendor: str) -> bool:
    """Whether this test runs on this database too: a browser walk needs `on_postgres` to be walked there."""
    if vendor == "sqlite" and item.get_closest_marker("only_postgres"):
        return False
    if vendor == "postgresql" and item.get_closest_marker("browser"):
        return item.get_closest_marker("on_postgres") is not None
    return True


def choose(items: Sequence[pytest.Item], part: str, vendor: str) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """(chosen, left out) for this part; '' is everything but `long`, as a plain `pytest` runs it."""
    chosen: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        mine = part_of(item)
        fits = mine == part if part else mine != "long"
        if not runs_here(item, vendor) and (part or vendor == "sqlite"):
            fits = False
        (chosen if fits else left_out).append(item)
    return chosen, left_out
