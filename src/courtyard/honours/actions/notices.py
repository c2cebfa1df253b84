"""Telling the household, with proof; and its word that it never came."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.honours.actions.moving import advance, allowed
from courtyard.honours.models import Listing, Notice, Objection, Step
from courtyard.honours.queries.entries import case
from courtyard.honours.rules.persons import Evidence, Home, unfit_evidence
from courtyard.honours.rules.states import ListingState, NoticeEvidence, Verb
from courtyard.honours.rules.terms import lapse_day, mend_day, notice_terms
from courtyard.households.rules.states import Living
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.models import Account
from courtyard.places.queries import holidays
from courtyard.records.guard import swap
from courtyard.records.journal import act
from courtyard.records.rules import canonical


def notify(*, listing: Listing, evidence: Evidence, by: Actor, at: datetime, command: UUID | None = None) -> Listing:
    """Record that the notice reached the household, and how; from then the working days run (default 5, at least 3).

    A household says itself that it read it on its page (`by` the household); the other two kinds are recorded by staff.
    Refuses honours.no_serial, .serial_used, .two_people, .two_days, .not_phoned, .only_household_read, .notice_*.
    """
    by_household = by.kind == "household"
    refuse_if(allowed(by, "lists.object" if by_household else "lists.notify", listing))
    given = {"listing": listing.pk, "kind": evidence.kind.value, "day": evidence.day, "serial": evidence.serial}
    given |= {"first_day": evidence.first_day, "people": list(evidence.people), "phoned": evidence.phoned}
    with act(
        "honours.notify", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Listing.objects.get(pk=listing.pk)
        village_turn(pen)
        now = case(listing.pk)
        if now.state(day_of(at)) is not ListingState.CONFIRMED:
            advance(pen, listing.pk, Verb.NOTIFY)  # the table says why not
        home = now.listing.household
        lived_in = home.living == Living.LIVED_IN.value and home.until is None
        facts = Home(by_household, lived_in, home.phone_sealed is not None)
        refuse_if(unfit_evidence(evidence, facts, confirmed=_confirmed(listing), today=day_of(at)))
        _known(listing, evidence)
        terms = notice_terms(now.process, evidence.day, free := holidays())
        mend = mend_day(now.process, evidence.day, free)
        advance(
            pen, listing.pk, Verb.NOTIFY, notified_on=evidence.day, publish_from=terms.publish_from,
            provisional=terms.provisional, lapses_on=terms.lapses_on, mend_by=mend.day,
        )  # fmt: skip
        pen.grow([_notice(listing, evidence)])
        pen.answer = {"listing": listing.pk, "publish_from": terms.publish_from, "object_until": terms.object_until}
    return Listing.objects.get(pk=listing.pk)


def _confirmed(listing: Listing) -> date:
    """The day the entry was last ready for a notice: its looks were complete, or an earlier notice had not come."""
    step = Step.objects.filter(listing=listing, target=ListingState.CONFIRMED.value).order_by("-n").first()
    return step.day if step else listing.since


def _known(listing: Listing, evidence: Evidence) -> None:
    """A slip proves one notice only, and the two who called are people of the programme."""
    if evidence.kind is NoticeEvidence.COUNTERFOIL and Notice.objects.filter(serial=evidence.serial).exists():
        refuse("honours.serial_used", serial=evidence.serial)
    people = Account.objects.filter(pk__in=evidence.people, is_active=True)
    if evidence.kind is NoticeEvidence.TWO_VISITS and people.count() != len(evidence.people):
        refuse("honours.two_people")


def _notice(listing: Listing, evidence: Evidence) -> Notice:
    row = Notice(id=uuid7(), listing=listing, evidence=evidence.kind.value, serial=evidence.serial, day=evidence.day)
    row.first_day, row.phoned = evidence.first_day or evidence.day, evidence.phoned
    row.people = canonical([person.hex for person in evidence.people])
    return row


def withdraw_notice(*, listing: Listing, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """ "I never got it", at any time: the entry is covered in the same moment and the clock starts again with a new notice.

    While an objection is open the entry stays frozen, and goes on only with a new notice.
    """
    refuse_if(allowed(by, "lists.object", listing))
    with act(
        "honours.withdraw_notice", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given={"listing": listing.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        now = case(listing.pk)
        if now.objection is not None:
            if now.objection.frozen_from not in (ListingState.NOTIFIED.value, ListingState.PUBLISHED.value):
                refuse("honours.no_notice_yet")
            open_one = Objection.objects.filter(pk=now.objection.pk, state="open")
            swap(open_one, "honours.moved_on", frozen_from=ListingState.CONFIRMED.value)
        advance(
            pen,
            listing.pk,
            Verb.WITHDRAW,
            lapses_on=lapse_day(now.process, day_of(at)),
            notified_on=None,
            publish_from=None,
            provisional=False,
        )
        pen.answer = {"listing": listing.pk}
