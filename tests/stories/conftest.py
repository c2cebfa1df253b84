"""The street of the stories."""

from __future__ import annotations

import pytest
from tests.doors.conftest import Door
from tests.rounds import make_village
from tests.stories.street import Street


@pytest.fixture
def street(db: None) -> Street:
    """Village 01: its scheme in force, six homes, a budget, no card issued yet."""
    return Street(Door(make_village()))


@pytest.fixture
def poor_street(db: None) -> Street:
    """The same with 40 points in the village's budget."""
    return Street(Door(make_village(budget=40)))
