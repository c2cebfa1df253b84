"""A sheet with numbers in the browser: typed by a number pad with the cursor going on by itself, pressed at the door."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.browser.walking import COUNT_KEYS, Walk
from tests.numbers import numbers_text
from tests.rounds import Village, fill_village, opened_round, panel

from courtyard.inspections.models import Finding, Marks

pytestmark = [pytest.mark.browser, pytest.mark.long]


def shot(page: Any, name: str) -> None:
    """Keep the screen for whoever wants to look at it."""
    if folder := os.environ.get("COURTYARD_LOOKS"):
        page.screenshot(path=str(Path(folder) / f"numbers-{name}.png"), full_page=True)


def values(code: str) -> dict[str, str]:
    given = Marks.objects.get(visit__household__code=code)
    return dict(json.loads(given.values)) or {"": given.presence}


def typed_from_paper(walk: Walk, sheets: str, first: Any) -> None:
    """Three homes of the first rater's sheet by the keys of a number pad, then saved."""
    cadre = walk.as_("cadre")
    cadre.goto(f"{sheets}/{first}")
    walk.station(cadre, "numbers-grid")
    shot(cadre, "grid")
    cadre.evaluate(COUNT_KEYS)
    # looked; 18 of 20 needs no Enter, 9 of 10 neither, 27 of 30 neither.
    cadre.keyboard.type("118927")
    # The second home: two piles; indoors declined; 2 of 30 and a half, where the cursor had not gone on.
    cadre.keyboard.press("f")
    cadre.keyboard.type("2")
    cadre.keyboard.press("Enter")
    cadre.keyboard.type("-")
    cadre.keyboard.type("2.5")
    cadre.keyboard.press("Enter")
    # The third: nobody at home, one key for the whole home.
    cadre.keyboard.type("*")
    assert cadre.evaluate("document.activeElement.id") == "save"
    assert cadre.evaluate("window.keysPressed") <= 15
    assert cadre.locator(".marks-left").inner_text() == "3 / 3"
    walk.station(cadre, "numbers-typed")
    shot(cadre, "typed")
    cadre.keyboard.press("Enter")
    cadre.wait_for_url("**/marks/**")
    cadre.get_by_text("录入").first.wait_for()
    assert values("0101") == {"courtyard": "looked", "rooms": "18+9", "surroundings": "27"}
    assert values("0102") == {"courtyard": "looked", "rooms": "declined", "surroundings": "2.5"}
    assert values("0103") == {"": "not_at_home"}
    assert (Finding.objects.get().code, Finding.objects.get().places) == ("c1", 2)


def pressed_at_the_door(walk: Walk, sheets: str, name: str, second: Any) -> None:
    """The first home on the second rater's own phone: a stepper for places, buttons for ten points, a field for more."""
    own = walk.as_(name, phone=True)
    own.goto(f"{sheets}/{second}/home")
    walk.station(own, "numbers-at-the-door")
    shot(own, "door")
    yard = own.locator("fieldset.number-area").nth(0)
    yard.get_by_text("看过了").click()
    yard.locator(".stepper").nth(0).get_by_role("button").nth(1).click(click_count=3)
    own.get_by_label("室内 地面扫净", exact=True).fill("18")
    own.locator("fieldset.number-area").nth(1).locator("label.choice").nth(9).click()
    own.get_by_label("周边环境", exact=True).fill("27")
    own.get_by_role("button", name="保存并下一户").click()
    own.get_by_text("记下了").wait_for()
    given = Marks.objects.get(visit__household__code="0101", evaluator=second)
    assert json.loads(given.values) == {"courtyard": "looked", "rooms": "18+9", "surroundings": "27"}
    assert given.findings.get().places == 3


def test_typed_from_paper_and_pressed_at_the_door(served, own_world, browser_pages):
    today = date.today()
    village = fill_village(Village(own_world), text=numbers_text())
    opened = opened_round(village, today.replace(day=1), today)
    walk, (first, second, *_) = Walk(served.url, browser_pages), panel(opened, "0101", village)
    sheets = f"{served.url}/office/rounds/{opened.pk}/marks/{village.homes['0101'].group_id}"
    typed_from_paper(walk, sheets, first)
    name = next(name for name, one in village.world.accounts.items() if one.pk == second)
    pressed_at_the_door(walk, sheets, name, second)
    walk.check()
