"""The usual way, for comparison: lock the rows, look, save them one by one, writing the very rows our actions write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from tests.worlds import AT

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.points.models import Account, Counter, Posting
from courtyard.points.rules.ledger import POINTS
from courtyard.records.models import Chain, Entry, Receipt
from courtyard.records.rules import canonical, digest, entry_hash, given_sha256, row_text

DAY = day_of(AT)


class NotEnough(Exception):
    """The look before the save found too little."""


def journal(
    chain_id: UUID, verb: str, subject: UUID, by: Any, at: datetime, rows: Sequence[models.Model], command: UUID
) -> None:
    """An entry with its receipt, digest and seal, the chain locked and saved."""
    chain = Chain.objects.select_for_update().get(pk=chain_id)
    id = rows[0].entry  # type: ignore[attr-defined]
    answer = canonical({"points": 1})
    sealed = digest(_text(row) for row in rows)
    chain.number += 1
    text = canonical([id, chain_id, chain.number, verb, subject.hex, by.kind, by.id, at, answer, len(rows)])
    head = entry_hash(chain.head, text, sealed)
    Receipt.objects.create(command=command, verb=verb, given_sha256=given_sha256(verb, {"subject": subject}), entry=id)
    Entry.objects.create(
        id=id, chain=chain, number=chain.number, verb=verb, subject=subject.hex, by_kind=by.kind, by=by.id, at=at,
        rows=len(rows), digest=sealed, answer=answer, canonical=text, previous=chain.head, hash=head,
    )  # fmt: skip
    chain.head = head
    chain.save()


def _text(row: models.Model) -> str:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    columns = [str(field.column) for field in fields]
    return row_text(row._meta.db_table, row.pk, columns, [getattr(row, field.attname) for field in fields])


def take(account: int, points: int) -> None:
    """Lock a counter, see that it covers the points, save it."""
    counter = Counter.objects.select_for_update().get(pk=account)
    if counter.points - counter.held < points:
        raise NotEnough
    counter.points -= points
    counter.save()


def move(debit: int, credit: int, points: int, cause: str, subject: UUID, entry: UUID, **more: Any) -> Posting:
    return Posting.objects.create(
        command=entry, n=0, debit_id=debit, credit_id=credit, points=points, cause=cause, subject=subject, day=DAY,
        booked=DAY, entry=entry, **more,
    )  # fmt: skip


def account(kind: str, owner: UUID) -> int:
    return int(Account.objects.get(kind=kind, owner=owner, ledger_id=POINTS).pk)


def spend(chain: UUID, household: UUID, shop: UUID, points: int, command: UUID, by: Any) -> None:
    """Points from a home to a shop in one transaction, once a command: look, lock, look, save."""
    entry, subject = uuid7(), uuid7()
    with transaction.atomic():
        if Receipt.objects.filter(pk=command).exists():
            return
        home, till = account("household", household), account("shop", shop)
        take(home, points)
        posting = move(home, till, points, "redemption", subject, entry)
        journal(chain, "bench.spend", subject, by, AT, [posting], command)


def pay(chain: UUID, award: Any, command: UUID, by: Any) -> None:
    """One award paid in one transaction, once a command: the budget and the home's counter locked and saved."""
    entry = uuid7()
    with transaction.atomic():
        if Receipt.objects.filter(pk=command).exists():
            return
        budget, home = account("issuance", chain), account("household", award.household)
        take(budget, award.points)
        counter = Counter.objects.select_for_update().get(pk=home)
        counter.points += award.points
        counter.save()
        posting = move(budget, home, award.points, "award", award.round, entry, award_id=award.id)
        journal(chain, "bench.pay", award.round, by, AT, [posting], command)
