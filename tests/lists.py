"""A black entry taken as far as a test needs it, through actions alone, for the tests of lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from tests.looks import look_again
from tests.rounds import SEPTEMBER, Village, at, closed_round, given, others, panel

from courtyard.honours.actions import notify, object_to, publish
from courtyard.honours.actions.slips import print_notice
from courtyard.honours.models import Listing, Objection
from courtyard.honours.rules.persons import Evidence
from courtyard.honours.rules.states import NoticeEvidence, ObjectionChannel
from courtyard.households.queries import household_actor
from courtyard.inspections.models import Round
from courtyard.kernel.problems import Problem, Refused

MARKS = {
    "0101": given("good"),
    "0102": given("good"),
    "0103": given("fair"),
    "0201": given("poor"),
    "0202": given("fair"),
    "0203": given("good"),
}
CLOSED, LOOKED, TOLD = date(2026, 9, 20), date(2026, 9, 21), date(2026, 9, 22)
OBJECT_UNTIL, PUBLISH_FROM, EXPIRES = date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 30)


def candidate(village: Village, month: date = SEPTEMBER) -> tuple[Round, Listing]:
    """The September round closed on the 20th by the cadre; home 0201 is a black candidate."""
    closed = closed_round(village, MARKS, month)
    return closed, Listing.objects.get(kind="black", round=closed)


def lookers(village: Village, closed: Round) -> list[UUID]:
    """Two people of another group's panel."""
    return others(closed, village, "0201")[:2]


def confirmed(village: Village) -> tuple[Round, Listing]:
    """Two people looked again on the 21st: still poor."""
    closed, listing = candidate(village)
    for looker in lookers(village, closed):
        look_again(
            listing=listing, looker=looker, still_poor=True, by=village.actor("cadre", at(LOOKED)), at=at(LOOKED)
        )
    listing.refresh_from_db()
    return closed, listing


def counterfoil(day: date = TOLD, serial: str = "0000000195") -> Evidence:
    """A counterfoil with a serial that no slip has."""
    return Evidence(NoticeEvidence.COUNTERFOIL, day, serial)


def signed(village: Village, listing: Listing, day: date = TOLD) -> Evidence:
    """The notice printed and its counterfoil signed on the same day."""
    return counterfoil(day, print_notice(listing=listing, by=village.actor("cadre", at(day)), at=at(day, 8)))


def notified(village: Village) -> tuple[Round, Listing]:
    """The slip was signed on Tuesday the 22nd; five working days end on the 29th."""
    closed, listing = confirmed(village)
    told = signed(village, listing)
    listing = notify(listing=listing, evidence=told, by=village.actor("cadre", at(TOLD)), at=at(TOLD))
    return closed, listing


def published(village: Village) -> tuple[Round, Listing]:
    """Published by the deputy on the first day possible, the 30th."""
    closed, listing = notified(village)
    day = at(PUBLISH_FROM)
    return closed, publish(listing=listing, by=village.actor("deputy", day), at=day)


def refused(code: str, doing: Callable[[], Any], **facts: Any) -> Problem:
    """The Problem a verb is refused with; its code and the named facts must be these."""
    with pytest.raises(Refused) as caught:
        doing()
    problem = caught.value.problem
    assert problem.code == code, problem
    assert {key: problem.facts.get(key) for key in facts} == facts
    return problem


def household(village: Village, code: str) -> Any:
    """The household behind its card, as an actor."""
    return household_actor(village.homes[code])


def objection(village: Village, listing: Listing, day: date = TOLD) -> Objection:
    return object_to(
        listing=listing,
        channel=ObjectionChannel.SPOKEN,
        words="不是我家的",
        by=village.actor("cadre", at(day)),
        at=at(day),
    )


def panel_of(village: Village, closed: Round) -> UUID:
    """One who rated home 0201."""
    return panel(closed, "0201", village)[0]
