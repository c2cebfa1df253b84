"""From zero, one migration at a time: after every step every trigger of every table that stands by then is in force.

Django remakes a SQLite table on most alterations and drops its triggers without a word, so one migration file that
installs them would not do. Tried by hand: without the post_migrate hook of records this fails at the first step
that makes a growing table.
"""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

from courtyard.records import triggers


def steps(alias):
    """Every migration in the order Django would take them."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, backwards in plan if not backwards]


@pytest.mark.long
def test_triggers_stand_after_every_step(blank_database):
    for alias in blank_database.names:
        seen = 0
        for app, name in steps(alias):
            call_command("migrate", app, name, database=alias, verbosity=0, interactive=False)
            assert triggers.missing(alias) == [], f"after {app} {name} on {alias}"
            seen = len(triggers.declared(alias, set(connections[alias].introspection.table_names())))
        assert seen > 0, alias
        assert steps(alias) == []


def test_a_migration_that_remakes_a_growing_table_gets_its_triggers_back(own_database):
    """The alteration itself loses them on SQLite; the hook that runs after it makes them again."""
    from courtyard.records.models import Epoch

    connection = connections["default"]
    before = set(triggers.standing())
    wider = models.CharField(max_length=200, default="")
    wider.set_attributes_from_name("note")
    with connection.schema_editor() as editor:
        editor.add_field(Epoch, wider)
        old = Epoch._meta.get_field("why")
        new = models.CharField(max_length=120)
        new.set_attributes_from_name("why")
        new.model = Epoch
        editor.alter_field(Epoch, old, new)
    if connection.vendor == "sqlite":
        assert triggers.missing() != []
    call_command("migrate", verbosity=0, interactive=False)
    assert triggers.missing() == []
    assert set(triggers.standing()) == before


def test_models_and_migrations_agree(own_database):
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, interactive=False, verbosity=1, stdout=said)
    except SystemExit:
        said.write("(models changed without a migration)")
    assert said.getvalue().strip() == "No changes detected"
