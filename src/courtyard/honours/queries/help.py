"""Reading help: who is owed it, what is open on a desk, what a household's own page says, whom to thank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from courtyard.honours.models import OWED_STATES, HelpTask, HelpWords
from courtyard.honours.rules.help import ASKED_MOST, HelperKind, HelpState, HelpWhy, late_days
from courtyard.inspections.models import Visit
from courtyard.places.queries import within


def owed(households: Iterable[UUID]) -> set[UUID]:
    """Those of these households that are owed help, in time or late (one query)."""
    rows = HelpTask.objects.filter(household__in=list(households), state__in=OWED_STATES)
    return set(rows.values_list("household_id", flat=True))


def owed_in(village_id: UUID) -> set[UUID]:
    """The households of a village that are owed help (one query)."""
    rows = HelpTask.objects.filter(village=village_id, state__in=OWED_STATES)
    return set(rows.values_list("household_id", flat=True))


def asked_in(household_id: UUID, year: int) -> int:
    """How often a household said in that calendar year that it cannot do it alone (one query)."""
    rows = HelpTask.objects.filter(household=household_id, why=HelpWhy.ASKED.value, since__year=year)
    return rows.count()


def last_seen(household_id: UUID) -> UUID | None:
    """The household's latest visit in which something was seen, of a round open or closed (one query)."""
    rows = Visit.objects.filter(household=household_id, marks__findings__isnull=False)
    return rows.order_by("-round__month", "pk").values_list("pk", flat=True).first()


@dataclass(frozen=True)
class HelpLine:
    """One task of the board: `late` days of the village's; `helper` in words, '' where nobody has set out yet."""

    task: HelpTask
    why: HelpWhy
    state: HelpState
    late: int
    helper: str


def within_areas(areas: Iterable[str]) -> QuerySet[HelpTask]:
    """Tasks within areas with household and places, the earliest day first."""
    rows = HelpTask.objects.filter(within(areas, "group__path"))
    rows = rows.select_related("household", "group", "village__town", "helper_household", "helper_account")
    return rows.order_by("due", "village__order", "village__path", "group__order", "group__path", "household__code")


def lines(rows: Iterable[HelpTask], day: date) -> list[HelpLine]:
    """Tasks as a page shows them on a day (one query for the helpers in words)."""
    found = list(rows)
    said = helpers(found)
    return [
        HelpLine(row, HelpWhy(row.why), state := HelpState(row.state), late_days(state, row.due, day), said[row.pk])
        for row in found
    ]


def helpers(tasks: Iterable[HelpTask]) -> Mapping[UUID, str]:
    """Task → who helps, as it is said to the helped home: a neighbour's head by name, a person, or the words given."""
    found = list(tasks)
    told = [row.pk for row in found if row.helper_kind == HelperKind.OTHER.value]
    words = dict(HelpWords.objects.filter(task__in=told).values_list("task_id", "text")) if told else {}
    return {row.pk: _said(row, words.get(row.pk, "")) for row in found}


def _said(task: HelpTask, words: str) -> str:
    if task.helper_household is not None:
        return f"{task.helper_household.head}家"
    return task.helper_account.name if task.helper_account is not None else words


def helper_words(households: Iterable[UUID]) -> dict[UUID, str]:
    """Household → who is on the way to help it, in words, for slip and notice; without a helper it is absent."""
    rows = HelpTask.objects.filter(household__in=list(households), state=HelpState.TAKEN.value)
    found = list(rows.select_related("helper_household", "helper_account"))
    said = helpers(found)
    return {row.household_id: said[row.pk] for row in found if said[row.pk]}


def open_counts(areas: Iterable[str], day: date) -> dict[str, tuple[int, int]]:
    """Village name → (help owed, of it late) in order of places: what 今天 says (one query)."""
    rows = HelpTask.objects.filter(within(tuple(areas), "village__path"), state__in=OWED_STATES)
    found: dict[str, tuple[int, int]] = {}
    for village, due in rows.order_by("village__order", "village__path").values_list("village__name", "due"):
        owed_, late = found.get(village, (0, 0))
        found[village] = (owed_ + 1, late + (day > due))
    return found


@dataclass(frozen=True)
class OwnHelp:
    """What a household's own page says of help: the task that is owed, else the last one done this year; what is left
    to say; `thanks`: the days this household helped a neighbour (never which one)."""

    line: HelpLine | None
    done: HelpLine | None
    may_ask: bool
    thanks: tuple[date, ...]


def own_help(household_id: UUID, day: date) -> OwnHelp:
    """Help of a household, given and received (three queries at most)."""
    own = HelpTask.objects.filter(household=household_id).select_related("helper_household", "helper_account")
    rows = lines(own.order_by("-since", "-pk")[:6], day)
    line = next((row for row in rows if row.state.value in OWED_STATES), None)
    done = next((row for row in rows if row.state is HelpState.DONE and row.task.done_on.year == day.year), None)
    given = HelpTask.objects.filter(helper_household=household_id, state=HelpState.DONE.value, done_on__year=day.year)
    thanks = tuple(given.order_by("-done_on", "-pk").values_list("done_on", flat=True))
    return OwnHelp(line, done, line is None and asked_in(household_id, day.year) < ASKED_MOST, thanks)
