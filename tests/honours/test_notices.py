"""Telling the household with proof, its word that it never came, and saying that it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.lists import (
    CLOSED,
    LOOKED,
    PUBLISH_FROM,
    TOLD,
    candidate,
    confirmed,
    counterfoil,
    household,
    notified,
    objection,
    published,
    refused,
    signed,
)
from tests.looks import revisit
from tests.rounds import Village, at

from courtyard.honours.actions import (
    decide_objection,
    notify,
    publish,
    report_mended,
    withdraw_notice,
)
from courtyard.honours.actions.slips import print_notice, print_slips
from courtyard.honours.models import Counterfoil, Listing, PasteTask, Slip
from courtyard.honours.rules.persons import Evidence
from courtyard.honours.rules.states import NoticeEvidence
from courtyard.households.actions import set_lived_in
from courtyard.households.rules.states import Living
from courtyard.kernel.ids import uuid7


def test_a_notice_needs_its_evidence(village: Village) -> None:
    closed, listing = confirmed(village)
    cadre = village.actor("cadre", at(TOLD))

    def tell(evidence: Evidence, by: Any = cadre) -> Any:
        return notify(listing=listing, evidence=evidence, by=by, at=at(TOLD))

    refused("honours.no_serial", lambda: tell(counterfoil(serial="")))
    refused("honours.notice_to_come", lambda: tell(counterfoil(TOLD + timedelta(days=1))))
    refused("honours.notice_before_looks", lambda: tell(counterfoil(CLOSED)))
    refused("honours.only_household_read", lambda: tell(Evidence(NoticeEvidence.READ_ON_PHONE, TOLD)))
    own = household(village, "0201")
    refused("honours.household_reads_only", lambda: tell(counterfoil(), own))
    stranger = household(village, "0202")
    refused("people.not_allowed", lambda: tell(Evidence(NoticeEvidence.READ_ON_PHONE, TOLD), stranger))
    people = (village.id("eva1"), uuid7())
    two = Evidence(NoticeEvidence.TWO_VISITS, TOLD, first_day=LOOKED, people=people, phoned=True)
    refused("honours.two_people", lambda: tell(two))
    called = replace(two, people=(village.id("eva1"), village.id("eva2")))
    refused("honours.not_phoned", lambda: tell(replace(called, phoned=False)))
    refused("honours.two_days", lambda: tell(replace(called, first_day=TOLD)))
    told = tell(Evidence(NoticeEvidence.READ_ON_PHONE, TOLD), own)
    assert (told.state, told.publish_from, told.provisional) == ("notified", PUBLISH_FROM, True)


def test_nothing_is_told_to_a_home_nobody_lives_in(village: Village) -> None:
    closed, listing = confirmed(village)
    cadre = village.actor("cadre", at(TOLD))
    set_lived_in(household=village.homes["0201"], living=Living.AWAY, by=cadre, at=at(TOLD))
    people = (village.id("eva1"), village.id("eva2"))
    two = Evidence(NoticeEvidence.TWO_VISITS, TOLD, first_day=LOOKED, people=people)
    refused("honours.lapsed", lambda: notify(listing=listing, evidence=two, by=cadre, at=at(TOLD)), state="不列入")


def test_a_slip_proves_one_notice(village: Village) -> None:
    closed, listing = notified(village)
    cadre = village.actor("cadre", at(TOLD))
    withdraw_notice(listing=listing, by=household(village, "0201"), at=at(TOLD, 15))
    used = counterfoil(serial=Slip.objects.get(listing=listing).serial)
    refused("honours.serial_used", lambda: notify(listing=listing, evidence=used, by=cadre, at=at(TOLD, 16)))
    again = signed(village, listing)
    assert again.serial != used.serial, "a used slip is not printed again"
    assert signed(village, listing) == again, "one that waits for its counterfoil is"


def test_a_counterfoil_is_the_entrys_own(village: Village) -> None:
    closed, listing = confirmed(village)
    cadre = village.actor("cadre", at(TOLD))

    def tell(serial: str) -> Any:
        return notify(listing=listing, evidence=counterfoil(serial=serial), by=cadre, at=at(TOLD))

    refused("honours.serial_unknown", lambda: tell(counterfoil().serial))
    print_slips(opened=closed, by=cadre, at=at(TOLD, 8))
    slip = Slip.objects.get(household=village.homes["0201"], kind="findings")
    refused("honours.serial_of_other", lambda: tell(slip.serial))
    told = tell(f"{signed(village, listing).serial[:5]} {signed(village, listing).serial[5:]}")
    assert told.state == "notified"
    assert Counterfoil.objects.get(slip__listing=listing).received


def test_a_notice_is_printed_when_it_is_due(village: Village) -> None:
    closed, listing = candidate(village)
    cadre = village.actor("cadre", at(TOLD))
    refused("honours.notice_not_due", lambda: print_notice(listing=listing, by=cadre, at=at(TOLD)), state="候选")


def test_no_notice_before_the_second_looks(village: Village) -> None:
    closed, listing = candidate(village)
    cadre = village.actor("cadre", at(TOLD))
    refused(
        "honours.no_such_step", lambda: notify(listing=listing, evidence=counterfoil(), by=cadre, at=at(TOLD)),
        state="候选", verb="告知",
    )  # fmt: skip


def test_i_never_got_it_covers_at_once_and_starts_anew(village: Village) -> None:
    closed, listing = published(village)
    day = date(2026, 10, 12)
    withdraw_notice(listing=listing, by=household(village, "0201"), at=at(day))
    listing.refresh_from_db()
    assert (listing.state, listing.notified_on, listing.publish_from) == ("confirmed", None, None)
    assert PasteTask.objects.get(listing=listing).state == "open"
    deputy = village.actor("deputy", at(day))
    refused("honours.no_such_step", lambda: publish(listing=listing, by=deputy, at=at(day)))
    cadre = village.actor("cadre", at(day))
    notify(listing=listing, evidence=signed(village, listing, day), by=cadre, at=at(day))
    refused("honours.too_early", lambda: publish(listing=listing, by=deputy, at=at(day)), day="2026-10-20")
    later = at(date(2026, 10, 20))
    again = publish(listing=listing, by=village.actor("deputy", later), at=later)
    assert (again.expires_on, again.published_on) == (date(2026, 10, 30), PUBLISH_FROM)
    assert PasteTask.objects.get(listing=listing).state == "done"


def test_nothing_to_withdraw_before_a_notice(village: Village) -> None:
    closed, listing = confirmed(village)
    own = household(village, "0201")
    refused("honours.no_such_step", lambda: withdraw_notice(listing=listing, by=own, at=at(TOLD)))
    objection(village, listing)
    refused("honours.no_notice_yet", lambda: withdraw_notice(listing=listing, by=own, at=at(TOLD)))


def test_never_got_it_while_frozen_needs_a_new_notice_afterwards(village: Village) -> None:
    closed, listing = notified(village)
    raised = objection(village, listing)
    withdraw_notice(listing=listing, by=household(village, "0201"), at=at(TOLD, 15))
    supervisor = village.actor("supervisor", at(TOLD))
    decide_objection(objection=raised, upheld=False, reasons="两次看到的一样", by=supervisor, at=at(TOLD, 16))
    assert Listing.objects.get(pk=listing.pk).state == "confirmed"


def test_saying_mended_and_revisiting(village: Village) -> None:
    closed, listing = notified(village)
    own = household(village, "0201")
    report_mended(listing=listing, by=own, at=at(TOLD))
    refused("honours.said_already", lambda: report_mended(listing=listing, by=own, at=at(TOLD)))
    refused(
        "honours.household_cannot_revisit",
        lambda: revisit(listing=listing, looker=own.id, still_poor=False, by=own, at=at(TOLD)),
    )
    refused("people.not_allowed", lambda: report_mended(listing=listing, by=household(village, "0202"), at=at(TOLD)))
    refused(
        "honours.revisit_first",
        lambda: publish(listing=listing, by=village.actor("deputy", at(PUBLISH_FROM)), at=at(PUBLISH_FROM)),
    )
