"""A closed round scored again from its marks: under its own version it must come out the same to the letter; under another
document it shows who would change. Nothing is written.

What a round knew of a home at its close (care, help owed, lived in, taking part) is read back from the kept breakdown,
since the register has moved on. Only what the close itself made is replayed: a result put right later follows the decision
on its objection, not the marks alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from courtyard.households.models import Household
from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.counting import counting
from courtyard.inspections.queries.ranking import base_ranking, standings_ranking, with_ranks
from courtyard.inspections.queries.stands import StarTold, star_told
from courtyard.inspections.queries.vetoing import done_in
from courtyard.inspections.rules.outcomes import Rated
from courtyard.rating.queries import document_of
from courtyard.rating.rules import facts as f
from courtyard.rating.rules.documents import DECLINED, SchemeDocument
from courtyard.rating.rules.engines import Scorer, asks_people, unfit_mark
from courtyard.rating.rules.rungs import star_at

MANY = 1_000_000  # periods: more than any scheme's first ones


@dataclass(frozen=True)
class Line:
    """One home: what the close made of it and what it comes to now.

    `erased`: its findings are gone by now, so that what hung on them cannot be told again."""

    household: UUID
    code: str
    group: str
    before: f.Outcome
    after: f.Outcome
    same: bool
    erased: bool

    @property
    def points(self) -> int:
        """How many more points it would get."""
        return self.after.points - self.before.points

    def enters(self, listing: str) -> bool:
        """Whether it would become a candidate of a list."""
        return _on(self.after, listing) and not _on(self.before, listing)

    def leaves(self, listing: str) -> bool:
        """Whether it would no longer be one."""
        return _on(self.before, listing) and not _on(self.after, listing)


@dataclass(frozen=True)
class Replay:
    """A round replayed, in order of the homes' groups and codes; `corrected`: how many results were put right since."""

    lines: tuple[Line, ...]
    corrected: int

    @property
    def differing(self) -> tuple[Line, ...]:
        """The homes that come out otherwise, erased ones apart."""
        return tuple(line for line in self.lines if not line.same and not line.erased)

    @property
    def erased(self) -> int:
        """How many homes cannot be told again, because their findings were erased."""
        return sum(line.erased and not line.same for line in self.lines)


def replay(closed: Round, document: SchemeDocument | None = None) -> Replay:
    """Score a closed round again (four queries, one more where standings rank, four where a gate asks for stars): under its own version, or under another
    document. Homes are ranked together as they were then.

    Marks are taken as far as the other document's sheet has a place for them: an area it does not know is left out."""
    own = document_of(closed.version)
    told = document or own
    scorer, marks = Scorer(told), counting(closed.pk).marks
    rows = Result.objects.filter(visit__round=closed, supersedes=None).select_related("visit__household__group")
    listed = list(rows.order_by("visit__household__group__order", "visit__household__code"))
    outcomes = [f.outcome_of(json.loads(row.breakdown)) for row in listed]
    done = done_in(closed, document) if document else {}
    alone, stood = [], star_told(closed, told, closed.closed or closed.month) if document else None
    for row, before in zip(listed, outcomes, strict=True):
        facts = _facts(before, marks.get(row.visit_id, ()))
        if document is not None and stood is not None:
            facts = _later(document, facts, row.visit.household, stood(row.visit.household_id))
            facts = replace(facts, deeds=done.get(row.visit.household_id, ()))
        alone.append((Rated(row.visit.household_id, row.visit.group_id, row.visit_id, scorer(facts)), facts))
    ranked = with_ranks(told, closed.village_id, alone, _standings(closed, document, listed, outcomes))
    lines = []
    for row, before, rated in zip(listed, outcomes, ranked, strict=True):
        after, given = rated.outcome, marks.get(row.visit_id, ())
        found = any(mark.seen for mark in given)
        erased = not found and any(area.findings or area.mended for area in before.areas)
        same = after.breakdown_text == row.breakdown if document is None else _alike(own, before, told, after)
        home = row.visit.household
        lines.append(Line(home.pk, home.code, home.group.name, before, after, same, erased))
    corrected = Result.objects.filter(visit__round=closed).exclude(supersedes=None).values("visit").distinct().count()
    return Replay(tuple(lines), corrected)


def _standings(
    closed: Round, document: SchemeDocument | None, rows: Sequence[Result], outcomes: Sequence[f.Outcome]
) -> Mapping[UUID, int]:
    """The standings that rank: as each result kept them; under another document as they are on the round's own day."""
    if document is not None:
        return standings_ranking(document, closed.village_id, closed.closed or closed.month)
    base, pairs = base_ranking(document_of(closed.version)), zip(rows, outcomes, strict=True)
    values = ((row.visit.household_id, one.rank.value_milli) for row, one in pairs)
    return {home: value - base for home, value in values if value is not None}


def _facts(before: f.Outcome, marks: tuple[f.Mark, ...]) -> f.Facts:
    """What the round knew of the home, read back from what it made of it."""
    reasons = {reason for never in before.never for reason in never.reasons}
    care = f.CARE_LIST in reasons or (before.help_due and f.HELP_OWED not in reasons)
    return f.Facts(
        marks,
        before.history,
        care=care,
        help_owed=f.HELP_OWED in reasons,
        lived_in=before.why != f.NOT_LIVED_IN,
        taking_part=before.why != f.NOT_TAKING_PART,
        rank=f.Rank(klass=before.rank.klass),
        people=before.people,
        deeds=before.deeds,
    )


def _later(document: SchemeDocument, facts: f.Facts, home: Household, star: StarTold) -> f.Facts:
    """The same under another document, as far as its sheet has a place for the marks, and in a period past its first
    ones: what it would do for good, not in its beginning."""
    fitted = tuple(_fitting(document, mark) for mark in facts.marks)
    people = home.people if asks_people(document) else 0
    history = replace(facts.history, period=MANY, stood=star[0], outright=star[1])
    return replace(facts, marks=fitted, people=people, history=history)


def _fitting(document: SchemeDocument, mark: f.Mark) -> f.Mark:
    """One rater's marks as far as another sheet has a place for them."""
    areas = {area.code: area for area in document.sheet.areas}
    given = tuple(
        (code, what) for code, what in mark.given if code in areas and (what != DECLINED or areas[code].consent)
    )
    pictures = {code: {picture.code for picture in area.pictures} for code, area in areas.items()}
    seen = tuple(one for one in mark.seen if one.code in pictures.get(one.area, set()))
    fitted = f.Mark(given, seen, mark.kin, mark.not_at_home)
    problem = unfit_mark(document, fitted)
    if problem is not None:
        problem.refuse()
    return fitted


def _alike(own: SchemeDocument, before: f.Outcome, told: SchemeDocument, after: f.Outcome) -> bool:
    """Whether a home would see no difference: grade, score, star, points by clause, lists."""
    return _seen(own, before) == _seen(told, after)


def _seen(document: SchemeDocument, outcome: f.Outcome) -> Mapping[str, object]:
    star = star_at(document, outcome.score_milli)
    return {
        "star": star.name if star else "",
        "grade": outcome.grade,
        "score": outcome.score_milli,
        "awards": [(award.clause, award.points) for award in outcome.awards],
        "lists": [one.listing for one in outcome.candidates],
        "prizes": list(outcome.prizes),
    }


def _on(outcome: f.Outcome, listing: str) -> bool:
    return any(one.listing == listing for one in outcome.candidates)
