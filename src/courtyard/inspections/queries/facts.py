"""What the close of a round is told, by sets: its homes, their visits, the marks that count, what each home brings along.

The close and the page that shows beforehand what it would do read the same facts and ask the same pure engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from courtyard.households.models import Care, Household
from courtyard.households.rules.states import CareState
from courtyard.inspections.models import Round
from courtyard.inspections.queries.counting import Counting, counting
from courtyard.inspections.queries.given import used_in
from courtyard.inspections.queries.left_out import last_grades
from courtyard.inspections.queries.pasts import NOTHING, Told, grades_of, period_number
from courtyard.inspections.queries.ranking import standings_ranking, with_ranks
from courtyard.inspections.queries.results import last_of_home
from courtyard.inspections.queries.stands import NO_STAR, star_told
from courtyard.inspections.queries.vetoing import done_in
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.inspections.rules.outcomes import Rated
from courtyard.inspections.rules.states import RoundKind
from courtyard.points.queries.awards import earned_in
from courtyard.rating.rules.checks import Held, known_titles
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.engine_2.used import Used
from courtyard.rating.rules.engines import asks_past, asks_people, carried, carries, score
from courtyard.rating.rules.facts import Facts, History, Mark, Outcome

NONE_HELD: Mapping[UUID, Held] = MappingProxyType({})


@dataclass(frozen=True)
class Home:
    """A home an outcome is made for; `visit` is None where a light round did not come by."""

    household: UUID
    group: UUID
    visit: UUID | None
    facts: Facts


@dataclass(frozen=True)
class RoundFacts:
    """Everything the engine is told about a round, home by home, the marks it comes from, its groups in order of places."""

    homes: tuple[Home, ...]
    counting: Counting
    groups: tuple[tuple[UUID, str], ...]
    village: UUID
    standings: Mapping[UUID, int] = field(default_factory=dict)

    def outcomes(self, document: SchemeDocument) -> Iterator[Rated]:
        """Each home's outcome, with what its rank among all brings; homes with the same facts are scored once."""
        rows = [(rated, home.facts) for rated, home in zip(self._alone(document), self.homes, strict=True)]
        return iter(with_ranks(document, self.village, rows, self.standings))

    def _alone(self, document: SchemeDocument) -> Iterator[Rated]:
        """Each home by itself, before anybody is ranked."""
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
    titles: Mapping[UUID, Held] = NONE_HELD,
) -> RoundFacts:
    """The facts of a round whose points would count for `day` (three queries; three more where a grade carries so many rounds,
    two more where the scheme asks for all of a home's grades, three more where it has other caps than a year's on what is
    spent).

    `void`: visits of earlier rounds that are about to count as not rated; `help_owed`: households the room above owes
    help; `titles`: which each home holds."""
    marks, ledger = counting(closing.pk), booked_ledger(document)
    spent = _spent(closing, document)
    past = grades_of(closing.village_id, closing.month, void=void) if asks_past(document) else {}
    number = period_number(closing, document)
    known: dict[tuple[object, ...], Facts] = {}
    homes, groups = [], {}
    counts_people, done = asks_people(document), done_in(closing, document)
    caps = used_in(closing.village_id, document, day)
    stood = star_told(closing, document, day)
    for pk, group, visit, living, participation, until, order, path, name, care, earned, last, people in _homes(
        closing, day.year, void
    ):
        own: tuple[Mark, ...] = marks.marks.get(visit, ()) if visit else ()
        last = None if visit is None and pk in spent else last
        here, part, helped = living == "lived_in" and until is None, participation == "taking_part", pk in help_owed
        # Equal marks are the same objects, so that their identity stands for them.
        more = past[pk].told(document.whole_milli) if pk in past else NOTHING
        heads = people if counts_people else 0
        holds, deeds = known_titles(document, titles[pk]) if visit and pk in titles else (), done.get(pk, ())
        earned, used = (earned, ()) if caps is None else (0, caps.get(pk, ()))
        star = stood(pk) if visit else NO_STAR
        key = (tuple(map(id, own)), last, earned, more, care, helped, here, part, heads, holds, deeds, used, star)
        facts = known.get(key)
        if facts is None:
            history = _history(ledger, last, earned, more, number, holds, used)
            history = replace(history, stood=star[0], outright=star[1])
            facts = known[key] = Facts(own, history, care, helped, here, part, people=heads, deeds=deeds)
        homes.append(Home(pk, group, visit, facts))
        groups[group] = (order, path, name)
    named = tuple((group, name) for group, (_, _, name) in sorted(groups.items(), key=itemgetter(1)))
    standings = standings_ranking(document, closing.village_id, day)
    return RoundFacts(tuple(homes), marks, named, closing.village_id, standings)


def _spent(closing: Round, document: SchemeDocument) -> frozenset[UUID]:
    """The homes whose grade has carried as many light rounds as the scheme lets it: not visited, they bring none along
    (three queries where the scheme says how many)."""
    if closing.kind != RoundKind.LIGHT.value or not document.coverage.carries_rounds:
        return frozenset()
    found = last_grades([closing.village_id], closing.month)
    return frozenset(home for home, one in found.items() if not carries(document, one.grade, one.left_out))


def _history(
    ledger: str | None, last: str | None, earned: int, more: Told, number: int | None, titles: Held, used: Used
) -> History:
    """What the home brings along; points are booked in the scheme's first spendable ledger."""
    grade, _, run = last.rpartition("/") if last else ("", "", "0")
    year = ((ledger, earned),) if ledger and earned else ()
    return History(grade or None, int(run), year, *more, number, titles, used)


def _homes(closing: Round, year: int, void: Collection[UUID]) -> Iterator[tuple[Any, ...]]:
    """The homes an outcome is made for, with what each brings along, in order of id (one query).

    Those visited; in a light round also those that carry."""
    visited = Q(of__isnull=False)
    rows = Household.objects.filter(village=closing.village_id)
    rows = rows.annotate(of=FilteredRelation("visits", condition=Q(visits__round=closing)))
    rows = rows.filter(visited | Q(until=None) if closing.kind == RoundKind.LIGHT.value else visited)
    care = Exists(Care.objects.filter(household=OuterRef("pk"), state=CareState.CONFIRMED.value))
    last = last_of_home(closing.village_id, closing.month, void)
    columns = ("pk", "group_id", "of__id", "living", "participation", "until")
    place = ("group__order", "group__path", "group__name")
    return iter(rows.order_by("pk").values_list(*columns, *place, care, earned_in(year), last, "people"))
