"""The databases tests stand on behave as promised, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from courtyard.kernel.ids import uuid7
from courtyard.records.models import Chain
from courtyard.records.triggers import growing, missing


def test_own_database_is_migrated_and_its_triggers_stand(own_database):
    for alias in own_database.names:
        assert growing()
        assert missing(alias) == []


def test_own_database_commits_for_real_so_another_thread_sees_it(own_database):
    place = uuid7()
    Chain.objects.create(place=place)
    seen = []

    def look():
        seen.append(Chain.objects.filter(place=place).exists())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [True]


@pytest.mark.parametrize("turn", [1, 2])
def test_own_database_starts_empty_every_time(own_database, turn):
    assert not Chain.objects.exists(), turn
    Chain.objects.create(place=uuid7())


def test_a_child_process_uses_the_same_database(own_database):
    place = uuid7()
    Chain.objects.create(place=place)
    code = "from courtyard.records.models import Chain; print(list(Chain.objects.values_list('place', flat=True)))"
    assert str(place) in own_database.command("shell", "--no-imports", "--command", code).stdout


def test_own_database_is_never_in_memory(own_database):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            assert str(connection.settings_dict["NAME"]).startswith(str(own_database.var))
        else:
            cursor.execute("SHOW fsync")
            assert cursor.fetchone() == ("on",)


@pytest.mark.django_db
def test_ordinary_tests_have_every_alias_and_the_triggers():
    for alias in connections:
        assert missing(alias) == []
    assert not Chain.objects.exists()


@pytest.mark.django_db
def test_growing_tables_refuse_update_and_delete_in_ordinary_tests_too():
    from courtyard.records.models import Epoch

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO records_epoch (number, why, at) VALUES (1, 'test', '2026-01-01 00:00:00+00:00')")
    for write in (lambda: Epoch.objects.update(why="other"), lambda: Epoch.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            write()
