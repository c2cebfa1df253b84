"""Reading titles: which homes hold one, what a close is told of them, when they are checked again, what a home once held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courtyard.honours.models import TitleHeld
from courtyard.honours.rules.titles import TitleEnd, TitleState, check_due
from courtyard.households.models import Household
from courtyard.inspections.models import Round
from courtyard.places.queries import within
from courtyard.rating.queries import document_of
from courtyard.rating.rules.checks import Held, title_of
from courtyard.rating.rules.losing import comes_back, told_lost

HELD = TitleState.HELD.value


@dataclass(frozen=True)
class TitleLine:
    """A title as a page shows it: its name, until when it is to be checked again (`due`), why it is gone and how it comes
    back ('' while it is held)."""

    row: TitleHeld
    name: str
    due: date | None
    why: str
    back: str

    @property
    def held(self) -> bool:
        """Whether the home holds it."""
        return self.row.state == HELD

    @property
    def to_hang(self) -> bool:
        """Whether its plaque is still to be brought."""
        return self.held and self.row.hung_on is None

    @property
    def to_remove(self) -> bool:
        """Whether its plaque still hangs although it is held no more."""
        return not self.held and self.row.hung_on is not None and self.row.removed_on is None


def held_in(village_id: UUID) -> dict[UUID, Held]:
    """Household → the titles it holds, each with how many rated rounds running it was in the grade that loses it (one
    query)."""
    found: dict[UUID, list[tuple[str, int]]] = defaultdict(list)
    rows = TitleHeld.objects.filter(village=village_id, state=HELD)
    for home, title, run in rows.values_list("household_id", "title", "poor_rounds"):
        found[home].append((title, run))
    return {home: tuple(sorted(titles)) for home, titles in found.items()}


def rows_of(households: Collection[UUID]) -> list[TitleHeld]:
    """Every title these homes hold or held, the oldest first (one query)."""
    rows = TitleHeld.objects.filter(household__in=households).select_related("version")
    return list(rows.order_by("since", "pk"))


def line(row: TitleHeld) -> TitleLine:
    """One title as a page shows it."""
    document = document_of(row.version)
    title = title_of(document, row.title)
    name = title.name if title else row.title
    due = check_due(title, row.since, row.checked_on) if row.state == HELD else None
    if row.state == HELD or title is None:
        return TitleLine(row, name, due, "", "")
    return TitleLine(row, name, None, told_lost(document, title, row.ended_by), comes_back(document, title))


def own_titles(household: Household) -> list[TitleLine]:
    """What a home's own page says: the titles it holds, then those it lost last, each title once (one query)."""
    rows = rows_of([household.pk])
    holding = {row.title for row in rows if row.state == HELD}
    gone = {row.title: row for row in rows if row.state == TitleState.LOST.value and row.title not in holding}
    return [line(row) for row in (*(row for row in rows if row.state == HELD), *gone.values())]


def any_of(household: Household) -> Exists:
    """Whether a home ever held a title, as an expression for another query's row."""
    return Exists(TitleHeld.objects.filter(household=household.pk))


def names_held(households: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Household → the names of the titles it holds (one query)."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows_of(list(households)):
        if row.state == HELD:
            found[row.household_id].append(line(row).name)
    return {home: tuple(names) for home, names in found.items()}


def shelf(areas: Iterable[str]) -> QuerySet[TitleHeld]:
    """Titles held within areas, and lost ones whose plaque still hangs, in order of places (one query)."""
    gone = ~Q(state=HELD) & Q(hung_on__isnull=False, removed_on=None)
    rows = TitleHeld.objects.filter(
        within(areas, "household__group__path"), Q(state=HELD, household__until=None) | gone
    )
    rows = rows.select_related("household__group", "village__town", "version")
    places = ("village__order", "village__path", "household__group__order", "household__group__path")
    return rows.order_by(*places, "household__code", "since", "pk")


def titles_within(areas: Iterable[str]) -> QuerySet[TitleHeld]:
    """Every title held or lost within areas, with its home."""
    return TitleHeld.objects.filter(within(areas, "household__group__path")).select_related("household__group")


def due_in(village_id: UUID, day: date) -> set[UUID]:
    """The homes of a village that hold a title which is due to be checked again (one query)."""
    return _due(TitleHeld.objects.filter(village=village_id), day)


def due_within(areas: Iterable[str], day: date) -> set[UUID]:
    """The homes within areas that hold a title which is due to be checked again (one query)."""
    return _due(TitleHeld.objects.filter(within(areas, "village__path")), day)


def _due(rows: QuerySet[TitleHeld], day: date) -> set[UUID]:
    found = set()
    for row in rows.filter(state=HELD, household__until=None).select_related("version"):
        due = check_due(title_of(document_of(row.version), row.title), row.since, row.checked_on)
        if due is not None and due <= day:
            found.add(row.household_id)
    return found


def taken_since(closed: Round, households: Collection[UUID]) -> dict[UUID, set[str]]:
    """Household → titles that a check took on or after the day this round closed (one query)."""
    rows = TitleHeld.objects.filter(household__in=households, ended_by=TitleEnd.CHECK.value)
    rows = rows.filter(ended_on__gte=closed.closed) if closed.closed else rows
    again = TitleHeld.objects.filter(household=OuterRef("household"), title=OuterRef("title"), state=HELD)
    found: dict[UUID, set[str]] = defaultdict(set)
    for home, title in rows.filter(~Exists(again)).values_list("household_id", "title"):
        found[home].add(title)
    return found
