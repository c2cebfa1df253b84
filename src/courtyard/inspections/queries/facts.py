"""What the close of a round is told, by sets: its homes, their visits, the marks that count, what each home brings along.

The close and the page that shows beforehand what it would do read the same facts and ask the same pure engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from courtyard.households.models import Care, Household
from courtyard.households.rules.states import CareState
from courtyard.inspections.models import Round
from courtyard.inspections.queries.counting import Counting, counting
from courtyard.inspections.queries.history import booked_ledger
from courtyard.inspections.queries.results import last_rated
from courtyard.inspections.rules.outcomes import Rated
from courtyard.inspections.rules.states import RoundKind
from courtyard.points.queries.awards import earned_in
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engines import carried, score
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome

NONE: tuple[None, int] = (None, 0)


@dataclass(frozen=True)
class Home:
    """A home an outcome is made for; `visit` is None where a light round did not come by."""

    household: UUID
    group: UUID
    visit: UUID | None
    facts: Facts


@dataclass(frozen=True)
class RoundFacts:
    """Everything the engine is told about a round, home by home, and the marks it comes from."""

    homes: tuple[Home, ...]
    counting: Counting

    def outcomes(self, document: SchemeDocument) -> Iterator[Rated]:
        """Each home's outcome; homes with the same facts are scored once."""
        known: dict[tuple[bool, int], Outcome] = {}
        for home in self.homes:
            key = (home.visit is None, id(home.facts))
            outcome = known.get(key)
            if outcome is None:
                engine = score if home.visit else carried
                outcome = known[key] = engine(document, home.facts)
            yield Rated(home.household, home.group, home.visit, outcome)


def facts_of(
    closing: Round,
    document: SchemeDocument,
    day: date,
    *,
    void: Collection[UUID] = (),
    help_owed: Collection[UUID] = (),
) -> RoundFacts:
    """The facts of a round whose points would count for `day` (four queries).

    `void`: visits of earlier rounds that are about to count as not rated; `help_owed`: households the room above owes
    help."""
    marks = counting(closing.pk)
    last = last_rated(closing.village_id, closing.month, void=void)
    ledger = booked_ledger(document)
    known: dict[tuple[object, ...], Facts] = {}
    homes = []
    for pk, group, visit, living, participation, until, care, earned in _homes(closing, day.year):
        own: tuple[Mark, ...] = marks.marks.get(visit, ()) if visit else ()
        here, part = living == "lived_in" and until is None, participation == "taking_part"
        grade, run = last.get(pk, NONE)
        # Equal marks are the same objects, so that their identity stands for them.
        key = (tuple(map(id, own)), grade, run, earned, care, pk in help_owed, here, part)
        facts = known.get(key)
        if facts is None:
            history = History(grade, run, ((ledger, earned),) if ledger and earned else ())
            facts = known[key] = Facts(own, history, care, pk in help_owed, here, part)
        homes.append(Home(pk, group, visit, facts))
    return RoundFacts(tuple(homes), marks)


def _homes(closing: Round, year: int) -> Iterator[tuple[UUID, UUID, UUID | None, str, str, date | None, bool, int]]:
    """The homes an outcome is made for, with what each earned that year, in order of id (one query).

    Those visited; in a light round also those that carry."""
    visited = Q(of__isnull=False)
    rows = Household.objects.filter(village=closing.village_id)
    rows = rows.annotate(of=FilteredRelation("visits", condition=Q(visits__round=closing)))
    rows = rows.filter(visited | Q(until=None) if closing.kind == RoundKind.LIGHT.value else visited)
    care = Exists(Care.objects.filter(household=OuterRef("pk"), state=CareState.CONFIRMED.value))
    columns = ("pk", "group_id", "of__id", "living", "participation", "until")
    return rows.order_by("pk").values_list(*columns, care, earned_in(year)).iterator()
