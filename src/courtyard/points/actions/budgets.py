"""A village's budget: putting points at its disposal, and paying what waited for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean, unfit
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.points.actions.accounts import add, open_accounts
from courtyard.points.actions.booking import Move, book
from courtyard.points.actions.parts import pay_waiting
from courtyard.points.models import Budget
from courtyard.points.queries.village import budget
from courtyard.points.rules.ledger import Paid, unfit_points
from courtyard.points.rules.states import AccountKind, Cause
from courtyard.records.journal import act
from courtyard.records.rules import salted


def fund_budget(
    *, village: Place, points: int, document: str, by: Actor, at: datetime, command: UUID | None = None
) -> UUID:
    """Put points at a village's disposal by a numbered document; returns the id of the sum put in.

    Points are whole, 1 to 1,000,000 a time. Refuses points.not_a_village, points.not_an_amount, points.no_document.
    """
    refuse_if(may(by, "points.budget", village.path))
    if village.kind != "village":
        refuse("points.not_a_village", name=village.name)
    document = clean(document)
    refuse_if(unfit_points(points) or unfit(document, most=80, field="文件号"))
    if not document:
        refuse("points.no_document")
    given = {"village": village.pk, "points": points, "document": document}
    with act(
        "points.fund_budget", by=by, at=at, chain=village.pk, subject=village.pk, command=command, given=given
    ) as (pen):
        if pen.replayed:
            return UUID(pen.answer["budget"])
        day, salt = day_of(at), random_bytes(16)
        row = Budget(id=uuid7(), village=village, points=points, document=document, salt=salt, day=day, by=by.id)
        row.save(force_insert=True)
        fund = open_accounts(pen, AccountKind.FUND, [village.pk])[village.pk]
        issuance = open_accounts(pen, AccountKind.ISSUANCE, [village.pk])[village.pk]
        add(pen, {issuance: points})
        book(pen, [Move(fund, issuance, points, Cause.BUDGET, row.pk, day)])
        pen.answer = {"budget": row.pk, "points": points, "document": salted(salt, document)}
        return row.pk


def pay_village(*, village: Place, by: Actor, at: datetime, command: UUID | None = None) -> Paid:
    """Pay what waits in a village now that its budget was raised: everything, or the refusal says how much is short.

    Refuses points.nothing_waits and points.budget_short.
    """
    refuse_if(may(by, "points.budget", village.path))
    given = {"village": village.pk}
    with act(
        "points.pay_village", by=by, at=at, chain=village.pk, subject=village.pk, command=command, given=given
    ) as (pen):
        if pen.replayed:
            return Paid(pen.answer["paid"], 0)
        paid = pay_waiting(pen, village.pk, day_of(at))
        if paid.waiting:
            standing = budget(village.pk)
            refuse("points.budget_short", short=standing.short, left=standing.left)
        if not paid.points:
            refuse("points.nothing_waits")
        pen.answer = {"paid": paid.points}
        return paid
