"""What may be taken home: pieces, prices of the day, points without a PIN."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.money import fen_of, yuan
from courtyard.kernel.problems import Problem

# Our own choice, each of them: the most pieces of one item and the most items on a receipt, the dearest item, the
# most pieces a delivery may bring, and the points a household may spend in a day by its card alone.
MOST_PIECES = 99
MOST_ITEMS = 20
MOST_PRICE = 100_000
MOST_CASH_FEN = 10_000_000
MOST_STOCK = 100_000
WITHOUT_PIN_A_DAY = 30


@dataclass(frozen=True)
class Wanted:
    """So many pieces of an item."""

    item: UUID
    pieces: int


@dataclass(frozen=True)
class Cost:
    """What a piece costs: points, and the cash paid beside them in fen (0: points alone)."""

    points: int
    cash_fen: int = 0


@dataclass(frozen=True)
class PriceFrom:
    """What an item costs from a day on."""

    item: UUID
    points: int
    since: date
    cash_fen: int = 0


def unfit_number(number: object, most: int) -> Problem | None:
    """Why this is no count to work with: whole, from 1 to `most`."""
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= most:
        return Problem("shop.not_a_count", {"number": str(number), "most": most})
    return None


def basket(lines: Iterable[Wanted]) -> dict[UUID, int] | Problem:
    """Item → pieces, lines of one item added up, in order of item; or why the basket cannot be taken."""
    pieces: dict[UUID, int] = {}
    for line in lines:
        problem = unfit_number(line.pieces, MOST_PIECES)
        if problem:
            return problem
        pieces[line.item] = pieces.get(line.item, 0) + line.pieces
    if not pieces:
        return Problem("shop.empty_basket")
    if len(pieces) > MOST_ITEMS:
        return Problem("shop.too_many_items", {"most": MOST_ITEMS})
    for count in pieces.values():
        problem = unfit_number(count, MOST_PIECES)
        if problem:
            return problem
    return dict(sorted(pieces.items()))


def unfit_price(points: object, cash_fen: object, *, free: bool = False) -> Problem | None:
    """Why this is no price: whole points and whole fen, neither below 0 nor beyond what a price may be; for neither points
    nor cash only where that was said (`free`)."""
    costs = cash_fen != 0 or free
    for number, most, may_be_0 in ((points, MOST_PRICE, costs), (cash_fen, MOST_CASH_FEN, True)):
        nothing = type(number) is int and number == 0 and may_be_0
        if not nothing and (problem := unfit_number(number, most)):
            return problem
    return None


def cash_of(text: str) -> int | Problem:
    """The fen of yuan as a person typed them beside the points: 2, 2.5, 2.50; nothing typed is 0."""
    if not text.strip():
        return 0
    fen = fen_of(text)
    if fen is None or fen > MOST_CASH_FEN:
        return Problem("shop.unfit_cash", {"text": text.strip()[:20], "most": yuan(MOST_CASH_FEN)})
    return fen


def prices_on(day: date, prices: Iterable[PriceFrom]) -> dict[UUID, Cost]:
    """Item → what it costs that day: the latest price that has begun. An item without one is not sold yet."""
    held: dict[UUID, PriceFrom] = {}
    for price in prices:
        standing = held.get(price.item)
        if price.since <= day and (standing is None or price.since > standing.since):
            held[price.item] = price
    return {item: Cost(price.points, price.cash_fen) for item, price in held.items()}


def total(pieces: Mapping[UUID, int], prices: Mapping[UUID, Cost]) -> Cost:
    """What a basket costs at these prices."""
    points = sum(count * prices[item].points for item, count in pieces.items())
    return Cost(points, sum(count * prices[item].cash_fen for item, count in pieces.items()))


def card_enough(scanned: bool, pin_ok: bool, without_pin: Sequence[int], points: int) -> Problem | None:
    """Why card or PIN do not carry this redemption: a typed number needs the PIN always; the card's code alone carries
    a small sum a day (`without_pin`: what it carried that day before)."""
    if pin_ok:
        return None
    if not scanned:
        return Problem("shop.pin_needed")
    if sum(without_pin) + points > WITHOUT_PIN_A_DAY:
        return Problem("shop.pin_needed_above", {"most": WITHOUT_PIN_A_DAY})
    return None


def unfit_return(sold_on: date, today: date, sold_by: UUID, by: UUID) -> Problem | None:
    """Why a redemption cannot be undone: only on its day, only by a second person."""
    if sold_on != today:
        return Problem("shop.return_too_late", {"day": sold_on.isoformat()})
    if sold_by == by:
        return Problem("shop.return_same_person")
    return None
