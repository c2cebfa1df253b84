"""The signed sheet typed in, the second person's desk, PIN resets, covenant, own kin: through the doors."""

from __future__ import annotations

from typing import Any

import pypdfium2
from tests.doors.conftest import PIN, Door, sent, text

from courtyard.households.models import Card, Countersign, Covenant, Household, Kin, PinReset
from courtyard.kernel.ids import uuid7

NEW_PIN = "604182"


def sheet(door: Door) -> str:
    return f"/office/cards/{door.home.group_id}/hand-over"


def typed(door: Door, lines: dict[str, str], day: str = "2026-09-10") -> dict[str, Any]:
    """Fields of a screen: home → its keys in the sheet's order."""
    columns, fields = ("took", "red", "messages", "covenant"), {}
    for code, keys in lines.items():
        home = door.village.homes[code].pk.hex
        fields |= {f"{column}-{home}": key for column, key in zip(columns, keys, strict=False)}
    return sent(day=day, **fields)


def handed_over(door: Door) -> list[str]:
    rows = Card.objects.filter(household__village=door.village.place, state="live").exclude(handed_over=None)
    return sorted(rows.values_list("household__code", flat=True))


def test_a_screen_is_typed_in_and_what_cannot_be_taken_is_said_in_its_row(door: Door):
    cadre = door.as_("cadre")
    page = text(cadre.get(sheet(door)))
    assert "已发 1 / 3" in page and page.count("data-row") == 2, "who has the card already stands in words"
    assert 'value="1"' not in page, "no choice has a default"
    fields = typed(door, {"0102": "132", "0103": "11 "}, day="2026-09-01")
    answer = text(cadre.post(sheet(door), fields))
    assert answer.count("才制发,不会更早交到手") == 2 and 'value="3"' in answer, "what was typed stays"
    assert handed_over(door) == ["0101"]
    fields = typed(door, {"0102": "132", "0103": "9"})
    for _ in range(2):
        assert cadre.post(sheet(door), fields)["Location"] == f"{sheet(door)}?page=1"
    assert handed_over(door) == ["0101", "0102"]
    found = door.village.homes["0102"]
    found.refresh_from_db()
    assert (found.red_name, found.messages) == ("wide", "no")
    page = text(cadre.get(sheet(door)))
    assert "已发 2 / 2" in page and "没有参加" in page and "2026-09-10 已领" in page
    assert "2 / 2" in text(cadre.get("/office/cards")) and "打印签收表" in text(cadre.get("/office/cards"))


def test_one_bad_line_keeps_the_others_in(door: Door):
    cadre = door.as_("cadre")
    answer = text(cadre.post(sheet(door), typed(door, {"0102": "1", "0103": " 2"})))
    assert "没有写领没领卡" in answer and "有 1 行没有录进去" in answer
    assert handed_over(door) == ["0101", "0102"]


def test_a_home_that_is_none_of_the_groups_is_said_and_the_others_are_in(door: Door):
    answer = text(door.as_("cadre").post(sheet(door), typed(door, {"0102": "112", "0201": "112"})))
    assert "这一户现在不在这个组" in answer
    assert handed_over(door) == ["0101", "0102"]


def test_an_unknown_key_an_empty_screen_and_a_day_to_come_are_refused_whole(door: Door):
    cadre = door.as_("cadre")
    for fields, why in (
        (typed(door, {"0102": "7"}), "户编号 0102 的「领卡」按的是「7」"),
        (typed(door, {}), "一行也没有录"),
        (typed(door, {"0102": "1"}, day="2026-09-15"), "还没有到"),
        (typed(door, {"0102": "1"}, day="昨天"), "不是日期"),
    ):
        assert why in text(cadre.post(sheet(door), fields))
    assert handed_over(door) == ["0101"]


def test_the_sheet_prints_in_the_screens_order(door: Door):
    cadre = door.as_("cadre")
    printed = pypdfium2.PdfDocument(cadre.get(f"/office/cards/{door.village.place.pk}/hand-over.pdf").content)
    assert len(printed) == 2, "one sheet a group"
    words = printed[0].get_textpage().get_text_range()
    assert words.index("王建国") < words.index("李秀英") < words.index("张三丰") and "已领" in words
    assert door.as_("cadre2").get(f"/office/cards/{door.home.group_id}/hand-over.pdf").status_code == 404


def test_todays_desk_says_how_many_cards_are_out(door: Door):
    assert "发卡:已发 1 / 6" in text(door.as_("cadre").get("/office/"))


# The covenant ------------------------------------------------------------------------------------------------------


def test_a_covenant_is_put_in_hangs_in_public_and_is_known_or_not(door: Door):
    cadre, household = door.as_("cadre"), door.as_("household")
    fields = {
        "title": "塔湾村村规民约",
        "text": "一、自己扫。\n二、不乱倒。",
        "passed": "2026-09-08",
        "document": "1号",
        "attendance": "5",
        "households": "6",
    }
    place = str(door.village.place.pk)
    assert "「内容」没有填" in text(cadre.post("/office/covenants", sent(place=place, **{**fields, "text": " "})))
    assert door.as_("cadre2").post("/office/covenants", sent(place=place, **fields)).status_code == 404
    assert door.as_("nobody").get("/covenant/WD/01").status_code == 404
    refused = cadre.post("/office/covenants", sent(place=place, **{**fields, "attendance": "7"}))
    assert refused.status_code == 409 and "到会 7 户,应到 6 户,对不上" in text(refused)
    assert cadre.post("/office/covenants", sent(place=place, **fields)).status_code == 302
    wall = text(door.as_("nobody").get("/covenant/WD/01"))
    assert "二、不乱倒。" in wall and "到会 5 户,应到 6 户" in wall
    assert "到会 5 户" in text(cadre.get("/office/covenants"))
    assert "村规民约" in text(door.as_("nobody").get("/v/WD/01"))
    made = Covenant.objects.get()
    leaflet = pypdfium2.PdfDocument(cadre.get(f"/office/covenants/{made.pk}.pdf").content)
    printed = leaflet[0].get_textpage().get_text_range()
    assert "自己扫" in printed and "到会 5 户,应到 6 户" in printed
    assert "知晓" in text(cadre.get(sheet(door)))
    cadre.post(sheet(door), typed(door, {"0102": "1111", "0103": "1110"}))
    assert list(made.known.values_list("household__code", flat=True)) == ["0102"]
    assert handed_over(door) == ["0101", "0102", "0103"], "knowing it is no condition"
    assert "我知道了" in text(household.get("/me/rights"))
    household.post("/me/covenant", sent())
    assert "已知晓" in text(household.get("/me/rights"))


def test_a_household_changes_its_choices_itself(door: Door):
    household = door.as_("household")
    household.post("/me/messages", sent(messages="yes"))
    household.post("/me/rights", sent(red_name="wide"))
    found = Household.objects.get(pk=door.home.pk)
    assert (found.messages, found.red_name) == ("yes", "wide")
    assert household.post("/me/covenant", sent()).status_code == 404, "there is none"


# PIN resets --------------------------------------------------------------------------------------------------------


def test_a_pin_is_set_anew_by_two_and_stands_on_the_statement(door: Door):
    cadre, clerk, household = door.as_("cadre"), door.as_("clerk"), door.as_("household")
    page = f"/office/households/{door.home.pk}/pin-reset"
    fields = {"pin": NEW_PIN, "pin_again": NEW_PIN, "present": "yes"}
    assert "本人在场" in text(cadre.post(page, sent(pin=NEW_PIN, pin_again=NEW_PIN)))
    assert "两次输的密码不一样" in text(cadre.post(page, sent(**{**fields, "pin_again": PIN})))
    assert cadre.post(page, sent(**fields)).status_code == 302
    reset = PinReset.objects.get()
    answer = f"/office/pin-resets/{reset.pk}/answer"
    assert "1 户等第二人重设密码" in text(clerk.get("/office/"))
    assert "您经手的" in text(cadre.get("/office/seconds"))
    assert "要换一个人" in text(cadre.post(answer, sent(answer="yes")))
    assert "别的职责" in text(door.as_("deputy").post(answer, sent(answer="yes")))
    assert door.as_("cadre2").post(answer, sent(answer="yes")).status_code == 404
    assert "不是我要的" in text(household.get("/me/points"))
    fields = sent(answer="yes")
    for _ in range(2):
        assert clerk.post(answer, fields).status_code == 302, "sent twice: the same answer"
    assert "已经有人办过了" in text(clerk.post(answer, sent(answer="no")))
    statement = text(household.get("/me/points"))
    assert "2026-09-14 重设了密码,由村干部甲和镇干部甲办" in statement and "积分先不能用" in statement
    assert "由村干部甲和镇干部甲办" in text(cadre.get(f"/office/households/{door.home.pk}"))
    assert "604182" not in statement


def test_a_household_says_that_it_never_asked(door: Door):
    door.as_("cadre").post(
        f"/office/households/{door.home.pk}/pin-reset", sent(pin=NEW_PIN, pin_again=NEW_PIN, present="yes")
    )
    reset, household = PinReset.objects.get(), door.as_("household")
    assert household.post(f"/me/resets/{uuid7()}/no", sent()).status_code == 404
    assert household.post(f"/me/resets/{reset.pk}/no", sent()).status_code == 302
    reset.refresh_from_db()
    assert reset.state == "refused" and "没有重设" in text(household.get("/me/points"))


# The second person -------------------------------------------------------------------------------------------------


def test_a_household_by_hand_waits_for_somebody_else(door: Door):
    cadre, deputy = door.as_("cadre"), door.as_("deputy")
    fields = sent(group=door.home.group_id, code="0109", head="赵新来", people="4", phone="")
    page = cadre.post("/office/households/new", fields)["Location"]
    one = Countersign.objects.get()
    assert "等第二人核对" in text(cadre.get(page))
    assert "第二人核对:1 次" in text(deputy.get("/office/")) and "第二人核对:1 次" not in text(cadre.get("/office/"))
    assert "赵新来" in text(deputy.get("/office/seconds")) and "赵新来" not in text(
        door.as_("cadre2").get("/office/seconds")
    )
    answer = f"/office/seconds/{one.pk}/answer"
    assert "要换一个人" in text(cadre.post(answer, sent(answer="right")))
    assert "「核对的结果」还没有选" in text(deputy.post(answer, sent()))
    assert deputy.post(answer, sent(answer="wrong")).status_code == 302
    assert "第二人说不对" in text(deputy.get("/office/seconds"))
    fields = sent(answer="right")
    for _ in range(2):
        assert deputy.post(answer, fields).status_code == 302, "sent twice: the same answer"
    assert "已经是这个结果" in text(deputy.post(answer, sent(answer="right")))
    assert "等第二人核对" not in text(cadre.get(page))
    assert "没有要核对的" in text(deputy.get("/office/seconds"))


# Own kin -----------------------------------------------------------------------------------------------------------


def test_an_evaluator_declares_the_own_home_by_its_number(door: Door):
    evaluator = door.as_("eva1")
    assert "还没有登记" in text(evaluator.get("/office/kin"))
    fields = sent(number=door.home.short, kin="own_home")
    for _ in range(2):
        assert evaluator.post("/office/kin", fields).status_code == 302
    assert Kin.objects.get().household_id == door.home.pk
    assert "王建国" in text(evaluator.get("/office/kin")) and "王建国" not in text(door.as_("eva2").get("/office/kin"))
    assert "没有找到这个号的户" in text(evaluator.post("/office/kin", sent(number="9999", kin="kin")))
    assert "没有找到这个号的户" in text(door.as_("eva7").post("/office/kin", sent(number=door.home.short, kin="kin")))
    assert "已经登记过" in text(evaluator.post("/office/kin", sent(number="0101", kin="kin")))
