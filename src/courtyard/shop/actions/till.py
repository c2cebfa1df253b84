"""The till: goods against points, once, never oversold and never below zero; and undoing it the same day.

Rows are locked in one order: stock by item, the shop, then (in points) the village's number and the household's counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.queries.spending import asks_spender, spender
from courtyard.households.rules.states import Living
from courtyard.inspections.actions.evenings import settle_home
from courtyard.inspections.queries.stands import stands
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import Problem, Refused, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.points.actions import parts
from courtyard.points.models import Posting
from courtyard.records.journal import Pen, act
from courtyard.records.sets import key, together
from courtyard.shop.actions.stock import first_short, moves, put, takes
from courtyard.shop.models import CashLine, Redemption, RedemptionLine, Return, Shop, Stock
from courtyard.shop.queries.scheme import asks_scheme, scheme
from courtyard.shop.queries.till import asks_counter, counter
from courtyard.shop.rules import opening
from courtyard.shop.rules.basket import Cost, Wanted, basket, card_enough, total, unfit_return
from courtyard.shop.rules.states import MoveKind

_RECEIPT = "UPDATE shop_shop SET receipts = receipts + 1 WHERE id = %s RETURNING receipts"


@dataclass(frozen=True)
class Sold:
    """A redemption as the till shows it: its id, the receipt's number, the points it took, the cash paid beside them."""

    redemption: UUID
    receipt: int
    points: int
    cash_fen: int = 0


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
    settle_home(village=household.village, household_id=household.pk, by=by, at=at)
    with act(
        "shop.redeem", by=by, at=at, chain=household.village_id, subject=household.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            told = pen.answer
            return Sold(UUID(told["redemption"]), told["receipt"], told["points"], told.get("cash_fen", 0))
        listed = _fit(shop, household.pk, scanned, pieces, at)
        cost = total(pieces, listed)
        sale = Redemption(id=uuid7(), shop_id=shop.pk, household_id=household.pk, points=cost.points, card_id=scanned)
        sale.by_pin, sale.day, sale.at, sale.by = pin_ok, day_of(at), at, by.id
        paid = _take(pen, sale, pieces)
        sold = [
            RedemptionLine(redemption=sale, item_id=item, pieces=count, points_each=listed[item].points)
            for item, count in pieces.items()
        ]
        cash = [
            CashLine(redemption=sale, item_id=item, pieces=count, cash_each_fen=listed[item].cash_fen)
            for item, count in pieces.items()
            if listed[item].cash_fen
        ]
        gone = moves(pen, MoveKind.SOLD, {i: -n for i, n in pieces.items()}, sale.pk)
        pen.grow([sale, *sold, *cash, *gone, *paid])
        pen.answer = {"redemption": sale.pk, "receipt": sale.receipt, "points": sale.points}
        pen.answer |= {"cash_fen": cost.cash_fen} if cost.cash_fen else {}
        return Sold(sale.pk, sale.receipt, sale.points, cost.cash_fen)


def _fit(shop: Shop, household: UUID, scanned: UUID | None, pieces: dict[UUID, int], at: datetime) -> dict[UUID, Cost]:
    """What each item costs that day, from the dated list, never from a client. Refuses a closed shop, a household it
    does not serve, where nobody lives or whose points rest, a card that does not open it, goods without a price, and what
    the scheme in force does not let be spent (its windows, gates and list)."""
    day = day_of(at)
    goods, purse, rules = together(
        [asks_counter(shop.pk, pieces, day), asks_spender(household), asks_scheme(household, day)]
    )
    found, home = counter(goods.rows, day_of(at)), spender(purse.rows, at)
    if not found.is_open:
        refuse("shop.closed", shop=shop.name)
    if not inside(home.group, shop.place.path):
        refuse("shop.not_of_this_place", shop=shop.name)
    if home.until is not None:
        refuse("shop.not_in_register")
    if home.living != Living.LIVED_IN.value:
        refuse("shop.nobody_home")
    if home.card is None:
        refuse("shop.no_card")
    if scanned is not None and home.card != scanned:
        refuse("shop.other_card")
    refuse_if(home.rests)
    if found.names.keys() != pieces.keys():
        refuse("shop.unknown_item")
    for item in pieces:
        if item not in found.prices:
            refuse("shop.no_price", item=found.names[item])
    _keep_scheme(rules.rows, household, day, {found.names[item]: found.prices[item] for item in pieces})
    return found.prices


def _keep_scheme(rows: Sequence[tuple[Any, ...]], household: UUID, day: date, prices: dict[str, Cost]) -> None:
    """Refuse what the scheme in force lets nobody do today, or not this home, or not at these points."""
    under = scheme(rows)
    if under is None:
        return
    document, village = under
    refuse_if(opening.unfit_day(document, day))
    refuse_if(opening.unfit_prices(document, day, prices))
    if opening.asks_stand(document):
        refuse_if(opening.unfit_stand(document, stands(document, village, [household], day)[household]))


def _take(pen: Pen, sale: Redemption, pieces: dict[UUID, int]) -> list[Posting]:
    """Take the goods, the receipt's number and the points; the postings of it. The shop's row stays locked until the
    receipt that carries the number is written, and the counter is held, so no other till adds to the day's sum."""
    spending = parts.Spending(sale.household_id, sale.points, sale.shop_id) if sale.points else None
    goods, asked = [*takes(pieces), (_RECEIPT, [key(sale.shop_id)])], [spending.statement] if spending else []
    answers = pen.around_number(goods, asked)
    *taken, number = answers[: len(goods)]
    short = first_short(pieces, taken)
    if short:
        left = Stock.objects.select_related("item").get(pk=short)
        refuse("shop.sold_out", item=left.item.name, left=left.pieces)
    [(sale.receipt,)] = number.rows
    try:
        paid = spending.booked(pen, answers[-1], sale.pk, sale.day) if spending else []
    except Refused as refused:
        if refused.code == "points.not_enough" and sale.card_id is None:
            refuse("shop.not_enough")
        raise
    if not sale.by_pin:  # else no sum of the day matters, and none is asked for
        before = Redemption.objects.filter(household=sale.household_id, day=sale.day, by_pin=False, returned=None)
        of_today = list(before.values_list("points", flat=True))
        refuse_if(card_enough(sale.card_id is not None, False, of_today, sale.points))
    return paid


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
        points = parts.give_back(pen, redemption.pk, day_of(at)) if redemption.points else 0
        pen.grow(
            [
                Return(redemption=redemption, day=day_of(at), at=at, by=by.id),
                *moves(pen, MoveKind.BACK, pieces, redemption.pk),
            ]
        )
        pen.answer = {"points": points}
        return points
