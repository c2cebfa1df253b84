"""The journal: one action, one entry; receipts; refusals write nothing; what grows cannot be altered."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.worlds import AT, make_world

from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused, refuse
from courtyard.places.models import Holiday
from courtyard.rating.models import Adoption, SchemeVersion
from courtyard.records.guard import swap
from courtyard.records.journal import act
from courtyard.records.models import Chain, Entry, Receipt
from courtyard.records.rules import digest, entry_hash, row_text

pytestmark = pytest.mark.django_db


def adoption(world: Any, by: Any) -> Adoption:
    version = SchemeVersion(
        id=uuid7(), scheme="x", title="x", number=1, engine=1, text="{}", sha256="0", by=by.id, at=AT, state="draft"
    )
    version.save(force_insert=True)
    return Adoption(
        id=uuid7(), place=world["WD/01"], version=version, starts=AT.date(), assembly=AT.date(), attendance=40,
        households=60, document="x", by=by.id, seconded_by=by.id,
    )  # fmt: skip


def test_an_action_writes_one_entry_and_the_chain_moves_on() -> None:
    world = make_world(people=False)
    village = world["WD/01"].pk
    before = Chain.objects.get(pk=village)
    with act("test.verb", by=world.terminal, at=AT, chain=village, subject="s") as pen:
        pen.answer = {"n": 1}
    entry = Entry.objects.get(pk=pen.id)
    after = Chain.objects.get(pk=village)
    assert (entry.number, entry.previous, entry.verb, entry.answer) == (
        before.number + 1,
        before.head,
        "test.verb",
        '{"n":1}',
    )
    assert after.head == entry.hash == entry_hash(entry.previous, entry.canonical, entry.digest)


def test_rows_that_grow_stand_in_the_entry_by_digest() -> None:
    world = make_world(people=False)
    row = adoption(world, world.terminal)
    with act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk) as pen:
        pen.grow([row])
    fields = [field for field in Adoption._meta.concrete_fields if not field.primary_key]
    text = row_text("rating_adoption", row.pk, [f.column for f in fields], [getattr(row, f.attname) for f in fields])
    assert Entry.objects.get(pk=pen.id).digest == digest([text])
    assert Adoption.objects.get().entry == pen.id


def test_the_same_command_again_is_answered_from_its_receipt() -> None:
    world = make_world(people=False)
    command, effects = uuid7(), []
    for _ in range(2):
        with act(
            "test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk, command=command, given={"a": 1}
        ) as pen:
            if not pen.replayed:
                effects.append(1)
                pen.answer = {"made": "x"}
        assert pen.answer == {"made": "x"}
    assert effects == [1]
    assert Receipt.objects.filter(command=command).count() == 1


def test_the_same_command_with_other_input_is_refused() -> None:
    world = make_world(people=False)
    command = uuid7()
    with act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk, command=command, given={"a": 1}):
        pass
    second = act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk, command=command, given={"a": 2})
    with pytest.raises(Refused, match="records.other_input"), second:
        pytest.fail("the body must not run")


def test_a_refused_action_leaves_nothing_behind() -> None:
    world = make_world(people=False)
    entries, command = Entry.objects.count(), uuid7()
    with pytest.raises(Refused), act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk, command=command):
        Holiday.objects.create(day=AT.date(), worked=False, name="x")
        refuse("test.no")
    assert Entry.objects.count() == entries
    assert not Receipt.objects.filter(command=command).exists()
    assert not Holiday.objects.exists()


def test_a_unique_key_taken_in_the_same_moment_is_a_conflict() -> None:
    world = make_world(people=False)
    row = adoption(world, world.terminal)
    with act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk) as pen:
        pen.grow([row])
    row.pk = uuid7()
    with (
        pytest.raises(Refused, match="records.conflict"),
        act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk) as pen,
    ):
        pen.grow([row])


def test_an_action_inside_an_action_is_a_fault() -> None:
    world = make_world(people=False)
    with (
        pytest.raises(RuntimeError, match="exactly one transaction"),
        act("test.outer", by=world.terminal, at=AT, chain=world["WD/01"].pk),
        act("test.inner", by=world.terminal, at=AT, chain=world["WD/01"].pk),
    ):
        pytest.fail("the inner body must not run")


def test_an_instant_without_a_time_zone_is_a_fault() -> None:
    world = make_world(people=False)
    with (
        pytest.raises(ValueError, match="time zone"),
        act("test.verb", by=world.terminal, at=AT.replace(tzinfo=None), chain=world["WD/01"].pk),
    ):
        pytest.fail("the body must not run")


@pytest.mark.parametrize("statement", ["UPDATE records_entry SET verb = 'x'", "DELETE FROM records_entry"])
def test_the_database_refuses_to_alter_what_grows(statement: str) -> None:
    make_world(people=False)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_postgresql_refuses_truncate_too() -> None:
    if connection.vendor != "postgresql":
        # SQLite has no TRUNCATE: the statement itself is unknown there.
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE records_receipt")
        return
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_receipt")


def test_an_adopted_version_is_frozen_and_a_draft_is_not() -> None:
    world = make_world(people=False)
    version = adoption(world, world.terminal).version
    SchemeVersion.objects.filter(pk=version.pk).update(title="y")
    SchemeVersion.objects.filter(pk=version.pk).update(state="adopted")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(title="z")


def test_swap_changes_the_row_only_as_it_was_read() -> None:
    world = make_world(people=False)
    version = adoption(world, world.terminal).version
    swap(SchemeVersion.objects.filter(pk=version.pk, title="x"), "test.changed", title="y")
    with pytest.raises(Refused, match="test.changed"):
        swap(SchemeVersion.objects.filter(pk=version.pk, title="x"), "test.changed", title="z")
    assert SchemeVersion.objects.get(pk=version.pk).title == "y"


def test_entries_of_two_villages_do_not_share_a_chain() -> None:
    world = make_world(people=False)
    for path in ("WD/01", "WD/02", "WD/01"):
        with act("test.verb", by=world.terminal, at=AT, chain=world[path].pk):
            pass
    for path in ("WD/01", "WD/02"):
        numbers = list(Entry.objects.filter(chain=world[path].pk).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert Entry.objects.filter(verb="test.verb", chain=world["WD/01"].pk).count() == 2


def test_a_command_id_is_any_uuid() -> None:
    world = make_world(people=False)
    with act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk, command=uuid.UUID(int=0)) as pen:
        pass
    assert Receipt.objects.get(command=uuid.UUID(int=0)).entry == pen.id


def test_rows_given_as_plain_values_are_hashed_as_rows_given_as_objects() -> None:
    from datetime import date

    from courtyard.records.rules import plain, row_texts

    columns = ["household", "points", "day", "reverses_id", "words"]
    values = [uuid7(), 10, date(2026, 9, 20), None, '凭据"𠮷\n']
    given = [uuid7(), *values]
    (text,) = row_texts("points_award", columns, [[plain(one) for one in given]])
    assert text == row_text("points_award", given[0], columns, values)
    (numbered,) = row_texts("points_posting", ["n"], [(7, 0)])
    assert numbered == row_text("points_posting", 7, ["n"], [0])
    several = [("a", 'x],["y', 1), ("b", "],[", None), ("c", "[]", 0)]
    assert row_texts("t", ["words", "n"], several) == [row_text("t", key, ["words", "n"], row) for key, *row in several]
    assert row_texts("t", ["n"], []) == []


def test_plain_rows_need_a_table_whose_key_comes_first_and_whose_entry_comes_last() -> None:
    world = make_world(people=False)
    with pytest.raises(TypeError), act("test.verb", by=world.terminal, at=AT, chain=world["WD/01"].pk) as pen:
        pen.grow_plain(Holiday, [])
