"""Telling the household, with proof; and its word that it never came."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from courtyard.honours.actions.moving import advance, allowed
from courtyard.honours.models import Counterfoil, Listing, Notice, Objection, Slip
from courtyard.honours.queries.entries import Case, case
from courtyard.honours.queries.slips import confirmed_days
from courtyard.honours.rules.persons import Evidence, Home, unfit_evidence
from courtyard.honours.rules.slips import spaced, tidy
from courtyard.honours.rules.states import ListingState, NoticeEvidence, Verb
from courtyard.honours.rules.terms import lapse_day, mend_day, notice_terms
from courtyard.households.rules.states import Living
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import Holidays, day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.models import Account
from courtyard.places.queries import holidays
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act
from courtyard.records.rules import canonical


def notify(*, listing: Listing, evidence: Evidence, by: Actor, at: datetime, command: UUID | None = None) -> Listing:
    """Record that the notice reached the household, and how; from then the working days run (default 5, at least 3).

    A household says itself that it read it on its page (`by` the household); the other two kinds are recorded by staff.
    A counterfoil is that of the entry's own notice slip. Refuses honours.no_serial, .serial_unknown, .serial_of_other,
    .serial_used, .two_people, .two_days, .not_phoned, .only_household_read, .notice_*.
    """
    evidence = replace(evidence, serial=tidy(evidence.serial))
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
        ready = confirmed_days([listing])[listing.pk]
        refuse_if(unfit_evidence(evidence, facts, confirmed=ready, today=day_of(at)))
        signed = _known(listing, evidence)
        fields = told(now, evidence, holidays())
        advance(pen, listing.pk, Verb.NOTIFY, **fields)
        pen.grow([_notice(listing, evidence), *signed])
        pen.answer = {"listing": listing.pk, "publish_from": fields["publish_from"]}
    return Listing.objects.get(pk=listing.pk)


def told(now: Case, evidence: Evidence, free: Holidays) -> dict[str, Any]:
    """The days of an entry whose household was told by this evidence."""
    terms = notice_terms(now.process, evidence.day, free)
    return {
        "notified_on": evidence.day, "publish_from": terms.publish_from, "provisional": terms.provisional,
        "lapses_on": terms.lapses_on, "mend_by": mend_day(now.process, evidence.day, free).day,
    }  # fmt: skip


def _known(listing: Listing, evidence: Evidence) -> list[Counterfoil]:
    """The two who called are people of the programme; a slip is this entry's own and proves one notice only.

    The counterfoil that a slip's serial was read from, to be kept with the notice.
    """
    if evidence.kind is NoticeEvidence.COUNTERFOIL:
        slip = Slip.objects.filter(serial=evidence.serial, village=listing.village_id).first()
        if slip is None:
            refuse("honours.serial_unknown", serial=spaced(evidence.serial))
        if slip.listing_id != listing.pk:
            refuse("honours.serial_of_other", serial=spaced(evidence.serial))
        if Notice.objects.filter(serial=evidence.serial).exists():
            refuse("honours.serial_used", serial=spaced(evidence.serial))
        row = Counterfoil(id=uuid7(), slip=slip, n=slip.counterfoils.count() + 1, household_id=listing.household_id)
        row.day, row.received, row.disagrees, row.alone = evidence.day, True, False, False
        return [row]
    people = Account.objects.filter(pk__in=evidence.people, is_active=True)
    if evidence.kind is NoticeEvidence.TWO_VISITS and people.count() != len(evidence.people):
        refuse("honours.two_people")
    return []


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
        cover(pen, case(listing.pk))
        pen.answer = {"listing": listing.pk}


def cover(pen: Pen, now: Case) -> None:
    """Take a notice back inside an act that holds the village's turn: covered at once, the clock starts again."""
    if now.objection is not None:
        if now.objection.frozen_from not in (ListingState.NOTIFIED.value, ListingState.PUBLISHED.value):
            refuse("honours.no_notice_yet")
        open_one = Objection.objects.filter(pk=now.objection.pk, state="open")
        swap(open_one, "honours.moved_on", frozen_from=ListingState.CONFIRMED.value)
    advance(
        pen,
        now.listing.pk,
        Verb.WITHDRAW,
        lapses_on=lapse_day(now.process, day_of(pen.at)),
        notified_on=None,
        publish_from=None,
        provisional=False,
    )
