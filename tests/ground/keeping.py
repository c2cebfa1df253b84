"""A world that many tests begin with, made once a process through actions and then put back row for row.

Only inside a test's own transaction and in an empty database; anywhere else it is made anew. What the first making
wrote is kept as the INSERT statements that write it again, so that a test begins with the very same rows.
"""

from __future__ import annotations

import functools
import pickle
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

_kept: dict[Any, tuple[list[str], bytes]] = {}


def kept(make: Callable[..., Any]) -> Callable[..., Any]:
    """`make` builds a world through actions and returns what names it; its arguments say which world it is."""

    @functools.wraps(make)
    def again(**how: Any) -> Any:
        key = (make.__qualname__, *sorted(how.items()))
        if not connection.in_atomic_block or not _is_empty():
            return make(**how)
        _forget_pages()
        if key not in _kept:
            made = make(**how)
            _kept[key] = (list(_statements()), pickle.dumps(made))
            return made
        statements, made_once = _kept[key]
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        return pickle.loads(made_once)  # noqa: S301  # our own, of this process

    return again


def _is_empty() -> bool:
    from courtyard.records.models import Chain

    return not Chain.objects.exists()


def _forget_pages() -> None:
    """Pages kept in this process belong to the test before: its groups and numbers come again."""
    if group := sys.modules.get("courtyard.board.views.group"):
        group.BODIES._bodies.clear()


def _tables() -> list[type[models.Model]]:
    """Our tables, each after those it points at."""
    ordered: list[type[models.Model]] = []

    def add(model: type[models.Model]) -> None:
        if model in ordered:
            return
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is not model:
                add(field.related_model)
        ordered.append(model)

    for model in apps.get_models():
        # Access lines have a file of their own on SQLite; making a world shows nobody anything.
        if model.__module__.startswith("courtyard.") and model._meta.label != "records.AccessLine":
            add(model)
    return ordered


def _statements() -> Iterator[str]:
    """One INSERT a table that has rows, its values as the database itself quotes them."""
    literal = "quote({0})" if connection.vendor == "sqlite" else "quote_nullable({0}::text)"
    with connection.cursor() as cursor:
        for model in _tables():
            columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
            order = ' ORDER BY length("path")' if '"path"' in columns else ""
            table = model._meta.db_table
            cursor.execute(f'SELECT {", ".join(map(literal.format, columns))} FROM "{table}"{order}')
            rows = [f"({', '.join(row)})" for row in cursor.fetchall()]
            if rows:
                yield f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {", ".join(rows)}'
