"""Fixtures every room's tests share. `db` is pytest-django's (a file database, rolled back after each test)."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.ground import parts
from tests.ground.databases import OwnDatabase, blank, copy_of, drop, lay_down, lend, shared_template, vendor
from tests.ground.serving import Served, serve

COLLECTED = pytest.StashKey[dict[str, str]]()
_numbers = itertools.count(1)
# `make test` tries the same examples every time; `make test-long` tries many others. Time is never asserted.
settings.register_profile("short", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "long", max_examples=1000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("short")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", choices=parts.PARTS, default="", help="only this part of the suite (tests/ground)")


def pytest_report_header(config: pytest.Config) -> str:
    name = {"sqlite": "SQLite (a file, WAL)", "postgresql": "PostgreSQL"}[vendor()]
    part = config.getoption("--part")
    return f"database: {'none' if part == 'once' else name}; part: {part or 'all but long'}"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare the parts that go by a mark the reading of files without it (a house test keeps this honest)."""
    return True if parts.is_without(collection_path, config.getoption("--part")) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[COLLECTED] = {item.nodeid: parts.part_of(item) for item in items}
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is None and "db" not in getattr(item, "fixturenames", ()):
            continue
        kept = {"databases": "__all__", **(marker.kwargs if marker else {})}
        item.add_marker(pytest.mark.django_db(*(marker.args if marker else ()), **kept), append=False)
    chosen, left_out = parts.choose(items, config.getoption("--part"), vendor())
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = chosen


@pytest.fixture(scope="session")
def collected(request: pytest.FixtureRequest) -> dict[str, str]:
    """Every collected test of this run before anything was left out → its part."""
    return request.config.stash[COLLECTED]


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """This process's name among the run's workers."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> OwnDatabase:
    """The migrated database that every other is a copy of; made once for all parts of a run (tools/run_tests.py)."""
    given, own = os.environ.get("COURTYARD_TEST_TEMPLATES"), tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return shared_template(Path(given) if given else shared / "templates")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Django takes the databases of ordinary tests as they were laid down."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, template_database: OwnDatabase
) -> None:
    lay_down(template_database)


@pytest.fixture
def own_database(
    template_database: OwnDatabase, tmp_path: Path, worker: str, django_db_blocker: Any
) -> Iterator[OwnDatabase]:
    """A fresh migrated database with real commits; this process's Django (and its threads) use it meanwhile."""
    database = copy_of(template_database, tmp_path / "var", f"own_{worker}_{os.getpid()}_{next(_numbers)}")
    with django_db_blocker.unblock():
        yield from lend(database)
    drop(database)


@pytest.fixture
def blank_database(tmp_path: Path, worker: str, django_db_blocker: Any) -> Iterator[OwnDatabase]:
    """A database without a table, lent to this process's Django: for the tests of migrations."""
    database = blank(tmp_path / "var", f"blank_{worker}_{os.getpid()}_{next(_numbers)}")
    with django_db_blocker.unblock():
        yield from lend(database)
    drop(database)


@pytest.fixture
def world(db: None) -> Any:
    """A county, a town, two villages and their people, made through actions, gone after the test (tests/worlds.py)."""
    from tests.worlds import make_world

    return make_world()


@pytest.fixture
def own_world(own_database: OwnDatabase) -> Any:
    """The same world, committed in `own_database`."""
    from tests.worlds import make_world

    return make_world()


@pytest.fixture
def served(own_database: OwnDatabase) -> Iterator[Served]:
    """`courtyard serve` over `own_database`: fill the database before asking pages, or through them."""
    yield from serve(own_database)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from tests.ground.browsing import run_chromium

    # Playwright's loop runs in this thread; Django would take that for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield from run_chromium()


@pytest.fixture
def browser_pages(chromium: Any) -> Iterator[Any]:
    """Makes pages, one context a person; fails the test on page errors, console errors and policy violations."""
    from tests.ground.browsing import Pages

    pages = Pages(chromium)
    yield pages
    pages.close()
    pages.check()


@pytest.fixture
def browser_page(browser_pages: Any) -> Any:
    """One desk-wide page."""
    return browser_pages.open()


@pytest.fixture(scope="session", autouse=True)
def _own_folder(worker: str) -> Iterator[None]:
    """Files a worker left in its part of the run's folder go with it."""
    yield
    if worker != "alone":
        shutil.rmtree(Path(os.environ["COURTYARD_TEST_VAR"]) / worker, ignore_errors=True)
