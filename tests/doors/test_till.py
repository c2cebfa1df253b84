"""The till: whose card by photo or number, goods against points, PIN, one receipt, returns by a second person."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests import lists
from tests.doors.asking import twice
from tests.doors.conftest import PIN, Door, sent, text
from tests.households.test_foreign_photo import as_bytes, bomb, qr
from tests.rounds import at, closed_round

from courtyard.households.actions import reissue_card
from courtyard.households.queries import live_card
from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.outreach.gathering import cards_of
from courtyard.outreach.papers import render
from courtyard.points.queries import balance
from courtyard.shop.actions import add_item, make_shop, receive_stock
from courtyard.shop.models import Item, Redemption, Shop, Stock

TODAY = date(2026, 9, 30)


class Till:
    """A stocked shop of village 01 (soap 5, rice 120), a home with 10 points, and its keeper's phone."""

    def __init__(self, door: Door, marks: Any = lists.MARKS) -> None:
        closed_round(door.village, marks)
        clerk, keeper, when = door.village.actor("clerk"), door.village.actor("keeper"), at(date(2026, 9, 14), 8)
        self.door = door
        self.shop: Shop = make_shop(place=door.village.place, name="塔湾积分超市", by=clerk, at=when)
        self.soap: Item = add_item(shop=self.shop, name="肥皂", unit="块", points=5, by=clerk, at=when)
        self.rice: Item = add_item(shop=self.shop, name="大米", unit="袋", points=120, by=clerk, at=when)
        receive_stock(item=self.soap, pieces=3, by=keeper, at=when)
        receive_stock(item=self.rice, pieces=3, by=keeper, at=when)
        self.url = f"/office/till/{self.shop.pk}"
        self.phone = door.as_("keeper")

    @property
    def points(self) -> int:
        return balance(self.door.home.pk).free

    @property
    def pieces(self) -> int:
        return int(Stock.objects.get(pk=self.soap.pk).pieces)

    def token(self) -> str:
        card = live_card(self.door.home.pk)
        assert card is not None
        return str(card.token)

    def photo(self, photo: bytes, phone: Client | None = None) -> Any:
        """Send a photo of a card."""
        file = SimpleUploadedFile("card.jpg", photo, "image/jpeg")
        return (phone or self.phone).post(self.url, {"photo": file})

    def scan(self) -> Any:
        return self.photo(as_bytes(qr(f"{settings.PUBLIC_URL}/c/{self.token()}"), "JPEG"))

    def number(self) -> Any:
        return self.phone.post(self.url, {"short": self.door.home.short})

    def basket(self, soap: str = "", rice: str = "", pin: str = "", **more: Any) -> dict[str, Any]:
        return sent(**{f"pieces-{self.soap.pk}": soap, f"pieces-{self.rice.pk}": rice, "pin": pin}, **more)


def says(code: str) -> str:
    """The sentence of a refusal without facts."""
    return str(say(Problem(code)))


@pytest.fixture
def till(door: Door) -> Till:
    return Till(door)


def test_the_keeper_of_one_shop_is_at_its_till_at_once(till: Till):
    assert till.phone.get("/office/till")["Location"] == till.url
    page = text(till.phone.get(till.url))
    assert "今天还没有人来换" in page
    assert 'capture="environment"' in page


def test_a_card_s_photo_says_the_balance_and_a_number_does_not(till: Till):
    assert till.scan()["Location"] == f"{till.url}/sale"
    page = text(till.phone.get(f"{till.url}/sale"))
    assert "王*" in page
    assert "王建国" not in page
    assert "现在有 10 分" in page
    till.number()
    page = text(till.phone.get(f"{till.url}/sale"))
    assert "现在有" not in page
    assert "不够" in page
    assert "required" in page.split('name="pin"')[1].split(">")[0]


def test_the_printed_card_itself_is_read(till: Till):
    sheet = pypdfium2.PdfDocument(render("cards", next(iter(cards_of(till.door.village.place, TODAY)))).pdf)
    single = next(iter(cards_of(till.door.home.group, TODAY, household=till.door.home.pk)))
    picture = pypdfium2.PdfDocument(render("cards", single).pdf)[0].render(scale=200 / 72).to_pil()
    assert till.photo(as_bytes(picture, "JPEG"))["Location"] == f"{till.url}/sale"
    assert "现在有 10 分" in text(till.phone.get(f"{till.url}/sale"))
    whole = sheet[0].render(scale=200 / 72).to_pil()
    assert "不止一张卡" in text(till.photo(as_bytes(whole, "JPEG")))


def test_goods_against_points_with_one_receipt(till: Till):
    till.scan()
    basket = till.basket(soap="2")
    first = till.phone.post(f"{till.url}/sale", basket)
    assert (first.status_code, till.points, till.pieces) == (302, 0, 1)
    again = till.phone.post(f"{till.url}/sale", basket)
    assert again["Location"] == first["Location"], "the answer was lost: the same receipt, nothing taken twice"
    assert (Redemption.objects.count(), till.points, till.pieces) == (1, 0, 1)
    page = text(till.phone.get(first["Location"]))
    assert "肥皂" in page
    assert "2 块" in page
    assert "营业员甲" in page
    assert "下一位" in page
    assert "今天换了 1 单,共 10 分" in text(till.phone.get(till.url))
    assert till.phone.get(f"{till.url}/sale")["Location"] == till.url, "the next customer starts anew"


def test_points_and_cash_over_the_counter(till: Till):
    """The price says so, the page, the receipt and the day's account say so; what a client sends as a price is nothing."""
    clerk, when = till.door.village.actor("clerk"), at(date(2026, 9, 14), 8)
    towel = add_item(shop=till.shop, name="毛巾", unit="条", points=4, cash_fen=250, by=clerk, at=when)
    receive_stock(item=towel, pieces=3, by=till.door.village.actor("keeper"), at=when)
    till.scan()
    page = text(till.phone.get(f"{till.url}/sale"))
    assert "4 分,另付 2.50 元" in page and 'data-fen="250"' in page
    basket = till.basket(**{f"pieces-{towel.pk}": "2", f"points-{towel.pk}": "1", f"cash-{towel.pk}": "0", "cash": "0"})
    first = till.phone.post(f"{till.url}/sale", basket)
    assert till.phone.post(f"{till.url}/sale", basket)["Location"] == first["Location"]
    assert till.points == 2, "the dated price counts, whatever else was sent"
    receipt = text(till.phone.get(first["Location"]))
    assert "现金(元)" in receipt and ">5</b>" in receipt and "收的 5 元现金当面退还" in receipt
    assert "今天换了 1 单,共 8 分,现金应有 5 元" in text(till.phone.get(till.url))
    day = f"/office/shops/{till.shop.pk}/day"
    assert "收了 8 分,现金应有 5 元" in text(till.phone.get(day))
    assert "这一天没有人来换" in text(till.phone.get(f"{day}?day=2026-09-01"))
    assert till.phone.get(f"{day}?day=昨天").status_code == till.door.as_("keeper2").get(day).status_code == 404


def test_another_basket_under_an_old_command_is_not_taken_for_the_old_one(till: Till):
    till.scan()
    basket = till.basket(soap="1")
    till.phone.post(f"{till.url}/sale", basket)
    other = till.phone.post(f"{till.url}/sale", {**basket, f"pieces-{till.soap.pk}": "2"})
    assert other.status_code == 409
    assert says("shop.nobody_at_the_till") in text(other)
    assert f'action="{till.url}"' in text(other), "the next card may be read from here"
    assert (Redemption.objects.count(), till.points) == (1, 5)


def test_a_typed_number_needs_the_pin(till: Till):
    till.number()
    without = till.phone.post(f"{till.url}/sale", till.basket(soap="1"))
    assert without.status_code == 409
    assert "由户主输入密码" in text(without)
    wrong = till.phone.post(f"{till.url}/sale", till.basket(soap="1", pin="111222"))
    assert wrong.status_code == 409
    assert "号码或密码不对" in text(wrong)
    assert "111222" not in text(wrong)
    assert f'name="pieces-{till.soap.pk}"' in text(wrong)
    assert 'value="1"' in text(wrong), "the basket is kept"
    assert till.points == 10
    assert till.phone.post(f"{till.url}/sale", till.basket(soap="1", pin=PIN)).status_code == 302
    assert till.points == 5


@pytest.mark.parametrize(
    ("soap", "rice", "words"),
    [
        ("", "", "还没有选货品"),
        ("4", "", "只剩 3"),
        ("3", "", "还差 5 分"),
        ("", "1", "不够"),
        ("-1", "", "负数"),
        ("1.5", "", "小数"),
        ("\uff11", "", "全角"),
        ("x", "", "不是整数"),
    ],
)
def test_what_the_till_refuses_takes_nothing(till: Till, soap: str, rice: str, words: str):
    till.scan()
    answer = till.phone.post(f"{till.url}/sale", till.basket(soap=soap, rice=rice, pin=PIN))
    assert answer.status_code == 409
    assert words in text(answer)
    assert (Redemption.objects.count(), till.points, till.pieces) == (0, 10, 3)


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (as_bytes(Image.new("RGB", (640, 480), "white"), "JPEG"), "households.photo_without_code"),
        (as_bytes(qr("https://evil.example.com/c/4UNYQRHDR2Q39K42VH9C4JTG2K")), "households.qr_not_ours"),
        (as_bytes(qr("wxp://f2f0abcdef")), "households.qr_not_ours"),
        (as_bytes(qr(f"{settings.PUBLIC_URL}/c/4UNYQRHDR2Q39K42VH9C4JTG2K")), "households.card_dead"),
        (b"not a picture", "households.photo_unreadable"),
        (bomb(60_000, 60_000), "households.photo_unreadable"),
        (b"<script>alert(1)</script>" + as_bytes(qr("x")), "households.photo_unreadable"),
    ],
    ids=["no code", "foreign host", "pay code", "unknown card", "no image", "bomb", "polyglot"],
)
def test_a_photo_that_is_no_card_is_answered_clearly(till: Till, photo: bytes, code: str):
    answer = till.photo(photo)
    assert answer.status_code == 409
    assert says(code) in text(answer)
    assert till.phone.get(f"{till.url}/sale").status_code == 302, "nobody is at the till"


def test_a_photo_of_two_cards_is_not_guessed_at(till: Till):
    other = live_card(till.door.village.homes["0102"].pk)
    assert other is not None
    both = Image.new("RGB", (900, 420), "white")
    both.paste(qr(f"{settings.PUBLIC_URL}/c/{till.token()}"), (20, 40))
    both.paste(qr(f"{settings.PUBLIC_URL}/c/{other.token}"), (480, 40))
    assert says("households.photo_several_codes") in text(till.photo(as_bytes(both)))


def test_a_photo_too_large_is_refused_in_words(till: Till):
    answer = till.photo(b"\xff\xd8\xff" + bytes(12 * 1024 * 1024))
    assert answer.status_code in (409, 413)
    assert "太大" in text(answer)


def test_a_lost_card_buys_nothing(till: Till):
    till.scan()
    reissue_card(household=till.door.home, by=till.door.village.actor("cadre"), at=at(date(2026, 9, 14), 10))
    answer = till.phone.post(f"{till.url}/sale", till.basket(soap="1"))
    assert answer.status_code == 409
    assert till.points == 10


def test_an_unknown_number_keeps_what_was_typed(till: Till):
    answer = till.phone.post(till.url, {"short": "000000"})
    assert answer.status_code == 409
    assert 'value="000000"' in text(answer)
    assert says("households.short_unknown") in text(answer)


def test_a_return_is_somebody_else_s_and_happens_once(till: Till):
    till.scan()
    receipt = till.phone.post(f"{till.url}/sale", till.basket(soap="2"))["Location"]
    own = till.phone.post(f"{receipt}/return", sent())
    assert own.status_code == 409
    assert "由另一个人来办" in text(own)
    second = second_keeper(till)
    twice(second, f"{receipt}/return")
    assert (till.points, till.pieces) == (10, 3)
    assert "已经退了" in text(second.get(receipt))
    assert second.post(f"{receipt}/return", sent()).status_code == 409


def second_keeper(till: Till) -> Client:
    from tests.worlds import person

    from courtyard.kernel.actors import DutyKind

    person(till.door.village.world, "keeper9", "营业员丙", DutyKind.SHOPKEEPER, "WD/01")
    return till.door.as_("keeper9")


def test_another_village_s_till_does_not_exist(till: Till):
    till.scan()
    receipt = till.phone.post(f"{till.url}/sale", till.basket(soap="1"))["Location"]
    stranger = till.door.as_("keeper2")
    for page in (till.url, f"{till.url}/sale", receipt):
        assert stranger.get(page).status_code == 404
    assert till.photo(as_bytes(qr("x")), stranger).status_code == 404
    assert stranger.post(f"{till.url}/sale", till.basket(soap="1")).status_code == 404
    assert stranger.post(f"{receipt}/return", sent()).status_code == 404
    assert "塔湾" not in text(stranger.get("/office/till"))
    assert till.door.as_("cadre").get(till.url).status_code == 404, "a cadre does not sell"


def test_a_card_of_another_village_buys_nothing_here(till: Till):
    from tests.worlds import home

    from courtyard.households.actions import issue_cards

    world = till.door.village.world
    guest = home(world, "WD/02/G01", "0101", "程外村")
    issue_cards(place=world["WD/02"], by=world.actor("cadre2"), at=at(date(2026, 9, 14), 8))
    assert till.phone.post(till.url, {"short": guest.short}).status_code == 409
    card = live_card(guest.pk)
    assert card is not None
    answer = till.photo(as_bytes(qr(f"{settings.PUBLIC_URL}/c/{card.token}")))
    page = text(till.phone.get(f"{till.url}/sale")) if answer.status_code == 302 else text(answer)
    assert "程" not in page


def test_the_receipt_shows_no_name(till: Till):
    till.scan()
    page = text(till.phone.get(till.phone.post(f"{till.url}/sale", till.basket(soap="1"))["Location"]))
    assert "王建国" not in page
    assert "0101" in page
    assert io.StringIO(page).read().count("积分不是钱") == 1
