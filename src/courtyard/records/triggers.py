"""Append-only by the database itself: one declared list, installed after every migration, compared with the catalogue."""

from __future__ import annotations

from collections.abc import Set

from django.apps import apps
from django.db import connections, router
from django.db.models import Model


def growing() -> list[type[Model]]:
    """Models whose rows are never altered or deleted (`grows = True`), in order of table."""
    return sorted((m for m in apps.get_models() if getattr(m, "grows", False)), key=lambda m: m._meta.db_table)


def frozen() -> list[tuple[type[Model], str]]:
    """Models whose rows freeze once a condition on OLD holds (`frozen_when`), with the condition."""
    found = [(m, str(m.frozen_when)) for m in apps.get_models() if getattr(m, "frozen_when", "")]  # type: ignore[attr-defined]
    return sorted(found, key=lambda pair: pair[0]._meta.db_table)


def declared(using: str, tables: Set[str]) -> dict[str, str]:
    """Trigger name → SQL that makes it, for those of this database's tables that exist."""
    make = _sqlite if connections[using].vendor == "sqlite" else _postgres
    found: dict[str, str] = {}
    for model in growing():
        table = model._meta.db_table
        if table in tables and router.allow_migrate_model(using, model):
            found.update(make(table, ""))
    for model, condition in frozen():
        table = model._meta.db_table
        if table in tables and router.allow_migrate_model(using, model):
            found.update(make(table, condition))
    return found


def _sqlite(table: str, condition: str) -> dict[str, str]:
    when = f" WHEN {condition}" if condition else ""
    return {
        f"{table}_no_{verb.lower()}": f'CREATE TRIGGER "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}"{when}'
        f" BEGIN SELECT RAISE(ABORT, 'courtyard: {table} only grows'); END"
        for verb in ("UPDATE", "DELETE")
    }


def _postgres(table: str, condition: str) -> dict[str, str]:
    when = f" WHEN ({condition})" if condition else ""
    found = {
        f"{table}_no_{verb.lower()}": f'CREATE TRIGGER "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}"'
        f" FOR EACH ROW{when} EXECUTE FUNCTION courtyard_only_grows()"
        for verb in ("UPDATE", "DELETE")
    }
    found[f"{table}_no_truncate"] = (
        f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION courtyard_only_grows()"
    )
    return found


_FUNCTION = """
CREATE OR REPLACE FUNCTION courtyard_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'courtyard: % only grows', TG_TABLE_NAME; END $$
"""


def standing(using: str = "default") -> dict[str, bool]:
    """Triggers in this database's catalogue → whether they are in force (PostgreSQL can switch one off)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {name: "RAISE(ABORT" in (sql or "") for name, sql in cursor.fetchall()}
        cursor.execute(
            "SELECT t.tgname, t.tgenabled IN ('O', 'A') AND p.proname = 'courtyard_only_grows'"
            " AND p.prosrc LIKE '%%RAISE EXCEPTION%%'"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
        return dict(cursor.fetchall())


def missing(using: str = "default") -> list[str]:
    """Declared triggers that do not stand in this database, in order of name."""
    wanted = declared(using, set(connections[using].introspection.table_names()))
    there = standing(using)
    return sorted(name for name in wanted if not there.get(name, False))


def install(using: str = "default") -> None:
    """Make every declared trigger that is missing (after each migration: Django remakes SQLite tables without them)."""
    connection = connections[using]
    wanted = declared(using, set(connection.introspection.table_names()))
    there = standing(using)
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(_FUNCTION)
        for name, sql in wanted.items():
            if name not in there:
                cursor.execute(sql)
