"""Cards in the office: issued, printed, handed over, lost, declined."""

from __future__ import annotations

import pypdfium2
from tests.doors.conftest import Door, sent, text

from courtyard.households.models import Card, Household

CARDS = "/office/cards"


def url(door: Door, deed: str) -> str:
    return f"/office/households/{door.home.pk}/{deed}"


def test_cards_are_issued_once(door: Door):
    cadre = door.as_("cadre")
    cadre.post(
        "/office/households/new", sent(group=door.home.group_id, code="0109", head="赵新来", people="4", phone="")
    )
    fields = sent(place=str(door.village.place.pk))
    for _ in range(2):
        assert cadre.post(f"{CARDS}/issue", fields).status_code == 302
    assert "新发 1 张卡" in text(cadre.get(CARDS))
    assert Card.objects.filter(household__code="0109").count() == 1


def test_another_village_s_cards_are_none_of_theirs(door: Door):
    stranger, place = door.as_("cadre2"), door.village.place.pk
    assert stranger.post(f"{CARDS}/issue", sent(place=str(place))).status_code == 404
    assert stranger.get(f"{CARDS}/{place}.pdf").status_code == 404
    assert stranger.get(url(door, "card.pdf")).status_code == 404


def test_cards_print_as_pdf(door: Door):
    cadre = door.as_("cadre")
    answer = cadre.get(f"{CARDS}/{door.village.place.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    sheet = pypdfium2.PdfDocument(answer.content)
    assert len(sheet) >= 2, "six cards, four a sheet"
    assert "户编号 0101" in sheet[0].get_textpage().get_text_range()
    single = pypdfium2.PdfDocument(cadre.get(url(door, "card.pdf")).content)
    assert len(single) == 1
    assert cadre.get(f"{CARDS}/{door.village.place.pk}.pdf?part=2").status_code == 409


def test_a_card_is_handed_over_with_a_pin(door: Door):
    cadre, home = door.as_("cadre"), door.village.homes["0102"]
    page = f"/office/households/{home.pk}/hand-over"
    chosen = {"red_name": "board", "messages": "yes"}
    answer = cadre.post(page, sent(pin="395172", pin_again="395173", **chosen))
    assert "两次输的密码不一样" in text(answer)  # people.pins_differ
    assert "395172" not in text(answer), "a PIN is never shown again"
    assert "这个密码太简单" in text(cadre.post(page, sent(pin="123456", pin_again="123456", **chosen)))
    assert "「消息」还没有选" in text(cadre.post(page, sent(pin="395172", pin_again="395172", red_name="board")))
    assert "密码要 6 位数字" in text(cadre.post(page, sent(pin="", pin_again="", **chosen)))
    assert cadre.post(page, sent(pin="395172", pin_again="395172", **chosen)).status_code == 302
    assert Card.objects.get(household=home, state="live").handed_over is not None
    found = Household.objects.get(pk=home.pk)
    assert (found.red_name, found.messages) == ("board", "yes")
    assert "设过密码" in text(cadre.post(page, sent(pin="604182", pin_again="604182", **chosen)))


def test_lost_and_reissued(door: Door):
    cadre = door.as_("cadre")
    old = Card.objects.get(household=door.home, state="live")
    fields = sent()
    for _ in range(2):
        assert cadre.post(url(door, "reissue"), fields).status_code == 302
    cards = Card.objects.filter(household=door.home)
    assert (cards.count(), cards.get(pk=old.pk).state) == (2, "lost")


def test_declining_is_never_poor_and_may_be_taken_back(door: Door):
    cadre = door.as_("cadre")
    cadre.post(url(door, "decline"), sent())
    assert "不参加不算差" in text(cadre.get(f"/office/households/{door.home.pk}"))
    cadre.post(url(door, "take-part"), sent())
    assert Household.objects.get(pk=door.home.pk).participation == "taking_part"


def test_without_a_card_nothing_is_handed_over(door: Door):
    cadre = door.as_("cadre")
    cadre.post(url(door, "decline"), sent())
    assert "还没有卡" in text(cadre.get(url(door, "hand-over")))
    assert cadre.get(url(door, "card.pdf")).status_code == 409
