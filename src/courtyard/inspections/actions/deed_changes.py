"""What is said of a deed afterwards: it was put right, it was written down wrongly, the household does not agree. One
person says it, another of another level answers; a deed itself is never edited (decision 0026)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.inspections.actions.evenings import settle
from courtyard.inspections.actions.recounting import recount, undo
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Deed, DeedChange, DeedSaid
from courtyard.inspections.queries.deeds import change_for_update, deed_for_change
from courtyard.inspections.rules import deeds as rules
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState, DeedState, SaidPart
from courtyard.inspections.rules.marks import unfit_words
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import Deadline, day_of, working_days_after
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import household as household_path
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import VERBS, may
from courtyard.places.queries import holidays
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted

ENTERS, DECIDES, OBJECTS = "points.propose", "points.adjust", "lists.object"
SAID_MOST = 300


def _levels(actor: Actor, verb: str, path: str) -> list[str]:
    """The duties under which this actor may do the verb there."""
    return [duty.kind.value for duty in actor.duties if verb in VERBS[duty.kind] and inside(path, duty.path)]


def say_of_deed(
    *,
    deed: Deed,
    kind: ChangeKind,
    words: str,
    by: Actor,
    at: datetime,
    day: date | None = None,
    command: UUID | None = None,
) -> UUID:
    """Say of a deed that it was put right on a `day`, that it was written down wrongly, or that the household does not
    agree (by the household itself, or by anyone with a duty who was told so). Somebody of another level answers.

    An objection holds up what has not been confirmed yet, and where the scheme says so (`answers.disputed`) what was
    taken off meanwhile comes back until it is answered. Returns the change's id.

    Refuses inspections.deed_not_standing, .deed_takes_nothing, .deed_mends_nothing, .deed_change_day, .deed_said_already.
    """
    path = household_path(deed.household.group.path, deed.household.code)
    verb = OBJECTS if kind is ChangeKind.OBJECTION else ENTERS
    where = path if kind is ChangeKind.OBJECTION else deed.village.path
    refuse_if(may(by, verb, where))
    said = clean(words)
    refuse_if(unfit_words(said, most=SAID_MOST, field="说明"))
    given = {"deed": deed.pk, "kind": kind.value, "day": day, "words": said}
    with act(
        "inspections.say_of_deed", by=by, at=at, chain=deed.village_id, subject=deed.household_id, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return UUID(pen.answer["change"])
        village_turn(pen)
        today, row = day_of(at), deed_for_change(deed.pk)
        _sayable(row, kind, day or today, today, said)
        days = document_of(row.version).process.objection_working_days
        due = working_days_after(today, days, holidays())
        change = _change(pen, row, kind, day or today, due, _levels(by, verb, where)[0])
        sealed = _keep(change, SaidPart.ASKED, said)
        DeedChange.objects.filter(pk=change.pk).update(asked_sha256=sealed)
        _disputed_now(pen, row, kind)
        pen.answer = {"change": change.pk, "deed": row.pk, "kind": kind.value, "words": sealed}
    return change.pk


def _sayable(row: Deed, kind: ChangeKind, day: date, today: date, said: str) -> None:
    """Refuse what cannot be said of this deed now."""
    document = document_of(row.version)
    rule, state = document.deed(row.item), DeedState(row.state)
    mends, minus = rules.gives_back(document, rule), rules.takes(rule)
    refuse_if(rules.unfit_change(kind, state, mends, minus, day, row.day, today))
    if not said:
        refuse("inspections.deed_no_reasons")
    same = row.changes.filter(kind=kind.value)
    waits, done = ChangeState.ASKED.value, ChangeState.GRANTED.value
    if same.filter(state__in=(waits, done) if kind is ChangeKind.MENDED else (waits,)).exists():
        refuse("inspections.deed_said_already")


def _change(pen: Pen, row: Deed, kind: ChangeKind, day: date, due: Deadline, level: str) -> DeedChange:
    change = DeedChange(id=uuid7(), deed=row, kind=kind.value, day=day, answer_by=due.day, provisional=due.provisional)
    change.asked_by, change.asked, change.asked_as = pen.by.id, day_of(pen.at), level
    change.save(force_insert=True)
    return change


def _keep(change: DeedChange, part: SaidPart, words: str) -> str:
    """Keep these words beside their change; their seal ('' where nothing was said)."""
    if not words:
        return ""
    salt = random_bytes(16)
    DeedSaid(id=uuid7(), change=change, part=part.value, text=words, salt=salt).save(force_insert=True)
    return salted(salt, words)


def _disputed_now(pen: Pen, row: Deed, kind: ChangeKind) -> None:
    """Count anew where the scheme lets a disputed record wait."""
    document = document_of(row.version)
    waits = document.engine > 1 and document.answers.disputed == "waits"
    if kind is ChangeKind.OBJECTION and waits and row.state == DeedState.CONFIRMED.value:
        settle(pen, row.village)
        recount(pen, row.village_id, row.household_id, row.version)


def answer_deed(
    *,
    change: DeedChange,
    granted: bool,
    words: str = "",
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> None:
    """Answer what was said of a deed, as a person of another level (to an objection: neither who recorded the deed nor who
    confirmed it, with reasons where it is not granted).

    Put right: it counts from now on what the scheme says of a mended one. Written down wrongly, or rightly objected to:
    it is taken back whole and what it did is undone. Refuses inspections.deed_same_person, .deed_same_level,
    .deed_answered, .deed_answer_own, .deed_answer_late, .deed_no_reasons, .deed_not_standing.
    """
    path = change.deed.village.path
    refuse_if(may(by, DECIDES, path))
    refuse_if(rules.second_person(change.asked_by, change.asked_as, by.id, _levels(by, DECIDES, path)))
    said = clean(words)
    refuse_if(unfit_words(said, most=SAID_MOST, field="理由"))
    given = {"change": change.pk, "granted": granted, "words": said}
    with act(
        "inspections.answer_deed", by=by, at=at, chain=change.deed.village_id, subject=change.deed.household_id,
        command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        row = change_for_update(change.pk)
        deed, kind, today = row.deed, ChangeKind(row.kind), day_of(at)
        own = by.id in (deed.proposed_by, deed.decided_by)
        refuse_if(rules.unfit_answer(kind, granted, today > row.answer_by, own, bool(said)))
        state = ChangeState.GRANTED if granted else ChangeState.REFUSED
        swap(
            DeedChange.objects.filter(pk=row.pk, state=ChangeState.ASKED.value), "inspections.deed_answered",
            state=state.value, answered_by=by.id, answered=today,
        )  # fmt: skip
        sealed = _keep(row, SaidPart.ANSWERED, said)
        DeedChange.objects.filter(pk=row.pk).update(answered_sha256=sealed)
        if granted and kind is not ChangeKind.MENDED:
            take_back(pen, deed)
        else:
            _count(pen, deed)
        pen.answer = {"change": row.pk, "granted": granted, "words": sealed}


def take_back(pen: Pen, deed: Deed) -> None:
    """A confirmed deed is taken back, and what it did is undone; one that waits is not confirmed any more."""
    if deed.state == DeedState.PROPOSED.value:
        decided = {"decided_by": pen.by.id, "decided": day_of(pen.at)}
        waits = Deed.objects.filter(pk=deed.pk, state=DeedState.PROPOSED.value)
        swap(waits, "inspections.deed_not_standing", state=DeedState.DECLINED.value, **decided)
        return
    stands = Deed.objects.filter(pk=deed.pk, state=DeedState.CONFIRMED.value)
    swap(stands, "inspections.deed_not_standing", state=DeedState.TAKEN_BACK.value)
    _count(pen, deed)


def _count(pen: Pen, deed: Deed) -> None:
    """Count the home's deeds anew after an answer; under engine 1 a deed stands alone, so only what was taken back goes."""
    document = document_of(deed.version)
    settle(pen, deed.village)
    if document.engine > 1:
        recount(pen, deed.village_id, deed.household_id, deed.version)
    elif not Deed.objects.filter(pk=deed.pk, state=DeedState.CONFIRMED.value).exists():
        undo(pen, deed, document)
