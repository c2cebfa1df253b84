"""Cards on A4: fold-over, front and back side by side, cut marks, four a sheet; or one a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.outreach.papers import qr
from courtyard.outreach.papers.paper import Paper
from courtyard.outreach.rules.frame import Frame, frame_facts

CARDS_A_SHEET = 4
MOST_A_FILE = 2_000
URL = re.compile(r"(https://|http://(127\.0\.0\.1|localhost)[:/])[\x21-\x7e]{1,160}")


@dataclass(frozen=True)
class Card:
    """One household's card. `number` is the short number with its check digit (six digits), `url` the QR's https URL.

    `place` is the line under the head's name (村 组, with the bay where there is one).
    """

    head: str
    place: str
    code: str
    number: str
    url: str


@dataclass(frozen=True)
class Cards:
    """A file of at most 2,000 cards. `year` heads the stamp boxes; `singly` puts each card on its own sheet."""

    frame: Frame
    year: int
    cards: tuple[Card, ...]
    singly: bool = False


def facts(thing: Cards, medium: str) -> dict[str, Any] | Problem:
    """What the template `cards.typ` lays out. Problems: `outreach.no_cards`, `outreach.too_many_cards`,
    `outreach.unfit_url` (a QR holds an https URL in ASCII; http only on this very machine).
    """
    if not thing.cards:
        return Problem("outreach.no_cards")
    if len(thing.cards) > MOST_A_FILE:
        return Problem("outreach.too_many_cards", {"most": MOST_A_FILE, "cards": len(thing.cards)})
    for card in thing.cards:
        if not URL.fullmatch(card.url):
            return Problem("outreach.unfit_url", {"household": f"{card.head}({card.code})", "url": card.url})
    return {
        "frame": frame_facts(thing.frame),
        "year": thing.year,
        "a_sheet": 1 if thing.singly else CARDS_A_SHEET,
        "cards": [
            {
                "head": card.head,
                "place": card.place,
                "code": card.code,
                "number": f"{card.number[:3]} {card.number[3:]}",
                "qr": qr.svg(card.url),
            }
            for card in thing.cards
        ],
    }


PAPER = Paper("cards", "家庭卡", facts, tagged=False)
