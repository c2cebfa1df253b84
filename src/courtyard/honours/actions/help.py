"""Help: a home says it cannot do it alone, somebody sets out, it is done; late help is the village's delay."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.honours.actions.helping import Asked, cannot_alone, open_entry
from courtyard.honours.actions.moving import Turn, advance_all
from courtyard.honours.models import OWED_STATES, HelpTask, HelpWords
from courtyard.honours.rules import help as rules
from courtyard.honours.rules.help import EndedBy, Helper, HelpState, HelpWhy
from courtyard.honours.rules.states import ObjectionChannel, Verb
from courtyard.households.models import Household
from courtyard.inspections.actions.deeds import thank
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.rules.marks import unfit_words
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import household as household_path
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.models import Account
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted

HELPER_MOST = 40


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
    if helper.household is not None:
        here = Household.objects.filter(pk=helper.household, village=task.village_id, until=None)
        _there(here.exists())
    if helper.account is not None:
        _there(Account.objects.filter(pk=helper.account, is_active=True).exists())
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


def _there(found: bool) -> None:
    if not found:
        refuse("honours.help_helper_unknown")


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
    today, entry = day_of(pen.at), open_entry(household)
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
