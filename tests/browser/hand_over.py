"""The walk's signed hand-over sheet: the second group's four homes, typed in from paper."""

from __future__ import annotations

from typing import Any

from tests.browser.walking import COUNT_KEYS, Walk

LINES = ("111", "132", "121", "122")
MOST_KEYS_A_LINE = 4


def type_hand_over(walk: Walk, cadre: Any) -> None:
    """One key a choice, nothing set before, the cursor by itself; back to the page it came from."""
    home = cadre.url
    cadre.goto(walk.url + "/office/cards")
    walk.station(cadre, "cards-issued")
    cadre.locator("tr", has_text="2组").get_by_role("link", name="录签收表").click()
    cadre.locator(".mark:focus").wait_for()
    cadre.evaluate(COUNT_KEYS)
    assert not cadre.evaluate("Array.from(document.querySelectorAll('.mark')).some((cell) => cell.value)")
    cadre.keyboard.type("".join(LINES))
    walk.station(cadre, "hand-over-sheet")
    cadre.locator("#save").focus()
    keys = int(cadre.evaluate("window.keysPressed")) + 1
    cadre.keyboard.press("Enter")
    cadre.get_by_text("录入 4 户交卡,0 户不参加。本组已发 4 / 4").wait_for()
    print(f"\n{len(LINES)} signed lines x 3 choices: {keys} keystrokes (at most {MOST_KEYS_A_LINE * len(LINES)})")
    assert keys <= MOST_KEYS_A_LINE * len(LINES)
    cadre.goto(home)
