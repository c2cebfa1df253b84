"""What the close of a round comes to: for the act itself, and beforehand for the page that shows it. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, F, Value

from courtyard.honours.models import OWED_STATES, HelpTask, Objection
from courtyard.honours.queries.entries import Case, open_in
from courtyard.honours.queries.titles import held_in
from courtyard.honours.rules.standing import after_round, proposes
from courtyard.honours.rules.states import ListingKind, ObjectionState, Verb
from courtyard.inspections.models import Round
from courtyard.inspections.queries.facts import RoundFacts, facts_of
from courtyard.inspections.queries.rounds import earlier_open
from courtyard.inspections.rules.ledgers import booked_ledger, until_of
from courtyard.inspections.rules.outcomes import Rated
from courtyard.inspections.rules.rounds import day_counted
from courtyard.kernel.problems import Problem
from courtyard.kernel.weeks import name_of
from courtyard.points.queries.village import issuance
from courtyard.points.rules.ledger import AwardDue, pay
from courtyard.points.rules.shares import Share, share
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import Held, given
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.facts import Outcome


@dataclass(frozen=True)
class Preview:
    """What a close would do now: homes by grade ('' not rated), points earned beside the budget, candidates, what comes off.

    `left` is in the budget, `before` waits from earlier rounds, `granted` is what this round would grant; of these
    `paid` would be paid and `waiting` wait, by one factor (`share`) where the scheme says so and it does not suffice.
    `titles` would be given and `titles_lost` lost. `settled` objections nobody answered fall to their households first, which may move the figures a little.
    """

    facts: RoundFacts
    grades: tuple[tuple[str, int], ...]
    left: int
    before: int
    granted: int
    paid: int
    waiting: int
    share: Share | None
    red: int
    black: int
    taken_off: int
    settled: int
    titles: int = 0
    titles_lost: int = 0

    @property
    def rated(self) -> int:
        """Homes that get a grade."""
        return sum(homes for grade, homes in self.grades if grade)

    @property
    def unrated(self) -> int:
        """Homes that get none: nobody in, not taking part, no marks; in a light round also those it did not visit."""
        return sum(homes for grade, homes in self.grades if not grade)

    @property
    def needed(self) -> int:
        """All that is to be paid: what waits and what this round would grant."""
        return self.before + self.granted

    @property
    def short(self) -> int:
        """How much the budget lacks for everything."""
        return max(0, self.needed - self.left)


def dues(round_id: UUID, document: SchemeDocument, day: date, household: UUID, outcome: Outcome) -> list[AwardDue]:
    """What a home's outcome earns in the ledger that is booked."""
    ledger = booked_ledger(document)
    return [
        AwardDue(household, round_id, one.clause, one.points, day, until_of(document, one.clause, one.ledger, day))
        for one in outcome.paying
        if one.ledger == ledger
    ]


def dues_of(round_id: UUID, document: SchemeDocument, day: date, homes: Iterable[Rated]) -> list[AwardDue]:
    """What the homes of a round earn."""
    return [due for home in homes for due in dues(round_id, document, day, home.household, home.outcome)]


def followed(
    open_ones: Sequence[Case], document: SchemeDocument, homes: Iterable[Rated]
) -> Iterator[tuple[Case, Verb]]:
    """The step each open entry takes by this round's results, where it takes one."""
    outcomes = {home.household: home.outcome for home in homes}
    for one in open_ones:
        verb = after_round(ListingKind(one.listing.kind), document, outcomes.get(one.listing.household_id))
        if verb is not None:
            yield one, verb


def preview(closing: Round, day: date) -> Preview | Problem:
    """What the close of an open round would do on a day, or what stops it (at most eight queries, whatever the homes)."""
    around = _around(closing, day)
    if around["earlier"]:
        first = earlier_open(closing).values_list("month", flat=True)[0]
        return Problem("inspections.earlier_round_open", {"month": name_of(first)})
    document, counted = document_of(closing.version), day_counted(closing.month, day)
    holding = held_in(closing.village_id)
    facts = facts_of(closing, document, counted, help_owed=around["owed"], void=around["void"], titles=holding)
    if not facts.counting.some:
        return Problem("inspections.no_marks", {"month": name_of(closing.month)})
    homes = list(facts.outcomes(document))
    points = [due.points for due in dues_of(closing.pk, document, counted, homes)]
    left, before = issuance(closing.village_id)
    factor = share(left, before, sum(points)) if document.cuts else None
    paid = pay(left, before + sum(factor.of(one) if factor else one for one in points))
    red, black, taken_off = _lists(closing, document, homes, day)
    grades = dict.fromkeys([*(band.code for band in document.bands), ""], 0)
    for home in homes:
        grades[home.outcome.grade or ""] += 1
    return Preview(
        facts, tuple(grades.items()), left, before, sum(points), paid.points, paid.waiting, factor, red, black,
        taken_off, len(around["void"]), *_titles(document, homes, holding),
    )  # fmt: skip


def _titles(document: SchemeDocument, homes: Sequence[Rated], holding: Mapping[UUID, Held]) -> tuple[int, int]:
    """How many titles would be given that are not held, and how many lost."""
    told = [(home.outcome, dict(holding.get(home.household, ()))) for home in homes if home.visit]
    new = sum(code not in known for outcome, known in told for code in given(document, outcome))
    return new, sum(len(outcome.lost) for outcome, _ in told)


def _lists(closing: Round, document: SchemeDocument, homes: Sequence[Rated], day: date) -> tuple[int, int, int]:
    """Candidates of the red list and of the black one, and how many entries would come off."""
    before = open_in(closing.village_id)
    ended = [one for one in before if one.state(day).value != one.listing.state]
    still = [one for one in before if one not in ended]
    off = [one for one, _ in followed(still, document, homes)]
    taken = {one.listing.household_id for one in still if one not in off}
    kinds = [proposes(document, home.outcome) for home in homes if home.visit and home.household not in taken]
    return kinds.count(ListingKind.RED), kinds.count(ListingKind.BLACK), len(ended) + len(off)


def _around(closing: Round, day: date) -> dict[str, set[UUID]]:
    """Homes that are owed help, visits that objections nobody answered make void, earlier rounds still open (one query)."""

    def part(name: str) -> Value:
        return Value(name, output_field=CharField())

    owed = HelpTask.objects.filter(village=closing.village_id, state__in=OWED_STATES)
    late = Objection.objects.filter(
        listing__village=closing.village_id, state=ObjectionState.OPEN.value, answer_by__lt=day
    )
    rows = owed.annotate(part=part("owed"), of=F("household_id")).values_list("part", "of").order_by()
    parts = (
        late.annotate(part=part("void"), of=F("listing__visit_id")).values_list("part", "of").order_by(),
        earlier_open(closing).annotate(part=part("earlier"), of=F("pk")).values_list("part", "of").order_by(),
    )
    found: dict[str, set[UUID]] = {"owed": set(), "void": set(), "earlier": set()}
    for name, of in rows.union(*parts):
        found[name].add(of)
    return found
