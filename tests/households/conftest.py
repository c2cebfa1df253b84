"""A world with one household in it, for the register's tests."""

from __future__ import annotations

import pytest
from tests.worlds import World, home, make_world

from courtyard.households.models import Household


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def chen(world: World) -> Household:
    return home(world, "WD/01/G01", "0101001", "陈明", phone="19900001111", bay="上湾")
