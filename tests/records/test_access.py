"""Access lines: who was shown whose data; where the line cannot be written, the caller shows masks."""

from __future__ import annotations

import pytest
from django.db import connections, router
from tests.worlds import AT, make_world

from courtyard.records import access
from courtyard.records.models import AccessLine

pytestmark = pytest.mark.django_db


def test_showing_writes_one_line_a_household() -> None:
    world = make_world(people=False)
    assert access.shown(by=world.terminal, at=AT, subjects=["a", "b"], fields="phone", why="test")
    assert sorted(AccessLine.objects.values_list("subject", flat=True)) == ["a", "b"]


def test_without_its_line_personal_data_is_not_shown() -> None:
    world = make_world(people=False)
    using = router.db_for_write(AccessLine) or "default"
    with connections[using].cursor() as cursor:
        cursor.execute("ALTER TABLE records_accessline RENAME TO records_elsewhere")
    assert not access.shown(by=world.terminal, at=AT, subjects=["a"], fields="phone", why="test")
