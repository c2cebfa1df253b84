"""Spot checks of the demonstration: drawn by the supervisor, seen by somebody else, compared; a "no" and its answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from courtyard.honours.actions.checking import close_spot, open_check
from courtyard.inspections.actions.concerns import answer_concern
from courtyard.inspections.actions.marks import HomeMarks
from courtyard.inspections.actions.spot import enter_spot
from courtyard.inspections.queries.revisits import concerns, walk_homes
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.questions import ConcernState, Replied, Reply
from courtyard.inspections.rules.states import Presence
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused
from courtyard.ops.demo.facts import data
from courtyard.ops.demo.town import Town, first_of
from courtyard.rating.queries import document_of

DRAWN, SEEN, COMPARED, ANSWERED = 5, 7, 10, 13  # days after the close


def plan(town: Town, walks: Any, village: Any, closed: Any, day: date) -> None:
    """A spot check of this round; of the last one the second village's is still under way."""
    last = closed.month == first_of(town.today, 1)
    town.agenda.on(
        day + timedelta(days=DRAWN), 9, 40, partial(_draw, town, walks, village, day, last and town.number(village) > 1)
    )


def _draw(town: Town, walks: Any, village: Any, day: date, under_way: bool, at: datetime) -> None:
    try:
        opened = open_check(village=village, by=town.actor("supervisor"), at=at)
    except Refused as refused:
        if refused.code != "inspections.no_checker":
            raise
        return  # everybody rated or lives in one of the drawn groups: no spot check of this round
    if under_way:
        return
    town.agenda.on(day + timedelta(days=SEEN), 17, 20, partial(_see, town, walks, opened))
    town.agenda.on(day + timedelta(days=COMPARED), 10, 20, partial(_compare, town, opened))
    town.agenda.on(day + timedelta(days=ANSWERED), 10, 40, partial(_answer, town, village))


def _see(town: Town, walks: Any, opened: Any, at: datetime) -> None:
    """Whoever has the seat goes; the first home has no slip to show."""
    from courtyard.ops.demo.marking import label_of

    document = document_of(opened.version)
    for n, one in enumerate(walk_homes(opened.pk)):
        if one.evaluator is None:
            continue
        tidy = walks.tidiness(one.visit.household_id)
        given = Given(Presence.SEEN, tuple((area.code, label_of(tidy)) for area in document.sheet.areas))
        replied = Replied(Reply.YES, Reply.NO if n == 0 else Reply.YES, Reply.YES if n % 2 else Reply.NOT_ASKED)
        enter_spot(
            visit=one.visit, evaluator=one.evaluator, seen=HomeMarks(one.visit.household_id, given, day_of(at)),
            replied=replied, by=town.actor("clerk"), at=at + timedelta(minutes=n),
        )  # fmt: skip


def _compare(town: Town, opened: Any, at: datetime) -> None:
    close_spot(closing=opened, by=town.actor("clerk"), at=at)


def _answer(town: Town, village: Any, at: datetime) -> None:
    supervisor = town.actor("supervisor")
    for one in concerns([village.town.path], state=ConcernState.OPEN).filter(village=village):
        answer_concern(concern=one, words=data()["words"]["concern"], by=supervisor, at=at)
