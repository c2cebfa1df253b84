"""One small village a test."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rounds import Village, make_village


@pytest.fixture
def village(db: Any) -> Village:
    return make_village()
