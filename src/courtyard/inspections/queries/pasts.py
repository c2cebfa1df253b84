"""All of a home's grades so far and its last score, where the scheme asks for them (`engines.asks_past`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from courtyard.inspections.models import Round
from courtyard.inspections.queries.results import rated_before
from courtyard.kernel.weeks import first_day
from courtyard.rating.models import SchemeVersion
from courtyard.rating.queries import document_of, runs_since
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import asks_period
from courtyard.rating.rules.periods import number_of

Told = tuple[tuple[str, ...], int | None]
NOTHING: Told = ((), None)


@dataclass
class Grades:
    """A home's grades, the oldest first; its last score in thousandths and of what whole (another scheme may have had
    another)."""

    grades: list[str] = field(default_factory=list)
    score_milli: int | None = None
    whole_milli: int = 0

    def add(self, grade: str, score_milli: int | None, whole_milli: int) -> None:
        """One more rated round."""
        self.grades.append(grade)
        self.score_milli, self.whole_milli = score_milli, whole_milli

    def told(self, whole_milli: int) -> Told:
        """The grades, and the last score where it was of this whole."""
        return tuple(self.grades), self.score_milli if self.whole_milli == whole_milli else None


def grades_of(
    village: UUID, before: date, *, household: UUID | None = None, void: Collection[UUID] = ()
) -> dict[UUID, Grades]:
    """Household → its rated full and light rounds before a month (two queries); `void` visits count as not rated."""
    rows = rated_before(village, before)
    rows = rows.filter(visit__household=household) if household else rows
    rows = rows.exclude(visit__in=void) if void else rows
    listed = list(
        rows.order_by("visit__round__month").values_list("visit__household_id", "grade", "score_milli", "version_id")
    )
    versions = SchemeVersion.objects.in_bulk({row[3] for row in listed})
    wholes = {pk: document_of(version).whole_milli for pk, version in versions.items()}
    found: dict[UUID, Grades] = {}
    for home, grade, score, version in listed:
        found.setdefault(home, Grades()).add(grade, score, wholes[version])
    return found


def period_number(one: Round, document: SchemeDocument) -> int | None:
    """How many whole periods its village had under the scheme before this round's, where the scheme asks (one query).

    Periods of the calendar, with or without a round, as the engine counts them; a round that was opened for a month in
    which its scheme was not in force yet is its first."""
    if not asks_period(document):
        return None
    since = runs_since(one.village, one.version_id, first_day(one.month))
    return number_of(document.scope.period, since, first_day(one.month)) if since else 0
