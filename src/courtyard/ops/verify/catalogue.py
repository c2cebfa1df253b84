"""The database itself: sound pages, foreign keys, the triggers and constraints that were declared."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import router
from django.db.models import ForeignKey, Model

from courtyard.ops.verify.findings import Looking, shown
from courtyard.ops.verify.source import Source
from courtyard.records.triggers import declared, frozen


def _models(source: Source) -> Iterator[type[Model]]:
    tables = source.tables()
    for model in apps.get_models():
        if model._meta.db_table in tables and router.allow_migrate_model(source.alias, model):
            yield model


def database(source: Source) -> Looking:
    """SQLite's own integrity check; on PostgreSQL, every index and constraint in force."""
    if source.vendor == "sqlite":
        for (line,) in source.rows("PRAGMA integrity_check"):
            if line != "ok":
                yield f"数据库文件损坏:{line}"
        return "数据库文件完好"
    for (name,) in source.rows(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace"
    ):
        yield f"索引 {name} 没有生效"
    for (name,) in source.rows(
        "SELECT conname FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
    ):
        yield f"约束 {name} 没有生效"
    return "索引和约束都在生效"


def foreign_keys(source: Source) -> Looking:
    """Every reference finds its row."""
    count = 0
    for model in _models(source):
        for field in model._meta.concrete_fields:
            if not isinstance(field, ForeignKey) or field.target_field.model._meta.db_table not in source.tables():
                continue
            count += 1
            table, target = model._meta.db_table, field.target_field.model._meta.db_table
            sql = (
                f'SELECT a."{field.column}" FROM "{table}" a LEFT JOIN "{target}" b'  # noqa: S608
                f' ON b."{field.target_field.column}" = a."{field.column}"'
                f' WHERE a."{field.column}" IS NOT NULL AND b."{field.target_field.column}" IS NULL'
            )
            for (value,) in source.rows(sql):
                yield f"{table}.{field.column} 指的 {shown(value)} 不在 {target} 里"
    return f"{count} 种引用"


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname, CASE WHEN t.tgenabled NOT IN ('O', 'A') THEN 'off' WHEN p.proname ="
    " 'courtyard_only_grows' AND p.prosrc LIKE '%RAISE EXCEPTION%' AND p.pronamespace = c.relnamespace"
    " THEN pg_get_triggerdef(t.oid) ELSE 'other' END FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace",
}


def triggers(source: Source) -> Looking:
    """Every declared trigger stands as it was declared and is switched on."""
    there = dict(source.rows(TRIGGERS[source.vendor]))
    wanted = declared(source.alias, source.tables())
    conditional = {model._meta.db_table for model, _ in frozen()}
    for name, sql in sorted(wanted.items()):
        if name not in there:
            yield f"触发器 {name} 不见了"
        elif source.vendor == "sqlite" and there[name] != sql:
            yield f"触发器 {name} 被改过"
        elif source.vendor != "sqlite" and not _as_declared(str(there[name]), name, conditional):
            yield f"触发器 {name} 被关掉或改过"
    return f"{len(wanted)} 个触发器"


def _as_declared(definition: str, name: str, conditional: set[str]) -> bool:
    table, _, verb = name.rpartition("_no_")
    plain = definition.replace('"', "")
    stands = f"BEFORE {verb.upper()} ON " in plain and f"{table} FOR EACH " in plain
    return stands and (" WHEN " in plain) == (table in conditional and verb != "truncate")


NAMES = {
    "sqlite": "SELECT name || ' ' || COALESCE(sql, '') FROM sqlite_master WHERE type IN ('table', 'index')",
    "postgresql": "SELECT conname::text FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    " UNION ALL SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()",
}


def constraints(source: Source) -> Looking:
    """Every rule that a table was declared with still stands in the catalogue."""
    there = "\n".join(str(row[0]) for row in source.rows(NAMES[source.vendor]))
    count = 0
    for model in _models(source):
        for constraint in model._meta.constraints:
            count += 1
            if constraint.name not in there:
                yield f"{model._meta.db_table} 的约束 {constraint.name} 不见了"
    return f"{count} 个约束"
