"""The facts of prints are kept six months after the month of their printing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.lists import refused
from tests.rounds import at
from tests.worlds import AT, World

from courtyard.outreach import papers
from courtyard.outreach.actions import erase_prints, keep_artefact
from courtyard.outreach.models import Artefact, ArtefactWords
from courtyard.outreach.queries import prints_due
from courtyard.records.models import Entry

pytestmark = pytest.mark.django_db
SEPTEMBER, DUE = date(2026, 9, 1), date(2027, 3, 1)


def keep(world: World, path: str, when: datetime) -> None:
    printed = papers.Printed("red_poster", b"%PDF", "a" * 64, "{}", "b" * 64, "c" * 64, 1)
    keep_artefact(printed=printed, place=world[path], by=world.actor("clerk"), at=when)


def test_a_month_s_prints_of_a_place_go_together(world: World):
    group, other = world["WD/01/G01"], world["WD/02"]
    for path, when in (("WD/01/G01", AT), ("WD/01/G01", AT + timedelta(days=40)), ("WD/02", AT)):
        keep(world, path, when)
    early = DUE - timedelta(days=1)
    assert prints_due(early) == []
    assert {(place.path, month) for place, month in prints_due(DUE)} == {
        (group.path, SEPTEMBER),
        (other.path, SEPTEMBER),
    }
    refused(
        "outreach.prints_kept_still",
        lambda: erase_prints(place=group, month=SEPTEMBER, by=world.terminal, at=at(early)),
        month="2026-09",
        months=6,
    )
    for who in ("cadre", "clerk", "supervisor"):
        refused(
            "people.not_allowed",
            lambda who=who: erase_prints(place=group, month=SEPTEMBER, by=world.actor(who), at=at(DUE)),
        )
    command = group.pk
    given = {"place": group, "month": SEPTEMBER, "by": world.terminal, "at": at(DUE), "command": command}
    assert erase_prints(**given) == erase_prints(**given) == 1
    assert ArtefactWords.objects.count() == 2 and Artefact.objects.count() == 3
    assert [(place.path, month) for place, month in prints_due(DUE)] == [(other.path, SEPTEMBER)]
    entry = Entry.objects.get(verb="outreach.erase_prints")
    assert (entry.subject, entry.chain_id) == (f"{group.pk.hex}:2026-09", world["WD/01"].pk)
