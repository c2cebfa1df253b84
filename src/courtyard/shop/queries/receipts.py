"""Redemptions: a receipt's facts, a shop's day, a household's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from courtyard.people.queries import names
from courtyard.records import models as records
from courtyard.shop.models import CashLine, Redemption, RedemptionLine


@dataclass(frozen=True)
class ReceiptLine:
    """One item of a receipt."""

    name: str
    unit: str
    pieces: int
    points_each: int
    cash_each_fen: int = 0

    @property
    def points(self) -> int:
        return self.pieces * self.points_each

    @property
    def cash_fen(self) -> int:
        return self.pieces * self.cash_each_fen


@dataclass(frozen=True)
class Receipt:
    """A receipt: what was taken home, where, when, by whom served; `returned` once it was undone."""

    redemption: UUID
    shop: str
    number: int
    household: UUID
    head: str
    code: str
    place: str
    day: date
    at: datetime
    by: str
    points: int
    lines: tuple[ReceiptLine, ...]
    returned: bool

    @property
    def cash_fen(self) -> int:
        """What was paid in cash beside the points."""
        return sum(line.cash_fen for line in self.lines)


@dataclass(frozen=True)
class Sums:
    """A day of a shop: receipts that stand and those brought back, the points and the cash of those that stand."""

    receipts: int
    returned: int
    points: int
    cash_fen: int


def sums(receipts: Iterable[Receipt]) -> Sums:
    """What a day's receipts come to."""
    every = list(receipts)
    stand = [one for one in every if not one.returned]
    points, cash = sum(one.points for one in stand), sum(one.cash_fen for one in stand)
    return Sums(len(stand), len(every) - len(stand), points, cash)


def _line(line: RedemptionLine, cash: Iterable[CashLine]) -> ReceiptLine:
    each = next((one.cash_each_fen for one in cash if one.item_id == line.item_id), 0)
    return ReceiptLine(line.item.name, line.item.unit, line.pieces, line.points_each, each)


def _whole(redemptions: QuerySet[Redemption]) -> list[Receipt]:
    lines = Prefetch("lines", RedemptionLine.objects.select_related("item").order_by("item__name"))
    rows = list(
        redemptions.select_related("shop", "household__group", "household__village", "returned").prefetch_related(
            lines, "cash"
        )
    )
    people = names({row.by for row in rows})
    return [
        Receipt(
            redemption=row.pk,
            shop=row.shop.name,
            number=row.receipt,
            household=row.household_id,
            head=row.household.head,
            code=row.household.code,
            place=row.household.village.name + row.household.group.name,
            day=row.day,
            at=row.at,
            by=people.get(row.by, ""),
            points=row.points,
            lines=tuple(_line(x, row.cash.all()) for x in row.lines.all()),
            returned=hasattr(row, "returned"),
        )
        for row in rows
    ]


def receipt(redemption_id: UUID) -> Receipt | None:
    """One receipt's facts, or None where there is none (four queries)."""
    found = _whole(Redemption.objects.filter(pk=redemption_id))
    return found[0] if found else None


def of_command(shop_id: UUID, command: UUID, pieces: Mapping[UUID, int]) -> UUID | None:
    """The redemption a form already made in this shop with the same goods, so that a till sent twice shows one receipt."""
    entries = records.Receipt.objects.filter(command=command).values("entry")
    found = Redemption.objects.filter(shop=shop_id, entry__in=entries).first()
    if found is None or dict(found.lines.values_list("item_id", "pieces")) != dict(pieces):
        return None
    return found.pk


def days_receipts(shop_id: UUID, day: date) -> list[Receipt]:
    """A shop's redemptions of a day, in order of receipts (four queries)."""
    return _whole(Redemption.objects.filter(shop=shop_id, day=day).order_by("receipt"))


def household_receipts(household_id: UUID, most: int = 50) -> list[Receipt]:
    """A household's latest redemptions, newest first (four queries)."""
    return _whole(Redemption.objects.filter(household=household_id).order_by("-at", "-receipt")[:most])
