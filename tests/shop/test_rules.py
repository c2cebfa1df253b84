"""The shop's rules, case by case (tests/cases/shop)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.shop.rules.amounts import whole
from courtyard.shop.rules.basket import (
    Cost,
    PriceFrom,
    Wanted,
    basket,
    card_enough,
    cash_of,
    prices_on,
    total,
    unfit_price,
    unfit_return,
)

FOLDER = Path(__file__).parents[1] / "cases/shop"
AMOUNTS = tomllib.loads((FOLDER / "amounts.toml").read_text(encoding="utf-8"))["case"]
CASES = tomllib.loads((FOLDER / "basket.toml").read_text(encoding="utf-8"))


def each(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["why"] for case in CASES[kind]])


def code(found: Any) -> str | None:
    return found.code if isinstance(found, Problem) else None


@pytest.mark.parametrize("case", AMOUNTS, ids=[repr(case["text"]) for case in AMOUNTS])
def test_a_typed_number_is_read_or_named_for_what_it_is(case: dict[str, Any]) -> None:
    found = whole(case["text"], case.get("most", 99))
    assert (code(found) or found) == (case.get("problem") or case["number"])
    if isinstance(found, Problem):
        assert "〔" not in say(found)


@each("basket")
def test_a_basket(case: dict[str, Any]) -> None:
    found = basket(Wanted(UUID(int=item), pieces) for item, pieces in case["lines"])
    if "problem" in case:
        assert code(found) == case["problem"]
    else:
        assert list(found.items()) == [(UUID(int=item), pieces) for item, pieces in case["pieces"]]  # type: ignore[union-attr]


@each("price")
def test_the_price_of_a_day(case: dict[str, Any]) -> None:
    listed = [PriceFrom(UUID(int=item), *rest) for item, *rest in case["listed"]]
    assert prices_on(case["day"], listed) == {UUID(int=item): Cost(*rest) for item, *rest in case["prices"]}


def test_the_points_of_a_basket() -> None:
    soap, rice = UUID(int=1), UUID(int=2)
    assert total({soap: 2, rice: 1}, {soap: Cost(10, 50), rice: Cost(120)}) == Cost(140, 100)


@each("cash")
def test_cash_as_it_is_typed(case: dict[str, Any]) -> None:
    found = cash_of(case["text"])
    assert (code(found) or found) == case.get("problem", case.get("fen"))
    if isinstance(found, Problem):
        assert "〔" not in say(found)


@each("fit")
def test_what_a_price_may_be(case: dict[str, Any]) -> None:
    assert code(unfit_price(case["points"], case["fen"], free=case.get("free", False))) == case.get("problem")


@each("card")
def test_card_and_pin(case: dict[str, Any]) -> None:
    assert code(card_enough(case["scanned"], case["pin"], case["before"], case["points"])) == case.get("problem")


@each("return")
def test_undoing_a_redemption(case: dict[str, Any]) -> None:
    by = UUID(int=1 if case["same"] else 2)
    assert code(unfit_return(case["sold"], case["today"], UUID(int=1), by)) == case.get("problem")
