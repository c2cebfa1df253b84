"""What a home brings to a round: its last grade and run, what it earned in the year; and its rounds after one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from courtyard.inspections.models import Result, Round
from courtyard.inspections.queries.deed_counts import given_else
from courtyard.inspections.queries.left_out import last_grades
from courtyard.inspections.queries.pasts import NOTHING, Grades, grades_of
from courtyard.inspections.queries.results import last_rated, standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.inspections.rules.states import RoundState
from courtyard.points.queries.awards import earned_lines, standing_awards
from courtyard.rating.rules.checks import Held, held, known_titles
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.home_deeds import Given
from courtyard.rating.rules.engine_2.used import asks_used, used_before
from courtyard.rating.rules.engines import asks_past, carries
from courtyard.rating.rules.facts import CARRIED, History, Outcome, outcome_of


@dataclass(frozen=True)
class Scored:
    """A later closed round of a home: its standing result, or None where a light round did not visit it.

    `earned`: whether it earned anything there all the same (a carried grade)."""

    round: Round
    result: Result | None
    earned: bool

    @property
    def outcome(self) -> Outcome:
        """What its result tells (only where there is one)."""
        assert self.result is not None
        return outcome_of(json.loads(self.result.breakdown))


@dataclass
class Past:
    """A home's history while its rounds are scored again one after the other: last grade, run, and what it earned.

    `lines` are (day, points) of everything it earned otherwise: earlier rounds, deeds; `given` the same by clause, where
    caps ask. `left_out`: how many light rounds have left it out since it was last rated."""

    last: str | None
    run: int
    lines: list[tuple[date, int]] = field(default_factory=list)
    left_out: int = 0
    rated: Grades = field(default_factory=Grades)
    titles: Held = ()
    given: list[Given] = field(default_factory=list)

    def history(self, document: SchemeDocument, day: date, number: int | None = None) -> History:
        """What the home brings to a round that counts for this day: only what was earned up to it (in its year).

        `number`: how many periods went before it under the scheme (`pasts.period_number`)."""
        earned = sum(points for then, points in self.lines if then.year == day.year and then <= day)
        ledger, caps = booked_ledger(document), asks_used(document)
        more = self.rated.told(document.whole_milli) if asks_past(document) else NOTHING
        return History(
            self.last,
            self.run,
            ((ledger, earned),) if ledger and earned and not caps else (),
            *more,
            number,
            known_titles(document, self.titles),
            used_before(document, self.given, day) if caps else (),
        )

    def carrying(self, document: SchemeDocument, day: date, number: int | None = None) -> History:
        """The same for a light round that left it out: no grade where that one carries no longer."""
        found = self.history(document, day, number)
        return found if carries(document, self.last or "", self.left_out) else replace(found, last=None)

    def add(self, document: SchemeDocument, day: date, outcome: Outcome) -> None:
        """Let a round that was just scored be part of the history of the next."""
        ledger = booked_ledger(document)
        points = sum(max(0, one.points) for one in outcome.awards if one.ledger == ledger)
        self.lines.append((day, points))
        self.given += [Given(day, one.clause, one.ledger, one.milli) for one in outcome.awards if one.milli]
        self.titles = held(document, outcome, self.titles)
        if outcome.grade is not None:
            self.run = self.run + 1 if self.last == outcome.grade else 1
            self.last, self.left_out = outcome.grade, 0
            self.rated.add(outcome.grade, outcome.score_milli, document.whole_milli)
        elif outcome.why == CARRIED:
            self.left_out += 1


def past_of(
    household_id: UUID,
    before: Round,
    again: Iterable[UUID],
    *,
    deep: bool = False,
    capped: SchemeDocument | None = None,
) -> Past:
    """A home's history before a round, without what the rounds to be scored `again` earned (five queries; two more where
    it goes `deep`: every grade it ever had; three more where caps ask by clause: `capped`, by this scheme's ledgers)."""
    apart = set(again)
    last, run = last_rated(before.village_id, before.month, household_id).get(household_id, (None, 0))
    out = last_grades([before.village_id], before.month, household=household_id).get(household_id)
    lines = earned_lines(household_id, date(before.month.year, 1, 1))
    own = [(day, points) for round, day, points in lines if round not in apart]
    rated = grades_of(before.village_id, before.month, household=household_id).get(household_id) if deep else None
    given = given_else(household_id, capped, [one.hex for one in apart]) if capped else []
    return Past(last, run, own, out.left_out if out else 0, rated or Grades(), given=given)


def scored_later(household_id: UUID, after: Round) -> list[Scored]:
    """The village's closed rounds after this one, as far as they know this home, in order of months (three queries)."""
    rows = Round.objects.filter(
        village=after.village_id, month__gt=after.month, kind__in=REGULAR, state=RoundState.CLOSED.value
    )
    rounds = list(rows.select_related("version").order_by("month"))
    if not rounds:
        return []
    found = standing(Result.objects.filter(visit__household=household_id, visit__round__in=rounds))
    results = {row.visit.round_id: row for row in found.select_related("visit")}
    earned = {row.round for row in standing_awards(household_id, [row.pk for row in rounds])}
    return [Scored(row, results.get(row.pk), row.pk in earned) for row in rounds]
