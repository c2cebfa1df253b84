"""Homes and points for tests: through the actions rooms offer, as a close of a village books them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.worlds import AT, World, home

from courtyard.households.models import Household
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Refused
from courtyard.points.actions import fund_budget, parts, propose_adjustment
from courtyard.points.actions.amending import amend
from courtyard.points.models import Account, Adjustment, Award, Counter, Cut, Posting
from courtyard.points.queries import budget
from courtyard.points.rules.ledger import AwardDue, Movement, Paid, fold, lowest
from courtyard.points.rules.states import AdjustmentReason
from courtyard.records.journal import act


def homes(world: World, count: int, group: str = "WD/01/G01") -> list[Household]:
    """So many households in one group."""
    return [home(world, group, f"{n:04d}", "陈大山") for n in range(1, count + 1)]


def fund(world: World, points: int, path: str = "WD/01", at: datetime = AT) -> UUID:
    """Points put at a village's disposal by the town's clerk."""
    return fund_budget(village=world[path], points=points, document="万政发2026-17", by=world.actor("clerk"), at=at)


def grant(
    world: World,
    points: Sequence[tuple[Household, int]],
    *,
    round: UUID | None = None,
    clause: str = "awards.good",
    at: datetime = AT,
    pay: bool = True,
    factor: bool = False,
) -> tuple[UUID, Paid]:
    """What a close does: award these points for one round, and pay what waits; returns the round and what was paid.

    `factor`: under a scheme that pays a round by one factor where the budget does not suffice."""
    round = round or uuid7()
    village = points[0][0].village_id
    with act("test.close", by=world.terminal, at=at, chain=village) as pen:
        parts.award(pen, village, [AwardDue(h.pk, round, clause, n, day_of(at)) for h, n in points])
        cut = round if factor else None
        paid = parts.pay_waiting(pen, village, day_of(at), cut=cut) if pay else Paid(0, 0)
    return round, paid


def spent(world: World, household: Household, points: int, at: datetime = AT) -> UUID:
    """Points spent at some shop; returns the subject (a redemption's id)."""
    subject = uuid7()
    with act("test.spend", by=world.terminal, at=at, chain=household.village_id) as pen:
        parts.spend(pen, household.pk, points, uuid7(), subject, day_of(at))
    return subject


def propose(
    world: World, household: Household, points: int = 20, who: str = "cadre", at: datetime = AT, **change: Any
) -> Adjustment:
    """An adjustment proposed by hand, with its evidence; the second person has not looked yet."""
    said = {"reason": AdjustmentReason.LEFT_OUT, "evidence": "照片0913"} | change
    id = propose_adjustment(household=household, points=points, by=world.actor(who), at=at, **said)
    return Adjustment.objects.get(pk=id)


def taken_back(world: World, household: Household, round: UUID, at: datetime = AT) -> int:
    """Every award of a round taken back, as a decided objection does."""
    with act("test.reverse", by=world.terminal, at=at, chain=household.village_id) as pen:
        return amend(pen, household.village_id, household.pk, [round], [], day_of(at)).taken


@contextlib.contextmanager
def refused(code: str) -> Iterator[Any]:
    """The block is refused with this code, and nothing of it stands."""
    before = (Award.objects.count(), Posting.objects.count(), list(Counter.objects.order_by("pk").values_list()))
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code
    assert before == (
        Award.objects.count(), Posting.objects.count(), list(Counter.objects.order_by("pk").values_list())
    )  # fmt: skip


def counted(work: Callable[[], Any]) -> int:
    """How many statements this took."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def check_books(villages: Sequence[UUID]) -> None:
    """What must hold after every commit, folded by hand from the tables: counters, prefixes, granted against booked."""
    moves = [Movement(*row) for row in Posting.objects.order_by("id").values_list("debit", "credit", "points")]
    for counter in Counter.objects.select_related("account"):
        assert counter.points == fold(counter.account_id, moves), counter.account.kind
        assert lowest(counter.account_id, moves) >= 0
    for village in villages:
        homes_of = Household.objects.filter(village=village).values_list("pk", flat=True)
        accounts = set(Account.objects.filter(owner__in=list(homes_of), kind="household").values_list("pk", flat=True))
        awards = list(Award.objects.filter(village=village))
        reversed_ids = {a.reverses_id for a in awards if a.reverses_id}
        cut = dict(Cut.objects.values_list("award", "points"))
        worth = {a.pk: a.points - cut.get(a.pk, 0) for a in awards if a.reverses_id is None}
        granted = sum(points for award, points in worth.items() if award not in reversed_ids)
        paid = {p.award_id: p.points for p in Posting.objects.filter(cause="award")}
        assert {award: points for award, points in paid.items() if award in worth} == {
            award: worth[award] for award in paid if award in worth
        }
        waiting = sum(points for award, points in worth.items() if award not in paid and award not in reversed_ids)
        back = list(Posting.objects.filter(cause="reversal", award__village=village).values_list("points", flat=True))
        owed = sum(paid[a.reverses_id] for a in awards if a.reverses_id in paid) - sum(back)
        booked = sum(fold(account, [m for m in moves if account in (m.debit, m.credit)]) for account in accounts)
        elsewhere = sum(
            p.points * (1 if p.debit_id in accounts else -1)
            for p in Posting.objects.exclude(cause="award").exclude(award__isnull=False)
            if p.debit_id in accounts or p.credit_id in accounts
        )
        assert owed >= 0
        assert granted == booked + elsewhere + waiting - owed
        standing = budget(village)
        assert standing.waiting == waiting
        issuance = Counter.objects.filter(account__owner=village, account__kind="issuance").first()
        assert standing.left == (issuance.points if issuance else 0)
