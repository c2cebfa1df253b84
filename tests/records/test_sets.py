"""Rows put in as a set stand as the ORM would have put them in, keys included."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.worlds import AT, World, home

from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.points.models import Account, Adjustment, Ledger
from courtyard.records.models import Job
from courtyard.records.sets import MANY, put, put_each, together


def adjustment(world: World, **change: Any) -> Adjustment:
    given = {
        "id": uuid7(), "village": world["WD/01"], "household": uuid7(), "points": -7, "reason": "other",
        "evidence": "凭据 𠮷", "salt": random_bytes(16), "proposed_by": uuid7(), "proposed_as": "town_clerk",
        "proposed": date(2026, 9, 1),
    } | change  # fmt: skip
    return Adjustment(**given)


def columns(row: Any) -> list[Any]:
    values = [getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key]
    return [bytes(value) if isinstance(value, memoryview) else value for value in values]


def test_every_kind_of_column_stands_as_the_orm_writes_it(world: World) -> None:
    ours = adjustment(world, decided=date(2026, 9, 2), decided_by=uuid7())
    theirs = adjustment(world)
    for field in Adjustment._meta.concrete_fields:
        if not field.primary_key:
            setattr(theirs, field.attname, getattr(ours, field.attname))
    put([ours])
    theirs.save(force_insert=True)
    read = Adjustment.objects.in_bulk([ours.pk, theirs.pk])
    assert columns(read[ours.pk]) == columns(read[theirs.pk]) == columns(ours)


def test_instants_stand_as_the_orm_writes_them(world: World) -> None:
    put([Job(id=uuid7(), kind="a", given="{}", due=AT), Job(id=uuid7(), kind="b", given="{}", due=AT, lease_until=AT)])
    assert Job.objects.filter(due=AT).count() == 2
    assert Job.objects.get(kind="b").lease_until == AT
    assert Job.objects.get(kind="a").lease_until is None


def test_ids_and_days_given_as_text_stand_as_ids_and_days(world: World) -> None:
    wanted = adjustment(world)
    put([adjustment(world, id=str(wanted.id), household=str(wanted.household), proposed="2026-09-01")])
    row = Adjustment.objects.get(pk=wanted.id)
    assert (row.household, row.proposed) == (wanted.household, date(2026, 9, 1))


@pytest.mark.parametrize("count", [1, MANY - 1, MANY, 3 * MANY])
def test_integer_keys_are_the_rows_own_however_many(world: World, count: int) -> None:
    Ledger.objects.get_or_create(code="points", defaults={"name": "积分", "spendable": True})
    Account.objects.create(kind="expiry", owner=uuid7(), ledger_id="points")
    rows = [Account(kind="shop", owner=uuid7(), ledger_id="points") for _ in range(count)]
    put(rows)
    assert {row.owner: row.pk for row in rows} == dict(Account.objects.filter(kind="shop").values_list("owner", "pk"))
    assert not any(row._state.adding for row in rows)
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    after = Account.objects.create(kind="fund", owner=uuid7(), ledger_id="points")
    assert after.pk > max(row.pk for row in rows), "keys that were taken beforehand are not given again"


def test_many_rows_of_every_kind_of_column_stand_as_few_do(world: World) -> None:
    many = [adjustment(world, decided=date(2026, 9, n + 1), evidence=f"凭据\t{n}\\N\n𠮷") for n in range(MANY)]
    put(many)
    found = Adjustment.objects.in_bulk([row.pk for row in many])
    assert [columns(found[row.pk]) for row in many] == [columns(row) for row in many]
    jobs = [Job(id=uuid7(), kind=f"k{n}", given="{}", due=AT) for n in range(MANY)]
    put(jobs)
    assert Job.objects.filter(pk__in=[row.pk for row in jobs], due=AT, lease_until=None).count() == MANY


def test_none_is_nothing_and_a_key_that_stands_is_refused_by_the_database(world: World) -> None:
    put([])
    row = adjustment(world)
    put([row])
    with pytest.raises(IntegrityError), transaction.atomic():
        put([adjustment(world), adjustment(world, id=row.id)])
    with pytest.raises(IntegrityError), transaction.atomic():
        put([adjustment(world) for _ in range(MANY)] + [adjustment(world, id=row.id)])
    assert Adjustment.objects.count() == 1


def test_a_row_may_point_at_one_that_stands(world: World) -> None:
    household = home(world, "WD/01/G01", "0101", "王建国")
    put([adjustment(world, household=household.pk)])
    assert Adjustment.objects.get().household == household.pk


def test_statements_that_travel_together_are_answered_one_by_one_in_their_order(world: World) -> None:
    owner = uuid7()
    Ledger.objects.get_or_create(code="points", defaults={"name": "积分", "spendable": True})
    Account.objects.create(kind="shop", owner=owner, ledger_id="points")
    renamed, read, none, made = together(
        [
            ("UPDATE points_account SET kind = %s WHERE kind = %s", ["expiry", "shop"]),
            ("SELECT kind FROM points_account WHERE kind IN (%s, %s)", ["expiry", "shop"]),
            ("DELETE FROM points_account WHERE kind = %s", ["shop"]),
            ("UPDATE points_account SET kind = %s WHERE kind = %s RETURNING kind", ["shop", "expiry"]),
        ]
    )
    assert (renamed.touched, read.rows, none.touched, made) == (1, [("expiry",)], 0, (1, [("shop",)]))


def test_where_one_of_several_fails_none_after_it_runs(world: World) -> None:
    ledger = "INSERT INTO points_ledger (code, name, spendable) VALUES (%s, %s, %s)"
    with pytest.raises(IntegrityError), transaction.atomic():
        together([(ledger, ["one", "一", True]), (ledger, ["one", "一", True]), (ledger, ["two", "二", True])])
    assert not Ledger.objects.filter(code__in=("one", "two")).exists()


def test_rows_of_several_models_put_in_together_get_their_own_keys(world: World) -> None:
    Ledger.objects.get_or_create(code="points", defaults={"name": "积分", "spendable": True})
    shops = [Account(kind="shop", owner=uuid7(), ledger_id="points") for _ in range(2)]
    given = adjustment(world)
    put_each([shops, [given]])
    assert {row.owner: row.pk for row in shops} == dict(Account.objects.filter(kind="shop").values_list("owner", "pk"))
    assert Adjustment.objects.get().pk == given.pk


def test_begin_and_commit_may_travel_with_the_statements_and_a_transaction_stays_one(own_database: object) -> None:
    """Committed for good with the last message; an act that ends badly leaves nothing, also where nothing was sent."""
    ledger = "INSERT INTO points_ledger (code, name, spendable) VALUES (%s, %s, %s)"
    with transaction.atomic():
        pass
    with transaction.atomic():
        together([(ledger, ["one", "一", True])])
        together([(ledger, ["two", "二", True])], ends=True)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        together([(ledger, ["three", "三", True])])
        raise ZeroDivisionError
    with transaction.atomic():
        with transaction.atomic():
            together([(ledger, ["four", "四", True])], ends=True)
        transaction.set_rollback(True)
    assert set(Ledger.objects.values_list("code", flat=True)) >= {"one", "two"}
    assert not Ledger.objects.filter(code__in=("three", "four")).exists()
