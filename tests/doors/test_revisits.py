"""Re-visits through the doors: an evaluator alone, the three questions, a spot check, a concern the village never sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
import time_machine
from tests import lists
from tests.doors.conftest import Door, sent, text
from tests.looks import pressed
from tests.rounds import at, closed_round, given
from tests.worlds import person

from courtyard.inspections.models import Agreement, Concern, Marks, Round, Seat, Visit
from courtyard.kernel.actors import DutyKind

LIST = "/office/revisits"
NO = {"q-came": "yes", "q-slip": "no", "q-receipts": "not_asked"}
GOOD = {"a-courtyard": "good", "a-rooms": "good", "a-surroundings": "fair"}


def on(day: date) -> Any:
    return time_machine.travel(at(day, 10), tick=True)


def name_of(door: Door, account: Any) -> str:
    return next(name for name, one in door.village.world.accounts.items() if one.pk == account)


def own(listing: Any) -> str:
    return f"{LIST}/entries/{listing.pk}"


def test_an_evaluator_goes_alone_and_the_no_reaches_the_supervisor_only(door: Door) -> None:
    closed, listing = lists.notified(door.village)
    with on(lists.TOLD + timedelta(days=1)):
        cadre, looker = door.as_("cadre"), door.as_(name_of(door, lists.lookers(door.village, closed)[0]))
        assert "刘大明" not in text(looker.get(LIST)) and "陈桂花" not in text(looker.get(LIST))
        cadre.post(f"/office/lists/{listing.pk}/mended", sent())
        assert "户等您去看" in text(looker.get("/office/"))
        page = text(looker.get(own(listing)))
        assert "说好要改的" in page and "差" in page
        answer = looker.post(own(listing), sent(**pressed(listing, still_poor=False), **NO), follow=True)
        assert "改好了,当天了结。" in text(answer)
        listing.refresh_from_db()
        assert (listing.state, listing.ended_on) == ("mended", lists.TOLD + timedelta(days=1))
        concern = Concern.objects.get()
        assert (concern.question, concern.state, concern.village_id) == ("slip", "open", door.village.place.pk)
        walked = Round.objects.get(kind="rectify")
        assert walked.state == "closed", "nobody on this walk waits any more"
        supervisor = door.as_("supervisor")
        assert "1 件答「不是」的等您答复" in text(supervisor.get("/office/"))
        assert listing.household.head in text(supervisor.get("/office/concerns"))
        for who in ("cadre", "deputy", "eva1", "keeper"):
            assert door.as_(who).get("/office/concerns").status_code == 404
            assert door.as_(who).post(f"/office/concerns/{concern.pk}", sent()).status_code == 404
        field = f"words-{concern.pk.hex}"
        assert supervisor.post(f"/office/concerns/{concern.pk}", sent(**{field: ""})).status_code == 409
        once = sent(**{field: "问了两边,单子当天补送到了"})
        for _ in range(2):
            assert supervisor.post(f"/office/concerns/{concern.pk}", once).status_code == 302
        assert "单子当天补送到了" in text(supervisor.get("/office/concerns"))
        assert supervisor.post(f"/office/concerns/{concern.pk}", sent(**{field: "再说一遍"})).status_code == 409


def test_a_supervisor_of_the_village_itself_sees_no_concern(door: Door) -> None:
    closed, listing = lists.candidate(door.village)
    person(door.village.world, "committee", "监委会主任", DutyKind.SUPERVISOR, "WD/01")
    with on(lists.LOOKED):
        looker = door.as_(name_of(door, lists.lookers(door.village, closed)[0]))
        looker.post(own(listing), sent(**pressed(listing, still_poor=True), **NO))
        concern = Concern.objects.get()
        near = door.as_("committee")
        assert "没有人答「不是」" in text(near.get("/office/concerns"))
        assert near.post(f"/office/concerns/{concern.pk}", sent()).status_code == 404


def test_a_second_look_is_blind_and_asks_for_what_was_poor(door: Door) -> None:
    closed, listing = lists.candidate(door.village)
    with on(lists.LOOKED):
        looker = door.as_(name_of(door, lists.lookers(door.village, closed)[0]))
        page = text(looker.get(own(listing)))
        assert "说好要改的" not in page and "复看" in page
        left_out = looker.post(own(listing), sent(**{"a-rooms": "good"}))
        assert left_out.status_code == 409 and "还没有填完" in text(left_out)
        bare = looker.post(
            own(listing), sent(**{f"a-{area}": "poor" for area in ("courtyard", "rooms", "surroundings")})
        )
        assert bare.status_code == 409 and "没有凭据就不能算差" in text(bare)
        away = looker.post(own(listing), sent(whole="not_at_home"), follow=True)
        assert "这次没有看成" in text(away)
        listing.refresh_from_db()
        assert listing.state == "candidate"
        rater = name_of(door, lists.panel_of(door.village, closed))
        assert door.as_(rater).get(own(listing)).status_code == 404, "who rated does not look again"
        assert door.as_("eva7").get(own(listing)).status_code == 404


def test_other_values_wait_and_the_decision_moves_the_entry(door: Door) -> None:
    closed, listing = lists.candidate(door.village)
    with on(lists.LOOKED):
        cadre, first = door.as_("cadre"), str(lists.lookers(door.village, closed)[0])
        look = f"/office/lists/{listing.pk}/look"
        cadre.post(look, sent(looker=first, **pressed(listing, still_poor=True)))
        again = cadre.post(look, sent(looker=first, **pressed(listing, still_poor=False)), follow=True)
        assert "两次都先不算" in text(again)
        listing.refresh_from_db()
        assert listing.state == "candidate"
        supervisor = door.as_("supervisor")
        kept = Marks.objects.get(visit__round__kind="recheck", n=2)
        address = f"/office/reviews/{kept.visit_id}/{first}"
        assert supervisor.post(address, sent(keep=str(kept.pk))).status_code == 302
        listing.refresh_from_db()
        assert listing.state == "dropped", "what was kept is not poor"


def test_a_walk_is_planned_printed_and_ended(door: Door) -> None:
    closed, listing = lists.candidate(door.village)
    with on(lists.LOOKED):
        cadre = door.as_("cadre")
        assert listing.household.head in text(cadre.get(LIST))
        plan = f"{LIST}/plan/{door.village.place.pk}/second"
        assert door.as_("cadre2").post(plan, sent()).status_code == 404
        assert cadre.post(f"{LIST}/plan/{door.village.place.pk}/third", sent()).status_code == 404
        once = sent()
        for _ in range(2):
            assert cadre.post(plan, once).status_code == 302
        walk = Round.objects.get(kind="recheck")
        assert Seat.objects.filter(round=walk).count() == 2
        page = text(cadre.get(f"/office/rounds/{walk.pk}"))
        assert listing.household.head in page and "打印带去填的表" in page
        printed = pypdfium2.PdfDocument(cadre.get(f"/office/rounds/{walk.pk}/sheets.pdf").content)
        assert len(printed) == 4, "a front and a back for each of the two"
        said = printed[0].get_textpage().get_text_range()
        assert "当面问一问" in said and listing.household.head in said
        assert "柴草" not in said, "nothing of what was seen before"
        assert cadre.get(f"/office/rounds/{walk.pk}/close").status_code == 404
        assert cadre.post(f"/office/rounds/{walk.pk}/end", sent()).status_code == 302
        assert Round.objects.get(pk=walk.pk).state == "closed"
        assert cadre.post(f"/office/rounds/{walk.pk}/end", sent()).status_code == 409


@pytest.fixture
def spot(door: Door) -> Any:
    """The September round closed, a spot check drawn by the supervisor."""
    closed_round(door.village, {code: given("good") for code in ("0101", "0102", "0103", "0201", "0202", "0203")})
    with on(date(2026, 9, 22)):
        answer = door.as_("supervisor").post("/office/spots", sent(place=str(door.village.place.pk)))
        assert answer.status_code == 302
        yield Round.objects.get(kind="spot")


def test_a_spot_check_from_the_draw_to_the_public_line(door: Door, spot: Round) -> None:
    visit = Visit.objects.select_related("household").get(round=spot)
    goes = door.as_(name_of(door, Seat.objects.get(round=spot).evaluator_id))
    address, head = f"{LIST}/spots/{visit.pk}", visit.household.head
    assert head in text(goes.get(LIST))
    for who in ("cadre", "deputy"):
        assert head not in text(door.as_(who).get(f"/office/rounds/{spot.pk}")), "the village does not know beforehand"
        assert door.as_(who).get(address).status_code == 404
        assert door.as_(who).get(f"/office/rounds/{spot.pk}/sheets.pdf").status_code == 404
        assert door.as_(who).post(f"/office/rounds/{spot.pk}/end", sent()).status_code == 404
    early = door.as_("clerk").post(f"/office/rounds/{spot.pk}/end", sent())
    assert early.status_code == 409 and "抽到 1 户,记下 0 户" in text(early)
    once = sent(**GOOD, **{"q-came": "yes"})
    for _ in range(2):
        assert goes.post(address, once).status_code == 302
    assert Marks.objects.filter(visit=visit).count() == 1
    clerk = door.as_("clerk")
    assert clerk.post(f"/office/rounds/{spot.pk}/end", sent()).status_code == 302
    assert {(row.area, row.same, row.near, row.far) for row in Agreement.objects.filter(round=spot)} == {
        ("courtyard", 1, 0, 0), ("rooms", 1, 0, 0), ("surroundings", 0, 1, 0),
    }  # fmt: skip
    assert "差一档" in text(clerk.get("/office/spots"))
    public = text(door.as_("nobody").get("/v/WD/01"))
    assert "抽查" in public and head not in public
    late = goes.post(address, sent(**GOOD))
    assert late.status_code == 409 and "已经结束" in text(late)
    assert clerk.post("/office/spots", sent(place=str(door.village.place.pk))).status_code == 409
    assert door.as_("cadre").get("/office/spots").status_code == 404


def test_a_town_draws_for_each_of_its_villages_and_says_which_cannot(door: Door) -> None:
    closed_round(door.village, {code: given("good") for code in ("0101", "0102", "0103", "0201", "0202", "0203")})
    with on(date(2026, 9, 22)):
        clerk = door.as_("clerk")
        answer = clerk.post("/office/spots", sent(place=str(door.village.world["WD"].pk)), follow=True)
        assert "1 个村抽好了" in text(answer)
        assert "石桥村:" in text(answer), "a village without a closed round says why"
        assert [row.village.name for row in Round.objects.filter(kind="spot")] == ["塔湾村"]
