"""Deeds as schemes price them: by weight and dated price, by full units, by head, in two ledgers, only the highest of one
event, half the second time, off points and back; each as a run of the engine counts it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.deeds import DAY, FROM, MORE, TEXT, TODAY, answered, confirm, deed_of, done, record, said
from tests.lists import refused
from tests.rounds import Village, at, make_village

from courtyard.households.actions import confirm_care, propose_care
from courtyard.households.models import Household
from courtyard.households.queries import household_actor
from courtyard.households.rules.states import CareKind
from courtyard.inspections.actions.deed_days import settle_objections
from courtyard.inspections.models import Deed, DeedChange, DeedCount, DeedSaid
from courtyard.inspections.queries.deeds import villages_overdue
from courtyard.inspections.rules.deeds import ChangeKind, Granted
from courtyard.points.models import Award, Deduction, Merit
from courtyard.points.queries import balance
from courtyard.points.queries.merits import standings_of
from courtyard.rating.rules import engine_2, story
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.parsing import check_toml

pytestmark = pytest.mark.long_on_postgres
LATER = date(2026, 9, 30)


@pytest.fixture
def village(db: None) -> Village:
    return make_village(text=TEXT)


def stands(village: Village, code: str = "0101", on: date = LATER) -> tuple[int, int]:
    """Points to be spent, and the honour ledger in thousandths."""
    key = village.homes[code].pk
    return balance(key).points, standings_of(key, on).get("honour", 0)


def document() -> SchemeDocument:
    found = check_toml(TEXT).document
    assert found is not None
    return found


def by_run(code: str = "h", people: int = 1) -> tuple[int, int]:
    """The same two figures by a run of the engine over what stands confirmed in the tables."""
    told = []
    for row in Deed.objects.filter(state="confirmed").order_by("day"):
        mended = row.changes.filter(kind="mended", state="granted").first()
        disputed = row.changes.filter(kind="objection", state="asked").exists()
        told.append(
            story.Deed(
                code, row.day, row.item, amount_milli=row.amount_milli, thing=row.thing, event=row.event,
                recorded=row.proposed, mended=mended.day if mended else None, disputed=disputed,
            )
        )  # fmt: skip
    home = story.Home(code, members=tuple(str(n) for n in range(people)))
    found = engine_2.run(document(), [home], told, LATER)
    return found.balances[code, "points"] // 1000, found.balances[code, "honour"]


def test_what_is_weighed_counts_by_the_price_of_its_day(village: Village) -> None:
    assert done(village, "recycle", amount_milli=6000, thing="carton") == Granted(840, 0), "6 kg at 1.4 元, 100 a yuan"
    assert done(village, "recycle", day=date(2026, 9, 12), amount_milli=6000, thing="carton") == Granted(720, 0)
    assert done(village, "recycle", amount_milli=2700, thing="bottle") == Granted(499, 0), "499.5 loses its half"
    assert done(village, "donate", amount_milli=95_500) == Granted(4, 0), "nine full tens at half a point: 4.5 honour"
    assert done(village, "bulbs", amount_milli=3000) == Granted(6, 0)
    assert stands(village) == by_run() == (2065, 4500)


def test_by_head_in_two_ledgers_and_half_the_second_time(village: Village) -> None:
    people = village.homes["0101"].people
    assert done(village, "planting") == Granted(2 * people, 0)
    assert done(village, "sweep") == Granted(5, 0)
    assert [done(village, "course", day=DAY - timedelta(n)).points for n in (2, 1)] == [4, 2]
    assert stands(village) == by_run(people=people) == (2 * people + 11, 5000)
    until = {count.until for count in DeedCount.objects.filter(deed__item="course")}
    assert until == {date(2027, 9, 8), date(2027, 9, 9)}


def test_of_one_event_only_the_highest_counts_in_whatever_order_it_is_confirmed(village: Village) -> None:
    low = record(village, "sweep", day=DAY, event="7")
    high = record(village, "yard", day=DAY - timedelta(1), event="7")
    assert confirm(village, low) == Granted(5, 0)
    assert confirm(village, high) == Granted(15, 0)
    assert stands(village) == by_run() == (15, 15_000), "the lower one gave back its five"
    assert Award.objects.filter(reverses__isnull=False).count() == 1
    change = said(village, high, ChangeKind.MISTAKEN)
    assert stands(village) == (15, 15_000), "said is not done"
    answered(village, change, granted=True)
    assert stands(village) == by_run() == (5, 5000) and deed_of(high).state == "taken_back"


def test_what_takes_off_waits_for_the_notice_and_never_goes_below_zero(village: Village) -> None:
    done(village, "bulbs", amount_milli=2000)
    deed = record(village, "dumping")
    refused("inspections.deed_told_lately", lambda: confirm(village, deed, FROM - timedelta(1)), day=FROM.isoformat())
    assert confirm(village, deed, FROM) == Granted(-10, 0)
    assert stands(village) == by_run() == (0, 0) and Deduction.objects.get().points == 4
    done(village, "bulbs", day=FROM, today=FROM, amount_milli=5000)
    assert stands(village)[0] == 10, "nothing is owed"
    done(village, "blocking")
    assert stands(village) == (10, -6000) and Merit.objects.count() == 1


def test_put_right_it_counts_what_the_scheme_says_then(village: Village) -> None:
    done(village, "bulbs", amount_milli=20_000)
    deed = record(village, "dumping")
    confirm(village, deed, FROM)
    assert stands(village)[0] == 30
    change = said(village, deed, ChangeKind.MENDED, day=FROM)
    refused("inspections.deed_said_already", lambda: said(village, deed, ChangeKind.MENDED))
    refused(
        "inspections.deed_same_level",
        lambda: answered(village, _by_clerk(village, deed, change), granted=True, who="clerk2"),
    )
    answered(village, change, granted=True)
    assert stands(village) == by_run() == (38, 0), "two taken off in place of ten"
    refused("inspections.deed_answered", lambda: answered(village, change, granted=True))
    refused("inspections.deed_said_already", lambda: said(village, deed, ChangeKind.MENDED))


def _by_clerk(village: Village, deed: object, change: object) -> object:
    DeedChange.objects.filter(pk=change).update(asked_as="town_clerk", asked_by=village.actor("clerk").id)
    return change


def test_an_objection_holds_up_what_waits_and_gives_back_what_was_taken(village: Village) -> None:
    done(village, "bulbs", amount_milli=10_000)
    deed = record(village, "dumping")
    own = household_actor(Household.objects.get(pk=village.homes["0101"].pk))
    first = said(village, deed, ChangeKind.OBJECTION, today=TODAY, by=own, words="那不是我家倒的")
    refused("inspections.deed_objected", lambda: confirm(village, deed, FROM))
    refused("inspections.deed_no_reasons", lambda: answered(village, first, granted=False, words="", day=TODAY))
    answered(village, first, granted=False, words="照片上看得见门牌", day=TODAY + timedelta(1))
    assert confirm(village, deed, FROM) == Granted(-10, 0) and stands(village)[0] == 10
    second = said(village, deed, ChangeKind.OBJECTION, by=own, words="已经清了")
    assert stands(village) == by_run() == (20, 0), "the scheme lets a disputed record wait"
    refused("inspections.deed_answer_own", lambda: answered(village, second, granted=True, who="clerk"))
    late = DeedChange.objects.get(pk=second).answer_by + timedelta(1)
    refused("inspections.deed_answer_late", lambda: answered(village, second, granted=False, day=late))
    answered(village, second, granted=True, day=late)
    assert stands(village) == (20, 0) and deed_of(deed).state == "taken_back"
    assert set(DeedSaid.objects.values_list("part", flat=True)) == {"asked", "answered"}


def test_an_objection_nobody_answered_in_time_is_the_households(village: Village) -> None:
    done(village, "bulbs", amount_milli=10_000)
    deed = record(village, "dumping")
    confirm(village, deed, FROM)
    last = DeedChange.objects.get(pk=said(village, deed, ChangeKind.OBJECTION)).answer_by
    clerk = village.actor("clerk", at(last))
    assert settle_objections(village=village.place, by=clerk, at=at(last)) == 0, "the last day is whole"
    night = last + timedelta(1)
    assert villages_overdue(night) == [village.place] and villages_overdue(last) == []
    assert settle_objections(village=village.place, by=clerk, at=at(night)) == 1
    assert stands(village) == (20, 0) and deed_of(deed).state == "taken_back" and villages_overdue(night) == []
    refused(
        "people.not_allowed", lambda: settle_objections(village=village.place, by=village.actor("eva1"), at=at(night))
    )


def test_an_objection_upheld_before_it_was_confirmed_ends_it(village: Village) -> None:
    deed = record(village, "dumping")
    change = said(village, deed, ChangeKind.OBJECTION, today=TODAY)
    answered(village, change, granted=True, day=TODAY)
    assert deed_of(deed).state == "declined" and not Deduction.objects.exists()


def test_what_cannot_be_recorded_is_said_and_leaves_no_row(village: Village) -> None:
    for code, item, more in (
        ("inspections.deed_how_much", "recycle", {"thing": "carton"}),
        ("inspections.deed_no_price", "recycle", {"amount_milli": 1000, "thing": "iron"}),
        ("inspections.deed_no_price", "recycle", {"amount_milli": 1000, "thing": "bottle", "day": date(2026, 9, 7)}),
        ("inspections.deed_amount", "recycle", {"amount_milli": 0, "thing": "carton"}),
        ("inspections.deed_amount", "recycle", {"amount_milli": 2**63, "thing": "carton"}),
        ("inspections.deed_amount_whole", "bulbs", {"amount_milli": 100}),
        ("inspections.deed_too_little", "donate", {"amount_milli": 9_999}),
        ("inspections.deed_too_much", "recycle", {"amount_milli": 100_000_000, "thing": "carton"}),
        ("inspections.deed_not_counted", "sweep", {"amount_milli": 1000}),
        ("inspections.deed_event", "sweep", {"event": "大扫除"}),
        ("inspections.deed_not_told", "dumping", {"told": None}),
        ("inspections.deed_not_told", "dumping", {"told": DAY - timedelta(1)}),
        ("inspections.deed_no_evidence", "dumping", {"evidence": ""}),
    ):
        refused(code, lambda item=item, more=more: record(village, item, **more))
    care = propose_care(
        household=Household.objects.get(pk=village.homes["0102"].pk), kind=CareKind.ELDER_ALONE,
        by=village.actor("cadre", at(TODAY)), at=at(TODAY),
    )  # fmt: skip
    confirm_care(care=care, confirmed=True, by=village.actor("cadre", at(TODAY)), at=at(TODAY))
    refused("inspections.deed_care", lambda: record(village, "dumping", "0102"), household="0102")
    assert not Deed.objects.exists()


def test_what_cannot_be_said_of_a_deed(village: Village) -> None:
    deed = record(village, "sweep")
    refused("inspections.deed_not_standing", lambda: said(village, deed, ChangeKind.MISTAKEN))
    refused("inspections.deed_takes_nothing", lambda: said(village, deed, ChangeKind.OBJECTION))
    confirm(village, deed)
    refused("inspections.deed_mends_nothing", lambda: said(village, deed, ChangeKind.MENDED))
    refused("inspections.deed_no_reasons", lambda: said(village, deed, ChangeKind.MISTAKEN, words=" "))
    bad = record(village, "dumping")
    confirm(village, bad, FROM)
    day = DAY - timedelta(1)
    refused("inspections.deed_change_day", lambda: said(village, bad, ChangeKind.MENDED, day=day), day=day.isoformat())
    refused("people.not_allowed", lambda: said(village, bad, ChangeKind.MISTAKEN, by=village.actor("eva1", at(FROM))))
    assert not DeedChange.objects.exists()


def test_a_late_record_counts_when_it_arrives_or_not_at_all(db: None) -> None:
    village, october = make_village(text=TEXT), date(2026, 10, 5)
    deed = record(village, "sweep", today=october)
    confirm(village, deed, october)
    assert set(DeedCount.objects.values_list("day", flat=True)) == {october}, "next_round: on the day it arrived"


def test_where_the_scheme_drops_late_records_none_is_taken(db: None) -> None:
    village = make_village(text=TEXT.replace('late = "next_round"', 'late = "dropped"'))
    october = date(2026, 10, 5)
    refused("inspections.deed_late", lambda: record(village, "sweep", today=october), last="2026-09-30")
    assert MORE and not Deed.objects.exists()
