"""The homes of one simulated place, drawn by a seed: who lives there, of what kind, where they lie, how they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from courtyard.kernel.chances import Chance, stream
from courtyard.rating.rules import story as s
from courtyard.rating.rules.simulating.drawing import ORDERS
from courtyard.rating.rules.simulating.fare import HOME
from courtyard.rating.rules.simulating.keeping import Kept
from courtyard.rating.rules.simulating.model import SHARE, Model

MILLION = SHARE * SHARE


@dataclass
class Place:
    """Homes side by side in lists: past, aside and purse by number, owners of accounts where these are persons, class and order.

    `stands`: class × 3 + order (0 good, 1 fair, 2 poor). `trace`: every home's events, where somebody asks for them."""

    chance: Chance
    homes: list[s.Home] = field(default_factory=list)
    pasts: list[int] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    purses: list[int] = field(default_factory=list)
    owners: list[tuple[str, ...]] = field(default_factory=list)
    stands: list[int] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    trace: list[list[s.Event]] | None = None


def settle(kept: Kept, model: Model, households: int, seed: int, *, trace: bool = False) -> Place:
    """The homes of a seed that are lived in and take part."""
    document = kept.document
    place = Place(stream("place", seed))
    chance = place.chance
    until = list(accumulate(one.share_milli for one in model.classes))
    kinds = [one.code for one in document.classes] or [""]
    owned = document.account == "person"
    counted = owned or any(rule.per_member for rule in document.awards)
    counted = counted or any(rule.per_member for rule in document.deeds)
    begun: dict[tuple[int, bool], tuple[int, int]] = {}
    for number in range(households):
        kind, here, care, size, klass = chance() * SHARE, chance() * SHARE, chance() * SHARE, chance(), chance()
        if here < model.empty_milli + model.apart_milli:
            continue
        like = (1 + int(size * model.members_most) if counted else 0, care < model.care_milli)
        members = tuple(f"{HOME}{n}" for n in range(1, like[0] + 1))
        if like not in begun:
            begun[like] = kept.begun(s.Home(HOME, members, care=like[1]))
        group, village = number // model.group_homes, number // model.village_homes
        place.homes.append(
            s.Home(f"h{number}", members, f"g{group}", f"v{village}", kinds[int(klass * len(kinds))], care=like[1])
        )
        place.pasts.append(begun[like][0])
        place.purses.append(begun[like][1])
        place.owners.append(members if owned else ())
        place.stands.append(ORDERS * next(n for n, most in enumerate(until) if kind < most))
    place.asides = [0] * len(place.homes)
    settle_orders(place, model)
    if trace:
        place.trace = [[] for _ in place.homes]
    return place


def settle_orders(place: Place, model: Model) -> None:
    """The order each home is in before the first month: drawn from its class."""
    least = [one.good_milli * SHARE for one in model.classes for _ in range(ORDERS)]
    most = [(one.good_milli + one.fair_milli) * SHARE for one in model.classes for _ in range(ORDERS)]
    place.stands = _drawn(place, least, most)
    place.orders = [stand % ORDERS for stand in place.stands]


def turn_month(place: Place, model: Model, month: int) -> None:
    """A month later: order lasts or is drawn anew, poor order may recover, in busy months some are a step worse."""
    least, most = bounds(model)
    place.stands = _drawn(place, least, most)
    place.orders = [stand % ORDERS for stand in place.stands]
    if month in model.dip_months:
        chance, worse = place.chance, model.dip_milli
        place.orders = [
            min(order + 1, ORDERS - 1) if chance() * SHARE < worse else order for order in place.orders
        ]  # fmt: skip


def bounds(model: Model) -> tuple[list[int], list[int]]:
    """For each stand: below which draw (of a million) next month's order is good, and below which good or fair."""
    least, most = [], []
    stay, anew = model.persistence_milli, SHARE - model.persistence_milli
    for one in model.classes:
        for order in range(ORDERS):
            good = anew * one.good_milli + (stay * SHARE if order == 0 else 0)
            fair = anew * one.fair_milli + (stay * SHARE if order == 1 else 0)
            if order == ORDERS - 1:
                fair += (MILLION - good - fair) * model.recovers_milli // SHARE
            least.append(good)
            most.append(good + fair)
    return least, most


def _drawn(place: Place, least: list[int], most: list[int]) -> list[int]:
    """New stands: of the same class, an order by the bounds (of a million) of the present stand."""
    chance = place.chance
    return [
        stand - stand % ORDERS + (0 if (at := chance() * MILLION) < least[stand] else 1 if at < most[stand] else 2)
        for stand in place.stands
    ]
