"""Reading help: who is owed it, what is open on a desk, what a household's own page says, whom to thank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, DateField, F, Q, QuerySet, Value

from courtyard.honours.models import OWED_STATES, HelpTask, HelpWords
from courtyard.honours.rules.help import ASKED_MOST, HelpState, HelpWhy, late_days
from courtyard.inspections.models import Deed, Visit
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.inspections.rules.deeds import DeedState
from courtyard.places.queries import within
from courtyard.points.models import Adjustment
from courtyard.points.rules.states import AdjustmentState


def owed(households: Iterable[UUID]) -> set[UUID]:
    """Those of these households that are owed help, in time or late (one query)."""
    rows = HelpTask.objects.filter(household__in=list(households), state__in=OWED_STATES)
    return set(rows.values_list("household_id", flat=True))


def owed_in(village_id: UUID) -> set[UUID]:
    """The households of a village that are owed help (one query)."""
    rows = HelpTask.objects.filter(village=village_id, state__in=OWED_STATES)
    return set(rows.values_list("household_id", flat=True))


def known_in(village_id: UUID) -> set[UUID]:
    """The households of a village that help was ever asked for or given to (one query)."""
    return set(HelpTask.objects.filter(village=village_id).values_list("household_id", flat=True))


def task_of(id: UUID) -> HelpTask:
    """One task with its household and places (one query)."""
    return HelpTask.objects.select_related("group", "household", "village").get(pk=id)


def asked_in(household_id: UUID, year: int) -> int:
    """How often a household said in that calendar year that it cannot do it alone (one query)."""
    rows = HelpTask.objects.filter(household=household_id, why=HelpWhy.ASKED.value, since__year=year)
    return rows.count()


def last_seen(household_id: UUID) -> UUID | None:
    """The household's latest visit of a month's round in which something was seen, open or closed (one query)."""
    rows = Visit.objects.filter(household=household_id, round__kind__in=REGULAR, marks__findings__isnull=False)
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
    rows = rows.select_related("household", "group", "village__town", "helper_household", "helper_account", "words")
    return rows.order_by("due", "village__order", "village__path", "group__order", "group__path", "household__code")


def lines(rows: Iterable[HelpTask], day: date) -> list[HelpLine]:
    """Tasks as a page shows them on a day."""
    found = list(rows)
    said = helpers(found)
    return [
        HelpLine(row, HelpWhy(row.why), state := HelpState(row.state), late_days(state, row.due, day), said[row.pk])
        for row in found
    ]


def helpers(tasks: Iterable[HelpTask]) -> Mapping[UUID, str]:
    """Task → who helps, as it is said to the helped home: a neighbour's head by name, a person, or the words given."""
    return {row.pk: _said(row) for row in tasks}


def _said(task: HelpTask) -> str:
    if task.helper_household is not None:
        return f"{task.helper_household.head}家"
    if task.helper_account is not None:
        return task.helper_account.name
    words: HelpWords | None = getattr(task, "words", None)  # none where nobody helps yet, or they were erased
    return words.text if words is not None else ""


def helper_words(village_id: UUID) -> dict[UUID, str]:
    """Household of a village → who is on the way to help it, in words, for slip and notice (one query)."""
    rows = HelpTask.objects.filter(village=village_id, state=HelpState.TAKEN.value)
    found = list(rows.select_related("helper_household", "helper_account", "words"))
    said = helpers(found)
    return {row.household_id: said[row.pk] for row in found if said[row.pk]}


@dataclass
class VillageDesk:
    """What a village asks for: homes that are owed help, of it late; deeds and adjustments that wait for the second
    person."""

    owed: int = 0
    late: int = 0
    deeds: int = 0
    adjustments: int = 0


def desk(helps: Iterable[str], confirms: Iterable[str], day: date) -> dict[str, VillageDesk]:
    """Village name → what it asks for, in order of places: help within the areas `helps`, deeds and adjustments within
    `confirms`.

    One query for all, so that 今天 stays within its budget."""
    there, never = within(tuple(confirms), "village__path"), Value(None, output_field=DateField(null=True))
    rows = HelpTask.objects.filter(within(tuple(helps), "village__path"), state__in=OWED_STATES)
    waiting = Deed.objects.filter(there, state=DeedState.PROPOSED.value)
    adjusted = Adjustment.objects.filter(there, state=AdjustmentState.PROPOSED.value)
    first, *others = (
        some.order_by()
        .annotate(what_=Value(what), due_=due)
        .values_list("village__path", "village__name", "what_", "due_")
        for what, some, due in (("help", rows, F("due")), ("deed", waiting, never), ("adjusted", adjusted, never))
    )
    found: dict[str, VillageDesk] = {}
    for _path, name, what, due in sorted(first.union(*others, all=True), key=lambda row: row[0]):
        village = found.setdefault(name, VillageDesk())
        village.owed, village.late = village.owed + (what == "help"), village.late + (due is not None and day > due)
        village.deeds, village.adjustments = (
            village.deeds + (what == "deed"),
            village.adjustments + (what == "adjusted"),
        )
    return found


def thanks_of(household_ids: Iterable[UUID], day: date) -> dict[UUID, int]:
    """Household → how often it helped a neighbour this year; who did not is left out (one query)."""
    rows = HelpTask.objects.filter(helper_household__in=list(household_ids), done_on__isnull=False)
    rows = rows.filter(Q(since__year=day.year) | Q(done_on__year=day.year)).order_by()
    return dict(rows.values_list("helper_household").annotate(n=Count("pk")))


@dataclass(frozen=True)
class OwnHelp:
    """What a household's own page says of help: the task that is owed, else the last one done this year; what is left
    to say; `thanks`: the days this household helped a neighbour (never which one)."""

    line: HelpLine | None
    done: HelpLine | None
    may_ask: bool
    thanks: tuple[date, ...]


def own_help(household_id: UUID, day: date) -> OwnHelp:
    """Help of a household, given and received, as of a day (one query)."""
    mine = Q(household=household_id) | Q(helper_household=household_id)
    rows = HelpTask.objects.filter(mine, Q(since__year=day.year) | Q(done_on__year=day.year) | Q(state__in=OWED_STATES))
    found = list(rows.select_related("helper_household", "helper_account", "words").order_by("-since", "-pk"))
    own = lines((row for row in found if row.household_id == household_id), day)
    line = next((row for row in own if row.state.value in OWED_STATES), None)
    ended = [row for row in own if row.state is HelpState.DONE]
    asked = sum(row.why is HelpWhy.ASKED and row.task.since.year == day.year for row in own)
    given = [row.done_on for row in found if row.helper_household_id == household_id and row.done_on is not None]
    return OwnHelp(
        line, next(iter(ended), None), line is None and asked < ASKED_MOST, tuple(sorted(given, reverse=True))
    )
