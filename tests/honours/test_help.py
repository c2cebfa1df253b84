"""Help (DOMAIN §4.7): saying 一个人弄不动, setting out, done; nothing published meanwhile; the care list; homes left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.lists import CLOSED, PUBLISH_FROM, TOLD, household, notified, published, refused
from tests.looks import revisit
from tests.rounds import OCTOBER, Village, at, closed_round, given

from courtyard.honours.actions import (
    end_help,
    finish_help,
    leave_lists,
    publish,
    say_cannot_alone,
    settle_lapsed,
    take_help,
)
from courtyard.honours.models import HelpTask, HelpWords, Listing, PasteTask, Step
from courtyard.honours.queries.boards import board
from courtyard.honours.queries.entries import case
from courtyard.honours.queries.help import VillageDesk, desk, helper_words, owed, own_help
from courtyard.honours.rules.help import Helper, HelpState
from courtyard.honours.rules.states import ListingState, ObjectionChannel, Verb
from courtyard.households.actions import confirm_care, decline_card, propose_care, set_lived_in
from courtyard.households.models import Household
from courtyard.households.rules.states import CareKind, Living
from courtyard.inspections.actions.deeds import confirm_deed
from courtyard.inspections.models import Deed
from courtyard.inspections.rules.deeds import Granted
from courtyard.kernel.ids import uuid7
from courtyard.points.queries import balance
from courtyard.records.rules import salted

DAY = date(2026, 9, 23)


def home(village: Village, code: str = "0201") -> Household:
    return Household.objects.select_related("group", "village").get(pk=village.homes[code].pk)


def say(village: Village, code: str = "0201", day: date = DAY, **more: Any) -> HelpTask:
    asked = say_cannot_alone(
        household=home(village, code), at=at(day), **{"by": village.actor("eva1", at(day)), **more}
    )
    return HelpTask.objects.select_related("group", "household", "village").get(pk=asked.task)


def fresh(task: HelpTask) -> HelpTask:
    return HelpTask.objects.select_related("group", "household", "village").get(pk=task.pk)


def care(village: Village, code: str, day: date) -> None:
    cadre = village.actor("cadre", at(day))
    line = propose_care(household=home(village, code), kind=CareKind.ELDER_ALONE, by=cadre, at=at(day))
    confirm_care(care=line, confirmed=True, by=cadre, at=at(day))


def test_anyone_with_a_duty_writes_it_down_and_nothing_is_published_while_help_is_owed(village: Village) -> None:
    closed, listing = notified(village)
    command = uuid7()
    task = say(village, command=command)
    assert say(village, command=command) == task, "the same command is the same word"
    assert (task.why, task.state, task.channel) == ("asked", "open", ObjectionChannel.SPOKEN.value)
    assert (task.listing_id, task.visit_id, task.due) == (listing.pk, listing.visit_id, date(2026, 9, 30))
    assert say(village) == task and HelpTask.objects.count() == 1, "help that is owed is one task"
    assert owed([listing.household_id]) == {listing.household_id}
    deputy = village.actor("deputy", at(PUBLISH_FROM))
    refused("honours.help_owed", lambda: publish(listing=listing, by=deputy, at=at(PUBLISH_FROM)))
    assert Verb.PUBLISH not in case(listing.pk).verbs(PUBLISH_FROM)
    refused("people.not_allowed", lambda: say(village, by=village.actor("cadre2")))
    cadre = village.actor("cadre", at(DAY))
    take_help(task=task, helper=Helper(account=village.id("eva2")), by=cadre, at=at(DAY))
    refused("honours.help_owed", lambda: publish(listing=listing, by=deputy, at=at(PUBLISH_FROM)))
    finish_help(task=fresh(task), day=DAY, by=cadre, at=at(DAY))
    listing.refresh_from_db()
    assert listing.mended_said_on == DAY, "somebody goes and sees, as when the home itself says so"
    refused("honours.revisit_first", lambda: publish(listing=listing, by=deputy, at=at(PUBLISH_FROM)))


def test_who_is_published_and_says_it_comes_off_the_same_day(village: Village) -> None:
    _, listing = published(village)
    assert board(village.place, PUBLISH_FROM).findings
    asked = say_cannot_alone(household=home(village), by=household(village, "0201"), at=at(PUBLISH_FROM))
    assert asked.new and asked.taken_off
    listing.refresh_from_db()
    assert (listing.state, listing.ended_on) == ("delisted", PUBLISH_FROM)
    assert PasteTask.objects.get(listing=listing).state == "open"
    assert HelpTask.objects.get().channel == "page" and not board(village.place, PUBLISH_FROM).findings
    assert Step.objects.filter(listing=listing).latest("n").verb == "drop"


def test_twice_a_calendar_year_a_third_is_answered_in_words(village: Village) -> None:
    for n in range(2):
        task = say(village, day=DAY + timedelta(days=n))
        end_help(task=task, by=household(village, "0201"), at=at(DAY + timedelta(days=n)))
    refused("honours.help_asked_out", lambda: say(village, day=date(2026, 12, 31)), most=2)
    assert not own_help(task.household_id, date(2026, 12, 31)).may_ask
    assert say(village, day=date(2027, 1, 4)).state == "open", "a new year starts anew"


def test_who_helps_and_what_is_refused(village: Village) -> None:
    task, cadre = say(village), village.actor("cadre", at(DAY))

    def take(helper: Helper) -> None:
        take_help(task=task, helper=helper, by=cadre, at=at(DAY))

    def done(day: date, helper: Helper | None = None) -> None:
        finish_help(task=task, day=day, helper=helper, by=cadre, at=at(DAY))

    refused("honours.help_one_helper", lambda: take(Helper()))
    refused("honours.help_own_home", lambda: take(Helper(household=task.household_id)))
    refused("honours.help_helper_unknown", lambda: take(Helper(household=uuid7())))
    refused("honours.help_helper_unknown", lambda: take(Helper(account=uuid7())))
    refused("inspections.words_on_character", lambda: take(Helper(words="懒人队")))
    refused(
        "people.not_allowed",
        lambda: take_help(task=task, helper=Helper(words="志愿队"), by=village.actor("eva1"), at=at(DAY)),
    )
    refused("honours.help_one_helper", lambda: done(DAY))
    refused("honours.help_to_come", lambda: done(DAY + timedelta(days=1), Helper(words="志愿队")))
    refused("honours.help_before_asked", lambda: done(DAY - timedelta(days=1), Helper(words="志愿队")))
    refused("honours.help_is_theirs", lambda: end_help(task=task, by=cadre, at=at(DAY)))
    take(Helper(words="组里志愿队"))
    words = HelpWords.objects.get(task=task)
    assert fresh(task).words_sha256 == salted(bytes(words.salt), "组里志愿队")
    assert helper_words(task.village_id) == {task.household_id: "组里志愿队"}
    take(Helper(household=village.homes["0202"].pk))
    assert helper_words(task.village_id) == {task.household_id: "刘大明家"}
    assert not HelpWords.objects.exists() and fresh(task).words_sha256 == ""
    finish_help(task=fresh(task), day=DAY, by=cadre, at=at(DAY))
    for again in (
        lambda: take(Helper(words="别人")),
        lambda: done(DAY),
        lambda: end_help(task=task, by=household(village, "0201"), at=at(DAY)),
    ):
        refused("honours.help_over", again)


def test_late_help_is_the_villages_and_still_owed(village: Village) -> None:
    task = say(village)
    late = task.due + timedelta(days=3)
    assert desk([village.place.path], [], task.due) == {"塔湾村": VillageDesk(owed=1)}
    assert desk([village.place.path], [], late) == {"塔湾村": VillageDesk(owed=1, late=1)}
    assert desk(["WD/02"], [], late) == {}
    own = own_help(task.household_id, late)
    assert own.line is not None and (own.line.late, own.line.state) == (3, HelpState.OPEN)
    assert owed([task.household_id])


def test_a_neighbours_help_earns_a_deed_and_thanks_that_name_nobody(village: Village) -> None:
    task, cadre = say(village), village.actor("cadre", at(DAY))
    helper = village.homes["0101"].pk
    command = uuid7()
    given_ = {
        "task": task,
        "day": DAY,
        "helper": Helper(household=helper),
        "by": cadre,
        "at": at(DAY),
        "command": command,
    }
    deed = finish_help(**given_)
    assert deed is not None and finish_help(**given_) == deed
    row = Deed.objects.select_related("village").get(pk=deed)
    assert (row.help, row.state, row.item, row.household_id) == (task.pk, "proposed", "helping", helper)
    assert confirm_deed(deed=row, by=village.actor("clerk", at(DAY)), at=at(DAY)) == Granted(5, 0)
    assert balance(helper).points == 5
    assert own_help(helper, DAY).thanks == (DAY,) and own_help(task.household_id, DAY).thanks == ()
    second = say(village, "0202")
    assert finish_help(task=second, day=DAY, helper=Helper(household=helper), by=cadre, at=at(DAY)) is None, "one a day"
    assert own_help(helper, DAY).thanks == (DAY, DAY)


def test_a_poor_visit_of_a_care_home_opens_help_at_the_close_and_no_entry(village: Village) -> None:
    care(village, "0201", date(2026, 9, 2))
    say(village, "0202", date(2026, 9, 3))
    closed_round(village, {"0201": given("poor"), "0202": given("poor"), "0203": given("fair")})
    assert not Listing.objects.filter(kind="black").exists()
    tasks = {task.household_id: task for task in HelpTask.objects.all()}
    assert {task.why for task in tasks.values()} == {"care", "asked"} and len(tasks) == 2
    own = tasks[village.homes["0201"].pk]
    assert (own.state, own.since, own.visit.household_id) == ("open", CLOSED, own.household_id)
    closed_round(village, {"0201": given("fair"), "0202": given("good")}, OCTOBER)
    assert set(HelpTask.objects.values_list("state", "ended_by")) == {("ended", "seen")}


def test_care_confirmed_later_takes_the_entry_off_and_opens_help(village: Village) -> None:
    _, listing = published(village)
    cadre = village.actor("cadre", at(PUBLISH_FROM))
    care(village, "0201", PUBLISH_FROM)
    one = case(listing.pk)
    assert one.state(PUBLISH_FROM) is ListingState.DELISTED and one.verbs(PUBLISH_FROM) == ()
    assert not board(village.place, PUBLISH_FROM).findings, "gone by reading before anybody books it"
    assert leave_lists(household=home(village), by=cadre, at=at(PUBLISH_FROM)) == 1
    assert leave_lists(household=home(village), by=cadre, at=at(PUBLISH_FROM)) == 0
    listing.refresh_from_db()
    task = HelpTask.objects.get()
    assert (listing.state, task.why, task.visit_id) == ("delisted", "care", listing.visit_id)
    end_help(task=fresh(task), by=cadre, at=at(PUBLISH_FROM))
    assert fresh(task).ended_by == "said"


def test_a_revisit_that_sees_it_mended_ends_help_nobody_set_out_for(village: Village) -> None:
    _, listing = notified(village)
    task = say(village)
    went = {"looker": village.id("eva1"), "by": village.actor("cadre", at(DAY)), "at": at(DAY)}
    assert revisit(listing=listing, still_poor=False, **went) is ListingState.MENDED
    assert (fresh(task).state, fresh(task).ended_by, fresh(task).ended_on) == ("ended", "seen", DAY)


def test_a_home_left_while_its_entry_runs_ends_it_by_reading_and_the_next_close_books_it(village: Village) -> None:
    _, listing = notified(village)
    cadre = village.actor("cadre", at(TOLD))
    set_lived_in(household=home(village), living=Living.AWAY, by=cadre, at=at(TOLD))
    assert case(listing.pk).state(TOLD) is ListingState.DROPPED
    deputy = village.actor("deputy", at(PUBLISH_FROM))
    refused("honours.not_on_lists", lambda: publish(listing=listing, by=deputy, at=at(PUBLISH_FROM)))
    went = {"looker": village.id("eva1"), "by": cadre, "at": at(TOLD)}
    refused("honours.lapsed", lambda: revisit(listing=listing, still_poor=False, **went))
    assert settle_lapsed(village=village.place, by=cadre, at=at(TOLD)) == 1
    listing.refresh_from_db()
    assert listing.state == "dropped" and not HelpTask.objects.exists()
    red = Listing.objects.get(kind="red", household=village.homes["0101"].pk)
    decline_card(household=home(village, "0101"), by=cadre, at=at(TOLD))
    assert case(red.pk).state(TOLD) is ListingState.DROPPED


def test_help_of_a_home_left_ends_at_the_close(village: Village) -> None:
    task = say(village, day=date(2026, 9, 3))
    take_help(task=task, helper=Helper(words="志愿队"), by=village.actor("cadre"), at=at(date(2026, 9, 4)))
    set_lived_in(household=home(village), living=Living.EMPTY, by=village.actor("cadre"), at=at(date(2026, 9, 5)))
    closed_round(village, {"0202": given("fair")})
    assert (fresh(task).state, fresh(task).ended_by) == ("ended", "out")
