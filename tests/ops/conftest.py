"""A tiny demonstration town, loaded once a session through actions, and copies of it to alter."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from tests.ground.databases import OwnDatabase, copy_of, drop, lend
from tests.ops.loading import cheap_passwords, load_tiny

from courtyard.people.hashers import Argon2

_numbers = itertools.count(1)


def _load(database: OwnDatabase) -> None:
    """Load the tiny town into this empty database."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("time_cost", "memory_cost", "parallelism"):
            patch.setattr(Argon2, name, getattr(Argon2, name))
        cheap_passwords()
        loan = lend(database)
        next(loan)
        try:
            load_tiny()
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
        _load(database)
    yield database
    drop(database)


@pytest.fixture
def town_copy(tiny_town: OwnDatabase, tmp_path: Path, worker: str, django_db_blocker: Any) -> Iterator[OwnDatabase]:
    """A copy of the loaded town of this test's own; this process's Django uses it meanwhile."""
    database = copy_of(tiny_town, tmp_path / "town", f"town_{worker}_{os.getpid()}_{next(_numbers)}")
    with django_db_blocker.unblock():
        yield from lend(database)
    drop(database)
