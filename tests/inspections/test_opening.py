"""Opening next month's round: this month's comes first, or is given up and the journal keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.lists import refused
from tests.rounds import OCTOBER, SEPTEMBER, Village, at, given, mark, opened_round

from courtyard.inspections.actions import call_off, open_round, open_rounds
from courtyard.inspections.models import Round
from courtyard.records.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]


def test_next_month_waits_for_this_one_or_gives_it_up(village: Village) -> None:
    when, cadre = at(date(2026, 9, 20)), village.actor("cadre")

    def october(**more: Any) -> Round:
        return open_round(village=village.place, month=OCTOBER, by=cadre, at=when, **more)

    refused("inspections.month_due", october, month="2026-10", due="2026-09")
    first = opened_round(village, SEPTEMBER, date(2026, 9, 20))
    refused("inspections.next_waits", october, month="2026-10", earlier="2026-09")
    refused("inspections.next_waits", lambda: october(skips=True))
    assert list(Round.objects.values_list("pk", flat=True)) == [first.pk]


def test_a_month_given_up_is_in_the_journal(village: Village) -> None:
    when, clerk = at(date(2026, 9, 20)), village.actor("clerk")
    [(_, opened), _] = open_rounds(place=village.world["WD"], month=OCTOBER, by=clerk, at=when, skips=True)
    assert isinstance(opened, Round) and opened.month == OCTOBER
    entry = Entry.objects.filter(verb="inspections.open_round").latest("at")
    assert '"skipped":"2026-09"' in entry.answer.replace(" ", "")


def test_a_round_nobody_walked_is_called_off_and_makes_way(village: Village) -> None:
    when, cadre = at(date(2026, 9, 20)), village.actor("cadre")
    first = opened_round(village, SEPTEMBER, date(2026, 9, 20))
    call_off(opened=first, by=cadre, at=when)
    refused("inspections.round_closed", lambda: call_off(opened=first, by=cadre, at=when))
    first.refresh_from_db()
    assert (first.state, first.closed) == ("dropped", date(2026, 9, 20))
    refused("inspections.round_dropped", lambda: mark(village, first, {"0101": given("good")}, date(2026, 9, 20)))
    second = open_round(village=village.place, month=OCTOBER, by=cadre, at=when)
    mark(village, second, {"0101": given("good")}, date(2026, 10, 2))
    refused("inspections.marked_already", lambda: call_off(opened=second, by=cadre, at=at(date(2026, 10, 3))))
