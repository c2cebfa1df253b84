"""The board: the card's page before the PIN, the household's own pages, the public boards, what nobody sees."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from tests import lists
from tests.doors.asking import bare, behind_its_card, on, twice
from tests.doors.conftest import PIN, Door, sent, text
from tests.lists import PUBLISH_FROM, TOLD
from tests.rounds import OCTOBER, at, closed_round, given

from courtyard.honours.models import Notice, Objection
from courtyard.households.actions import reissue_card
from courtyard.households.models import Household
from courtyard.households.queries import live_card
from courtyard.kernel.days import day_of
from courtyard.outreach.gathering import cards_of
from courtyard.outreach.papers import render
from courtyard.rating.queries import document_of

OWN = ("/me", "/me/rounds", "/me/points", "/me/goods", "/me/rights")
SECRETS = ("王建国", "0101", "塔湾", "1组", "分可以用")


def card(door: Door, code: str = "0101") -> str:
    found = live_card(door.village.homes[code].pk)
    assert found is not None
    return f"/c/{found.token}"


def test_before_the_pin_a_card_tells_nothing(door: Door):
    lists.candidate(door.village)
    page = text(Client().get(card(door)))
    assert "征信卡" in page
    assert "非金融征信,不影响贷款和依法办事" in page
    assert "0722-1234567" in page
    assert 'name="pin"' in page
    told = [secret for secret in (*SECRETS, door.home.short) if secret in page]
    assert told == []
    assert re.findall(r"<input[^>]*name=\"(\w+)\"", page.split("<main")[1].split("</main>")[0]) == [
        "csrfmiddlewaretoken",
        "pin",
    ]


def test_card_and_pin_open_the_home_and_leaving_closes_it(door: Door):
    lists.candidate(door.village)
    phone = Client()
    answer = phone.post(card(door), {"pin": PIN})
    assert (answer.status_code, answer["Location"]) == (302, "/me")
    for page in OWN:
        shown = phone.get(page)
        assert shown.status_code == 200
        assert "王建国" in text(shown)
        assert "0722-1234567" in text(shown)
        assert not [name for name in ("李秀英", "张三丰", "陈桂花", "刘大明", "周小妹") if name in text(shown)]
    assert phone.post("/leave")["Location"] == "/"
    assert phone.get("/me")["Location"].startswith("/card")


def test_the_short_number_opens_it_too(door: Door):
    phone = Client()
    short = door.home.short
    assert phone.post("/card", {"short": f"{short[:3]} {short[3:]}", "pin": PIN})["Location"] == "/me"


def test_unknown_number_wrong_pin_and_locked_are_answered_alike(door: Door):
    known, unknown = door.home.short, "000000"
    wrong = Client().post("/card", {"short": known, "pin": "111222"})
    nobody = Client().post("/card", {"short": unknown, "pin": "111222"})
    nonsense = Client().post("/card", {"short": "abc", "pin": ""})
    phone = Client()
    phone.get("/card")
    for _ in range(5):
        phone.post("/card", {"short": known, "pin": "333444"})
    locked = phone.post("/card", {"short": known, "pin": PIN})
    assert "/me" not in locked.headers.get("Location", ""), "five tries a day and phone"
    pages = {bare(answer, known, unknown, "abc") for answer in (wrong, nobody, nonsense, locked)}
    assert len(pages) == 1
    assert {answer.status_code for answer in (wrong, nobody, nonsense, locked)} == {409}
    for secret in ("111222", PIN):
        assert secret not in text(wrong) + text(locked), "a PIN is never shown again"
    assert Client().post("/card", {"short": known, "pin": PIN})["Location"] == "/me", "another phone is not locked"


def test_a_lost_card_is_dead_at_once(door: Door):
    old, phone = card(door), behind_its_card(door, "0101")
    assert phone.get("/me").status_code == 200
    reissue_card(household=door.home, by=door.village.actor("cadre"), at=at(date(2026, 9, 14), 10))
    assert phone.get("/me").status_code == 302, "the phone that had it open is out"
    dead = Client().get(old)
    assert dead.status_code == 404
    assert "这张卡打不开了" in text(dead)
    assert 'name="pin"' not in text(dead)
    again = Client().post(old, {"pin": PIN})
    assert "/me" not in again.headers.get("Location", "")
    assert Client().get("/c/" + "A" * 26).status_code == 404
    assert bare(Client().get("/c/" + "A" * 26), "A" * 26) == bare(dead, old.removeprefix("/c/"))


def test_reading_the_notice_on_the_own_page_is_the_evidence(door: Door):
    _, listing = lists.confirmed(door.village)
    with on(TOLD):
        phone = behind_its_card(door, "0201")
        page = text(phone.get("/me"))
        order = [page.index(words) for words in ("看到了什么、怎么改", "谁来帮", "不同意怎么办")]
        assert order == sorted(order)
        assert "我看过告知了" in page
        twice(phone, f"/me/read/{listing.pk}")
        assert Notice.objects.get(listing=listing).evidence == "read_on_phone"
        page = text(phone.get("/me"))
        assert "2026年9月30日以前改好,就不公示" in page
        assert "我家改好了,请再来看" in page
        again = phone.post(f"/me/read/{listing.pk}", sent())
        assert again.status_code == 409


def test_a_candidate_is_not_told_before_two_people_looked(door: Door):
    lists.candidate(door.village)
    with on(date(2026, 9, 20)):
        assert "有几处请您改一改" not in text(behind_its_card(door, "0201").get("/me"))


def test_saying_it_is_mended_stops_the_publication(door: Door):
    _, listing = lists.notified(door.village)
    with on(TOLD):
        phone = behind_its_card(door, "0201")
        twice(phone, f"/me/mended/{listing.pk}")
        page = text(phone.get("/me"))
        assert "您说改好了" in page
        assert "我家改好了,请再来看" not in page, "said once is said"
    with on(PUBLISH_FROM):
        assert door.as_("deputy").post(f"/office/lists/{listing.pk}/publish", sent()).status_code == 409


def test_objecting_on_the_own_page_freezes_it(door: Door):
    _, listing = lists.published(door.village)
    with on(PUBLISH_FROM):
        phone = behind_its_card(door, "0201")
        assert "怎么改" in text(Client().get("/g/WD/01"))
        empty = phone.post(f"/me/object/{listing.pk}", sent(words=""))
        assert empty.status_code == 409
        assert "<details" in text(empty)
        assert " open" in text(empty).split("<details")[1].split(">")[0], "the form stays open"
        twice(phone, f"/me/object/{listing.pk}", words="那天在收花生")
        assert "您的意见正在办" in text(phone.get("/me"))
        assert "怎么改" not in text(Client().get("/g/WD/01"))
    assert Objection.objects.get(listing=listing).channel == "page"


def test_another_home_s_entry_does_not_exist(door: Door):
    _, listing = lists.notified(door.village)
    with on(TOLD):
        stranger = behind_its_card(door, "0101")
        for deed in ("read", "mended", "object"):
            assert stranger.post(f"/me/{deed}/{listing.pk}", sent(words="x")).status_code == 404
        assert Client().post(f"/me/object/{listing.pk}", sent(words="x"))["Location"].startswith("/card")
        assert door.as_("cadre").get("/me").status_code == 404, "staff have no home page"
    assert not Objection.objects.exists()


def test_an_open_entry_shows_what_was_seen_in_its_own_round(door: Door):
    _, listing = lists.published(door.village)
    later = given("poor", found=[("courtyard", "c2"), ("rooms", "r2"), ("surroundings", "s2")])
    closed_round(door.village, {**lists.MARKS, "0201": later}, OCTOBER)
    listing.refresh_from_db()
    assert listing.state == "published"
    pictures = document_of(listing.round.version).area("courtyard").pictures
    seen = {picture.code: picture.seen for picture in pictures}
    with on(date(2026, 10, 21)):
        page = text(behind_its_card(door, "0201").get("/me"))
    part = page.split('id="put-right"')[1].split("</section>")[0]
    assert seen["c1"] in part
    assert seen["c2"] not in part


def test_what_was_seen_is_gone_after_twelve_months(door: Door):
    lists.candidate(door.village)
    with on(date(2026, 9, 25)):
        assert "已经按约定删掉" not in text(behind_its_card(door, "0201").get("/me/rounds"))
    with on(date(2027, 9, 1)):
        assert "已经按约定删掉" in text(behind_its_card(door, "0201").get("/me/rounds"))


def test_the_three_marks_are_told_and_never_whose(door: Door):
    closed, _ = lists.candidate(door.village)
    with on(date(2026, 9, 25)):
        page = text(behind_its_card(door, "0201").get("/me/rounds"))
    assert "3 人评「差」" in page
    assert "来的人" in page
    for seat in closed.seats.filter(group=door.village.homes["0201"].group_id).select_related("evaluator"):
        assert page.count(seat.evaluator.name) == 1, "among who came, beside no mark"


def test_the_name_on_the_red_list_is_the_home_s_own_choice(door: Door):
    phone = behind_its_card(door, "0101")
    bad = phone.post("/me/rights", sent(red_name="everywhere"))
    assert bad.status_code == 409
    twice(phone, "/me/rights", red_name="board")
    assert Household.objects.get(pk=door.home.pk).red_name == "board"


def test_who_looked_stands_on_the_own_page(door: Door):
    door.as_("cadre").get(f"/office/households/{door.home.pk}")
    page = text(behind_its_card(door, "0101").get("/me/rights"))
    assert "村干部甲" in page
    assert "村干部甲" not in text(behind_its_card(door, "0102").get("/me/rights"))


def test_red_names_stand_by_consent_and_only_on_the_group_s_own_board(door: Door):
    closed, _ = lists.candidate(door.village)
    twice(behind_its_card(door, "0101"), "/me/rights", red_name="board")
    with on(date(2026, 9, 21)):
        door.as_("deputy").post(f"/office/lists/red/{closed.pk}", sent())
        group, village = text(Client().get("/g/WD/01/G01")), text(Client().get("/g/WD/01"))
    assert "王建国" in group
    assert "李秀英" not in group, "no consent, no name"
    assert "另有 1 户" in group
    assert "王建国" not in village


def test_boards_are_public_and_in_no_index(door: Door):
    _, _listing = lists.published(door.village)
    with on(PUBLISH_FROM):
        for page in ("/", "/v/WD/01", "/g/WD/01", "/g/WD/01/G02", "/rules/WD/01", "/privacy", "/card"):
            answer = Client().get(page)
            assert answer.status_code == 200, page
            assert "noindex" in answer["X-Robots-Tag"]
            assert '<meta name="robots" content="noindex' in text(answer)
            assert not [name for name in ("陈桂花", "刘大明", "0201") if name in text(answer)], page
        for page in ("/v/WD/09", "/v/WD", "/g/WD", "/g/WD/01/G09", "/rules/WD/02", "/rules/WD/01/G01"):
            assert Client().get(page).status_code == 404, page


def test_a_board_is_kept_until_something_of_its_village_is_written(door: Door, django_assert_max_num_queries):
    lists.published(door.village)
    with on(PUBLISH_FROM):
        first = bare(Client().get("/g/WD/01"))
        with django_assert_max_num_queries(5):
            assert bare(Client().get("/g/WD/01")) == first
    with on(PUBLISH_FROM + timedelta(days=40)):
        assert bare(Client().get("/g/WD/01")) != first, "midnight changes the key"


@pytest.mark.parametrize("page", OWN)
def test_without_a_card_the_own_pages_ask_for_one(page: str, door: Door):
    assert Client().get(page)["Location"].startswith("/card")


def test_the_code_on_the_printed_card_opens_its_page(door: Door):
    files = list(cards_of(door.village.place, day_of(at(date(2026, 9, 14)))))
    sheet = pypdfium2.PdfDocument(render("cards", files[0]).pdf)
    found = [
        code.text
        for n in range(len(sheet))
        for code in zxingcpp.read_barcodes(sheet[n].render(scale=200 / 72).to_pil())
    ]
    assert len(found) == len(set(found)) == len(door.village.homes)
    for address in found:
        answer = Client().get(urlsplit(address).path)
        assert answer.status_code == 200
        assert 'name="pin"' in text(answer)
    assert card(door) in {urlsplit(address).path for address in found}
