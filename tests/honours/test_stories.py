"""A household's way through the black list, and off it: the four stories of DOMAIN §4.2 and §4.3."""

from __future__ import annotations

from datetime import date, timedelta

from tests.lists import (
    EXPIRES,
    LOOKED,
    MARKS,
    PUBLISH_FROM,
    TOLD,
    candidate,
    confirmed,
    lookers,
    notified,
    published,
)
from tests.looks import look_again, revisit
from tests.rounds import OCTOBER, Village, at, closed_round, given, mark, opened_round

from courtyard.honours.actions import (
    close_village,
    decide_objection,
    object_to,
    paste_done,
    publish,
    report_mended,
    settle_lapsed,
)
from courtyard.honours.models import Listing, Look, PasteTask, Step, Words
from courtyard.honours.queries.entries import case, standing
from courtyard.honours.rules.states import ListingState, ObjectionChannel, ObjectionState
from courtyard.inspections.models import Result
from courtyard.kernel.problems import Problem, Refused
from courtyard.points.queries import balance


def test_poor_looked_at_told_published_mended_and_off_the_same_day(village: Village) -> None:
    closed, listing = published(village)
    assert (listing.notified_on, listing.publish_from, listing.published_on) == (TOLD, PUBLISH_FROM, PUBLISH_FROM)
    assert listing.expires_on == EXPIRES
    assert listing.reach == "findings"
    assert [one.listing.pk for one in standing(listing.group_id, "black", PUBLISH_FROM)] == [listing.pk]
    day = date(2026, 10, 9)
    report_mended(listing=listing, by=village.actor("cadre", at(day)), at=at(day))
    looker = lookers(village, closed)[0]
    state = revisit(
        listing=listing, looker=looker, still_poor=False, by=village.actor("cadre", at(day)), at=at(day, 15)
    )
    assert state is ListingState.DELISTED
    assert standing(listing.group_id, "black", day) == []
    listing.refresh_from_db()
    assert (listing.mended_on, listing.ended_on) == (day, day)
    task = PasteTask.objects.get(listing=listing)
    assert (task.state, task.since) == ("open", day)
    paste_done(task=task, by=village.actor("cadre", at(day)), at=at(day, 17))
    assert PasteTask.objects.get(listing=listing).state == "done"
    steps = list(Step.objects.filter(listing=listing).order_by("n").values_list("verb", flat=True))
    assert steps == ["propose", "confirm", "notify", "publish", "say_mended", "mend"]
    assert Look.objects.filter(listing=listing).count() == 3


def test_one_who_finds_it_not_poor_ends_it(village: Village) -> None:
    closed, listing = candidate(village)
    first, second = lookers(village, closed)
    cadre = village.actor("cadre", at(LOOKED))
    assert look_again(listing=listing, looker=first, still_poor=True, by=cadre, at=at(LOOKED)) is ListingState.CANDIDATE
    ended = look_again(listing=listing, looker=second, still_poor=False, by=cadre, at=at(LOOKED))
    assert ended is ListingState.DROPPED
    assert case(listing.pk).state(LOOKED) is ListingState.DROPPED


def test_an_objection_upheld_after_publication_puts_everything_right(village: Village) -> None:
    closed, listing = published(village)
    home = village.homes["0201"]
    assert balance(home.pk).points == 0
    day = date(2026, 10, 9)
    raised = object_to(
        listing=listing, channel=ObjectionChannel.SPOKEN, words="柴草是隔壁堆的", by=village.actor("keeper", at(day)),
        at=at(day),
    )  # fmt: skip
    assert standing(listing.group_id, "black", day) == []
    assert PasteTask.objects.get(listing=listing).state == "open"
    assert raised.answer_by == date(2026, 10, 20)
    answered = date(2026, 10, 12)
    done = decide_objection(
        objection=raised, upheld=True, reasons="院里的柴草确实是隔壁的,庭院按好算,周边按中算",
        values={"courtyard": "good", "surroundings": "fair", "rooms": "fair"},
        by=village.actor("supervisor", at(answered)), at=at(answered),
    )  # fmt: skip
    assert done.state == ObjectionState.UPHELD.value
    listing.refresh_from_db()
    assert (listing.state, listing.ended_on) == ("overturned", answered)
    old, new = Result.objects.filter(visit=listing.visit_id).order_by("supersedes")[:2]
    first, second = (old, new) if old.supersedes_id is None else (new, old)
    assert (first.grade, second.grade, second.supersedes_id) == ("poor", "good", first.pk)
    assert second.score_milli == 85_000
    assert balance(home.pk).points == 10
    assert Words.objects.filter(listing=listing).count() == 2


def test_points_of_a_wrong_result_are_taken_back_and_granted_anew(village: Village) -> None:
    """A home that was poor and had earned before keeps what it earned; a re-rated round is booked once, not twice."""
    closed, listing = notified(village)
    other = village.homes["0101"].pk
    before = balance(other).points
    raised = object_to(
        listing=listing, channel=ObjectionChannel.PAPER, words="没有看屋里", by=village.actor("cadre", at(TOLD)),
        at=at(TOLD),
    )  # fmt: skip
    decide_objection(
        objection=raised, upheld=True, reasons="没有进屋,不能评屋里", values=None,
        by=village.actor("supervisor", at(LOOKED)), at=at(TOLD, 15),
    )  # fmt: skip
    result = Result.objects.get(visit=listing.visit_id, superseded_by=None)
    assert (result.grade, result.score_milli) == ("", None)
    assert balance(village.homes["0201"].pk).points == 0
    assert balance(other).points == before


def test_expiry_by_reading(village: Village) -> None:
    closed, listing = published(village)
    assert len(standing(listing.group_id, "black", EXPIRES)) == 1
    assert standing(listing.group_id, "black", EXPIRES + timedelta(days=1)) == []
    assert Listing.objects.get(pk=listing.pk).state == "published"
    after = at(EXPIRES + timedelta(days=1))
    assert settle_lapsed(village=village.place, by=village.actor("cadre", after), at=after) == 4
    assert Listing.objects.get(pk=listing.pk).state == "expired"
    assert PasteTask.objects.get(listing=listing).state == "open"


def test_mended_before_publication_is_never_published(village: Village) -> None:
    closed, listing = notified(village)
    day = date(2026, 9, 25)
    report_mended(listing=listing, by=village.actor("cadre", at(day)), at=at(day))
    try:
        publish(listing=listing, by=village.actor("deputy", at(PUBLISH_FROM)), at=at(PUBLISH_FROM))
    except Refused as refused:
        assert refused.problem == Problem("honours.revisit_first")
    else:
        raise AssertionError("published though a re-visit is owed")
    looker = lookers(village, closed)[0]
    state = revisit(
        listing=listing, looker=looker, still_poor=False, by=village.actor("cadre", at(PUBLISH_FROM)),
        at=at(PUBLISH_FROM, 15),
    )  # fmt: skip
    assert state is ListingState.MENDED
    listing.refresh_from_db()
    assert listing.published_on is None
    assert not PasteTask.objects.filter(listing=listing).exists()


def test_still_poor_at_the_revisit_goes_on(village: Village) -> None:
    closed, listing = notified(village)
    day = date(2026, 9, 25)
    report_mended(listing=listing, by=village.actor("cadre", at(day)), at=at(day))
    looker = lookers(village, closed)[0]
    state = revisit(listing=listing, looker=looker, still_poor=True, by=village.actor("cadre", at(day)), at=at(day, 15))
    assert state is ListingState.NOTIFIED
    publish(listing=listing, by=village.actor("deputy", at(PUBLISH_FROM)), at=at(PUBLISH_FROM))
    assert Listing.objects.get(pk=listing.pk).state == "published"


def test_the_next_round_takes_it_off_where_it_is_not_poor(village: Village) -> None:
    closed, listing = published(village)
    opened = opened_round(village, OCTOBER)
    mark(village, opened, {**MARKS, "0201": given("fair")}, date(2026, 10, 10))
    done = close_village(closing=opened, by=village.actor("cadre", at(date(2026, 10, 20))), at=at(date(2026, 10, 20)))
    listing.refresh_from_db()
    assert (listing.state, listing.mended_on) == ("delisted", date(2026, 10, 20))
    assert done.black == 0
    assert done.taken_off == 4
    reds = Listing.objects.filter(kind="red", round=closed)
    assert set(reds.values_list("state", flat=True)) == {"dropped"}


def test_poor_again_keeps_the_entry_and_makes_no_second(village: Village) -> None:
    closed, listing = published(village)
    again = closed_round(village, MARKS, OCTOBER)
    listing.refresh_from_db()
    assert listing.state == "published"
    assert listing.expires_on == EXPIRES
    assert not Listing.objects.filter(kind="black", round=again).exists()


def test_an_objection_nobody_answers_falls_to_the_household(village: Village) -> None:
    closed, listing = notified(village)
    raised = object_to(
        listing=listing,
        channel=ObjectionChannel.PHONE,
        words="没这回事",
        by=village.actor("cadre", at(TOLD)),
        at=at(TOLD),
    )
    late = raised.answer_by + timedelta(days=1)
    assert case(listing.pk).state(raised.answer_by) is ListingState.OBJECTED
    assert case(listing.pk).state(late) is ListingState.OVERTURNED
    settle_lapsed(village=village.place, by=village.actor("cadre", at(late)), at=at(late))
    raised.refresh_from_db()
    assert (raised.state, raised.decided_by) == ("upheld", None)
    assert Listing.objects.get(pk=listing.pk).state == "overturned"
    assert Result.objects.get(visit=listing.visit_id, superseded_by=None).grade == ""


def test_never_red_and_black_at_once(village: Village) -> None:
    closed, listing = confirmed(village)
    closed_round(village, {**MARKS, "0201": given("good")}, OCTOBER)
    states = dict(Listing.objects.filter(household=village.homes["0201"]).values_list("kind", "state"))
    assert states == {"black": "mended", "red": "candidate"}
