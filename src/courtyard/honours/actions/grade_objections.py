"""Objections to a visit where no entry is open: raised by anyone with a duty, answered with reasons by others (DOMAIN §4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from courtyard.honours.actions.corrections import follow, put_right
from courtyard.honours.actions.moving import WORDS_MOST
from courtyard.honours.actions.notices import cover
from courtyard.honours.actions.objections import freeze, under_way
from courtyard.honours.models import GradeObjection, GradeStep, GradeWords, Listing
from courtyard.honours.queries.entries import case
from courtyard.honours.queries.grade_objections import (
    OPEN,
    around_visit,
    grade_case_within,
    open_entry_of,
    visit_to_object,
)
from courtyard.honours.rules.grade_objections import Answerer, answer_by, level_of, made_worse, told, unfit_answerer
from courtyard.honours.rules.states import AnswerLevel, GradeObjectionState, GradeVerb, ListingKind, ObjectionChannel
from courtyard.honours.rules.terms import process_of, second_look_day
from courtyard.households.models import Household
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round, Visit
from courtyard.inspections.rules.marks import unfit_words
from courtyard.inspections.rules.states import RoundState
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import household as household_path
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.places.queries import holidays
from courtyard.rating.queries import document_of
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted

TABLE = "black_1"  # the days of an answer are the process's, whichever table


@dataclass(frozen=True)
class Raised:
    """That an objection stands: until when it is answered (None: counted from the close)."""

    answer_by: date | None
    provisional: bool


def raise_objection(
    *,
    household: Household,
    channel: ObjectionChannel,
    words: str,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Raised:
    """A household objects, by any way and to anyone with a duty: its open entry is frozen at once, else its last visit
    gets an objection. Refuses honours.objection_under_way, .objection_waits, .nothing_to_object,
    .heard_twice.
    """
    refuse_if(may(by, "lists.object", household_path(household.group.path, household.code)))
    given = {"household": household.pk, "channel": channel.value}
    with act(
        "honours.raise_objection", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            due = pen.answer["answer_by"]
            return Raised(date.fromisoformat(due) if due else None, bool(pen.answer["provisional"]))
        village_turn(pen)
        raised = object_for(pen, household.pk, channel, words)
        pen.answer = {"answer_by": raised.answer_by, "provisional": raised.provisional}
    return raised


def say_not_received(*, household: Household, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """ "I got no notice", said to anyone with a duty: what was notified or published is covered in the same moment.

    That it was said is written down whether there was anything to cover or not; the answer does not tell which.
    """
    refuse_if(may(by, "lists.object", household_path(household.group.path, household.code)))
    with act(
        "honours.say_not_received", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given={"household": household.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        entry = open_entry_of(household.pk)
        now = case(entry.pk) if entry is not None else None
        if now is not None and told(now.entry, now.state(day_of(at))):
            cover(pen, now)
        pen.answer = {"household": household.pk}


def object_for(pen: Pen, household_id: UUID, channel: ObjectionChannel, words: str = "") -> Raised:
    """A home's objection inside an act that holds its village's turn: to its open entry, else to its last visit."""
    entry = open_entry_of(household_id)
    if entry is not None:
        frozen = freeze(pen, entry.pk, channel, words)
        return Raised(frozen.answer_by, frozen.provisional)
    visit = visit_to_object(household_id)
    if visit is None:
        refuse("honours.nothing_to_object")
    row = object_to_grade(pen, visit, channel=channel, words=words)
    return Raised(row.answer_by, row.provisional)


def object_to_grade(pen: Pen, visit: Visit, *, channel: ObjectionChannel, words: str = "") -> GradeObjection:
    """An objection to a visit (with its round and version) inside an act that holds the village's turn; nothing is lost.

    The village answers first, a second one is the town's. Refuses honours.objection_under_way, .objection_waits
    (its round is still open) and .heard_twice.
    """
    if (waiting := GradeObjection.objects.filter(visit=visit, state=OPEN).first()) is not None:
        under_way(waiting).refuse()
    level = level_of(GradeObjection.objects.filter(visit=visit).count())
    if isinstance(level, Problem):
        level.refuse()
    row = GradeObjection(id=uuid7(), visit=visit, household_id=visit.household_id, village_id=visit.round.village_id)
    row.channel, row.state, row.level = channel.value, OPEN, level.value
    row.raised_on = day_of(pen.at)
    counted = day_of(pen.at) if visit.round.state == RoundState.CLOSED.value else None
    due = answer_by(process_of(document_of(visit.round.version), TABLE), level, counted, holidays())
    row.answer_by, row.provisional = (due.day, due.provisional) if due else (None, False)
    row.save(force_insert=True)
    _step(pen, row, GradeVerb.RAISE, words)
    return row


def _step(pen: Pen, row: GradeObjection, verb: GradeVerb, words: str = "") -> None:
    words, salt = clean(words), random_bytes(16)
    refuse_if(unfit_words(words, most=WORDS_MOST, field="说明"))
    last = GradeStep.objects.filter(objection=row).aggregate(n=Max("n"))["n"] or 0
    step = GradeStep(objection=row, n=last + 1, verb=verb.value, day=day_of(pen.at), by=pen.by.id)
    step.words_sha256 = salted(salt, words) if words else ""
    pen.grow([step])
    if words:
        GradeWords(id=uuid7(), objection=row, step_n=last + 1, text=words, salt=salt).save(force_insert=True)


def answer_grade_objection(
    *,
    objection: GradeObjection,
    upheld: bool,
    reasons: str,
    by: Actor,
    at: datetime,
    values: Mapping[str, str] | None = None,
    command: UUID | None = None,
) -> GradeObjection:
    """Answer an objection to a visit with reasons, by somebody of the village (late: of the town) who did not rate it.

    Upheld: the result is superseded (`values`: what the areas really were; none: not rated), points and lists follow.
    Refuses honours.decider_*, .town_answers, .no_reasons, .made_worse, .round_still_open, .already_decided.
    """
    place = objection.village.path
    refuse_if(may(by, "marks.review", place))
    given = {"objection": objection.pk, "upheld": upheld, "values": dict(values or {})}
    with act(
        "honours.answer_grade_objection", by=by, at=at, chain=objection.village_id, subject=objection.pk,
        command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return GradeObjection.objects.get(pk=objection.pk)
        village_turn(pen)
        now = grade_case_within([place], objection.pk, day_of(at))
        if not now.is_open:
            refuse("honours.already_decided")
        one = Answerer(by.id, may(by, "lists.decide", place) is None)
        refuse_if(unfit_answerer(one, now.level, around_visit(now.row.visit)))
        if not reasons.strip():
            refuse("honours.no_reasons")
        if upheld:
            _put_right(pen, now.row.visit, values)
        second = _second_look(pen, now.row)
        state = GradeObjectionState.UPHELD if upheld else GradeObjectionState.DISMISSED
        _decided(pen, now.row, state, second)
        _step(pen, now.row, GradeVerb.UPHOLD if upheld else GradeVerb.DISMISS, reasons)
        pen.answer = {"objection": objection.pk, "upheld": upheld, "second_look_by": second}
    return GradeObjection.objects.get(pk=objection.pk)


def _put_right(pen: Pen, visit: Visit, values: Mapping[str, str] | None) -> None:
    if visit.round.state != RoundState.CLOSED.value:
        refuse("honours.round_still_open")
    corrected = put_right(pen, visit.pk, values=values, void=not values)
    bands = [band.code for band in corrected.document.bands]
    refuse_if(made_worse(bands, corrected.before, corrected.outcome.grade))
    follow(pen, visit.pk, corrected)


def _second_look(pen: Pen, row: GradeObjection) -> date | None:
    """Until when the town would look once more, which the answer names; nobody stands above the town's answer."""
    if row.level == AnswerLevel.TOWN.value:
        return None
    process = process_of(document_of(row.visit.round.version), TABLE)
    return second_look_day(process, day_of(pen.at), holidays()).day


def _decided(pen: Pen, row: GradeObjection, state: GradeObjectionState, second: date | None = None) -> None:
    rows = GradeObjection.objects.filter(pk=row.pk, state=OPEN)
    swap(rows, "honours.already_decided", state=state.value, decided_on=day_of(pen.at), second_look_by=second)


def after_close(pen: Pen, closed: Round, candidates: Sequence[Listing]) -> None:
    """A round closed over objections raised while it was open: a home that became a black candidate has its entry
    frozen by what it said already; for the others the days of the answer begin.
    """
    waiting = GradeObjection.objects.filter(visit__round=closed, state=OPEN, answer_by=None)
    rows = list(waiting.order_by("pk"))
    if not rows:
        return
    entries = {one.visit_id: one for one in candidates if one.kind == ListingKind.BLACK.value}
    process, free = process_of(document_of(closed.version), TABLE), holidays()
    said = dict(GradeWords.objects.filter(objection__in=rows, step_n=1).values_list("objection_id", "text"))
    for row in rows:
        if row.visit_id in entries:
            freeze(pen, entries[row.visit_id].pk, ObjectionChannel(row.channel), said.get(row.pk, ""))
            _decided(pen, row, GradeObjectionState.CARRIED)
            _step(pen, row, GradeVerb.CARRY)
            continue
        due = answer_by(process, AnswerLevel(row.level), day_of(pen.at), free)
        if due is not None:
            GradeObjection.objects.filter(pk=row.pk).update(answer_by=due.day, provisional=due.provisional)
