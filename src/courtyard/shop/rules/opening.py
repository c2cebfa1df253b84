"""What the scheme in force says of the till: when points may be spent, by whom, and at which points what stands on its list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from courtyard.kernel.money import yuan
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.periods import within_days
from courtyard.rating.rules.rungs import REDEEM, Stand, gate_shut, gates_asking
from courtyard.shop.rules.basket import Cost


def unfit_day(document: SchemeDocument, day: date) -> Problem | None:
    """Why nothing is handed over that day, or None: the scheme has times for it (`windows`), and this is none of them."""
    windows = document.windows
    if not windows or any(within_days(day, window.since, window.until) for window in windows):
        return None
    times = "、".join(f"{_said(window.since)}到{_said(window.until)}" for window in windows)
    return Problem("shop.window_closed", {"windows": times})


def _said(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{int(month)}月{int(day)}日"


def asks_stand(document: SchemeDocument) -> bool:
    """Whether a gate shuts the till below a grade or a star."""
    return bool(gates_asking(document, REDEEM))


def unfit_stand(document: SchemeDocument, stand: Stand) -> Problem | None:
    """Why a home that stands there is handed nothing, or None. One nobody rated yet is below no gate.

    The reason stands in the scheme and in the home's own record; the till is told neither grade nor star."""
    return Problem("shop.gate_shut") if gate_shut(document, REDEEM, stand) else None


def unfit_prices(document: SchemeDocument, day: date, prices: Mapping[str, Cost]) -> Problem | None:
    """Why these goods (name → what a piece costs) cannot be handed over, or None: what stands on the scheme's published
    list costs what the assembly adopted, points and cash, nothing else."""
    listed: dict[str, Cost] = {}
    for reward in sorted(document.rewards, key=lambda reward: reward.since):
        if not reward.since or reward.since <= day.isoformat():
            listed[reward.name] = Cost(reward.points, reward.cash_fen)
    for name, cost in prices.items():
        own = listed.get(name, cost)
        if cost != own:
            return Problem("shop.price_not_listed", {"item": name, "price": _price(cost), "listed": _price(own)})
    return None


def _price(cost: Cost) -> str:
    return f"{cost.points} 分、另付 {yuan(cost.cash_fen)} 元" if cost.cash_fen else f"{cost.points} 分"
