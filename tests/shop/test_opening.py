"""What the scheme in force says of the till: its windows, its gates, its published list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.rating.worked import document
from tests.rounds import OCTOBER, SEPTEMBER, Village, adopt, at, given, mark, opened_round
from tests.shop.stalls import Stall, open_stall, refused
from tests.worlds import World

from courtyard.honours.actions import close_village
from courtyard.rating.queries import shipped
from courtyard.rating.rules.carrying import uncarried
from courtyard.rating.rules.rungs import Stand
from courtyard.shop.actions import set_price
from courtyard.shop.rules import opening
from courtyard.shop.rules.basket import Cost

OWN = {"engine": 2}
WINTER = {"code": "winter", "ledger": "points", "since": "12-01", "until": "01-10"}
GATE = {"code": "fair", "name": "中等以上才能换", "shuts": ["redeem"], "band": "fair"}
SOAP = {"code": "soap", "name": "肥皂", "points": 10, "ledger": "points"}


def changed(**clauses: Any) -> Any:
    return document("wandian", OWN | clauses)


@pytest.mark.parametrize(
    ("day", "shut"),
    [("2026-11-30", True), ("2026-12-01", False), ("2027-01-10", False), ("2027-01-11", True)],
)
def test_points_are_spent_while_a_window_is_open(day: str, shut: bool) -> None:
    problem = opening.unfit_day(changed(windows=[WINTER]), date.fromisoformat(day))
    assert (problem is not None) is shut
    assert problem is None or problem.facts == {"windows": "12月1日到1月10日"}
    assert opening.unfit_day(changed(), date.fromisoformat(day)) is None


@pytest.mark.parametrize(
    ("grade", "shut"), [("good", False), ("fair", False), ("poor", True), (None, False), ("old", False)]
)
def test_a_gate_asks_for_the_last_grade(grade: str | None, shut: bool) -> None:
    scheme = changed(gates=[GATE])
    assert opening.asks_stand(scheme) and not opening.asks_stand(changed())
    assert (opening.unfit_stand(scheme, Stand(grade)) is not None) is shut


def test_what_is_listed_costs_what_was_adopted() -> None:
    dearer = SOAP | {"code": "soap2", "points": 12, "since": "2027-01-01"}
    scheme, before, after = changed(rewards=[dearer, SOAP]), date(2026, 12, 31), date(2027, 1, 1)
    assert opening.unfit_prices(scheme, before, {"肥皂": Cost(10), "脸盆": Cost(99, 5)}) is None
    assert opening.unfit_prices(scheme, after, {"肥皂": Cost(12)}) is None
    problem = opening.unfit_prices(scheme, after, {"肥皂": Cost(10)})
    assert problem is not None and problem.facts == {"item": "肥皂", "price": "10 分", "listed": "12 分"}


def test_what_is_listed_with_cash_costs_that_cash() -> None:
    scheme, day = changed(rewards=[SOAP | {"cash_fen": 150}]), date(2026, 12, 31)
    assert opening.unfit_prices(scheme, day, {"肥皂": Cost(10, 150)}) is None
    for other in (Cost(10), Cost(10, 100), Cost(25)):
        problem = opening.unfit_prices(scheme, day, {"肥皂": other})
        assert problem is not None and problem.facts["listed"] == "10 分、另付 1.50 元"


def test_what_the_release_carries_of_spending() -> None:
    assert uncarried(changed(windows=[WINTER], gates=[GATE], rewards=[SOAP | {"cash_fen": 100}])) == []
    assert uncarried(changed(rewards=[SOAP | {"points": 0}])) == []
    assert uncarried(changed(gates=[GATE | {"shuts": ["redeem", "awards"]}])) == []


def with_clauses(text: str) -> str:
    return shipped()["wandian"].replace("engine = 1", "engine = 2", 1) + text


CLAUSES = """
[[windows]]
code = "autumn"
ledger = "points"
since = "09-01"
until = "10-31"

[[gates]]
code = "fair"
name = "中等以上才能换"
shuts = ["redeem"]
band = "fair"

[[rewards]]
code = "soap"
name = "肥皂"
points = 10
ledger = "points"
"""


@pytest.mark.django_db
def test_the_till_keeps_the_scheme(world: World) -> None:
    """shop.window_closed, shop.gate_shut, shop.price_not_listed; what was refused took nothing."""
    stall: Stall = open_stall(world)
    (home,) = stall.homes
    village = Village(world, {"0101": home})
    adopt(village, with_clauses(CLAUSES))
    assert stall.sell(home, (stall.soap, 1)).points == 10, "nobody rated it yet"
    with refused("shop.window_closed"):
        stall.sell(home, (stall.soap, 1), at=at(date(2026, 11, 1)))
    clerk = world.actor("clerk")
    set_price(item=stall.soap, points=12, since=date(2026, 9, 2), by=clerk, at=at(date(2026, 9, 2)))
    with refused("shop.price_not_listed"):
        stall.sell(home, (stall.soap, 1), at=at(date(2026, 9, 2)))
    assert stall.sell(home, (stall.rice, 1), at=at(date(2026, 9, 2))).points == 120, "rice is on no list"
    set_price(item=stall.soap, points=10, since=date(2026, 9, 3), by=clerk, at=at(date(2026, 9, 3)))
    opened = opened_round(village)
    mark(village, opened, {"0101": given("poor")}, SEPTEMBER.replace(day=10))
    close_village(closing=opened, by=village.actor("cadre", at(date(2026, 9, 20))), at=at(date(2026, 9, 20)))
    with refused("shop.gate_shut"):
        stall.sell(home, (stall.soap, 1), at=at(date(2026, 9, 21)))


STAR_GATE = """
[[stars]]
code = "two"
name = "二星"
of = "score"
least = 60
most = 100
includes = "both"

[[stars]]
code = "one"
name = "一星"
of = "score"
least = 0
most = 60
includes = "least"

[[gates]]
code = "till"
name = "二星以上才换"
shuts = ["redeem"]
star = "two"
"""


@pytest.mark.django_db
def test_a_gate_by_star_shuts_the_till_until_the_home_rises(world: World) -> None:
    """The same words as below a grade: neither the star nor what is missing is said at the till."""
    stall: Stall = open_stall(world)
    (home,) = stall.homes
    village = Village(world, {"0101": home})
    adopt(village, with_clauses(STAR_GATE))
    for month, label, open_again in ((SEPTEMBER, "poor", False), (OCTOBER, "good", True)):
        opened = opened_round(village, month)
        mark(village, opened, {"0101": given(label)}, month.replace(day=10))
        day = month.replace(day=20)
        close_village(closing=opened, by=village.actor("cadre", at(day)), at=at(day))
        if open_again:
            assert stall.sell(home, (stall.soap, 1), at=at(day)).points == 10
        else:
            with refused("shop.gate_shut") as caught:
                stall.sell(home, (stall.soap, 1), at=at(day))
            assert not caught.value.problem.facts
