"""A tiny demonstration town, loaded once a session through actions, and copies of it to alter."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tests.ground.databases import OwnDatabase, copy_of, drop, lend

from courtyard.ops.demo.facts import TINY
from courtyard.ops.demo.loading import load
from courtyard.people.hashers import Argon2

TODAY = date(2026, 11, 24)
_numbers = itertools.count(1)


def cheap_passwords(patch: pytest.MonkeyPatch) -> None:
    """Argon2 with the least work: the tests load hundreds of accounts and guess none."""
    for name, value in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        patch.setattr(Argon2, name, value)


def load_tiny(database: OwnDatabase, *, seed: int = 1, today: date = TODAY) -> None:
    """Load the tiny town into this empty database."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_passwords(patch)
        loan = lend(database)
        next(loan)
        try:
            load(seed=seed, size="tiny", today=today, tell=lambda *_: None, sizes={"tiny": TINY})
        finally:
            loan.close()
            connections.close_all()


@pytest.fixture(scope="session")
def tiny_town(
    template_database: OwnDatabase, tmp_path_factory: pytest.TempPathFactory, worker: str, django_db_blocker: Any
) -> Iterator[OwnDatabase]:
    """The loaded town nobody alters: take copies."""
    database = copy_of(template_database, tmp_path_factory.mktemp("tiny") / "var", f"tiny_{worker}_{os.getpid()}")
    with django_db_blocker.unblock():
        load_tiny(database)
    yield database
    drop(database)


@pytest.fixture
def town_copy(tiny_town: OwnDatabase, tmp_path: Path, worker: str, django_db_blocker: Any) -> Iterator[OwnDatabase]:
    """A copy of the loaded town of this test's own; this process's Django uses it meanwhile."""
    database = copy_of(tiny_town, tmp_path / "town", f"town_{worker}_{os.getpid()}_{next(_numbers)}")
    with django_db_blocker.unblock():
        yield from lend(database)
    drop(database)
