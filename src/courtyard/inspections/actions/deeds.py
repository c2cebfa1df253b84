"""Deeds outside a round: recorded by one person, confirmed by another of another level, then counted as the scheme says
(points earned or taken off, once or by amount, in one ledger or several)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.households.models import Care, Household
from courtyard.households.rules.states import CareState, Living, Participation
from courtyard.inspections.actions.evenings import settle
from courtyard.inspections.actions.recounting import recount
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Deed, DeedCount, DeedWords
from courtyard.inspections.queries.deeds import earned_by
from courtyard.inspections.rules import deeds as rules
from courtyard.inspections.rules.amounts import unfit_amount
from courtyard.inspections.rules.deeds import ChangeKind, ChangeState, DeedState, Doer, Granted
from courtyard.inspections.rules.ledgers import booked_ledger
from courtyard.inspections.rules.marks import unfit_words
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import inside
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import VERBS, may
from courtyard.places.models import Place
from courtyard.places.queries import holidays
from courtyard.points.actions.parts import AwardDue, award, pay_waiting
from courtyard.points.queries import earned_this_year
from courtyard.rating.queries import document_of, in_force, must_be_in_force
from courtyard.rating.rules.documents import DeedRule, SchemeDocument
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import salted

ENTERS, DECIDES = "points.propose", "points.adjust"


def _levels(actor: Actor, verb: str, path: str) -> list[str]:
    """The duties under which this actor may do the verb there."""
    return [duty.kind.value for duty in actor.duties if verb in VERBS[duty.kind] and inside(path, duty.path)]


def _doer(household: Household, item: str, day: date, thing: str = "", event: str = "") -> Doer:
    lived_in = household.until is None and household.living == Living.LIVED_IN.value
    taking_part = household.participation == Participation.TAKING_PART.value
    alike = Deed.objects.filter(household=household.pk, item=item, day=day, thing=thing, event=event)
    standing = alike.filter(state__in=(DeedState.PROPOSED.value, DeedState.CONFIRMED.value))
    care = Care.objects.filter(household=household.pk, state=CareState.CONFIRMED.value)
    return Doer(household.code, lived_in, taking_part, standing.exists(), care.exists())


def record_deed(
    *,
    village: Place,
    household: Household,
    item: str,
    day: date,
    by: Actor,
    at: datetime,
    evidence: str = "",
    amount_milli: int | None = None,
    thing: str = "",
    event: str = "",
    told: date | None = None,
    command: UUID | None = None,
) -> UUID:
    """Write down what a household of the village did on a day, by its code in the scheme then in force; it earns
    nothing until somebody of another level confirms it. Returns the deed's id.

    `amount_milli` (thousandths of the scheme's unit) of a `thing` where the scheme counts or weighs; `event` is a number
    that several deeds about one thing share; `told` is the day the home was told, where the deed takes points off. Refuses
    inspections.other_village, .deed_to_come, .deed_unknown, .deed_home_out, .deed_twice, .deed_no_evidence, .deed_event,
    .deed_late, what `unfit_amount` and `unfit_taking` name, and rating.no_scheme.
    """
    refuse_if(may(by, ENTERS, village.path))
    if household.village_id != village.pk:
        refuse("inspections.other_village", household=household.code)
    words = clean(evidence)
    refuse_if(unfit_words(words, most=rules.EVIDENCE_MOST, field="凭据") or rules.unfit_event(event))
    given = {"household": household.pk, "item": item, "day": day, "evidence": words}
    given |= {"amount_milli": amount_milli, "thing": thing, "event": event, "told": told}
    with act(
        "inspections.record_deed", by=by, at=at, chain=village.pk, subject=household.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return UUID(pen.answer["deed"])
        village_turn(pen)
        today = day_of(at)
        scheme = must_be_in_force(village, min(day, today))
        doer = _doer(household, item, day, thing, event)
        rule = _recordable(scheme.document, item, day, today, doer, bool(words))
        refuse_if(unfit_amount(scheme.document, rule, day, amount_milli, thing))
        told = told if rules.takes(rule) else None
        refuse_if(rules.unfit_taking(rule, day, told, today, doer, bool(words)))
        row = _row(pen, household, scheme.version.pk, item, day)
        row.amount_milli, row.thing, row.event, row.told = amount_milli, thing, event, told
        row.proposed_as = _levels(by, ENTERS, village.path)[0]
        _keep(row, words)
        pen.answer = {"deed": row.pk, "item": item, "evidence": row.words_sha256}
    return row.pk


def _recordable(document: SchemeDocument, item: str, day: date, today: date, doer: Doer, evidence: bool) -> DeedRule:
    """The clause of a deed that may be recorded now, or why it may not."""
    rule = document.deed(item)
    refuse_if(rules.unfit_deed(rule, day, today, doer, evidence) or rules.too_late(document, day, today))
    assert rule is not None  # an unknown one was refused
    return rule


def _row(pen: Pen, household: Household, version: UUID, item: str, day: date) -> Deed:
    row = Deed(id=uuid7(), village_id=household.village_id, household=household, version_id=version, item=item, day=day)
    row.proposed_by, row.proposed, row.people = pen.by.id, day_of(pen.at), max(1, household.people)
    return row


def _keep(row: Deed, words: str) -> None:
    salt = random_bytes(16)
    row.words_sha256 = salted(salt, words) if words else ""
    row.save(force_insert=True)
    if words:
        DeedWords(id=uuid7(), deed=row, text=words, salt=salt).save(force_insert=True)


def thank(pen: Pen, helper: Household, day: date, task: UUID) -> UUID | None:
    """Record what a neighbour's help earns, inside the act that says the help was given; the task is its evidence.

    None where the scheme in force has no such deed, the helper takes no part, or it has one of that day already.
    """
    scheme = in_force(Place.objects.get(pk=helper.village_id), day)
    rule = scheme.document.helping if scheme else None
    if scheme is None or rule is None:
        return None
    if rules.unfit_deed(rule, day, day_of(pen.at), _doer(helper, rule.code, day), evidence=True) is not None:
        return None
    row = _row(pen, helper, scheme.version.pk, rule.code, day)
    row.help, row.proposed_as = task, next((duty.kind.value for duty in pen.by.duties), "")
    row.save(force_insert=True)
    return row.pk


def confirm_deed(*, deed: Deed, by: Actor, at: datetime, command: UUID | None = None) -> Granted:
    """Confirm a deed as the second person: it counts what its scheme says of all the home's deeds together (perhaps
    nothing, said so), paid with whatever waits in the village as far as the budget covers it.

    Returns what it counts in its own ledger, in whole points. Refuses inspections.deed_same_person, .deed_same_level,
    .deed_decided, .deed_home_out; of one that takes off also .deed_objected and .deed_told_lately.
    """
    _second(deed, by)
    with act(
        "inspections.confirm_deed", by=by, at=at, chain=deed.village_id, subject=deed.household_id, command=command,
        given={"deed": deed.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Granted(pen.answer["points"], pen.answer["cut"])
        village_turn(pen)
        row = Deed.objects.select_related("household", "version").get(pk=deed.pk)
        document = document_of(row.version)
        refuse_if(rules.unfit_home(_doer(row.household, "", row.day)))
        if row.told is not None and row.state == DeedState.PROPOSED.value:
            first = rules.confirmed_from(document, row.told, holidays())
            refuse_if(rules.unfit_to_confirm(first, day_of(at), _objected(row)))
        settle(pen, deed.village)
        earned = _earns(pen, row, document)
        pen.answer = {"deed": row.pk, "points": earned.points, "cut": earned.cut}
    return earned


def _objected(row: Deed) -> bool:
    return row.changes.filter(kind=ChangeKind.OBJECTION.value, state=ChangeState.ASKED.value).exists()


def _earns(pen: Pen, row: Deed, document: SchemeDocument) -> Granted:
    """Let it stand confirmed, and count; what it counts in its own ledger, whole points towards 0."""
    if document.engine == 1:
        return _earns_alone(pen, row, document)
    _decide(pen, row.pk, DeedState.CONFIRMED, points=0)
    recount(pen, row.village_id, row.household_id, row.version)
    points, cut = Deed.objects.values_list("points", "cut").get(pk=row.pk)
    return Granted(points or 0, cut)


def _earns_alone(pen: Pen, row: Deed, document: SchemeDocument) -> Granted:
    """Engine 1: what its own year and the ledger's yearly cap still leave, whatever comes later."""
    found = Granted(0, 0)
    rule: DeedRule | None = document.deed(row.item)
    ledger = booked_ledger(document)
    if rule is not None and rule.ledger == ledger:
        of_ledger = earned_this_year([row.household_id], row.day.year).get(row.household_id, 0)
        of_deed = earned_by(row.household_id, row.item, row.day.year)
        found = rules.granted(document, rule, of_deed=of_deed, of_ledger=of_ledger)
    _decide(pen, row.pk, DeedState.CONFIRMED, points=found.points, cut=found.cut)
    if rule is not None:
        DeedCount.objects.create(
            deed_id=row.pk, ledger=rule.ledger, milli=found.points * 1000, cut_milli=found.cut * 1000, day=row.day
        )
    if found.points:
        due = AwardDue(row.household_id, row.pk, rules.clause_of(row.item), found.points, row.day)
        award(pen, row.village_id, [due])
        pay_waiting(pen, row.village_id, day_of(pen.at))
    return found


def decline_deed(*, deed: Deed, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Not confirmed by the second person: it earns nothing, and may be recorded again.

    Refuses inspections.deed_same_person, .deed_same_level, .deed_decided.
    """
    _second(deed, by)
    with act(
        "inspections.decline_deed", by=by, at=at, chain=deed.village_id, subject=deed.household_id, command=command,
        given={"deed": deed.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            village_turn(pen)
            _decide(pen, deed.pk, DeedState.DECLINED)
            pen.answer = {"deed": deed.pk}


def _second(deed: Deed, by: Actor) -> None:
    path = deed.village.path
    refuse_if(may(by, DECIDES, path))
    refuse_if(rules.second_person(deed.proposed_by, deed.proposed_as, by.id, _levels(by, DECIDES, path)))


def _decide(pen: Pen, deed: UUID, state: DeedState, **fields: int) -> None:
    rows = Deed.objects.filter(pk=deed, state=DeedState.PROPOSED.value)
    swap(rows, "inspections.deed_decided", state=state.value, decided_by=pen.by.id, decided=day_of(pen.at), **fields)
