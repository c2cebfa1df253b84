"""Objections to what a round saw or graded where no entry is open (DOMAIN §4.2): who answers, until when, how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.honours.rules.persons import Around, may_decide
from courtyard.honours.rules.states import AnswerLevel, ListingState
from courtyard.honours.rules.steps import Entry
from courtyard.honours.rules.terms import Process, answer_day, second_look_day
from courtyard.kernel.days import Deadline, Holidays
from courtyard.kernel.problems import Problem


def level_of(answered: int) -> AnswerLevel | Problem:
    """Who answers the next objection to one visit: the village, then once more the town; after that it is settled."""
    if answered >= len(AnswerLevel):
        return Problem("honours.heard_twice")
    return list(AnswerLevel)[answered]


def answer_by(process: Process, level: AnswerLevel, counted_from: date | None, holidays: Holidays) -> Deadline | None:
    """Until when an answer is due; None while the round is open: its days are counted from the close."""
    if counted_from is None:
        return None
    days = second_look_day if level is AnswerLevel.TOWN else answer_day
    return days(process, counted_from, holidays)


def level_on(level: AnswerLevel, due: date | None, on: date) -> AnswerLevel:
    """Who answers on a day: what the village left lying is the town's, by reading."""
    return AnswerLevel.TOWN if due is not None and on > due else level


@dataclass(frozen=True)
class Answerer:
    """Who wants to answer: with a duty of the town (or above it), or of the village."""

    person: UUID
    of_town: bool


def unfit_answerer(one: Answerer, level: AnswerLevel, around: Around) -> Problem | None:
    """Why this person cannot answer now, or None: who rated, looked again or is kin does not; late ones are the town's."""
    problem = may_decide(one.person, around)
    if problem is None and level is AnswerLevel.TOWN and not one.of_town:
        return Problem("honours.town_answers")
    return problem


def made_worse(bands: Sequence[str], before: str | None, after: str | None) -> Problem | None:
    """Nobody's grade falls because they objected: why a corrected result cannot stand, or None. Best band first."""
    if before in bands and after in bands and bands.index(str(after)) > bands.index(str(before)):
        return Problem("honours.made_worse")
    return None


def told(entry: Entry, state: ListingState) -> bool:
    """Whether a notice of this entry is on record that a household can say it never got."""
    tellable = (ListingState.NOTIFIED, ListingState.PUBLISHED)
    return state in tellable or (state is ListingState.OBJECTED and entry.frozen_from in tellable)
