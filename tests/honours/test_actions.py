"""Closing a round, looking again, publishing: one test a refusal code, the same command again, who may and who may not."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from tests.lists import (
    CLOSED,
    LOOKED,
    MARKS,
    PUBLISH_FROM,
    TOLD,
    candidate,
    household,
    lookers,
    notified,
    published,
    refused,
    signed,
)
from tests.looks import look_again, revisit
from tests.rounds import Village, at, closed_round, make_village, mark, opened_round, panel

from courtyard.honours.actions import (
    close_town,
    close_village,
    decide_objection,
    drop,
    enter_red,
    notify,
    object_to,
    paste_done,
    publish,
    report_mended,
    settle_lapsed,
    withdraw_notice,
)
from courtyard.honours.actions.moving import Turn, advance_all
from courtyard.honours.models import Listing, PasteTask, Step
from courtyard.honours.queries.entries import case, case_within
from courtyard.honours.rules.states import ListingState, ObjectionChannel, Reach, Verb
from courtyard.households.actions import confirm_care, declare_kin, propose_care
from courtyard.households.rules.states import CareKind, KinKind
from courtyard.inspections.models import Result
from courtyard.inspections.queries.results import results_of_round
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import Problem
from courtyard.points.queries import balance
from courtyard.records.journal import act


def test_a_closed_round_is_closed_once(village: Village) -> None:
    closed = closed_round(village, MARKS)
    cadre = village.actor("cadre", at(CLOSED))
    refused("inspections.round_closed", lambda: close_village(closing=closed, by=cadre, at=at(CLOSED)))


def test_the_same_close_again_answers_the_same(village: Village) -> None:
    opened, command = opened_round(village), uuid7()
    mark(village, opened, MARKS, date(2026, 9, 10))
    cadre = village.actor("cadre", at(CLOSED))
    first = close_village(closing=opened, by=cadre, at=at(CLOSED), command=command)
    again = close_village(closing=opened, by=cadre, at=at(CLOSED), command=command)
    assert first == again
    assert Result.objects.count() == len(MARKS)


def test_a_town_closes_village_by_village_and_goes_on_after_a_stop(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, MARKS, date(2026, 9, 10))
    told: list[tuple[int, int]] = []
    cadre = village.actor("clerk", at(CLOSED))
    [(row, done)] = close_town(closing=[opened], by=cadre, at=at(CLOSED), progress=lambda n, of: told.append((n, of)))
    assert (row.pk, told) == (opened.pk, [(1, 1)])
    assert not isinstance(done, Problem)
    assert close_town(closing=[opened], by=cadre, at=at(CLOSED)) == []


def test_a_village_that_cannot_be_closed_keeps_its_problem(village: Village) -> None:
    opened = opened_round(village)
    [(_, done)] = close_town(closing=[opened], by=village.actor("clerk", at(CLOSED)), at=at(CLOSED))
    assert isinstance(done, Problem)
    assert done.code == "inspections.no_marks"


def test_points_wait_for_everyone_where_the_budget_is_short(db: Any) -> None:
    poor = make_village(budget=35)
    opened = opened_round(poor)
    mark(poor, opened, MARKS, date(2026, 9, 10))
    done = close_village(closing=opened, by=poor.actor("cadre", at(CLOSED)), at=at(CLOSED))
    assert (done.granted, done.paid, done.waiting, done.red, done.black) == (36, 0, 36, 3, 1)
    assert balance(poor.homes["0101"].pk).points == 0
    assert balance(poor.homes["0101"].pk).waiting == 10


def test_a_home_on_the_care_list_is_never_a_candidate(village: Village) -> None:
    home, cadre = village.homes["0201"], village.actor("cadre")
    care = propose_care(household=home, kind=CareKind.ELDER_ALONE, by=cadre, at=at(date(2026, 9, 1)))
    confirm_care(care=care, confirmed=True, by=cadre, at=at(date(2026, 9, 1)))
    closed = closed_round(village, MARKS)
    assert not Listing.objects.filter(kind="black").exists()
    result = Result.objects.get(visit__household=home)
    assert result.grade == "poor"
    assert [row.household for row in results_of_round(closed.pk) if row.breakdown["help_due"]] == [home.pk]


def test_lookers(village: Village) -> None:
    closed, listing = candidate(village)
    cadre, when = village.actor("cadre", at(LOOKED)), at(LOOKED)
    first, second = lookers(village, closed)

    def look(person: uuid.UUID) -> Any:
        return look_again(listing=listing, looker=person, still_poor=True, by=cadre, at=when)

    refused("honours.looker_rated", lambda: look(panel(closed, "0201", village)[0]))
    refused("honours.not_evaluator", lambda: look(village.id("keeper")))
    refused("honours.not_evaluator", lambda: look(village.id("eva7")))
    look(first)
    assert look(first) is ListingState.CANDIDATE, "the same again by the same person is not a second one"
    look(second)
    refused("honours.no_such_step", lambda: look(second), state="复看属实")


def test_kin_and_neighbours_do_not_look_again(village: Village) -> None:
    closed, listing = candidate(village)
    first, second = lookers(village, closed)
    accounts = {account.pk: account for account in village.world.accounts.values()}
    cadre, when = village.actor("cadre", at(LOOKED)), at(LOOKED)
    declare_kin(account=accounts[first], household=village.homes["0201"], kind=KinKind.KIN, by=cadre, at=when)
    declare_kin(account=accounts[second], household=village.homes["0202"], kind=KinKind.OWN_HOME, by=cadre, at=when)
    for code, person in (("honours.looker_is_kin", first), ("honours.looker_of_group", second)):
        refused(
            code, lambda person=person: look_again(listing=listing, looker=person, still_poor=True, by=cadre, at=when)
        )
    refused(
        "honours.looker_is_kin", lambda: revisit(listing=listing, looker=first, still_poor=False, by=cadre, at=when)
    )


def test_an_evaluator_records_the_own_look_and_nobody_elses(village: Village) -> None:
    closed, listing = candidate(village)
    names = {village.id(f"eva{n}"): f"eva{n}" for n in range(1, 7)}
    first, second = lookers(village, closed)
    me = village.actor(names[first], at(LOOKED))
    look_again(listing=listing, looker=first, still_poor=True, by=me, at=at(LOOKED))
    refused(
        "people.not_allowed",
        lambda: look_again(listing=listing, looker=second, still_poor=True, by=me, at=at(LOOKED)),
    )


def test_publishing_takes_its_day_and_a_second_person(village: Village) -> None:
    closed, listing = notified(village)
    before, day = at(PUBLISH_FROM - timedelta(days=1)), at(PUBLISH_FROM)
    deputy, cadre = village.actor("deputy", day), village.actor("cadre", day)
    refused("honours.too_early", lambda: publish(listing=listing, by=deputy, at=before), day="2026-09-30")
    refused("honours.second_person", lambda: publish(listing=listing, by=cadre, at=day))
    refused("honours.names_not_open", lambda: publish(listing=listing, by=deputy, at=day, reach=Reach.NAMES))
    refused("people.not_allowed", lambda: publish(listing=listing, by=village.actor("cadre2", day), at=day))
    refused("people.not_allowed", lambda: publish(listing=listing, by=village.actor("supervisor", day), at=day))
    command = uuid7()
    first = publish(listing=listing, by=deputy, at=day, command=command)
    assert publish(listing=listing, by=deputy, at=day, command=command).changed == first.changed
    assert Step.objects.filter(listing=listing, verb="publish").count() == 1
    refused("honours.no_such_step", lambda: publish(listing=listing, by=deputy, at=day))


def test_after_thirty_days_unpublished_it_has_ended_by_itself(village: Village) -> None:
    closed, listing = notified(village)
    late = at(PUBLISH_FROM + timedelta(days=31))
    deputy = village.actor("deputy", late)
    refused("honours.lapsed", lambda: publish(listing=listing, by=deputy, at=late), state="不列入")


def test_a_home_that_came_on_the_care_list_is_not_published(village: Village) -> None:
    closed, listing = notified(village)
    cadre, day = village.actor("cadre", at(TOLD)), at(PUBLISH_FROM)
    care = propose_care(household=village.homes["0201"], kind=CareKind.ELDER_ALONE, by=cadre, at=at(TOLD))
    confirm_care(care=care, confirmed=True, by=cadre, at=at(TOLD))
    refused("honours.not_on_lists", lambda: publish(listing=listing, by=village.actor("deputy", day), at=day))


def test_the_red_list_goes_together_by_a_second_person(village: Village) -> None:
    closed = closed_round(village, MARKS)
    when = at(LOOKED)
    cadre, deputy = village.actor("cadre", when), village.actor("deputy", when)
    one = Listing.objects.filter(kind="red").order_by("pk")[0]
    refused("honours.red_goes_together", lambda: publish(listing=one, by=deputy, at=when))
    refused("honours.second_person", lambda: enter_red(closed=closed, by=cadre, at=when))
    assert enter_red(closed=closed, by=deputy, at=when, leave_out=[one.pk]) == 2
    states = sorted(Listing.objects.filter(kind="red").values_list("state", flat=True))
    assert states == ["dropped", "published", "published"]
    refused("honours.no_candidates", lambda: enter_red(closed=closed, by=deputy, at=when))


def test_pasted_over_once(village: Village) -> None:
    closed, listing = published(village)
    day = date(2026, 10, 9)
    cadre = village.actor("cadre", at(day))
    drop(listing=listing, reasons="评的时候在办丧事", by=cadre, at=at(day))
    assert Listing.objects.get(pk=listing.pk).state == "delisted"
    task = PasteTask.objects.get(listing=listing)
    paste_done(task=task, by=cadre, at=at(day))
    refused("honours.paste_done_already", lambda: paste_done(task=task, by=cadre, at=at(day)))


def test_leaving_out_needs_reasons_without_words_on_people(village: Village) -> None:
    closed, listing = candidate(village)
    cadre = village.actor("cadre", at(LOOKED))
    refused("honours.no_reasons", lambda: drop(listing=listing, reasons=" ", by=cadre, at=at(LOOKED)))
    refused(
        "inspections.words_on_character",
        lambda: drop(listing=listing, reasons="这家人太懒,不值得", by=cadre, at=at(LOOKED)),
        word="懒",
    )
    drop(listing=listing, reasons="门前修路,堆的是公家的砂石", by=cadre, at=at(LOOKED))
    assert case(listing.pk).state(LOOKED) is ListingState.DROPPED


def test_an_entry_outside_the_own_area_does_not_exist(village: Village) -> None:
    closed, listing = candidate(village)
    assert case_within(["WD/01"], listing.pk).listing.pk == listing.pk
    refused("honours.entry_unknown", lambda: case_within(["WD/02"], listing.pk))
    refused("honours.entry_unknown", lambda: case(uuid7()))


def test_a_stale_entry_moves_nothing(village: Village) -> None:
    """Compare and swap: what somebody moved meanwhile is refused though the rule would allow it."""
    closed, listing = candidate(village)
    stale = case(listing.pk)
    drop(listing=listing, reasons="修路", by=village.actor("cadre", at(LOOKED)), at=at(LOOKED))
    by = village.actor("clerk", at(LOOKED))

    def move() -> None:
        with act("honours.test", by=by, at=at(LOOKED), chain=village.place.pk, pulls=True) as pen:
            advance_all(pen, [Turn(stale, Verb.OBJECT)])

    refused("honours.moved_on", move)
    assert Listing.objects.get(pk=listing.pk).state == "dropped"


def test_nothing_has_lapsed_today(village: Village) -> None:
    closed, listing = candidate(village)
    assert settle_lapsed(village=village.place, by=village.actor("cadre", at(LOOKED)), at=at(LOOKED)) == 0


def test_a_page_offers_what_the_table_and_the_duty_allow(village: Village) -> None:
    closed, listing = notified(village)
    one = case(listing.pk)

    def offered(by: Any, day: date = TOLD) -> set[str]:
        return {verb.value for verb in one.offers(by, day)}

    own = {"withdraw", "object", "say_mended"}
    assert offered(household(village, "0201")) == own
    assert offered(household(village, "0202")) == set()
    assert offered(village.actor("keeper")) == {"withdraw", "object"}
    assert offered(village.actor("eva1")) == {"withdraw", "object", "mend", "stay"}
    assert offered(village.actor("cadre2")) == set()
    assert offered(village.actor("cadre")) == own | {"drop", "mend", "stay", "correct"}
    assert offered(village.actor("cadre"), PUBLISH_FROM) == own | {"drop", "mend", "stay", "correct", "publish"}
    assert offered(village.actor("supervisor")) == {"withdraw", "object", "correct"}


def test_the_same_command_again_takes_no_second_step(village: Village) -> None:
    """Every verb of an entry, pressed twice: one step, the first answer."""
    closed, listing = candidate(village)
    cadre, deputy = village.actor("cadre"), village.actor("deputy")
    first, second = lookers(village, closed)
    day, own = at(PUBLISH_FROM), household(village, "0201")

    def twice(verb: Any, **given: Any) -> Any:
        command = uuid7()
        answers = [verb(**given, command=command) for _ in range(2)]
        assert getattr(answers[0], "pk", answers[0]) == getattr(answers[1], "pk", answers[1])
        return answers[0]

    twice(look_again, listing=listing, looker=first, still_poor=True, by=cadre, at=at(LOOKED))
    twice(look_again, listing=listing, looker=second, still_poor=True, by=cadre, at=at(LOOKED))
    twice(notify, listing=listing, evidence=signed(village, listing), by=cadre, at=at(TOLD))
    twice(withdraw_notice, listing=listing, by=own, at=at(TOLD))
    twice(notify, listing=listing, evidence=signed(village, listing), by=cadre, at=at(TOLD))
    raised = twice(object_to, listing=listing, channel=ObjectionChannel.PAGE, words="不对", by=own, at=at(TOLD))
    twice(decide_objection, objection=raised, upheld=False, reasons="属实", by=village.actor("supervisor"), at=at(TOLD))
    twice(report_mended, listing=listing, by=own, at=at(TOLD))
    twice(revisit, listing=listing, looker=first, still_poor=True, by=cadre, at=at(TOLD))
    twice(publish, listing=listing, by=deputy, at=day)
    twice(drop, listing=listing, reasons="修路", by=cadre, at=day)
    twice(paste_done, task=PasteTask.objects.get(listing=listing), by=cadre, at=day)
    twice(enter_red, closed=closed, by=deputy, at=at(TOLD))
    twice(settle_lapsed, village=village.place, by=cadre, at=day)
    steps = list(Step.objects.filter(listing=listing).order_by("n").values_list("verb", flat=True))
    assert steps == [
        "propose", "confirm", "notify", "withdraw", "notify", "object", "dismiss", "say_mended", "stay", "publish", "drop",
    ]  # fmt: skip
