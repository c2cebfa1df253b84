"""The till: goods against points, once, never oversold and never below zero; and undoing it the same day.

Rows are locked in one order: stock by item, the shop, then (in points) the village's number and the household's counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from courtyard.households.models import Card, Household
from courtyard.households.queries import unfit_to_spend
from courtyard.households.rules.states import CardState, Living
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.points.actions import parts
from courtyard.records.journal import Pen, act
from courtyard.shop.actions.stock import moves, put, take
from courtyard.shop.models import Item, Redemption, RedemptionLine, Return, Shop, Stock
from courtyard.shop.queries.shelf import prices
from courtyard.shop.rules.basket import Wanted, basket, card_enough, total, unfit_return
from courtyard.shop.rules.states import MoveKind


@dataclass(frozen=True)
class Sold:
    """A redemption as the till shows it: its id, the receipt's number, the points it took."""

    redemption: UUID
    receipt: int
    points: int


def redeem(
    *,
    shop: Shop,
    household: Household,
    lines: Sequence[Wanted],
    pin_ok: bool,
    scanned: UUID | None,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Sold:
    """Hand goods over against a household's points, at the day's prices; stock and points are guarded, all or nothing.

    `scanned` is the id of the card whose code was read, None where its number was typed (then the PIN is needed).
    The same command again answers the same receipt. Refuses what the basket, the shop, the household, its card, the
    stock and its points refuse (shop.*, points.not_enough with the missing points only where the card was read).
    """
    refuse_if(may(by, "shop.sell", shop.place.path))
    pieces = basket(lines)
    if isinstance(pieces, Problem):
        pieces.refuse()
    given = {"shop": shop.pk, "household": household.pk, "scanned": scanned, "lines": sorted(pieces.items())}
    with act(
        "shop.redeem", by=by, at=at, chain=household.village_id, subject=household.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return Sold(UUID(pen.answer["redemption"]), pen.answer["receipt"], pen.answer["points"])
        _fit_household(shop, household.pk, scanned)
        refuse_if(unfit_to_spend(household.pk, at))
        listed = _listed(shop, pieces, day_of(at))
        short = take(pen, pieces)
        if short:
            left = Stock.objects.select_related("item").get(pk=short)
            refuse("shop.sold_out", item=left.item.name, left=left.pieces)
        sale = Redemption(
            id=uuid7(), shop_id=shop.pk, household_id=household.pk, points=total(pieces, listed), card_id=scanned
        )
        sale.by_pin, sale.day, sale.at, sale.by = pin_ok, day_of(at), at, by.id
        sale.receipt = _receipt_number(pen, shop.pk)
        _spend(pen, sale)
        sold = [
            RedemptionLine(redemption=sale, item_id=item, pieces=count, points_each=listed[item])
            for item, count in pieces.items()
        ]
        pen.grow([sale, *sold, *moves(pen, MoveKind.SOLD, {i: -n for i, n in pieces.items()}, sale.pk)])
        pen.answer = {"redemption": sale.pk, "receipt": sale.receipt, "points": sale.points}
        return Sold(sale.pk, sale.receipt, sale.points)


def _fit_household(shop: Shop, household_id: UUID, scanned: UUID | None) -> None:
    """Refuse a closed shop, a household it does not serve or where nobody lives, and a card that does not open it."""
    if not Shop.objects.filter(pk=shop.pk, is_open=True).exists():
        refuse("shop.closed", shop=shop.name)
    household = Household.objects.select_related("group").get(pk=household_id)
    if not inside(household.group.path, shop.place.path):
        refuse("shop.not_of_this_place", shop=shop.name)
    if household.until is not None:
        refuse("shop.not_in_register")
    if household.living != Living.LIVED_IN.value:
        refuse("shop.nobody_home")
    card = Card.objects.filter(household=household, state=CardState.LIVE.value, handed_over__isnull=False).first()
    if card is None:
        refuse("shop.no_card")
    if scanned is not None and card.pk != scanned:
        refuse("shop.other_card")


def _listed(shop: Shop, pieces: dict[UUID, int], day: date) -> dict[UUID, int]:
    """Item → points that day, from the dated list; never what a client says."""
    items = {item.pk: item for item in Item.objects.filter(shop=shop, pk__in=list(pieces))}
    if items.keys() != pieces.keys():
        refuse("shop.unknown_item")
    listed = prices(pieces, day)
    for item in pieces:
        if item not in listed:
            refuse("shop.no_price", item=items[item].name)
    return listed


def _spend(pen: Pen, sale: Redemption) -> None:
    """Take the points, then see that card or PIN carry the day's sum (the counter is held now, so no other till adds)."""
    try:
        parts.spend(pen, sale.household_id, sale.points, sale.shop_id, sale.pk, sale.day)
    except Refused as refused:
        if refused.code == "points.not_enough" and sale.card_id is None:
            refuse("shop.not_enough")
        raise
    before = Redemption.objects.filter(household=sale.household_id, day=sale.day, by_pin=False, returned=None)
    refuse_if(
        card_enough(sale.card_id is not None, sale.by_pin, list(before.values_list("points", flat=True)), sale.points)
    )


def _receipt_number(pen: Pen, shop_id: UUID) -> int:
    """The shop's next receipt number: the row stays locked until the receipt that carries it is written."""
    Shop.objects.filter(pk=shop_id).update(receipts=F("receipts") + 1)
    return Shop.objects.values_list("receipts", flat=True).get(pk=shop_id)


def reverse_redemption(*, redemption: Redemption, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Undo a redemption on its day: goods back on the shelf, points back to the household; returns the points.

    A second person does it who keeps the stock there (another shopkeeper, a cadre). Refuses shop.return_too_late,
    shop.return_same_person and shop.returned_already.
    """
    refuse_if(may(by, "shop.stock", redemption.shop.place.path))
    with act(
        "shop.reverse_redemption",
        by=by,
        at=at,
        chain=redemption.household.village_id,
        subject=redemption.pk,
        command=command,
        given={"redemption": redemption.pk},
        conflict="shop.returned_already",
    ) as pen:
        if pen.replayed:
            return int(pen.answer["points"])
        refuse_if(unfit_return(redemption.day, day_of(at), redemption.by, by.id))
        pieces = dict(RedemptionLine.objects.filter(redemption=redemption).values_list("item", "pieces"))
        put(pen, pieces)
        # Looked up now that its stock is held: of two that undo it at once, the second sees the first.
        if Return.objects.filter(redemption=redemption).exists():
            refuse("shop.returned_already")
        points = parts.give_back(pen, redemption.pk, day_of(at))
        pen.grow(
            [
                Return(redemption=redemption, day=day_of(at), at=at, by=by.id),
                *moves(pen, MoveKind.BACK, pieces, redemption.pk),
            ]
        )
        pen.answer = {"points": points}
        return points
