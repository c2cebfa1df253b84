"""Rows of one table put in as a set: what bulk_create does for our plain columns, at a fraction of its cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

# From so many rows on they are put in as a stream (COPY, executemany), their keys taken beforehand.
MANY = 20
NOTHING = type(None)
# Values that both drivers take as they are; any other goes through its field, as the ORM does it.
TEXT_OR_NUMBER: frozenset[type] = frozenset((str, int, bool, bytes, NOTHING))
CONVERTED = (models.UUIDField, models.DateField, models.TimeField)
Statement = tuple[str, Sequence[Any]]


class Answer(NamedTuple):
    """What one of several statements did: how many rows it touched, and those it returned."""

    touched: int
    rows: list[tuple[Any, ...]]

    @classmethod
    def of(cls, cursor: Any, returned: bool) -> Answer:
        if not returned:
            return cls(cursor.rowcount, [])
        rows = list(cursor.fetchall())
        return cls(len(rows), rows)


def together(statements: Sequence[Statement], *, ends: bool = False) -> list[Answer]:
    """Run these statements in their order, on PostgreSQL as one message, with the BEGIN of their transaction where they
    are its first (decision 0016). `ends`: nothing follows them, so that the COMMIT may travel with them too.

    Each sees what the one before it did, as if it came alone; where one fails, none after it runs.
    """
    own: Any = connections[DEFAULT_DB_ALIAS]
    if own.vendor == "sqlite":
        with own.cursor() as cursor:
            answers = []
            for sql, parameters in statements:
                cursor.execute(sql, parameters)
                answers.append(Answer.of(cursor.cursor, cursor.cursor.description is not None))
            return answers
    before = ["BEGIN"] if own.takes_begin() else []
    outermost = ends and not own.savepoint_ids and not own.needs_rollback
    sent = [*before, *(sql for sql, _ in statements), *(["COMMIT"] if outermost else [])]
    with own.cursor() as cursor:
        cursor.execute("; ".join(sent), [one for _, given in statements for one in given])
        answers, answered = [], cursor.cursor
        while len(answers) < len(sent):
            answers.append(Answer.of(answered, answered.rownumber is not None))
            answered.nextset()
        return answers[len(before) : len(before) + len(statements)]


def put(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, a statement for thousands, and give each its integer key where the database makes it."""
    put_each([rows] if rows else [])


def put_each(groups: Sequence[Sequence[models.Model]]) -> None:
    """The same for rows of several models, each model's a group: the small groups are put in together."""
    few = []
    for rows in groups:
        meta = rows[0]._meta
        keyed = isinstance(meta.pk, models.AutoField) and rows[0].pk is None
        if len(rows) < MANY:
            few.append((rows, keyed))
            continue
        if keyed:
            for row, made in zip(rows, next_keys(meta.db_table, len(rows)), strict=True):
                row.pk = made
        shape = _shape(type(rows[0]), False)
        put_plain(meta.db_table, shape.columns, list(zip(*_columns(shape, rows), strict=True)))
    if few:
        answers = together([_insert(rows, keyed=keyed) for rows, keyed in few])
        for (rows, keyed), answer in zip(few, answers, strict=True):
            for row, (made,) in zip(rows, answer.rows, strict=True) if keyed else ():
                row.pk = made
    for row in (row for rows in groups for row in rows):
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def put_plain(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values (ids as hex, days as ISO text, whole numbers, texts), no object each; keys are given."""
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608  # our tables
            return
        copying = f'COPY "{table}" ({names}) FROM STDIN'
        with connection.wrap_database_errors, cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)


def next_keys(table: str, count: int) -> list[int]:
    """So many integer keys of a table, taken for rows to be put in now: SQLite has one writer, PostgreSQL a sequence."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            first = (int(last[0]) if last else 0) + 1
            return list(range(first, first + count))
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [int(one) for (one,) in cursor.fetchall()]


def among(column: str, values: Iterable[str]) -> dict[str, Any]:
    """What `QuerySet.extra` takes for "this column is one of these texts", as one parameter however many they are."""
    if connection.vendor == "sqlite":
        picked = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # our columns
        return {"where": [picked], "params": [json.dumps(list(values))]}
    return {"where": [f"{column} = ANY(%s)"], "params": [list(values)]}


@cache
def _as_text() -> bool:
    """Whether ids are kept as text here: one process works on one kind of database."""
    return connection.vendor == "sqlite"


def key(value: UUID) -> Any:
    """An id as this database keeps it."""
    return value.hex if _as_text() else value


_Made = dict[type, Callable[[Any], Any]]


class _Shape(NamedTuple):
    """How a model's rows are written: columns, the first part of the statement, the marks of a row, and what gives a
    row's values, with their fields and which of them the driver takes as they are."""

    columns: tuple[str, ...]
    insert: str
    marks: str
    values: attrgetter[tuple[Any, ...]]
    kinds: tuple[tuple[Any, frozenset[type], _Made], ...]


@cache
def _shape(model: type[models.Model], keyed: bool) -> _Shape:
    fields = [field for field in model._meta.concrete_fields if not (keyed and field.primary_key)]
    columns = tuple(str(field.column) for field in fields)
    names = ", ".join(f'"{column}"' for column in columns)
    insert = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '  # noqa: S608  # our tables
    marks = f"({', '.join(['%s'] * len(fields))})"
    values = attrgetter(*(field.attname for field in fields))
    return _Shape(columns, insert, marks, values, tuple((field, *_taken(field)) for field in fields))


def _taken(field: Any) -> tuple[frozenset[type], _Made]:
    """Classes of values of this field that the driver takes as they are, and those that are made fit at once."""
    target = field.target_field if field.is_relation else field
    as_it_is: frozenset[type] = frozenset((NOTHING,)) if isinstance(target, CONVERTED) else TEXT_OR_NUMBER
    if _as_text():
        return as_it_is, {UUID: lambda id: id.hex, date: date.isoformat}
    return as_it_is | {UUID, date, datetime}, {}


def _insert(rows: Sequence[models.Model], *, keyed: bool) -> Statement:
    shape = _shape(type(rows[0]), keyed)
    sql = shape.insert + ", ".join([shape.marks] * len(rows)) + (' RETURNING "id"' if keyed else "")
    return sql, [one for row in zip(*_columns(shape, rows), strict=True) for one in row]


def _columns(shape: _Shape, rows: Sequence[models.Model]) -> list[list[Any]]:
    """The rows' values as the driver takes them, a list a column."""
    columns = zip(*map(shape.values, rows), strict=True)
    return [_column(*kind, values) for kind, values in zip(shape.kinds, columns, strict=True)]


def _column(field: Any, as_it_is: frozenset[type], made: _Made, values: Iterable[Any]) -> list[Any]:
    found = []
    for value in values:
        kind = value.__class__
        if kind in as_it_is:
            found.append(value)
        elif kind in made:
            found.append(made[kind](value))
        else:
            found.append(field.get_db_prep_save(value, connection))
    return found
