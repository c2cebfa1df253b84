"""What the board's pages share: the phone's mark, the words of the card."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courtyard.households.models import Household
from courtyard.kernel.days import day_of
from courtyard.people.asked import Asked
from courtyard.places.queries import complaint_line
from courtyard.rating.queries import in_force

DEVICE = "device"
CARD_NAME = "家庭环境卫生积分卡"  # DOMAIN §4.1: the default; a scheme may name its own


def device_of(request: Asked) -> str:
    """The phone's own mark, '' before it has one."""
    return request.COOKIES.get(DEVICE, "")[:64]


def card_words(household: Household, at: datetime) -> dict[str, Any]:
    """The card's name, its disclaimer and the complaint line: what stands before the PIN."""
    found = in_force(household.village, day_of(at))
    return {
        "card_name": found.document.card.name if found else CARD_NAME,
        "disclaimer": found.document.card.disclaimer if found else "",
        "complaint_line": complaint_line(household.village.path),
    }
