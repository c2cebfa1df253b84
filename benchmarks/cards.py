"""Cards printed as A4 sheets from the register on, beside Typst alone on facts that are ready (without drawing a QR)."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable

from benchmarks import ground
from benchmarks.child import Wanted
from benchmarks.measuring import Figure, database, say, side_by_side, slower
from courtyard.outreach.gathering import cards_of
from courtyard.outreach.papers import render
from courtyard.outreach.papers.press import _press
from courtyard.outreach.rules.frame import PAPER


def bench(wanted: Wanted) -> list[Figure]:
    count = wanted.size(2_000, 400)
    world = ground.world()
    (village,) = ground.new_villages(world, 1)
    ground.give_cards(ground.fill(village, count))
    (ready,) = [render("cards", cards).facts for cards in cards_of(village, ground.DAY)]
    if len(json.loads(ready)["cards"]) != count:
        raise RuntimeError("the facts do not hold every card")

    def ours(n: int) -> Callable[[], int]:
        return lambda: sum(len(cards.cards) for cards in cards_of(village, ground.DAY) if render("cards", cards).pdf)

    def typst(n: int) -> Callable[[], int]:
        return lambda: count if _press("cards", ready, PAPER)[1] else 0

    say(f"{count} cards a file")
    timed = side_by_side({"ours": ours, "typst": typst}, wanted.runs)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return [
        slower("cards", f"{count:,} cards in one file beside Typst alone on ready data", timed["ours"], timed["typst"],
               at_most=2, note="the QR codes are drawn on our side only"),
        Figure("cards", f"peak memory of the press, {count:,} cards a file", database(), peak / 1e6, "MB", at_most=1000),
    ]  # fmt: skip
