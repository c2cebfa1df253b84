"""Help: a home says it cannot do it alone, somebody sets out, it is done; late help is the village's delay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from courtyard.honours.actions.moving import Turn, advance_all
from courtyard.honours.models import OWED_STATES, HelpTask, HelpWords, Listing
from courtyard.honours.queries.entries import OPEN_CODES, Case, cases
from courtyard.honours.queries.help import asked_in, last_seen, owed
from courtyard.honours.rules import help as rules
from courtyard.honours.rules.help import EndedBy, Helper, HelpState, HelpWhy
from courtyard.honours.rules.states import ListingKind, ListingState, ObjectionChannel, Verb
from courtyard.households.models import Household
from courtyard.inspections.actions.deeds import thank
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.rules.marks import unfit_words
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import Deadline, day_of, days_after
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import household as household_path
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.models import Account
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.rating.queries import in_force
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted

HELPER_MOST = 40
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
    entry = _entry(household.pk, listing)
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


def _entry(household: UUID, listing: UUID | None) -> Case | None:
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


def say_cannot_alone(
    *,
    household: Household,
    by: Actor,
    at: datetime,
    channel: ObjectionChannel = ObjectionChannel.SPOKEN,
    command: UUID | None = None,
) -> Asked:
    """The household says 我一个人弄不动, on its page or to anyone with a duty (`channel`): help is owed from today.

    While it is, nothing about the home is published. Refuses honours.help_asked_out: twice a calendar year.
    """
    refuse_if(may(by, "lists.object", household_path(household.group.path, household.code)))
    channel = ObjectionChannel.PAGE if by.kind == "household" else channel
    given = {"household": household.pk, "channel": channel.value}
    with act(
        "honours.say_cannot_alone", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, conflict="honours.moved_on",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Asked(UUID(pen.answer["task"]), pen.answer["new"], pen.answer["taken_off"])
        village_turn(pen)
        asked = cannot_alone(pen, household, None, day_of(at), channel=channel)
        pen.answer = {"task": asked.task, "new": asked.new, "taken_off": asked.taken_off}
    return asked


def take_help(*, task: HelpTask, helper: Helper, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Somebody sets out to help; another helper may be named while it is not done.

    Refuses honours.help_one_helper, .help_own_home, .help_helper_unknown, .help_over.
    """
    refuse_if(may(by, "lists.notify", task.group.path))
    with act(
        "honours.take_help", by=by, at=at, chain=task.village_id, subject=task.household_id, command=command,
        given={"task": task.pk, **_given(helper)},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        sealed = _helper(task, helper)
        rows = HelpTask.objects.filter(pk=task.pk, state__in=OWED_STATES)
        swap(rows, "honours.help_over", state=HelpState.TAKEN.value, taken_on=day_of(at), **sealed)
        pen.answer = {"task": task.pk, "helper": sealed["helper_kind"], "words": sealed["words_sha256"]}


def _given(helper: Helper) -> dict[str, object]:
    return {"household": helper.household, "account": helper.account, "words": helper.words}


def _helper(task: HelpTask, helper: Helper) -> dict[str, object]:
    """The columns that say who helps; words lie beside the task under a salt and can be erased."""
    words = clean(helper.words)
    helper = Helper(helper.household, helper.account, words)
    refuse_if(rules.unfit_helper(helper, task.household_id))
    refuse_if(unfit_words(words, most=HELPER_MOST, field="谁去帮"))
    here = Household.objects.filter(pk=helper.household, village=task.village_id, until=None)
    if helper.household is not None and not here.exists():
        refuse("honours.help_helper_unknown")
    if helper.account is not None and not Account.objects.filter(pk=helper.account, is_active=True).exists():
        refuse("honours.help_helper_unknown")
    HelpWords.objects.filter(task=task.pk).delete()
    salt = random_bytes(16)
    if words:
        HelpWords.objects.bulk_create([HelpWords(id=uuid7(), task=task, text=words, salt=salt)])
    return {
        "helper_kind": helper.kind.value,
        "helper_household": helper.household,
        "helper_account": helper.account,
        "words_sha256": salted(salt, words) if words else "",
    }


def finish_help(
    *,
    task: HelpTask,
    day: date,
    by: Actor,
    at: datetime,
    helper: Helper | None = None,
    command: UUID | None = None,
) -> UUID | None:
    """Help was given on this day (by whoever had set out, or by `helper`): the home's own improvement, to be seen by a
    re-visit as usual where an entry stands. A neighbour's household gets its deed, to be confirmed by a second person.

    Returns the deed's id, None where there is none (no household helped, the scheme has no such deed, it has one of
    that day, it takes no part). Refuses honours.help_over, .help_one_helper, .help_to_come, .help_before_asked.
    """
    refuse_if(may(by, "lists.notify", task.group.path))
    given = {"task": task.pk, "day": day, **(_given(helper) if helper else {})}
    with act(
        "honours.finish_help", by=by, at=at, chain=task.village_id, subject=task.household_id, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return UUID(pen.answer["deed"]) if pen.answer["deed"] else None
        village_turn(pen)
        today = day_of(at)
        row = HelpTask.objects.filter(pk=task.pk, state__in=OWED_STATES).first() or refuse("honours.help_over")
        refuse_if(rules.unfit_done(day, since=row.since, today=today))
        if helper is None and not row.helper_kind:
            refuse("honours.help_one_helper")
        new = _helper(row, helper) if helper else {}
        if not row.taken_on:
            new["taken_on"] = today
        still = HelpTask.objects.filter(pk=task.pk, state=row.state)
        swap(still, "honours.help_over", state=HelpState.DONE.value, done_on=day, **new)
        helping = new.get("helper_household", row.helper_household_id)
        deed = _thank(pen, row, helping, day) if isinstance(helping, UUID) else None
        _to_be_seen(pen, row.household_id)
        pen.answer = {"task": task.pk, "deed": deed}
    return deed


def _thank(pen: Pen, task: HelpTask, household: UUID, day: date) -> UUID | None:
    helper = Household.objects.select_related("village").get(pk=household)
    return thank(pen, helper, day, task.pk)


def _to_be_seen(pen: Pen, household: UUID) -> None:
    """An open entry of the helped home waits for a re-visit, as when the home itself said that it is put right."""
    today, entry = day_of(pen.at), _entry(household, None)
    if entry is not None and entry.listing.mended_said_on is None and Verb.SAY_MENDED in entry.verbs(today):
        advance_all(pen, [Turn(entry, Verb.SAY_MENDED, {"mended_said_on": today})])


def end_help(*, task: HelpTask, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """The household says help is not needed any more. What it asked for itself, only it gives up (on its own page).

    Refuses honours.help_is_theirs and .help_over.
    """
    own = by.kind == "household"
    where = household_path(task.group.path, task.household.code) if own else task.group.path
    refuse_if(may(by, "lists.rectify" if own else "lists.notify", where))
    refuse_if(rules.may_end(HelpWhy(task.why), by_household=own))
    with act(
        "honours.end_help", by=by, at=at, chain=task.village_id, subject=task.household_id, command=command,
        given={"task": task.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        rows = HelpTask.objects.filter(pk=task.pk, state__in=OWED_STATES)
        ended = {"state": HelpState.ENDED.value, "ended_on": day_of(at), "ended_by": EndedBy.SAID.value}
        swap(rows, "honours.help_over", **ended)
        pen.answer = {"task": task.pk}


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


def settle_help(pen: Pen, village_id: UUID, grades: dict[UUID, str | None], poor: str | None) -> int:
    """End what a round's close shows is owed no longer (rules.ends_help), by sets; how many. `grades`: of rated homes."""
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
