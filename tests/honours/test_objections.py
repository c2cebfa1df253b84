"""Objections and late marks: freezing, deciding, and what a changed result puts right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.lists import (
    LOOKED,
    PUBLISH_FROM,
    TOLD,
    candidate,
    household,
    lookers,
    notified,
    objection,
    published,
    refused,
)
from tests.looks import look_again, revisit
from tests.rounds import Village, at, given, mark, opened_round, panel

from courtyard.honours.actions import (
    decide_late_marks,
    decide_objection,
    object_to,
    publish,
)
from courtyard.honours.models import Listing, Objection
from courtyard.honours.rules.states import ListingState, ObjectionChannel
from courtyard.households.actions import declare_kin
from courtyard.households.rules.states import KinKind
from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.models import Marks, Result, Round
from courtyard.kernel.actors import DutyKind
from courtyard.people.actions import give_duty
from courtyard.points.queries import balance


def test_an_objection_freezes_whatever_it_finds(village: Village) -> None:
    closed, listing = candidate(village)
    raised = objection(village, listing, LOOKED)
    assert raised.frozen_from == "candidate"
    assert Listing.objects.get(pk=listing.pk).state == "objected"
    looker = lookers(village, closed)[0]
    cadre = village.actor("cadre", at(LOOKED))
    refused(
        "honours.no_such_step",
        lambda: look_again(listing=listing, looker=looker, still_poor=True, by=cadre, at=at(LOOKED)),
        state="异议中",
    )
    facts = {"day": LOOKED.isoformat(), "channel": "口头", "answer_by": raised.answer_by.isoformat()}
    refused("honours.objection_under_way", lambda: objection(village, listing, LOOKED), **facts)


def test_anyone_with_a_duty_takes_an_objection_and_a_stranger_not(village: Village) -> None:
    closed, listing = notified(village)
    stranger = household(village, "0202")
    kinds = {"by": stranger, "at": at(TOLD)}
    refused(
        "people.not_allowed",
        lambda: object_to(listing=listing, channel=ObjectionChannel.PAGE, words="", **kinds),
    )
    refused(
        "people.not_allowed",
        lambda: object_to(
            listing=listing, channel=ObjectionChannel.PAGE, words="", by=village.actor("keeper2"), at=at(TOLD)
        ),
    )
    own = household(village, "0201")
    raised = object_to(listing=listing, channel=ObjectionChannel.PAGE, words="", by=own, at=at(TOLD))
    assert raised.state == "open"


def test_who_decides_and_how(village: Village) -> None:
    closed, listing = notified(village)
    raised = objection(village, listing)
    when = at(TOLD, 16)
    supervisor, clerk = village.actor("supervisor", when), village.actor("clerk", when)

    def decide(by: Any, upheld: bool = False, reasons: str = "复看属实", **more: Any) -> Any:
        return decide_objection(objection=raised, upheld=upheld, reasons=reasons, by=by, at=when, **more)

    refused("people.not_allowed", lambda: decide(village.actor("cadre", when)))
    refused("honours.no_reasons", lambda: decide(clerk, reasons=""))
    poor = {"courtyard": "poor", "surroundings": "poor", "rooms": "poor"}
    refused("honours.still_poor", lambda: decide(clerk, upheld=True, values=poor))
    refused("rating.label_unknown", lambda: decide(clerk, upheld=True, values={"courtyard": "splendid"}))
    assert Objection.objects.get(pk=raised.pk).state == "open"
    assert Result.objects.filter(visit=listing.visit_id).count() == 1
    decide(supervisor)
    refused("honours.already_decided", lambda: decide(clerk))
    listing.refresh_from_db()
    assert (listing.state, listing.publish_from) == ("notified", PUBLISH_FROM)


def test_raters_lookers_and_kin_do_not_decide(village: Village) -> None:
    closed, listing = notified(village)
    raised = objection(village, listing)
    rater = panel(closed, "0201", village)[0]
    accounts = {account.pk: (name, account) for name, account in village.world.accounts.items()}
    name, account = accounts[rater]
    give_duty(account=account, kind=DutyKind.SUPERVISOR, place=village.place, by=village.world.terminal, at=at(TOLD))
    for person, code in ((name, "honours.decider_rated"), ("clerk2", "honours.decider_is_kin")):
        if person == "clerk2":
            declare_kin(
                account=village.world.accounts["clerk2"], household=village.homes["0201"], kind=KinKind.KIN,
                by=village.actor("cadre", at(TOLD)), at=at(TOLD),
            )  # fmt: skip
        by = village.actor(person, at(TOLD))
        refused(
            code,
            lambda by=by: decide_objection(objection=raised, upheld=False, reasons="属实", by=by, at=at(TOLD, 16)),
        )


def test_a_late_answer_is_none(village: Village) -> None:
    closed, listing = notified(village)
    raised = objection(village, listing)
    late = at(raised.answer_by + timedelta(days=1))
    by = village.actor("supervisor", late)
    refused("honours.lapsed", lambda: decide_objection(objection=raised, upheld=False, reasons="属实", by=by, at=late))


def test_days_under_objection_count_against_nobody(village: Village) -> None:
    closed, listing = notified(village)
    raised = objection(village, listing)
    when = at(date(2026, 9, 30))
    decide_objection(objection=raised, upheld=False, reasons="属实", by=village.actor("clerk", when), at=when)
    after = Listing.objects.get(pk=listing.pk)
    assert after.publish_from == date(2026, 10, 1)
    assert after.lapses_on == listing.lapses_on + timedelta(days=8)


def test_a_frozen_publication_is_published_again_by_hand(village: Village) -> None:
    closed, listing = published(village)
    day = date(2026, 10, 9)
    raised = objection(village, listing, day)
    when = at(date(2026, 10, 12))
    decide_objection(objection=raised, upheld=False, reasons="属实", by=village.actor("clerk", when), at=when)
    assert Listing.objects.get(pk=listing.pk).state == "notified"
    next_day = at(date(2026, 10, 13))
    deputy = village.actor("deputy", next_day)
    again = publish(listing=listing, by=deputy, at=next_day)
    assert again.expires_on == date(2026, 10, 30)


def test_mended_while_an_objection_is_open_and_then_upheld(village: Village) -> None:
    closed, listing = notified(village)
    raised = objection(village, listing)
    cadre, when = village.actor("cadre", at(TOLD)), at(TOLD, 16)
    looker = lookers(village, closed)[0]
    assert revisit(listing=listing, looker=looker, still_poor=False, by=cadre, at=when) is ListingState.MENDED
    better = {"courtyard": "fair", "surroundings": "fair", "rooms": "fair"}
    decide_objection(
        objection=raised, upheld=True, reasons="看错了", by=village.actor("clerk", when), at=when, values=better
    )
    assert Listing.objects.get(pk=listing.pk).state == "mended"
    assert balance(village.homes["0201"].pk).points == 3


def late_marks(village: Village, closed: Round) -> Marks:
    """One evaluator's other marks for home 0201, typed after the close."""
    person = panel(closed, "0201", village)[0]
    sheet = [HomeMarks(village.homes["0201"].pk, given("good"), date(2026, 9, 10))]
    entered = enter_marks(
        opened=closed, evaluator=person, sheet=sheet, by=village.actor("cadre", at(LOOKED)), at=at(LOOKED)
    )
    assert (entered.accepted, entered.review) == (0, 1)
    return Marks.objects.get(visit__household=village.homes["0201"], evaluator=person, n=2)


def test_late_marks_change_the_result_only_when_decided(village: Village) -> None:
    closed, listing = candidate(village)
    late = late_marks(village, closed)
    assert Result.objects.get(visit=late.visit_id, superseded_by=None).grade == "poor"
    clerk = village.actor("clerk", at(TOLD))
    decide_late_marks(visit=late.visit_id, evaluator=late.evaluator_id, keep=late.pk, by=clerk, at=at(TOLD))
    now = Result.objects.get(visit=late.visit_id, superseded_by=None)
    assert (now.grade, now.score_milli) == ("fair", 60_000)
    assert balance(village.homes["0201"].pk).points == 3
    listing.refresh_from_db()
    assert listing.state == "overturned"


def test_late_marks_set_aside_change_nothing(village: Village) -> None:
    closed, listing = candidate(village)
    late = late_marks(village, closed)
    clerk = village.actor("clerk", at(TOLD))
    decide_late_marks(visit=late.visit_id, evaluator=late.evaluator_id, keep=None, by=clerk, at=at(TOLD))
    assert Result.objects.filter(visit=late.visit_id).count() == 1
    refused(
        "inspections.nothing_to_decide",
        lambda: decide_late_marks(
            visit=late.visit_id, evaluator=late.evaluator_id, keep=late.pk, by=clerk, at=at(TOLD)
        ),
    )


def test_late_means_after_the_close(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, {"0201": given("poor")}, date(2026, 9, 10))
    one = Marks.objects.filter(visit__household=village.homes["0201"]).order_by("pk")[0]
    clerk = village.actor("clerk", at(TOLD))
    refused(
        "honours.round_still_open",
        lambda: decide_late_marks(visit=one.visit_id, evaluator=one.evaluator_id, keep=None, by=clerk, at=at(TOLD)),
    )
