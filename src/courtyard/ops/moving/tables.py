"""What is moved: every table in an order in which each finds those it points at, and its columns' values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.base import CommandError
from django.db import models

from courtyard.ops.verify.source import Source

Turn = Callable[[Any], Any]
# What `migrate` puts into a fresh database by itself is the target's own: which migrations it has had, what kinds of
# rows there are. No row of ours points at them: who may do what is people.rules.
LEFT = ("django_migrations", "django_content_type", "auth_permission")


@dataclass(frozen=True)
class Table:
    """A table: its name, its key's column, its columns, and which SQLite file holds it."""

    name: str
    key: str
    key_is_text: bool
    columns: tuple[str, ...]
    turns: tuple[Turn | None, ...]
    serial: bool
    alias: str


def tables(present: Mapping[str, Set[str]]) -> list[Table]:
    """Every table of the source (`present`: alias → names), those that others point at first."""
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    found: dict[str, Table] = {}
    for alias, names in present.items():
        strange = sorted(
            name for name in names if name not in known and name not in LEFT and not name.startswith("sqlite_")
        )
        if strange:
            raise CommandError(f"数据库里有程序不认得的表({strange[0]}),没有搬。请先看清它是什么。")
        for name in names & set(known) - set(LEFT):
            found[name] = _table(known[name], alias)
    return [found[name] for name in _ordered({name: known[name] for name in found})]


def _ordered(known: dict[str, type[models.Model]]) -> Iterator[str]:
    done: set[str] = set()
    while len(done) < len(known):
        ready = sorted(
            name for name, model in known.items() if name not in done and _targets(model) & set(known) <= done
        )
        if not ready:
            raise RuntimeError("tables point at one another in a ring")
        done.update(ready)
        yield from ready


def _targets(model: type[models.Model]) -> set[str]:
    """Tables this one points at; rows of its own are found at the end of the one statement that brings them all."""
    found = {
        f.target_field.model._meta.db_table for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)
    }
    return found - {model._meta.db_table}


def _table(model: type[models.Model], alias: str) -> Table:
    meta = model._meta
    assert meta.pk is not None
    fields = list(meta.concrete_fields)
    return Table(
        meta.db_table,
        str(meta.pk.column),
        isinstance(_plain(meta.pk), models.CharField | models.TextField),
        tuple(str(field.column) for field in fields),
        tuple(_turn(_plain(field)) for field in fields),
        isinstance(meta.pk, models.AutoField),
        alias,
    )


def _plain(field: Any) -> Any:
    """The field whose values a reference holds."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _turn(field: Any) -> Turn | None:
    """How SQLite's raw value becomes PostgreSQL's; None where it is the same."""
    if isinstance(field, models.UUIDField):
        return lambda raw: UUID(hex=raw)
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.DateTimeField):
        return lambda raw: datetime.fromisoformat(raw).replace(tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.TimeField):
        return time.fromisoformat
    return None


def rows(source: Source, table: Table) -> Iterator[tuple[Any, ...]]:
    """The table's rows in order of key, as PostgreSQL holds them. Raises CommandError for text it cannot hold."""
    listed = ", ".join(f'"{column}"' for column in table.columns)
    work = [(n, turn) for n, turn in enumerate(table.turns) if turn]
    for raw in source.rows(f'SELECT {listed} FROM "{table.name}" ORDER BY "{table.key}"'):  # noqa: S608  # our tables
        values = list(raw)
        for n, turn in work:
            if values[n] is not None:
                values[n] = turn(values[n])
        for n, value in enumerate(values):
            if value.__class__ is str and "\x00" in value:
                raise CommandError(
                    f"{table.name} 里编号 {values[table.columns.index(table.key)]} 的 {table.columns[n]} 有空字符(NUL),"
                    "PostgreSQL 存不了,没有搬。请先在页面上把这一格改好。"
                )
        yield tuple(values)
