"""Putting a closed visit's result right, and with it the later rounds of the home that were scored after it.

A closed round is never opened again. Its result is superseded by a new one; what later closed rounds made of the old
one (a streak, "a band better than last time", a carried grade, the year's cap) is made anew under their own versions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from courtyard.households.models import Household
from courtyard.households.queries import on_care_list
from courtyard.inspections.models import Result, Round, Visit
from courtyard.inspections.queries.checks import check_marks
from courtyard.inspections.queries.history import Past, Scored, past_of, scored_later
from courtyard.inspections.queries.marks import engine_marks, of_visits
from courtyard.inspections.queries.pasts import period_number
from courtyard.inspections.queries.ranking import Ranked, ranks_now
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.vetoing import done_in
from courtyard.inspections.rules.corrections import in_good_faith, put_right, really, unfit_correction
from courtyard.inspections.rules.rounds import day_counted
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import Held, asks_titles, checked_again, held, waits_for_checks
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.used import asks_used
from courtyard.rating.rules.engines import again, as_it_stood, asks_past, asks_people, carried, ranked_again, score
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome, Rank, outcome_of
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

    `later` are the home's later closed rounds, each as it stands now, whether it changed or not; `others` the homes of
    the round whose rank changed with it, each put right in the same way."""

    visit: Visit
    before: str | None
    outcome: Outcome
    document: SchemeDocument
    day: date
    n: int
    later: tuple[Later, ...] = ()
    others: tuple[Corrected, ...] = ()


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
    looked = () if void else check_marks(row.round, document, [row.household_id]).get(row.household_id, ())
    if what:
        marks, looked = (tuple(put_right(mark, what) for mark in rows) for rows in (marks, looked))
    home, day = row.household, day_counted(row.round.month, row.round.closed or day_of(pen.at))
    kept = outcome_of(json.loads(old.breakdown))
    rounds, past = _around(home, row.round, kept)
    first = outcome_of(json.loads(Result.objects.get(visit=visit, supersedes=None).breakdown))
    history = as_it_stood(past.history(document, day, period_number(row.round, document)), first)
    standing_then = replace(Rank(), value_milli=first.rank.value_milli, klass=first.rank.klass)
    told = Facts(marks, history, care=bool(on_care_list([home.pk])), rank=standing_then, people=first.people)
    told = replace(told, checks=looked, deeds=done_in(row.round, document, home.pk).get(home.pk, ()))
    ranks = ranks_now(row.round, document, {visit: score(document, told)})
    own = ranks.pop(visit).rank if visit in ranks else Rank()
    outcome = score(document, replace(told, rank=own))
    results = [result_of(row.pk, row.round, outcome, day_of(pen.at), old)]
    past.add(document, day, outcome)
    later, changed = _rerun(pen, home, rounds, past, held(document, kept))
    pen.grow(results + changed)
    others = _others(pen, row.round, document, day, ranks)
    n = Result.objects.filter(visit=visit).count() - 1
    return Corrected(row, old.grade or None, outcome, document, day, n, later, others)


def check_result(pen: Pen, visit: UUID, checks: Sequence[Mark]) -> Corrected | None:
    """Let a closed visit's result follow the spot check of the level above, as its scheme says; later closed rounds
    follow. None where nothing comes of it. The marks are not read again: what was put right before stays so."""
    row = Visit.objects.select_related("round__version", "round__village", "household").get(pk=visit)
    old = standing(Result.objects.filter(visit=visit)).get()
    document, kept = document_of(row.round.version), outcome_of(json.loads(old.breakdown))
    outcome = checked_again(document, kept, checks)
    if outcome == kept or not (waits_for_checks(document) or _tells(outcome) != _tells(kept)):
        return None
    ranks = ranks_now(row.round, document, {visit: outcome})
    own = ranks.pop(visit).rank if visit in ranks else outcome.rank
    outcome = outcome if own == outcome.rank else ranked_again(document, outcome, own)
    day = day_counted(row.round.month, row.round.closed or day_of(pen.at))
    rounds, past = _around(row.household, row.round, kept)
    results = [result_of(visit, row.round, outcome, day_of(pen.at), old)]
    past.add(document, day, outcome)
    later, changed = _rerun(pen, row.household, rounds, past, held(document, kept))
    pen.grow(results + changed)
    others = _others(pen, row.round, document, day, ranks)
    n = Result.objects.filter(visit=visit).count() - 1
    return Corrected(row, old.grade or None, outcome, document, day, n, later, others)


def _tells(outcome: Outcome) -> tuple[object, ...]:
    """What a household would see of an outcome."""
    return (outcome.grade, outcome.score_milli, outcome.awards, outcome.candidates, outcome.prizes, outcome.lost,
            outcome.notes)  # fmt: skip


def _around(home: Household, closed: Round, kept: Outcome) -> tuple[list[Scored], Past]:
    """The later closed rounds of a home, and what it brought to this one; the titles it then held as its result kept
    them."""
    rounds = scored_later(home.pk, closed)
    schemes = [document_of(one.version) for one in (closed, *(one.round for one in rounds))]
    capped = next((scheme for scheme in schemes if asks_used(scheme)), None)
    apart = {closed.pk, *(one.round.pk for one in rounds)}
    past = past_of(home.pk, closed, apart, deep=any(map(asks_past, schemes)), capped=capped)
    return rounds, replace(past, titles=kept.history.titles)


def _others(
    pen: Pen, closed: Round, document: SchemeDocument, day: date, ranks: Mapping[UUID, Ranked]
) -> tuple[Corrected, ...]:
    """The homes of the round that rise because another one's result was put right; only these are written again."""
    risen = {}
    for visit, one in ranks.items():
        rank = in_good_faith(document, one.outcome.rank, one.rank)
        if rank != one.outcome.rank:
            risen[visit] = replace(one, rank=rank)
    visits = Visit.objects.select_related("round__version", "round__village", "household").in_bulk(list(risen))
    found = []
    for visit, one in sorted(risen.items()):
        home = visits[visit].household
        outcome = ranked_again(document, one.outcome, one.rank)
        rounds, past = _around(home, closed, one.outcome)
        past.add(document, day, outcome)
        later, changed = _rerun(pen, home, rounds, past, held(document, one.outcome))
        pen.grow([result_of(visit, closed, outcome, day_of(pen.at), one.result), *changed])
        n = Result.objects.filter(visit=visit).count() - 1
        found.append(Corrected(visits[visit], one.outcome.grade, outcome, document, day, n, later))
    return tuple(found)


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


def _rerun(
    pen: Pen, home: Household, rounds: list[Scored], past: Past, held_then: Held
) -> tuple[tuple[Later, ...], list[Result]]:
    """The later rounds one after the other, each after the history that now goes before it.

    `held_then`: the titles the corrected result had left the home; one that was gone before the next round was taken by
    a spot check in between, and still is."""
    later, changed = [], []
    for one in rounds:
        document = document_of(one.round.version)
        day = day_counted(one.round.month, one.round.closed or day_of(pen.at))
        number = period_number(one.round, document)
        if one.result is not None and asks_titles(document):
            told = dict(one.outcome.history.titles)
            past.titles = tuple(row for row in past.titles if row[0] in told or row[0] not in dict(held_then))
            held_then = held(document, one.outcome)
        history = past.history(document, day, number)
        if one.result is None:
            outcome = carried(document, _as_it_was(home, one, document, past.carrying(document, day, number)))
        else:
            outcome = again(document, one.outcome, history)
            if _differs(one.outcome, outcome):
                changed.append(result_of(one.result.visit_id, one.round, outcome, day_of(pen.at), one.result))
        past.add(document, day, outcome)
        later.append(Later(one.round.pk, document, day, outcome))
    return tuple(later), changed


def _as_it_was(home: Household, one: Scored, document: SchemeDocument, history: History) -> Facts:
    """What a light round knew of a home it did not visit; one that earned then was lived in and took part."""
    lived_in = home.living == "lived_in" and home.until is None
    here = one.earned or (lived_in and home.participation == "taking_part")
    people = home.people if asks_people(document) else 0
    return Facts((), history, lived_in=here, taking_part=here, people=people)


def _differs(old: Outcome, new: Outcome) -> bool:
    """Whether a later result is another one: its run, what it earns, or a title; not the mere sum earned before."""
    before, after = old.history, new.history
    run = (before.last, before.run) != (after.last, after.run) and new.grade is not None
    titles = (before.titles, old.lost, old.notes) != (after.titles, new.lost, new.notes)
    return run or titles or old.awards != new.awards or old.candidates != new.candidates


__all__ = ["Corrected", "Later", "check_result", "correct", "result_of", "run_of"]
