"""Many rows at once: what the database refuses is refused alike on both."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.worlds import World, home

from courtyard.households.actions.rows import insert
from courtyard.households.models import Care
from courtyard.kernel.ids import uuid7


def test_a_key_that_somebody_took_meanwhile_is_an_integrity_error(world: World) -> None:
    household = home(world, "WD/01/G01", "0101", "王建国")
    columns = ("id", "household_id", "kind", "state")
    insert("households_care", columns, [(uuid7(), household.pk, "elder_alone", "proposed")])
    with pytest.raises(IntegrityError, match="(?i)unique"), transaction.atomic():
        insert("households_care", columns, [(uuid7(), household.pk, "elder_alone", "proposed")])
    assert Care.objects.count() == 1
