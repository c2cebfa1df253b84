"""Lists and rounds under fire: what is objected to or mended is never published, late marks never lost or half counted.

Every race has its control: the naive pattern, read in one transaction and written in the next, which must lose.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests.lists import CLOSED, LOOKED, PUBLISH_FROM, TOLD, signed
from tests.looks import look_again, revisit
from tests.races.racing import check_control, naively, race
from tests.rounds import Village, at, fill_village, given, mark, opened_round, others, panel
from tests.shop.stalls import open_stall
from tests.worlds import home

from courtyard.honours.actions import close_village, notify, object_to, publish
from courtyard.honours.models import Listing, Objection, PasteTask
from courtyard.honours.queries.entries import standing
from courtyard.honours.rules.states import ListingState, ObjectionChannel
from courtyard.inspections.actions import HomeMarks, enter_marks
from courtyard.inspections.models import Marks, Result, Review
from courtyard.inspections.queries.marks import of_round
from courtyard.kernel.ids import uuid7
from courtyard.points.queries import balance
from courtyard.records.gate import writers_turn

pytestmark = pytest.mark.race
ROUNDS = pytest.mark.parametrize(
    "entries", [pytest.param(4, id="four entries"), pytest.param(40, id="many entries", marks=pytest.mark.long)]
)
CONTROLS = 10
GOOD, POOR = given("good"), given("poor")
WHEN = at(PUBLISH_FROM)


def told(world: Any, entries: int) -> tuple[Village, list[Listing]]:
    """So many poor homes, looked at twice, told on the 22nd, ready to be published on the 30th."""
    village = fill_village(Village(world))
    codes = [f"02{n + 10}" for n in range(entries)]
    for code in codes:
        village.homes[code] = home(world, "WD/01/G02", code, "赵家")
    opened = opened_round(village)
    mark(village, opened, {"0101": GOOD} | dict.fromkeys(codes, POOR), date(2026, 9, 10))
    cadre = village.actor("cadre")
    close_village(closing=opened, by=cadre, at=at(CLOSED))
    found = list(Listing.objects.filter(kind="black").order_by("pk"))
    people = others(opened, village, "0201")[:2]
    for listing in found:
        for person in people:
            look_again(listing=listing, looker=person, still_poor=True, by=cadre, at=at(LOOKED))
        notify(listing=listing, evidence=signed(village, listing), by=cadre, at=at(TOLD))
    return village, found


def publishing(village: Village, listing: Listing) -> Callable[[], Any]:
    return functools.partial(publish, listing=listing, by=village.actor("deputy"), at=WHEN)


@ROUNDS
def test_objection_against_publication(own_world: Any, entries: int) -> None:
    """Whoever is first: the objection is taken, and afterwards nothing stands on the board."""
    village, found = told(own_world, entries)
    keeper = village.actor("keeper")
    for listing in found:
        objecting = functools.partial(
            object_to, listing=listing, channel=ObjectionChannel.SPOKEN, words="不是我家的", by=keeper, at=WHEN
        )
        heat = race([objecting, *[publishing(village, listing)] * 7])
        heat.check_overlap("objection against publication")
        assert sum(heat.codes.values()) >= 6
        assert set(heat.codes) <= {"honours.no_such_step", "honours.second_person"}
        raised = Objection.objects.get(listing=listing)
        listing.refresh_from_db()
        assert listing.state == "objected"
        assert raised.frozen_from == ("published" if listing.published_on else "notified")
        assert PasteTask.objects.filter(listing=listing, state="open").exists() == bool(listing.published_on)
    assert standing(found[0].group_id, "black", PUBLISH_FROM) == []


def stands(listing: Listing, state: str) -> bool:
    """What a look at the entry says."""
    return Listing.objects.get(pk=listing.pk).state == state


def naive_publication(listing: Listing) -> Callable[[], Any]:
    def write() -> None:
        Listing.objects.filter(pk=listing.pk).update(
            state="published", published_on=PUBLISH_FROM, expires_on=PUBLISH_FROM
        )

    return functools.partial(naively, functools.partial(stands, listing, "notified"), write)


def naive_step(listing: Listing, state: str) -> Callable[[], Any]:
    def write() -> None:
        Listing.objects.filter(pk=listing.pk).update(state=state)

    return functools.partial(naively, functools.partial(stands, listing, "notified"), write)


@pytest.mark.parametrize("state", ["objected", "mended"])
def test_without_the_guard_an_ended_or_frozen_entry_is_published(own_world: Any, state: str) -> None:
    """Several believe that they took the one step from "notified": whoever wrote last decides, objection or not."""
    _, found = told(own_world, CONTROLS)
    lost = []
    for listing in found:
        heat = race(
            [*[naive_publication(listing)] * 14, naive_step(listing, state), *[naive_publication(listing)] * 15]
        )
        lost.append(sum(map(bool, heat.answers)) > 1)
    check_control(f"{state} against publication", lost)


@ROUNDS
def test_delisting_against_publication(own_world: Any, entries: int) -> None:
    """What a re-visit found mended is off, whether it was published a moment before or not."""
    village, found = told(own_world, entries)
    cadre = village.actor("cadre")
    person = village.id("eva1")
    for listing in found:
        mending = functools.partial(revisit, listing=listing, looker=person, still_poor=False, by=cadre, at=WHEN)
        heat = race([mending, *[publishing(village, listing)] * 7])
        heat.check_overlap("delisting against publication")
        listing.refresh_from_db()
        assert listing.state == ("delisted" if listing.published_on else "mended")
        assert ListingState(listing.state) in heat.answers
        assert (listing.mended_on, listing.ended_on) == (PUBLISH_FROM, PUBLISH_FROM)
        assert PasteTask.objects.filter(listing=listing).exists() == bool(listing.published_on)
    assert standing(found[0].group_id, "black", PUBLISH_FROM) == []


@pytest.mark.parametrize(
    "homes", [pytest.param(24, id="24 homes"), pytest.param(200, id="200 homes", marks=pytest.mark.long)]
)
def test_a_close_against_marks_still_coming_in(own_world: Any, homes: int) -> None:
    """Each sheet is in the result whole, or waits as late whole: no mark is lost, none is half counted."""
    village = fill_village(Village(own_world))
    for n in range(homes):
        code = f"01{n + 10:03d}"
        village.homes[code] = home(own_world, "WD/01/G01", code, "赵家")
    opened = opened_round(village)
    mark(village, opened, {"0201": GOOD}, date(2026, 9, 10))
    cadre, people = village.actor("cadre"), panel(opened, "0101", village)
    codes = [code for code in village.homes if code.startswith("01")]

    def typing(person: Any, some: list[str]) -> Any:
        sheet = [HomeMarks(village.homes[code].pk, POOR, date(2026, 9, 10)) for code in some]
        return enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(CLOSED))

    sheets = [functools.partial(typing, person, codes[n::4]) for person in people for n in range(4)]
    closing = functools.partial(close_village, closing=opened, by=cadre, at=at(CLOSED))
    heat = race([*sheets[:6], closing, *sheets[6:]])
    heat.check_overlap("close against marks")
    assert not heat.codes
    late = set(Review.objects.filter(reason="late", state="open").values_list("marks_id", flat=True))
    counted = Marks.objects.filter(visit__group=village.homes["0101"].group_id).exclude(pk__in=late)
    assert counted.count() + len(late) == 3 * len(codes)
    for visit, rows in of_round(opened.pk).items():
        raters = sum(row.counts for row in rows)
        result = Result.objects.get(visit=visit)
        assert f'"raters":{raters}' in result.breakdown
    assert Listing.objects.filter(kind="black").count() == sum(
        sum(row.counts for row in rows) == 3 and rows[0].given == POOR.tidy() for rows in of_round(opened.pk).values()
    )


def test_without_the_guard_marks_are_lost_in_the_close(own_world: Any) -> None:
    """The naive close reads the marks, and marks that saw it open are written after: neither counted nor late."""
    village = fill_village(Village(own_world))
    opened = opened_round(village)
    person, visit = panel(opened, "0101", village)[0], opened.visits.order_by("pk")[0]
    lost = []
    for run in range(CONTROLS):
        type(opened).objects.filter(pk=opened.pk).update(state="open", closed=None)
        counted: list[int] = []

        def closing(run: int = run, counted: list[int] = counted) -> None:
            counted.append(Marks.objects.filter(n__gte=100 * run).count())
            with writers_turn(), transaction.atomic():
                type(opened).objects.filter(pk=opened.pk).update(state="closed", closed=CLOSED)

        def typing(n: int, run: int = run) -> None:
            def write() -> None:
                row = Marks(id=uuid7(), visit=visit, evaluator_id=person, n=100 * run + n, presence="kin", values="{}")
                row.estimated_at = row.received_at = WHEN
                row.day, row.by, row.entry = CLOSED, person, uuid7()
                row.save(force_insert=True)

            naively(lambda: type(opened).objects.get(pk=opened.pk).state == "open", write)

        tries = [functools.partial(typing, n) for n in range(29)]
        race([*tries[:15], closing, *tries[15:]])
        lost.append(Marks.objects.filter(n__gte=100 * run).count() > counted[0])
    check_control("close against marks", lost)


def test_one_evaluator_on_many_devices_marks_a_home_once(own_world: Any) -> None:
    """The same values from twenty places are the same marks; other values are all kept, and none counts undecided."""
    village = fill_village(Village(own_world))
    opened = opened_round(village)
    person, cadre = panel(opened, "0101", village)[0], village.actor("cadre")

    def typing(what: Any, code: str) -> Any:
        sheet = [HomeMarks(village.homes[code].pk, what, date(2026, 9, 10))]
        return enter_marks(opened=opened, evaluator=person, sheet=sheet, by=cadre, at=at(CLOSED))

    heat = race([functools.partial(typing, GOOD, "0101")] * 20)
    heat.check_overlap("one evaluator, twenty devices")
    assert set(heat.codes) <= {"inspections.marks_at_once"}
    assert Marks.objects.filter(visit__household=village.homes["0101"]).count() == 1
    race([functools.partial(typing, what, "0102") for what in (GOOD, POOR) * 10])
    [rows] = [rows for rows in of_round(opened.pk).values() if rows[0].household == village.homes["0102"].pk]
    assert len(rows) in (1, 2)
    if len(rows) == 2:
        assert not any(row.counts for row in rows)


def test_a_close_against_the_till(own_world: Any) -> None:
    """Closing takes points' counters and the journal in the till's own order: nobody waits in a ring, nothing is lost."""
    stall = open_stall(own_world, 12, points=100)
    village = fill_village(Village(own_world))
    village.homes |= {home.code: home for home in stall.homes}
    opened = opened_round(village)
    mark(village, opened, {home.code: GOOD for home in stall.homes}, date(2026, 9, 10))
    closing = functools.partial(close_village, closing=opened, by=village.actor("cadre"), at=at(CLOSED))
    sales = [functools.partial(stall.sell, home, (stall.soap, 1)) for home in stall.homes for _ in range(2)]
    heat = race([*sales[:12], closing, *sales[12:]])
    heat.check_overlap("close against the till")
    assert not heat.codes
    assert {balance(home.pk).points for home in stall.homes} == {100 - 20 + 10}
