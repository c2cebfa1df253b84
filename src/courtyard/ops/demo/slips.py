"""Slips of a round: printed when its sheets are in, before the close; most of their counterfoils come back signed."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from courtyard.honours.actions.counterfoils import book_counterfoils
from courtyard.honours.actions.slips import print_pad, print_slips
from courtyard.honours.queries.entries import open_cases
from courtyard.honours.queries.slips import serials_of
from courtyard.honours.rules.slips import ROWS_A_SCREEN, Ticks, Typed
from courtyard.inspections.queries.results import results_of_round
from courtyard.kernel.days import day_of
from courtyard.ops.demo.town import Town, first_of

BACK, PAD = 0.8, 20


def plan(town: Town, village: Any, opened: Any, close: date) -> None:
    """A pad for the door on the first day, slips on the close's morning, counterfoils two days after it."""
    n = town.number(village)
    town.agenda.on(day_of(town.agenda.now), 10, n, lambda at: _pad(town, village, opened, at))
    town.agenda.on(close, 12, n, lambda at: _print(town, village, opened, at))
    town.agenda.on(close + timedelta(days=2), 17, n, lambda at: _book(town, village, opened, at))


def _pad(town: Town, village: Any, opened: Any, at: datetime) -> None:
    print_pad(opened=opened, count=PAD, by=town.cadre(village), at=at)


def _print(town: Town, village: Any, opened: Any, at: datetime) -> None:
    print_slips(opened=opened, by=town.cadre(village), at=at)


def _book(town: Town, village: Any, opened: Any, at: datetime) -> None:
    """Screen by screen; in the last round one home that is on no list does not agree with what was seen."""
    dice = random.Random(f"{town.seed} {opened.month} {town.number(village)}")  # noqa: S311  # the demonstration's own
    serials = serials_of(opened.pk)
    listed = {one.listing.visit_id for one in open_cases([village.path])}
    visits = [row.visit for row in results_of_round(opened.pk) if row.visit in serials]
    back = [visit for visit in visits if dice.random() < BACK]
    last = opened.month == first_of(town.today, 1)
    unlike = next((visit for visit in back if visit not in listed), None) if last else None
    rows = [Typed(serials[visit], Ticks(True, visit == unlike)) for visit in back]
    for start in range(0, len(rows), ROWS_A_SCREEN):
        screen = rows[start : start + ROWS_A_SCREEN]
        book_counterfoils(village=village, rows=screen, day=day_of(at), by=town.cadre(village), at=at)
