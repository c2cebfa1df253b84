"""Access lines: who was shown whose data; where the line cannot be written, the caller shows masks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from tests.worlds import AT, make_world

from courtyard.records import access
from courtyard.records.models import AccessLine

pytestmark = pytest.mark.django_db


def test_showing_writes_one_line_a_household() -> None:
    world = make_world(people=False)
    assert access.shown(by=world.terminal, at=AT, subjects=["a", "b"], fields="phone", why="test")
    assert sorted(AccessLine.objects.values_list("subject", flat=True)) == ["a", "b"]


def test_without_its_line_personal_data_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(people=False)

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("disk is full")

    monkeypatch.setattr(AccessLine.objects.all().__class__, "bulk_create", full)
    assert not access.shown(by=world.terminal, at=AT, subjects=["a"], fields="phone", why="test")
