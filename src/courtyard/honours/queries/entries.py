"""Entries as the step table reads them, as they stand on a day, and who has to do with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Value

from courtyard.honours.models import OWED_STATES, HelpTask, Listing, Look, Objection, Step
from courtyard.honours.rules.persons import Around
from courtyard.honours.rules.states import ListingKind, ListingState, Verb
from courtyard.honours.rules.steps import OPEN, TABLES, Entry, Row, move, state_on, verbs_of
from courtyard.honours.rules.terms import Process, process_from
from courtyard.households.models import Care, Kin
from courtyard.households.rules.states import CareState, KinKind, Living, Participation
from courtyard.inspections.models import Marks, Seat, Visit
from courtyard.inspections.queries.revisits import breakdown_of
from courtyard.inspections.rules.membership import SeatWalk
from courtyard.kernel.actors import Actor
from courtyard.kernel.paths import household
from courtyard.kernel.problems import Problem, refuse
from courtyard.people.rules import may
from courtyard.places.queries import within

OPEN_CODES = [state.value for state in OPEN]
BLACK = ListingKind.BLACK.value


@dataclass(frozen=True)
class Case:
    """An entry with what moves it: its open objection, its process, its table, as the rule reads it.

    `out`: its home is on no list any more (nobody lives there, it takes no part, or for a black one it is on the care
    list): it has ended by reading, whichever road the register took (docs/decisions/0015). `help_owed`: nothing about
    the home is published meanwhile.
    """

    listing: Listing
    objection: Objection | None
    process: Process
    out: bool = False
    help_owed: bool = False

    @property
    def table(self) -> tuple[Row, ...]:
        return TABLES[self.process.table]

    @property
    def entry(self) -> Entry:
        row, objection = self.listing, self.objection
        return Entry(
            ListingState(row.state),
            row.publish_from,
            row.lapses_on,
            row.expires_on,
            objection.answer_by if objection else None,
            row.mended_said_on,
            ListingState(objection.frozen_from) if objection else None,
        )

    def state(self, on: date) -> ListingState:
        """Where it stands that day."""
        stands = state_on(self.table, self.entry, on)
        if not self.out or stands not in OPEN:
            return stands
        return next(row.target for row in self.table if row.source is stands and row.verb is Verb.DROP)

    def ending(self, on: date) -> Verb:
        """The step that books an entry which reads as ended although nobody ended it."""
        return Verb.LAPSE if state_on(self.table, self.entry, on) is not self.entry.state else Verb.DROP

    def step(self, verb: Verb, on: date) -> Row | Problem:
        """The step this verb takes that day, or why it cannot be taken: the table's word, then what the home's facts say.

        Whose home is out can only be dropped; nothing is published while help is owed.
        """
        row = move(self.table, self.entry, verb, on)
        if isinstance(row, Row) and self.out and verb not in (Verb.DROP, Verb.LAPSE):
            return Problem("honours.lapsed", {"state": self.state(on).label})
        if isinstance(row, Row) and self.help_owed and verb is Verb.PUBLISH and self.listing.kind == BLACK:
            return Problem("honours.help_owed")
        return row

    def verbs(self, on: date) -> tuple[Verb, ...]:
        """What could be done with it that day, in the table's order."""
        if self.out:
            return ()
        return tuple(verb for verb in verbs_of(self.table, self.entry, on) if isinstance(self.step(verb, on), Row))

    def offers(self, by: Actor, on: date) -> tuple[Verb, ...]:
        """What of it this actor has the duty for: the buttons of a page come from the step table too."""
        path = household(self.listing.group.path, self.listing.household.code)
        rows = [row for row in (self.step(verb, on) for verb in self.verbs(on)) if isinstance(row, Row)]
        return tuple(row.verb for row in rows if any(may(by, duty, path) is None for duty in row.duty))


# Read with every entry, so that no road of the register (a page, an import, a screen of hand-overs) can forget it.
_CARED = Exists(Care.objects.filter(household=OuterRef("household"), state=CareState.CONFIRMED.value))
_LEFT = Q(household__until__isnull=False) | ~Q(household__living=Living.LIVED_IN.value)
_LEFT |= ~Q(household__participation=Participation.TAKING_PART.value)
_OUT = ExpressionWrapper(_LEFT | (Q(kind=BLACK) & Q(_CARED)), BooleanField())
_OWED = Exists(HelpTask.objects.filter(household=OuterRef("household"), state__in=OWED_STATES))


def cases(rows: QuerySet[Listing], *, bare: bool = False) -> list[Case]:
    """Entries as cases (two queries, whatever their number), with household, group, village and round unless `bare`.

    Rows without an order come in that of their ids: steps are written in it, and the same acts give the same bytes.
    """
    open_ones = Prefetch("objections", Objection.objects.filter(state="open"), to_attr="open_objections")
    rows = rows if bare else rows.select_related("household", "group", "village", "round")
    rows = (rows if rows.ordered else rows.order_by("pk")).annotate(out=_OUT, owed=_OWED).prefetch_related(open_ones)
    return [
        Case(row, next(iter(row.open_objections), None), process_from(row.process), row.out, row.owed) for row in rows
    ]


def case(listing_id: UUID) -> Case:
    """One entry as a case. Refuses honours.entry_unknown."""
    found = cases(Listing.objects.filter(pk=listing_id))
    if not found:
        refuse("honours.entry_unknown")
    return found[0]


def case_within(areas: Iterable[str], listing_id: UUID) -> Case:
    """An entry of a village within areas; one outside answers as if it did not exist (honours.entry_unknown).

    Its listing carries the breakdown of the round's result as `breakdown_`.
    """
    rows = Listing.objects.filter(within(areas, "group__path"), pk=listing_id)
    rows = rows.annotate(breakdown_=breakdown_of("visit"))
    found = cases(rows.select_related("village__town", "round__version"))
    if not found:
        refuse("honours.entry_unknown")
    return found[0]


def open_cases(areas: Iterable[str], kind: str = "") -> list[Case]:
    """Entries (of one kind) within areas that are open as stored, in order of places (two queries)."""
    rows = Listing.objects.filter(within(areas, "village__path"), state__in=OPEN_CODES)
    rows = rows.filter(kind=kind) if kind else rows
    return cases(rows.order_by("village__order", "village__path", "group__order", "group__path", "visit__order"))


def open_in(village_id: UUID) -> list[Case]:
    """A village's entries of both lists that are open as stored, bare, in order of id (two queries)."""
    return cases(Listing.objects.filter(village=village_id, state__in=OPEN_CODES).order_by("pk"), bare=True)


def standing(group_id: UUID, kind: str, day: date) -> list[Case]:
    """A group's published entries that stand on a day: expiry and unanswered objections by reading (two queries)."""
    rows = Listing.objects.filter(group=group_id, kind=kind, state=ListingState.PUBLISHED.value)
    return [one for one in cases(rows.order_by("visit__order")) if one.state(day) is ListingState.PUBLISHED]


def around(listing: Listing) -> Around:
    """Who has to do with an entry: the round's panel and raters, who looked again, kin, neighbours (two queries)."""
    rated = Marks.objects.filter(visit=listing.visit_id).annotate(part=Value("rated"))
    leads = Exists(Visit.objects.filter(pk=listing.visit_id, leads=True))
    here = Q(walk=SeatWalk.WHOLE.value) | Q(leads, walk=SeatWalk.FRONT.value)
    seated = Seat.objects.filter(here, round=listing.round_id, group=listing.group_id).annotate(part=Value("rated"))
    looked = Look.objects.filter(listing=listing, kind="second").annotate(part=Value("looked"))
    people: dict[str, set[UUID]] = {"rated": set(), "looked": set()}
    parts = seated.values_list("part", "evaluator_id"), looked.values_list("part", "looker")
    for part, person in rated.values_list("part", "evaluator_id").union(*parts):
        people[part].add(person)
    own = Q(kind=KinKind.OWN_HOME.value, household__group=listing.group_id, household__until=None)
    pairs = Kin.objects.filter(own | Q(household=listing.household_id))
    kin, neighbours = set(), set()
    for person, home, kind, group, until in pairs.values_list(
        "account_id", "household_id", "kind", "household__group_id", "household__until"
    ):
        if home == listing.household_id:
            kin.add(person)
        if kind == KinKind.OWN_HOME.value and group == listing.group_id and until is None:
            neighbours.add(person)
    return Around(people["rated"], people["looked"], kin, neighbours)


def brought_by(listing: Listing) -> set[UUID]:
    """Who brought an entry this far: proposed, confirmed and notified it."""
    verbs = (Verb.PROPOSE.value, Verb.CONFIRM.value, Verb.NOTIFY.value)
    return set(Step.objects.filter(listing=listing, verb__in=verbs).values_list("by", flat=True))


def proposed_by(listings: Iterable[UUID]) -> set[UUID]:
    """Who proposed these entries: whoever closed the round."""
    return set(Step.objects.filter(listing__in=list(listings), verb=Verb.PROPOSE.value).values_list("by", flat=True))
