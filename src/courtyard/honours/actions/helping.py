"""Parts of help that other acts run inside their own transaction: asking for it, and what a close makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from courtyard.honours.actions.moving import Turn, advance_all
from courtyard.honours.models import OWED_STATES, HelpTask, Listing
from courtyard.honours.queries.entries import OPEN_CODES, Case, cases
from courtyard.honours.queries.help import asked_in, last_seen, owed
from courtyard.honours.rules import help as rules
from courtyard.honours.rules.help import EndedBy, HelpState, HelpWhy
from courtyard.honours.rules.standing import poor
from courtyard.honours.rules.states import ListingKind, ListingState, ObjectionChannel, Verb
from courtyard.households.models import Household
from courtyard.households.queries import on_care_list
from courtyard.inspections.actions.closing import Closed
from courtyard.kernel.days import Deadline, day_of, days_after
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse_if
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.rating.queries import in_force
from courtyard.records.journal import Pen

TAKEN_OFF = "说了一个人弄不动:村里帮好以前,什么也不公示。"


@dataclass(frozen=True)
class Asked:
    """What saying 一个人弄不动 brought: the task, whether it is new (else help was owed already), whether an entry that
    stood published came off."""

    task: UUID
    new: bool
    taken_off: bool


def cannot_alone(
    pen: Pen,
    household: Household,
    listing: UUID | None,
    day: date,
    *,
    channel: ObjectionChannel = ObjectionChannel.PAPER,
    visit: UUID | None = None,
) -> Asked:
    """A household said on this day that it cannot do it alone, inside an act that holds its village's turn.

    `listing`: the entry it concerns (None: its open one, if any), `visit` where it was seen what there is to do (None:
    the entry's, else the last one in which something was seen). Help that is owed already stays the one task. An entry
    that stands published comes off. Refuses honours.help_asked_out (a third time this year) before anything is
    written, so that a caller with many rows may answer it row by row.
    """
    today = day_of(pen.at)
    standing = HelpTask.objects.filter(household=household.pk, state__in=OWED_STATES).first()
    if standing is None:
        refuse_if(rules.may_ask(asked_in(household.pk, day.year)))
    entry = open_entry(household.pk, listing)
    pen.take_number()
    if standing is None:
        seen = visit or (entry.listing.visit_id if entry else None) or last_seen(household.pk)
        task = _task(pen, household.pk, household.group_id, household.village_id, HelpWhy.ASKED, day)
        due = _due(Place.objects.get(pk=household.village_id), day)
        task.due, task.provisional, task.channel = due.day, due.provisional, channel.value
        task.listing_id, task.visit_id = (entry.listing.pk if entry else listing), seen
        task.save(force_insert=True)
    off = entry is not None and entry.state(today) is ListingState.PUBLISHED
    if entry is not None and off:
        advance_all(pen, [Turn(entry, Verb.DROP)], TAKEN_OFF)
    return Asked(standing.pk if standing else task.pk, standing is None, off)


def open_entry(household: UUID, listing: UUID | None = None) -> Case | None:
    """The home's open black entry (this one, if it is), or None."""
    rows = Listing.objects.filter(household=household, kind=ListingKind.BLACK.value, state__in=OPEN_CODES)
    found = cases(rows.filter(pk=listing) if listing else rows)
    return found[0] if found else None


def _due(village: Place, day: date) -> Deadline:
    """Until when help comes: the days a home is given to mend, by the scheme in force."""
    scheme = in_force(village, day)
    return days_after(day, scheme.document.process.mend_days if scheme else rules.HELP_DAYS, holidays())


def _task(pen: Pen, household: UUID, group: UUID, village: UUID, why: HelpWhy, day: date) -> HelpTask:
    row = HelpTask(id=uuid7(), household_id=household, group_id=group, village_id=village, why=why.value)
    row.since, row.due, row.by = day, day + timedelta(days=rules.HELP_DAYS), pen.by.id
    return row


@dataclass(frozen=True)
class HelpDue:
    """A poor visit of a home on the care list."""

    household: UUID
    group: UUID
    visit: UUID | None


def open_due(pen: Pen, village_id: UUID, homes: Sequence[HelpDue]) -> int:
    """Open a task for each of these homes that is owed none yet, as a set; how many."""
    standing = owed(home.household for home in homes) if homes else set()
    today, rows = day_of(pen.at), []
    due = _due(Place.objects.get(pk=village_id), today) if set(homes) else None
    for home in homes:
        if due is not None and home.household not in standing:
            row = _task(pen, home.household, home.group, village_id, HelpWhy.CARE, today)
            row.due, row.provisional, row.visit_id = due.day, due.provisional, home.visit
            rows.append(row)
    HelpTask.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def help_after_close(pen: Pen, village_id: UUID, closed: Closed) -> None:
    """What a round's close makes of help: ended where it is owed no longer, a task for each poor home on the care list."""
    grades = {home.household: home.outcome.grade for home in closed.homes}
    _settle(pen, village_id, grades, poor(closed.document))
    due = [home for home in closed.homes if home.outcome.help_due]
    open_due(pen, village_id, [HelpDue(home.household, home.group, home.visit) for home in due])


def help_for_dropped(pen: Pen, village_id: UUID, ended: Iterable[Case]) -> None:
    """Whoever came off the black list because a cadre confirmed the care list is owed help for what was seen there."""
    black = [one.listing for one in ended if one.out and one.listing.kind == ListingKind.BLACK.value]
    cared = on_care_list(row.household_id for row in black) if black else set()
    homes = Household.objects.filter(pk__in=cared, until=None, living="lived_in", participation="taking_part")
    here = set(homes.values_list("pk", flat=True)) if cared else set()
    due = [HelpDue(row.household_id, row.group_id, row.visit_id) for row in black if row.household_id in here]
    open_due(pen, village_id, due)


def _settle(pen: Pen, village_id: UUID, grades: dict[UUID, str | None], poor: str | None) -> int:
    """End what is owed no longer (rules.ends_help), by sets; how many. `grades`: of the round's homes."""
    ended: dict[EndedBy, list[UUID]] = {}
    rows = HelpTask.objects.filter(village=village_id, state__in=OWED_STATES).select_related("household").order_by("pk")
    for row in rows:
        why = rules.ends_help(HelpState(row.state), grades.get(row.household_id), poor, out=_is_out(row.household))
        if why is not None:
            ended.setdefault(why, []).append(row.pk)
    return sum(_end(ids, why, day_of(pen.at)) for why, ids in ended.items())


def _is_out(home: Household) -> bool:
    return home.until is not None or home.living != "lived_in" or home.participation != "taking_part"


def _end(tasks: Iterable[UUID], why: EndedBy, day: date) -> int:
    rows = HelpTask.objects.filter(pk__in=list(tasks), state__in=OWED_STATES)
    return rows.update(state=HelpState.ENDED.value, ended_on=day, ended_by=why.value)
