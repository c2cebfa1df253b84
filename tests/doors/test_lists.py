"""The lists' desk: the black list's steps, notices, objections, the red list's second person, papers, the wall."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from tests import lists
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.lists import CLOSED, EXPIRES, LOOKED, PUBLISH_FROM, TOLD
from tests.looks import pressed

from courtyard.honours.models import Listing, Objection, PasteTask, Step
from courtyard.inspections.models import Result
from courtyard.kernel.ids import uuid7
from courtyard.outreach.models import Artefact

LISTS = "/office/lists"
BOARD = "/g/WD/01"  # group G02 is too small for findings of its own: they stand on the village's board
MENDING = "怎么改"


def url(listing: Listing, deed: str = "") -> str:
    return f"{LISTS}/{listing.pk}" + (f"/{deed}" if deed else "")


def look(door: Door, closed: Any, listing: Listing, n: int, *, still_poor: bool = True) -> dict[str, Any]:
    return {"looker": str(lists.lookers(door.village, closed)[n]), **pressed(listing, still_poor=still_poor)}


def test_from_the_candidate_to_the_wall_and_off_again(door: Door):
    closed, listing = lists.candidate(door.village)
    with on(LOOKED):
        cadre = door.as_("cadre")
        assert "请两人复看" in text(cadre.get(LISTS))
        for n in (0, 1):
            twice(cadre, url(listing, "look"), **look(door, closed, listing, n))
        page = text(cadre.get(url(listing)))
        assert "复看属实" in page
        assert "记下告知" in page, "the one thing to press"
    with on(TOLD):
        cadre = door.as_("cadre")
        twice(
            cadre,
            url(listing, "notice"),
            kind="counterfoil",
            day="2026-09-22",
            serial=lists.signed(door.village, listing).serial,
        )
        assert "最早 2026年9月30日可以公示" in text(cadre.get(url(listing)))
        assert "等公示日" in text(cadre.get(LISTS))
        early = door.as_("deputy").post(url(listing, "publish"), sent())
        assert early.status_code == 409
    with on(PUBLISH_FROM):
        cadre, deputy = door.as_("cadre"), door.as_("deputy")
        own = cadre.post(url(listing, "publish"), sent())
        assert own.status_code == 409, "whoever brought it this far does not publish it"
        assert MENDING not in text(door.as_("nobody").get(BOARD))
        assert "写到哪里:只写事不写人。" in text(deputy.get(url(listing))), "before it is pressed"
        twice(deputy, url(listing, "publish"))
        board = text(door.as_("nobody").get(BOARD))
        assert MENDING in board
        assert "陈桂花" not in board, "what, never who"
    with on(PUBLISH_FROM + timedelta(days=2)):
        cadre = door.as_("cadre")
        twice(cadre, url(listing, "mended"))
        assert "上门看改好没有" in text(cadre.get(LISTS))
        looker = str(lists.lookers(door.village, closed)[0])
        twice(cadre, url(listing, "revisit"), looker=looker, **pressed(listing, still_poor=False))
        board = text(door.as_("nobody").get(BOARD))
        assert MENDING not in board, "off the page in the same moment"
        assert "已整改" in text(cadre.get(LISTS))
        task = PasteTask.objects.get(state="open")
        twice(cadre, f"{LISTS}/paste/{task.pk}")
        assert "今天没有要办的" in text(cadre.get(LISTS))
    listing.refresh_from_db()
    assert listing.state == "delisted"


def test_one_person_who_sees_it_is_not_poor_ends_it(door: Door):
    closed, listing = lists.candidate(door.village)
    with on(LOOKED):
        cadre = door.as_("cadre")
        twice(cadre, url(listing, "look"), **look(door, closed, listing, 0, still_poor=False))
        page = text(cadre.get(url(listing)))
        assert "这件事已经了结" in page
        assert 'class="act"' not in page, "nothing is left to press"
        assert "打印告知书" not in page


def test_who_looks_is_chosen_and_not_preset(door: Door):
    _, listing = lists.candidate(door.village)
    with on(LOOKED):
        cadre = door.as_("cadre")
        page = text(cadre.get(url(listing)))
        assert '<option value="">请选</option>' in page
        answer = cadre.post(url(listing, "look"), sent(looker="", **pressed(listing, still_poor=True)))
        assert answer.status_code == 409
        assert "谁去看的" in text(answer)
        assert Step.objects.filter(listing=listing).count() == 1


def test_a_notice_by_two_visits_on_two_days(door: Door):
    closed, listing = lists.confirmed(door.village)
    people = [str(one) for one in lists.lookers(door.village, closed)]
    with on(date(2026, 9, 24)):
        cadre = door.as_("cadre")
        fields = {"kind": "two_visits", "day": "2026-09-24", "first_day": "2026-09-24", "serial": ""}
        fields |= {"person_1": people[0], "person_2": people[1]}
        same_day = cadre.post(url(listing, "notice"), sent(**fields, phoned="yes"))
        assert same_day.status_code == 409
        page = text(same_day)
        assert 'role="alert"' in page
        assert 'value="2026-09-24"' in page, "what was typed is kept"
        assert all(f'value="{person}" selected' in page for person in people)
        fields["first_day"] = "2026-09-22"
        twice(cadre, url(listing, "notice"), **fields, phoned="yes")
        assert "两人两次上门留单并打电话" in text(cadre.get(url(listing)))


def test_a_counterfoil_needs_its_number(door: Door):
    _, listing = lists.confirmed(door.village)
    with on(TOLD):
        answer = door.as_("cadre").post(
            url(listing, "notice"), sent(kind="counterfoil", day="2026-09-22", serial="", first_day="")
        )
    assert answer.status_code == 409
    assert 'value="counterfoil" checked' in text(answer)
    listing.refresh_from_db()
    assert listing.state == "confirmed"


def test_nobody_at_the_desk_says_it_was_read_on_the_phone(door: Door):
    _, listing = lists.confirmed(door.village)
    with on(TOLD):
        cadre = door.as_("cadre")
        assert "手机上看过" not in text(cadre.get(url(listing)))
        answer = cadre.post(url(listing, "notice"), sent(kind="read_on_phone", day="2026-09-22"))
    assert answer.status_code == 409


def test_never_got_it_starts_the_clock_again(door: Door):
    _, listing = lists.published(door.village)
    with on(PUBLISH_FROM + timedelta(days=1)):
        cadre = door.as_("cadre")
        twice(cadre, url(listing, "not-received"))
        assert MENDING not in text(door.as_("nobody").get(BOARD))
        assert "复看属实" in text(cadre.get(url(listing)))


@pytest.mark.parametrize("channel", ["spoken", "paper", "phone", "proxy"])
def test_an_objection_by_any_way_stops_it(door: Door, channel: str):
    _, listing = lists.published(door.village)
    with on(PUBLISH_FROM):
        cadre = door.as_("cadre")
        empty = cadre.post(url(listing, "objection"), sent(channel=channel, words=""))
        assert empty.status_code == 409
        assert f'value="{channel}" checked' in text(empty)
        twice(cadre, url(listing, "objection"), channel=channel, words="那天在收花生")
        assert MENDING not in text(door.as_("nobody").get(BOARD)), "frozen at once"
        page = text(cadre.get(url(listing)))
        assert "那天在收花生" in page
        assert "由镇里或监督员答复" in page
        assert 'id="step-decide"' not in page


def objected(door: Door) -> tuple[Listing, Objection]:
    _, listing = lists.notified(door.village)
    return listing, lists.objection(door.village, listing)


def test_the_town_answers_that_it_stands(door: Door):
    listing, _ = objected(door)
    with on(date(2026, 9, 24)):
        assert door.as_("cadre").post(url(listing, "decide"), sent(upheld="no", reasons="x")).status_code == 404
        clerk = door.as_("clerk")
        empty = clerk.post(url(listing, "decide"), sent(**{"upheld": "yes", "area-rooms": "good", "reasons": ""}))
        assert empty.status_code == 409
        assert 'value="yes" checked' in text(empty) and '<option value="good" selected>' in text(empty), "kept"
        twice(clerk, url(listing, "decide"), upheld="no", reasons="照片和两次复看都一致")
        other = clerk.post(url(listing, "decide"), sent(upheld="yes", reasons="再想想"))
        assert other.status_code == 409, "decided is decided"
    listing.refresh_from_db()
    assert listing.state == "notified"
    assert Objection.objects.get().state == "dismissed"


def test_the_town_answers_that_it_was_wrong(door: Door):
    listing, _ = objected(door)
    with on(date(2026, 9, 24)):
        clerk = door.as_("clerk")
        page = text(clerk.get(url(listing)))
        assert "最晚" in page
        assert 'name="area-courtyard"' in page
        values = {"area-courtyard": "good", "area-rooms": "good", "area-surroundings": "good"}
        twice(clerk, url(listing, "decide"), upheld="yes", reasons="看错了一家", **values)
    listing.refresh_from_db()
    assert listing.state == "overturned"
    standing = Result.objects.get(visit=listing.visit_id, superseded_by=None)
    assert (standing.grade, standing.supersedes_id is not None) == ("good", True)


def test_not_taken_further_with_its_reason(door: Door):
    _, listing = lists.candidate(door.village)
    with on(LOOKED):
        cadre = door.as_("cadre")
        assert cadre.post(url(listing, "drop"), sent(reasons="")).status_code == 409
        twice(cadre, url(listing, "drop"), reasons="家里老人住院")
        assert "家里老人住院" in text(cadre.get(url(listing)))
    listing.refresh_from_db()
    assert listing.state == "dropped"


def test_expiry_holds_when_the_page_is_read(door: Door):
    _, listing = lists.published(door.village)
    with on(EXPIRES):
        assert MENDING in text(door.as_("nobody").get(BOARD))
    with on(EXPIRES + timedelta(days=1)):
        assert MENDING not in text(door.as_("nobody").get(BOARD))
        assert "贴「已整改」" in text(door.as_("cadre").get(LISTS)), "the wall is still to be cleared"
    listing.refresh_from_db()
    assert listing.state == "published", "no job ran: reading decided"


def test_the_red_list_waits_for_a_second_person(door: Door):
    closed, _ = lists.candidate(door.village)
    page = f"{LISTS}/red/{closed.pk}"
    reds = Listing.objects.filter(round=closed, kind="red")
    left = reds.get(household__code="0102")
    with on(LOOKED):
        deputy = door.as_("deputy")
        assert "红榜等第二个人确认" in text(deputy.get(LISTS))
        asked = text(deputy.get(page))
        assert "王建国" in asked
        assert "确认并公示红榜" in asked
        same = door.as_("cadre").post(page, sent())
        assert same.status_code == 409, "whoever closed the round does not confirm its red list"
        bad = deputy.post(page, sent(leave_out="x"))
        assert bad.status_code == 409
        twice(deputy, page, leave_out=str(left.pk))
        assert "确认并公示红榜" not in text(deputy.get(page))
        assert deputy.get(url(reds.first())).status_code == 404, "a red entry has no steps to take"
    left.refresh_from_db()
    assert left.state != "published"
    assert reds.filter(state="published").count() == reds.count() - 1


def test_another_village_s_lists_are_none_of_theirs(door: Door):
    closed, listing = lists.notified(door.village)
    with on(TOLD):
        for who in ("cadre2", "eva7", "keeper2"):
            stranger = door.as_(who)
            assert stranger.get(url(listing)).status_code == 404
            assert stranger.get(f"{LISTS}/red/{closed.pk}").status_code == 404
            assert stranger.get(url(listing, "notice.pdf")).status_code == 404
            assert stranger.get(f"{LISTS}/boards/{door.village.place.pk}").status_code == 404
            for deed in (
                "look",
                "drop",
                "notice",
                "not-received",
                "objection",
                "decide",
                "publish",
                "mended",
                "revisit",
            ):
                assert stranger.post(url(listing, deed), sent()).status_code == 404, (who, deed)
        page = text(door.as_("cadre2").get(LISTS))
        assert "今天没有要办的" in page
        assert "陈桂花" not in page
        assert door.as_("cadre").get(f"{LISTS}/{uuid7()}").status_code == 404


def test_letters_and_slips_print(door: Door):
    closed, listing = lists.confirmed(door.village)
    with on(TOLD):
        cadre = door.as_("cadre")
        for paper in ("notice.pdf", "slip.pdf"):
            assert cadre.get(url(listing, paper)).status_code == 409, "outreach.notice_without_serial"
        answer = twice(cadre, url(listing, "notice-slip"))
        assert answer.url == url(listing, "notice.pdf")
        kept = Artefact.objects.get(paper="notice")
        assert kept.subject == listing.pk, "what the notice said can be proved"
        twice(cadre, f"/office/rounds/{closed.pk}/slips/print")
        for paper in ("notice.pdf", "slip.pdf"):
            sheet = pypdfium2.PdfDocument(cadre.get(url(listing, paper)).content)
            words = sheet[0].get_textpage().get_text_range()
            assert "陈桂花" in words, paper
            assert "0722-1234567" in words, paper


def test_posters_print_and_a_black_list_is_never_a_picture(door: Door):
    _, _listing = lists.published(door.village)
    board = f"{LISTS}/boards/{door.village.place.pk}"
    with on(PUBLISH_FROM):
        cadre = door.as_("cadre")
        page = text(cadre.get(board))
        assert "红榜图片" in page
        assert "待整改图片" not in page
        watching = door.as_("supervisor").get(board)
        assert watching.status_code == 200
        assert f"{board}/" not in text(watching), "whoever prints nothing is shown no link that leads nowhere"
        for paper in ("red_poster", "black_poster", "group_board"):
            words = pypdfium2.PdfDocument(cadre.get(f"{board}/{paper}.pdf").content)[0].get_textpage()
            assert "陈桂花" not in words.get_text_range(), paper
        assert cadre.get(f"{board}/group_board.png").content.startswith(b"\x89PNG")
        assert cadre.get(f"{board}/black_poster.png").status_code == 404
        assert cadre.get(f"{board}/other.pdf").status_code == 404
        assert cadre.get(f"{board}/red_poster.svg").status_code == 404


def test_the_day_a_paste_is_somebody_else_s_business(door: Door):
    _, listing = lists.published(door.village)
    with on(PUBLISH_FROM + timedelta(days=1)):
        cadre = door.as_("cadre")
        looker = str(lists.lookers(door.village, listing.round)[0])
        cadre.post(url(listing, "revisit"), sent(looker=looker, **pressed(listing, still_poor=False)))
        task = PasteTask.objects.get(state="open")
        assert door.as_("cadre2").post(f"{LISTS}/paste/{task.pk}", sent()).status_code == 404
        assert PasteTask.objects.get(pk=task.pk).state == "open"
    assert CLOSED < LOOKED
