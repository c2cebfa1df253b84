"""Putting a closed visit's result right, and with it the later rounds of the home that were scored after it.

A closed round is never opened again. Its result is superseded by a new one; what later closed rounds made of the old
one (a streak, "a band better than last time", a carried grade, the year's cap) is made anew under their own versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.queries import on_care_list
from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.history import Past, Scored, booked_ledger, past_of, scored_later
from courtyard.inspections.queries.marks import engine_marks, of_visits
from courtyard.inspections.queries.pasts import period_number
from courtyard.inspections.queries.results import standing
from courtyard.inspections.rules.corrections import put_right, really, unfit_correction
from courtyard.inspections.rules.rounds import day_counted
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import again, asks_past, carried, score
from courtyard.rating.rules.facts import Facts, History, Outcome
from courtyard.records.journal import Pen


@dataclass(frozen=True)
class Later:
    """A closed round of the home after the corrected one, as it stands now: what it earns is due on its own `day`."""

    round: UUID
    document: SchemeDocument
    day: date
    outcome: Outcome


@dataclass(frozen=True)
class Corrected:
    """A result put right: what stood before and what stands now; `n` is the correction's number in its visit.

    `later` are the home's later closed rounds, each as it stands now, whether it changed or not."""

    visit: Visit
    before: str | None
    outcome: Outcome
    document: SchemeDocument
    day: date
    n: int
    later: tuple[Later, ...] = ()


def correct(pen: Pen, visit: UUID, *, values: Mapping[str, str] | None = None, void: bool = False) -> Corrected:
    """Score a closed visit again and let the new result supersede the old one; history stays as it was at the close.

    `values` (area → what it really was, `rules.corrections`) stand for every rater's mark there, and what was seen there
    falls away; `void`: no mark counts, so the home is not rated. Neither: the marks that count now. Later closed rounds
    follow. Refuses inspections.no_result.
    """
    row = Visit.objects.select_related("round__version", "round__village", "household").get(pk=visit)
    old = standing(Result.objects.filter(visit=visit)).first()
    if old is None:
        refuse("inspections.no_result")
    document = document_of(row.round.version)
    what = really(values or {})
    refuse_if(unfit_correction(document, what))
    marks = () if void else engine_marks(of_visits([visit])).get(visit, ())
    marks = tuple(put_right(mark, what) for mark in marks) if what else marks
    home, day = row.household, day_counted(row.round.month, row.round.closed or day_of(pen.at))
    rounds = scored_later(home.pk, row.round)
    deep = any(asks_past(document_of(one.version)) for one in (row.round, *(one.round for one in rounds)))
    past = past_of(home.pk, row.round, {row.round_id, *(one.round.pk for one in rounds)}, deep=deep)
    care = bool(on_care_list([home.pk]))
    history = past.history(document, day, period_number(row.round, document))
    outcome = score(document, Facts(marks, history, care=care))
    results = [result_of(row.pk, row.round, outcome, day_of(pen.at), old)]
    past.add(document, day, outcome)
    later, changed = _rerun(pen, home, rounds, past)
    pen.grow(results + changed)
    n = Result.objects.filter(visit=visit).count() - 1
    return Corrected(row, old.grade or None, outcome, document, day, n, later)


def result_of(visit: UUID, closed: Round, outcome: Outcome, day: date, old: Result | None = None) -> Result:
    """A visit's result of an outcome, superseding `old`."""
    row = Result(id=uuid7(), visit_id=visit, version_id=closed.version_id, day=day)
    row.grade, row.score_milli = outcome.grade or "", outcome.score_milli
    row.run = run_of(outcome)
    row.breakdown, row.supersedes = outcome.breakdown_text, old
    return row


def run_of(outcome: Outcome) -> int:
    """How many rated rounds running had this grade, this one included; 0 where it was not rated."""
    history = outcome.history
    return 0 if outcome.grade is None else history.run + 1 if history.last == outcome.grade else 1


def _rerun(pen: Pen, home: Household, rounds: list[Scored], past: Past) -> tuple[tuple[Later, ...], list[Result]]:
    """The later rounds one after the other, each after the history that now goes before it."""
    later, changed = [], []
    for one in rounds:
        document = document_of(one.round.version)
        day = day_counted(one.round.month, one.round.closed or day_of(pen.at))
        number = period_number(one.round, document)
        history = past.history(document, day, number)
        if one.result is None:
            outcome = carried(document, _as_it_was(home, one, past.carrying(document, day, number)))
        else:
            outcome = again(document, one.outcome, history)
            if _differs(one.outcome, outcome):
                changed.append(result_of(one.result.visit_id, one.round, outcome, day_of(pen.at), one.result))
        past.add(document, day, outcome)
        later.append(Later(one.round.pk, document, day, outcome))
    return tuple(later), changed


def _as_it_was(home: Household, one: Scored, history: History) -> Facts:
    """What a light round knew of a home it did not visit; one that earned then was lived in and took part."""
    lived_in = home.living == "lived_in" and home.until is None
    here = one.earned or (lived_in and home.participation == "taking_part")
    return Facts((), history, lived_in=here, taking_part=here)


def _differs(old: Outcome, new: Outcome) -> bool:
    """Whether a later result is another one: its run, what it earns, or a title; not the mere sum earned before."""
    before, after = old.history, new.history
    run = (before.last, before.run) != (after.last, after.run) and new.grade is not None
    return run or old.awards != new.awards or old.candidates != new.candidates


__all__ = ["Corrected", "Later", "booked_ledger", "correct", "result_of", "run_of"]
