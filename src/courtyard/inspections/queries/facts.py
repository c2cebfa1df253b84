"""What the close of a round is told, by sets: its homes, their visits, the marks that count, what each home brings along.

The close and the page that shows beforehand what it would do read the same facts and ask the same pure engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from courtyard.households.models import Care, Household
from courtyard.households.rules.states import CareState
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.queries.history import booked_ledger
from courtyard.inspections.queries.marks import MarksRow, engine_marks, of_round
from courtyard.inspections.queries.results import last_rated
from courtyard.inspections.rules.states import RoundKind
from courtyard.points.queries.awards import earned_this_year
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import carried, score
from courtyard.rating.rules.facts import Facts, History, Outcome


@dataclass(frozen=True)
class Home:
    """A home an outcome is made for; `visit` is None where a light round did not come by."""

    household: UUID
    group: UUID
    visit: UUID | None
    lived_in: bool
    taking_part: bool
    care: bool


@dataclass(frozen=True)
class RoundFacts:
    """Everything the engine is told about a round, home by home; `marks` as they were given, whether they count or not."""

    homes: tuple[Home, ...]
    marks: Mapping[UUID, list[MarksRow]]
    facts: tuple[Facts, ...]

    def outcomes(self, document: SchemeDocument) -> Iterator[tuple[Home, Outcome]]:
        """Each home's outcome; homes with equal facts are scored once."""
        known: dict[tuple[bool, Facts], Outcome] = {}
        for home, fact in zip(self.homes, self.facts, strict=True):
            key = (home.visit is not None, fact)
            outcome = known.get(key)
            if outcome is None:
                engine = score if home.visit else carried
                outcome = known[key] = engine(document, fact)
            yield home, outcome


def facts_of(
    closing: Round,
    document: SchemeDocument,
    day: date,
    *,
    void: Collection[UUID] = (),
    help_owed: Collection[UUID] = (),
) -> RoundFacts:
    """The facts of a round whose points would count for `day` (seven queries).

    `void`: visits of earlier rounds that are about to count as not rated; `help_owed`: households the room above owes
    help."""
    marks = of_round(closing.pk)
    homes = tuple(_homes(closing))
    counting = engine_marks(marks)
    last = last_rated(closing.village_id, closing.month, void=void)
    earned = earned_this_year([home.household for home in homes], day.year)
    ledger = booked_ledger(document)
    facts = tuple(
        Facts(
            counting.get(home.visit, ()) if home.visit else (),
            _history(ledger, last.get(home.household), earned.get(home.household, 0)),
            care=home.care,
            help_owed=home.household in help_owed,
            lived_in=home.lived_in,
            taking_part=home.taking_part,
        )
        for home in homes
    )
    return RoundFacts(homes, marks, facts)


def _homes(closing: Round) -> Iterator[Home]:
    """The homes an outcome is made for: those visited; in a light round also those that carry, in order of id."""
    visits = dict(Visit.objects.filter(round=closing).values_list("household_id", "id"))
    rows = Household.objects.filter(village=closing.village_id)
    if closing.kind != RoundKind.LIGHT.value:
        rows = rows.filter(visits__round=closing)
    care = Exists(Care.objects.filter(household=OuterRef("pk"), state=CareState.CONFIRMED.value))
    listed = rows.order_by("pk").values_list("pk", "group_id", "living", "participation", "until", care)
    for pk, group, living, participation, until, cared in listed:
        if pk in visits or until is None:
            here = living == "lived_in" and until is None
            yield Home(pk, group, visits.get(pk), here, participation == "taking_part", cared)


def _history(ledger: str | None, last: tuple[str, int] | None, earned: int) -> History:
    """What the home brings along; points are booked in the scheme's first spendable ledger."""
    grade, run = last or (None, 0)
    return History(grade, run, ((ledger, earned),) if ledger and earned else ())
