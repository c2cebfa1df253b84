"""A village with a scheme, homes, cards and an open round, and a browser without a screen for each person in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.rounds import Village, at, make_village, opened_round
from tests.worlds import PASSWORD

from courtyard.board.kept import Kept
from courtyard.board.views import group
from courtyard.households.actions import hand_over_card, issue_cards
from courtyard.households.queries import live_card
from courtyard.inspections.models import Round
from courtyard.kernel.ids import uuid7

TODAY = date(2026, 9, 14)
PIN = "482913"


@dataclass
class Door:
    """The small world behind its doors: `as_("cadre")` is that person's client, `home` a household of village 01."""

    village: Village

    @property
    def home(self) -> Any:
        return self.village.homes["0101"]

    def as_(self, who: str) -> Client:
        """A client that is logged in: an account's name, `household` (card and PIN) or `nobody`."""
        client = Client()
        if who == "household":
            session = client.session
            card = live_card(self.home.pk)
            assert card is not None
            session["household"], session["card"] = str(self.home.pk), str(card.pk)
            session.save()
        elif who != "nobody":
            account = self.village.world.accounts[who]
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def today() -> Any:
    """It is the morning of 14 September 2026."""
    with time_machine.travel(at(TODAY, 9), tick=True):
        yield TODAY


@pytest.fixture
def door(db: None, today: date) -> Door:
    """Village 01 with its scheme in force, six homes, cards issued, one of them handed over."""
    village = make_village()
    cadre = village.actor("cadre")
    issue_cards(place=village.place, by=cadre, at=at(date(2026, 9, 2)))
    hand_over_card(household=village.homes["0101"], pin=PIN, by=cadre, at=at(date(2026, 9, 3)))
    return Door(village)


@pytest.fixture
def opened(door: Door) -> Round:
    """The September round, open, its panels drawn."""
    return opened_round(door.village)


def sent(**fields: Any) -> dict[str, Any]:
    """Fields as a form sends them, with its hidden command."""
    return {"command": str(uuid7()), **fields}


def text(answer: Any) -> str:
    return str(answer.content.decode())


__all__ = ["PASSWORD", "PIN", "TODAY", "Door", "sent", "text"]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boards kept by an earlier test: its rolled-back village had the same ids and numbers."""
    for name in ("BODIES", "PAGES"):
        monkeypatch.setattr(group, name, Kept(most=512))
