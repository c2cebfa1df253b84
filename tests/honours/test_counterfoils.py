"""Counterfoils booked, many in one act: notices proved, entries frozen, help called; a bad row keeps none back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.lists import CLOSED, LOOKED, PUBLISH_FROM, TOLD, confirmed, notified, published, refused
from tests.rounds import SEPTEMBER, Village, at, closed_round, given, mark, opened_round
from tests.worlds import home

from courtyard.honours.actions.counterfoils import Row, book_counterfoils
from courtyard.honours.actions.slips import print_notice, print_pad, print_slips
from courtyard.honours.models import Counterfoil, GradeObjection, HelpTask, Listing, Objection, Slip
from courtyard.honours.queries.slips import by_group, how_far, pad_serials, pads, serials_of
from courtyard.honours.rules.slips import Outcome, Ticks, Typed, serial_of
from courtyard.inspections.models import Round
from courtyard.kernel.ids import uuid7
from courtyard.records.models import Entry

WALKED = SEPTEMBER.replace(day=12)
RECEIVED, DISAGREES, ALONE = Ticks(True), Ticks(True, True), Ticks(True, False, True)


def book(village: Village, *rows: Typed, day: date = TOLD, by: str = "cadre", **more: Any) -> list[Row]:
    actor = village.actor(by, at(day))
    return book_counterfoils(village=village.place, rows=rows, day=day, by=actor, at=at(day, 15), **more)


def told(row: Row) -> list[str]:
    return [one.value for one in row.outcomes]


def marked(village: Village) -> Round:
    """The September round, still open: two homes where something was seen."""
    opened = opened_round(village)
    poor = given("fair", found=[("courtyard", "c1")])
    mark(village, opened, {"0101": poor, "0102": given("good"), "0201": poor}, SEPTEMBER.replace(day=10))
    return opened


def slip(village: Village, opened: Round, code: str) -> str:
    return serials_of(opened.pk, household=village.homes[code].pk)[
        Slip.objects.get(household=village.homes[code]).visit_id
    ]


def printed(village: Village, opened: Round, day: date = WALKED) -> int:
    return print_slips(opened=opened, by=village.actor("cadre", at(day)), at=at(day))


def test_slips_are_registered_once_before_the_close(village: Village) -> None:
    opened = marked(village)
    assert how_far(opened.pk) == (2, 0, 0)
    first = village.world["WD/01/G01"]
    cadre = village.actor("cadre")
    assert print_slips(opened=opened, group=first, by=cadre, at=at(SEPTEMBER.replace(day=11))) == 1
    assert printed(village, opened) == 1, "the other group's; the first one keeps its serial"
    assert printed(village, opened) == 0
    assert how_far(opened.pk) == (0, 2, 0)
    rows = by_group(opened.pk)
    assert [(row.group.name, row.wanted, row.printed, row.missing, row.back) for row in rows] == [
        ("1组", 1, 1, 0, 0), ("2组", 1, 1, 0, 0),
    ]  # fmt: skip
    refused("people.not_allowed", lambda: print_slips(opened=opened, by=village.actor("cadre2"), at=at(TOLD)))


def test_received_on_a_notice_is_its_evidence(village: Village) -> None:
    closed, listing = confirmed(village)
    serial = print_notice(listing=listing, by=village.actor("cadre", at(TOLD)), at=at(TOLD, 8))
    [row] = book(village, Typed(serial, RECEIVED))
    assert told(row) == ["kept", "told"]
    listing.refresh_from_db()
    assert (listing.state, listing.notified_on, listing.publish_from) == ("notified", TOLD, PUBLISH_FROM)
    [again] = book(village, Typed(serial, RECEIVED))
    assert told(again) == ["same"]
    [more] = book(village, Typed(serial, DISAGREES))
    assert told(more) == ["kept", "frozen"], "what is new is added, what was said stands"
    [less] = book(village, Typed(serial, RECEIVED))
    assert told(less) == ["less"]
    assert [(one.n, one.disagrees) for one in Counterfoil.objects.order_by("n")] == [(1, False), (2, True)]
    assert Objection.objects.get(listing=listing).frozen_from == "notified"


def test_everything_ticked_at_once_on_a_notice(village: Village) -> None:
    closed, listing = confirmed(village)
    serial = print_notice(listing=listing, by=village.actor("cadre", at(TOLD)), at=at(TOLD, 8))
    [row] = book(village, Typed(serial, Ticks(True, True, True)))
    assert told(row) == ["kept", "told", "frozen", "help"]
    objection = Objection.objects.get(listing=listing)
    assert (objection.channel, objection.frozen_from, objection.state) == ("paper", "notified", "open")
    assert HelpTask.objects.get(household=village.homes["0201"]).listing_id == listing.pk


def test_a_notice_that_is_not_waited_for_keeps_its_paper(village: Village) -> None:
    closed, listing = notified(village)
    spare = print_notice(listing=listing, by=village.actor("cadre", at(TOLD)), at=at(TOLD, 16))
    [row] = book(village, Typed(spare, RECEIVED))
    assert told(row) == ["kept", "not_told"]
    assert Counterfoil.objects.filter(slip__serial=spare).exists()


def test_a_counterfoil_dated_before_its_print_proves_nothing(village: Village) -> None:
    closed, listing = confirmed(village)
    serial = print_notice(listing=listing, by=village.actor("cadre", at(LOOKED)), at=at(LOOKED, 18))
    [row] = book(village, Typed(serial, RECEIVED), day=CLOSED)
    assert row.problem is not None and row.problem.code == "honours.counterfoil_too_early"
    listing.refresh_from_db()
    assert listing.state == "confirmed"


def test_disagreeing_on_a_slip_freezes_the_entry_that_stands(village: Village) -> None:
    closed, listing = published(village)
    printed(village, closed, PUBLISH_FROM)
    serial = Slip.objects.get(kind="findings", household=village.homes["0201"]).serial
    [row] = book(village, Typed(serial, DISAGREES), day=PUBLISH_FROM)
    assert told(row) == ["kept", "frozen"]
    assert Listing.objects.get(pk=listing.pk).state == "objected"
    notice = print_notice(listing=listing, by=village.actor("cadre", at(PUBLISH_FROM)), at=at(PUBLISH_FROM, 8))
    [second] = book(village, Typed(notice, Ticks(False, True)), day=PUBLISH_FROM)
    assert told(second) == ["kept", "frozen_before"]


def test_disagreeing_where_no_entry_is_open_waits_for_an_answer(village: Village) -> None:
    opened = marked(village)
    printed(village, opened)
    serial = slip(village, opened, "0101")
    [row] = book(village, Typed(serial, DISAGREES))
    assert told(row) == ["kept", "questioned"]
    found = GradeObjection.objects.get(household=village.homes["0101"])
    assert (found.channel, found.state, found.visit.round_id) == ("paper", "open", opened.pk)
    pad = print_pad(opened=opened, count=2, by=village.actor("cadre"), at=at(SEPTEMBER.replace(day=11)))
    [blank, _] = pad_serials(opened.pk, pad)
    [again] = book(village, Typed(blank, DISAGREES, "0101"))
    assert told(again) == ["kept", "frozen_before"], "one answer is enough"
    GradeObjection.objects.update(state="dismissed", decided_on=TOLD)
    heard = GradeObjection(id=uuid7(), visit=found.visit, household=found.household, village=found.village)
    heard.channel, heard.state, heard.level, heard.raised_on, heard.decided_on = (
        "paper",
        "dismissed",
        "town",
        TOLD,
        TOLD,
    )
    heard.save(force_insert=True)
    [_, last] = pad_serials(opened.pk, pad)
    [third] = book(village, Typed(last, DISAGREES, "0101"))
    assert [one.code for one in third.also] == ["honours.heard_twice"] and third.landed


def test_help_is_called_twice_a_year_and_a_third_time_is_answered(village: Village) -> None:
    opened = marked(village)
    printed(village, opened)
    first = slip(village, opened, "0101")
    pad = print_pad(opened=opened, count=3, by=village.actor("cadre"), at=at(SEPTEMBER.replace(day=11)))
    blank = pad_serials(opened.pk, pad)
    [row] = book(village, Typed(first, ALONE))
    assert told(row) == ["kept", "help"]
    [owed] = book(village, Typed(blank[0], ALONE, "0101"))
    assert told(owed) == ["kept", "help_before"]
    task = HelpTask.objects.get(household=village.homes["0101"])
    assert task.visit.round_id == opened.pk and task.channel == "paper"
    over = {"state": "ended", "ended_on": TOLD, "ended_by": "said"}
    HelpTask.objects.update(**over)
    [second] = book(village, Typed(blank[1], ALONE, "0101"))
    assert told(second) == ["kept", "help"]
    HelpTask.objects.update(**over)
    [third] = book(village, Typed(blank[2], ALONE, "0101"))
    assert third.landed and [one.code for one in third.also] == ["honours.help_asked_out"]


def test_a_blank_slip_is_whose_its_counterfoil_says(village: Village) -> None:
    opened = marked(village)
    cadre = village.actor("cadre")
    group = village.world["WD/01/G01"]
    refused("honours.pad_size", lambda: print_pad(opened=opened, count=0, by=cadre, at=at(TOLD)), most=100)
    refused("honours.pad_size", lambda: print_pad(opened=opened, count=101, by=cadre, at=at(TOLD)))
    pad = print_pad(opened=opened, count=3, group=group, by=cadre, at=at(SEPTEMBER.replace(day=9)))
    blank = pad_serials(opened.pk, pad)
    assert len(set(blank)) == 3
    rows = book(
        village, Typed(blank[0], RECEIVED), Typed(blank[1], RECEIVED, "0102"),
        Typed(blank[2], RECEIVED, village.homes["0103"].short),
    )  # fmt: skip
    assert [row.problem.code if row.problem else "" for row in rows] == ["honours.whose_slip", "", ""]
    assert Counterfoil.objects.get(slip__serial=blank[1]).household == village.homes["0102"]
    [other] = book(village, Typed(blank[1], RECEIVED, "0101"))
    assert other.problem is not None and other.problem.code == "honours.serial_of_other"
    [same] = book(village, Typed(blank[1], RECEIVED))
    assert told(same) == ["same"], "its home is known by now"
    assert [(one.slips, one.back, one.group) for one in pads(opened.pk)] == [(3, 2, "1组")]


def test_bad_rows_are_answered_and_the_others_land_in_one_act(village: Village) -> None:
    opened = marked(village)
    printed(village, opened)
    good = slip(village, opened, "0101")
    clash = slip(village, opened, "0201")
    rows = [
        Typed("12345", RECEIVED), Typed(serial_of(77), RECEIVED), Typed(good, RECEIVED), Typed(clash, RECEIVED),
        Typed(clash, DISAGREES), Typed(good, RECEIVED),
    ]  # fmt: skip
    command, before = uuid7(), Entry.objects.count()
    done = book(village, *rows, command=command)
    codes = [row.problem.code if row.problem else "" for row in done]
    assert codes == ["honours.serial_unsound", "honours.serial_unknown", "", "honours.serial_twice"] + [
        "honours.serial_twice", "",
    ]  # fmt: skip
    assert [told(row) for row in done if row.landed] == [["kept"], ["same"]]
    assert Entry.objects.count() == before + 1
    again = book(village, *rows, command=command)
    assert [(row.serial, row.outcomes, row.problem and row.problem.code) for row in again] == [
        (row.serial, row.outcomes, row.problem and row.problem.code) for row in done
    ]
    assert Counterfoil.objects.count() == 1
    assert "12345" not in Entry.objects.get(verb="honours.book_counterfoils").answer, "no words in what grows"


def test_a_slip_of_another_village(village: Village) -> None:
    opened = marked(village)
    printed(village, opened)
    serial = slip(village, opened, "0101")
    other = village.world["WD/02"]

    def here(by: str) -> str:
        actor = village.actor(by, at(TOLD))
        [row] = book_counterfoils(village=other, rows=[Typed(serial, RECEIVED)], day=TOLD, by=actor, at=at(TOLD))
        assert row.problem is not None
        return row.problem.code

    assert here("cadre2") == "honours.serial_unknown", "to its cadre it does not exist"
    assert here("clerk") == "honours.serial_elsewhere", "whoever sees both villages is told which"
    refused("people.not_allowed", lambda: book(village, Typed(serial, RECEIVED), by="cadre2"))
    refused("people.not_allowed", lambda: book(village, Typed(serial, RECEIVED), by="eva1"))


def test_a_screen_as_a_whole(village: Village) -> None:
    cadre = village.actor("cadre", at(TOLD))

    def whole(rows: list[Typed], day: date) -> Any:
        return book_counterfoils(village=village.place, rows=rows, day=day, by=cadre, at=at(TOLD))

    refused("honours.nothing_typed", lambda: whole([], TOLD))
    refused("honours.counterfoil_to_come", lambda: whole([Typed("1", RECEIVED)], TOLD + timedelta(days=1)))


def test_forty_counterfoils_take_as_many_queries_as_ten(village: Village, django_assert_max_num_queries: Any) -> None:
    codes = [f"01{n}" for n in range(10, 60)]
    for code in codes:
        village.homes[code] = home(village.world, "WD/01/G01", code, "赵家")
    seen = given("fair", found=[("courtyard", "c1")])
    closed = closed_round(village, dict.fromkeys(village.homes, seen))
    printed(village, closed, TOLD)
    serials = list(serials_of(closed.pk).values())

    def queries(rows: list[str]) -> int:
        with django_assert_max_num_queries(60) as found:
            done = book(village, *(Typed(serial, RECEIVED) for serial in rows))
        assert all(row.outcomes == [Outcome.KEPT] for row in done)
        return len(found)

    assert queries(serials[:10]) == queries(serials[10:50])


@pytest.mark.parametrize("state", ["objected", "ended"])
def test_a_notice_is_printed_only_while_somebody_is_to_be_told(village: Village, state: str) -> None:
    closed, listing = notified(village)
    Listing.objects.filter(pk=listing.pk).update(state="mended" if state == "ended" else "notified")
    cadre = village.actor("cadre", at(TOLD))
    if state == "ended":
        refused("honours.notice_not_due", lambda: print_notice(listing=listing, by=cadre, at=at(TOLD)))
    else:
        command = uuid7()
        first = print_notice(listing=listing, by=cadre, at=at(TOLD), command=command)
        assert print_notice(listing=listing, by=cadre, at=at(TOLD), command=command) == first
