"""Second looks and re-visits as rounds: which walk, whose marks, what waits, what each refusal says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.lists import LOOKED, TOLD, candidate, confirmed, lookers, notified, refused
from tests.looks import revisit, seen_again
from tests.rounds import AWAY, Village, at, given, mark, opened_round

from courtyard.honours import actions
from courtyard.honours.actions import close_spot, close_village, decide_look, plan_revisits, report_mended
from courtyard.honours.actions.looks import AfterLook
from courtyard.honours.models import Listing, Look, LookMarks
from courtyard.honours.queries.looks import mine_to_see, to_see
from courtyard.honours.rules.states import ListingState, LookKind
from courtyard.inspections.actions import decide_review, enter_marks, include_home, set_panel
from courtyard.inspections.actions.marks import HomeMarks
from courtyard.inspections.actions.spot import end_revisits, enter_spot, open_spot
from courtyard.inspections.models import Concern, Marks, Replies, Round, Seat, Visit
from courtyard.inspections.queries.results import last_rated
from courtyard.inspections.queries.revisits import own_agreement, reply_shares
from courtyard.inspections.queries.rounds import desk, latest_round, own_sheets
from courtyard.inspections.rules.marks import Given
from courtyard.inspections.rules.questions import Replied, Reply
from courtyard.kernel.ids import uuid7, visit_id

ALL_YES = Replied(Reply.YES, Reply.YES, Reply.YES)


def look(village: Village, listing: Listing, looker: UUID, *, poor: bool = True, **more: Any) -> AfterLook:
    return actions.look_again(
        listing=listing, looker=looker, seen=seen_again(listing, still_poor=poor), by=village.actor("cadre", at(LOOKED)),
        at=more.pop("when", at(LOOKED)), **more,
    )  # fmt: skip


def test_two_lookers_share_one_visit_and_the_walk_ends_with_them(village: Village) -> None:
    closed, listing = candidate(village)
    first, second = lookers(village, closed)
    look(village, listing, first)
    walk = Round.objects.get(kind="recheck")
    assert (walk.state, walk.opened, walk.version_id) == ("open", LOOKED, closed.version_id)
    look(village, listing, second)
    walk.refresh_from_db()
    assert walk.state == "closed"
    marks = Marks.objects.filter(visit__round=walk)
    assert {one.evaluator_id for one in marks} == {first, second}
    assert {one.visit_id for one in marks} == {visit_id(walk.pk, listing.household_id)}
    assert LookMarks.objects.filter(look__listing=listing).count() == 2
    assert Listing.objects.get(pk=listing.pk).state == "confirmed"


def test_re_visits_are_never_the_months_round(village: Village) -> None:
    closed, listing = confirmed(village)
    place = village.place
    assert latest_round(place.pk) == closed
    assert [row.round for row in desk([place.path], date(2026, 9, 1))] == [closed]
    assert {grade for grade, _ in last_rated(place.pk, date(2026, 10, 1)).values()} == {"good", "fair", "poor"}
    walk = Round.objects.get(kind="recheck")
    cadre, when = village.actor("cadre", at(LOOKED)), at(LOOKED)
    home = village.homes["0201"]
    for doing in (
        lambda: close_village(closing=walk, by=cadre, at=when),
        lambda: set_panel(opened=walk, group=listing.group, evaluators=[], by=cadre, at=when),
        lambda: include_home(opened=walk, household=home, by=cadre, at=when),
        lambda: enter_marks(
            opened=walk, evaluator=lookers(village, closed)[0], sheet=[HomeMarks(home.pk, given("good"))],
            by=cadre, at=when,
        ),
    ):  # fmt: skip
        refused("inspections.not_the_months_round", doing, kind="复查")
    assert own_sheets([place.path], lookers(village, closed)[0]) == []


def test_days_and_areas_of_a_look(village: Village) -> None:
    closed, listing = candidate(village)
    first = lookers(village, closed)[0]
    refused("inspections.day_to_come", lambda: look(village, listing, first, day=LOOKED + timedelta(days=1)))
    refused(
        "inspections.day_before_look", lambda: look(village, listing, first, day=date(2026, 9, 19)),
        household="0201", since="2026-09-20",
    )  # fmt: skip
    assert not Round.objects.filter(kind="recheck").exists(), "what is refused leaves nothing"
    look(village, listing, first, day=LOOKED)


def test_somebody_who_looked_on_an_earlier_walk_has_looked_already(village: Village) -> None:
    closed, listing = candidate(village)
    first = lookers(village, closed)[0]
    look(village, listing, first)
    walk = Round.objects.get(kind="recheck")
    end_revisits(closing=walk, by=village.actor("cadre", at(LOOKED)), at=at(LOOKED))
    later = at(LOOKED + timedelta(days=1))
    refused("honours.looked_already", lambda: look(village, listing, first, when=later))


def test_nobody_at_home_decides_nothing_and_may_be_tried_again(village: Village) -> None:
    closed, listing = notified(village)
    cadre, person = village.actor("cadre", at(TOLD)), lookers(village, closed)[0]
    report_mended(listing=listing, by=cadre, at=at(TOLD))
    away = actions.revisit(listing=listing, looker=person, seen=AWAY, by=cadre, at=at(TOLD, 10))
    assert (away.poor, away.state) == (None, ListingState.NOTIFIED)
    refused(
        "inspections.nobody_replied",
        lambda: actions.revisit(listing=listing, looker=lookers(village, closed)[1], seen=AWAY, replied=ALL_YES,
                                by=cadre, at=at(TOLD, 11)),
    )  # fmt: skip
    seen = seen_again(listing, still_poor=False)
    done = actions.revisit(listing=listing, looker=person, seen=seen, by=cadre, at=at(TOLD, 15))
    assert done.state is ListingState.MENDED
    assert Round.objects.filter(kind="rectify").count() == 1, "the second try is the same visit"


def test_twice_a_day_where_it_says_once_more_that_it_is_mended(village: Village) -> None:
    closed, listing = notified(village)
    cadre, person = village.actor("cadre", at(TOLD)), lookers(village, closed)[0]
    report_mended(listing=listing, by=cadre, at=at(TOLD))
    assert revisit(listing=listing, looker=person, still_poor=True, by=cadre, at=at(TOLD, 10)) is ListingState.NOTIFIED
    report_mended(listing=listing, by=cadre, at=at(TOLD, 14))
    assert revisit(listing=listing, looker=person, still_poor=False, by=cadre, at=at(TOLD, 15)) is ListingState.MENDED
    assert Round.objects.filter(kind="rectify").count() == 2


def test_other_values_on_the_same_walk_wait_and_the_decision_follows(village: Village) -> None:
    closed, listing = notified(village)
    cadre, person = village.actor("cadre", at(TOLD)), lookers(village, closed)[0]
    revisit(listing=listing, looker=person, still_poor=True, by=cadre, at=at(TOLD, 10))
    seen = seen_again(listing, still_poor=False)
    again = actions.revisit(listing=listing, looker=person, seen=seen, by=cadre, at=at(TOLD, 15))
    assert (again.review, again.state) == (True, ListingState.NOTIFIED)
    same = actions.revisit(listing=listing, looker=person, seen=seen, by=cadre, at=at(TOLD, 16))
    assert same.same
    kept = Marks.objects.get(visit__round__kind="rectify", n=2)
    decide = {"visit": kept.visit_id, "evaluator": person, "keep": kept.pk, "at": at(TOLD, 17)}
    refused("inspections.review_own", lambda: decide_look(**decide, by=cadre))
    supervisor = village.actor("supervisor", at(TOLD))
    refused("inspections.decide_as_look", lambda: decide_review(**decide, by=supervisor))
    decide_look(**decide, by=village.actor("supervisor", at(TOLD)))
    listing.refresh_from_db()
    assert (listing.state, listing.ended_on) == ("mended", TOLD)
    refused("inspections.nothing_to_decide", lambda: decide_look(**decide, by=village.actor("supervisor", at(TOLD))))
    refused("honours.not_a_look", lambda: decide_look(
        visit=listing.visit_id, evaluator=person, keep=None, by=village.actor("supervisor", at(TOLD)), at=at(TOLD)
    ))  # fmt: skip


def test_a_second_look_under_review_is_not_one_of_two(village: Village) -> None:
    closed, listing = candidate(village)
    first, second = lookers(village, closed)
    look(village, listing, first)
    assert look(village, listing, first, poor=False).review
    done = look(village, listing, second)
    assert done.state is ListingState.CANDIDATE, "one that counts"
    stood = Marks.objects.get(visit__round__kind="recheck", evaluator=first, n=1)
    decide_look(
        visit=stood.visit_id, evaluator=first, keep=stood.pk, by=village.actor("supervisor", at(LOOKED)), at=at(LOOKED)
    )
    assert Listing.objects.get(pk=listing.pk).state == "confirmed"


def test_a_no_opens_one_concern_and_is_said_once(village: Village) -> None:
    closed, listing = candidate(village)
    first = lookers(village, closed)[0]
    no = Replied(Reply.YES, Reply.NO, Reply.NOT_ASKED)
    look(village, listing, first, replied=no)
    assert look(village, listing, first, replied=no).same
    assert [one.question for one in Concern.objects.all()] == ["slip"]
    refused("inspections.replied_already", lambda: look(village, listing, first, replied=ALL_YES))
    assert Replies.objects.count() == 1
    assert [(one.yes, one.asked) for one in reply_shares(village.place.pk, LOOKED)] == [(1, 1), (0, 1), (0, 0)]


def test_whom_to_see_and_who_may(village: Village) -> None:
    closed, listing = candidate(village)
    assert [(one.kind, one.case.listing.pk) for one in to_see(["WD/01"], LOOKED)] == [(LookKind.SECOND, listing.pk)]
    people = {village.id(f"eva{n}") for n in range(1, 7)}
    may = {person for person in people if mine_to_see(["WD/01"], person, LOOKED)}
    assert may == people - _raters(closed, listing)
    first = lookers(village, closed)[0]
    look(village, listing, first)
    assert mine_to_see(["WD/01"], first, LOOKED) == []


def _raters(closed: Round, listing: Listing) -> set[UUID]:
    return set(Seat.objects.filter(round=closed, group=listing.group_id).values_list("evaluator_id", flat=True))


def test_a_planned_walk_takes_over_what_the_last_one_left(village: Village) -> None:
    closed, listing = candidate(village)
    plan = {"village": village.place, "kind": LookKind.SECOND, "by": village.actor("cadre", at(LOOKED))}
    (first,) = plan_revisits(**plan, at=at(LOOKED))
    (second,) = plan_revisits(**plan, at=at(LOOKED, 15))
    assert Round.objects.get(pk=first.pk).state == "closed"
    assert not _raters(closed, listing) & {seat.evaluator_id for seat in Seat.objects.filter(round=second)}
    for person in lookers(village, closed):
        look(village, listing, person, when=at(LOOKED, 16))
    assert Marks.objects.filter(visit__round=second).count() == 2
    assert Round.objects.get(pk=second.pk).state == "closed"
    refused("honours.nobody_waits", lambda: plan_revisits(**plan, at=at(LOOKED, 17)))
    cadre = village.actor("cadre", at(LOOKED))
    refused("inspections.round_closed", lambda: end_revisits(closing=second, by=cadre, at=at(LOOKED, 17)))
    refused("inspections.not_a_walk", lambda: end_revisits(closing=closed, by=cadre, at=at(LOOKED, 17)))


@pytest.fixture
def spot(village: Village) -> tuple[Round, Visit, UUID]:
    """A spot check of the September round: its home and who goes."""
    candidate(village)
    opened = open_spot(village=village.place, by=village.actor("supervisor", at(TOLD)), at=at(TOLD))
    visit = Visit.objects.select_related("round__village", "round__version", "household").get(round=opened)
    return opened, visit, Seat.objects.get(round=opened).evaluator_id


def test_a_spot_check_and_each_of_its_refusals(village: Village, spot: tuple[Round, Visit, UUID]) -> None:
    opened, visit, goes = spot
    clerk = village.actor("clerk", at(TOLD))
    other = next(village.id(f"eva{n}") for n in range(1, 7) if village.id(f"eva{n}") != goes)

    def enter(who: UUID = goes, day: date | None = None, what: Any = None, **more: Any) -> Any:
        seen = HomeMarks(visit.household_id, what or given("good", "good", "fair"), day)
        return enter_spot(
            visit=visit, evaluator=who, seen=seen, replied=more.get("replied", ALL_YES), by=clerk, at=at(TOLD, 12)
        )

    refused("inspections.spot_stands", lambda: open_spot(village=village.place, by=clerk, at=at(TOLD)))
    refused("inspections.no_closed_round", lambda: open_spot(village=village.world["WD/02"], by=clerk, at=at(TOLD)))
    refused(
        "people.not_allowed", lambda: open_spot(village=village.place, by=village.actor("cadre", at(TOLD)), at=at(TOLD))
    )
    refused("inspections.no_seat", lambda: enter(other), household=visit.household.code)
    refused("inspections.day_to_come", lambda: enter(day=TOLD + timedelta(days=1)))
    refused("inspections.day_before_look", lambda: enter(day=TOLD - timedelta(days=1)))
    refused("inspections.area_missing", lambda: enter(what=Given(values=(("rooms", "good"),))))
    refused("inspections.spot_unseen", lambda: close_spot(closing=opened, by=clerk, at=at(TOLD)), homes=1, seen=0)
    enter()
    assert enter().same
    assert enter(what=given("fair")).review
    refused("inspections.reviews_first", lambda: close_spot(closing=opened, by=clerk, at=at(TOLD)))
    kept = Marks.objects.get(visit=visit, n=1)
    decide_review(visit=visit.pk, evaluator=goes, keep=kept.pk, by=village.actor("supervisor", at(TOLD)), at=at(TOLD))
    before = list(Listing.objects.values_list("pk", "state").order_by("pk"))
    assert close_spot(closing=opened, by=clerk, at=at(TOLD, 15)) == 1
    assert list(Listing.objects.values_list("pk", "state").order_by("pk")) == before, "a spot check only flags"
    refused("inspections.spot_closed", enter)
    refused("inspections.not_a_spot", lambda: close_spot(closing=latest_round(village.place.pk), by=clerk, at=at(TOLD)))
    rater = Marks.objects.filter(visit__household=visit.household_id, visit__round__kind__in=["full", "light"]).first()
    assert rater is not None and sum(one.compared for _, one in own_agreement(rater.evaluator_id)) == 3
    assert own_agreement(goes) == ()


def test_a_group_for_which_nobody_is_free_is_named(village: Village) -> None:
    closed, listing = candidate(village)
    people = {village.id(f"eva{n}") for n in range(1, 7)}
    for group in {home.group_id for home in village.homes.values()}:
        seated = set(Seat.objects.filter(round=closed, group=group).values_list("evaluator_id", flat=True))
        for n, person in enumerate(sorted(people - seated), start=31):
            Seat(id=uuid7(), round=closed, group_id=group, evaluator_id=person, n=n).save(force_insert=True)
    supervisor = village.actor("supervisor", at(TOLD))
    refused("inspections.no_checker", lambda: open_spot(village=village.place, by=supervisor, at=at(TOLD)))


def test_a_round_in_which_nobody_was_rated_has_no_spot_check(village: Village) -> None:
    opened = opened_round(village)
    mark(village, opened, dict.fromkeys(("0101", "0102"), AWAY), date(2026, 9, 10))
    close_village(closing=opened, by=village.actor("cadre", at(date(2026, 9, 20))), at=at(date(2026, 9, 20)))
    supervisor = village.actor("supervisor", at(TOLD))
    refused("inspections.nobody_rated", lambda: open_spot(village=village.place, by=supervisor, at=at(TOLD)))


def test_a_look_from_before_the_rounds_counts_beside_new_marks(village: Village) -> None:
    """A look written before decision 0008 has no marks; it stands as it was sealed."""
    closed, listing = candidate(village)
    first, second = lookers(village, closed)
    old = Look(id=uuid7(), listing=listing, kind="second", looker=first, still_poor=True, day=LOOKED, entry=uuid7())
    old.save(force_insert=True)
    assert look(village, listing, second).state is ListingState.CONFIRMED
