"""Households in the office: search, one household's page, what a cadre keeps of it."""

from __future__ import annotations

from tests.doors.conftest import Door, sent, text

from courtyard.households.models import Care, Household, Kin
from courtyard.records.models import AccessLine, Entry

LIST = "/office/households"


def page(door: Door) -> str:
    return f"/office/households/{door.home.pk}"


def test_the_register_is_searched(door: Door):
    cadre = door.as_("cadre")
    assert "共 6 条" in text(cadre.get(LIST))
    for words in ("王建", "wjg", door.home.short, "0101"):
        found = text(cadre.get(LIST, {"q": words}))
        assert "共 1 条" in found, words
        assert "王建国" in found
    assert "没有找到这一户" in text(cadre.get(LIST, {"q": "诸葛"}))
    assert "共 3 条" in text(cadre.get(LIST, {"place": "WD/01/G02"}))


def test_the_list_alone_comes_as_a_fragment(door: Door):
    fragment = text(door.as_("cadre").get(LIST, {"q": "wjg"}, HTTP_HX_REQUEST="true"))
    assert "王建国" in fragment
    assert "<html" not in fragment


def test_a_village_never_sees_another_s(door: Door):
    stranger = door.as_("cadre2")
    assert "王建国" not in text(stranger.get(LIST))
    assert "王建国" not in text(stranger.get(LIST, {"place": "WD/01"}))
    assert stranger.get(page(door)).status_code == 404
    for deed in ("living", "care", "kin", "change", "phone", "reissue", "decline", "hand-over"):
        assert stranger.post(f"{page(door)}/{deed}", sent(living="empty")).status_code == 404, deed


def test_names_in_clear_leave_an_access_line(door: Door):
    before = AccessLine.objects.count()
    door.as_("cadre").get(page(door))
    line = AccessLine.objects.order_by("pk").last()
    assert AccessLine.objects.count() == before + 1
    assert (line.subject, line.fields) == (door.home.pk.hex, "head")


def test_a_phone_is_masked_until_asked_for(door: Door):
    cadre = door.as_("cadre")
    fields = {"group": door.home.group_id, "head": "王建国", "people": "3", "phone": "13800000123"}
    assert cadre.post(f"{page(door)}/change", sent(**fields)).status_code == 302
    shown = text(cadre.get(page(door)))
    assert "138****0123" in shown
    assert "13800000123" not in shown
    assert "13800000123" in text(cadre.post(f"{page(door)}/phone"))
    assert AccessLine.objects.order_by("pk").last().fields == "head,phone"
    assert "13800000123" not in text(cadre.get(f"{page(door)}/phone"))


def test_a_household_is_put_in_by_hand_once(door: Door):
    cadre = door.as_("cadre")
    fields = sent(group=door.home.group_id, code="0109", head="赵新来", people="4", phone="", bay="岗上湾", door="1号")
    first = cadre.post(f"{LIST}/new", fields)
    again = cadre.post(f"{LIST}/new", fields)
    assert first["Location"] == again["Location"]
    assert Household.objects.filter(code="0109").count() == 1
    assert "赵新来" in text(cadre.get(first["Location"]))


def test_a_refusal_stands_above_the_form_and_keeps_what_was_typed(door: Door):
    cadre = door.as_("cadre")
    fields = sent(group=door.home.group_id, code="0101", head="赵新来", people="4")
    answer = cadre.post(f"{LIST}/new", fields)
    assert answer.status_code == 409
    assert "本村已经有这个户编号" in text(answer)
    assert 'value="赵新来"' in text(answer)
    wrong = cadre.post(f"{LIST}/new", sent(group=door.home.group_id, code="0109", head="赵新来", people="若干"))
    assert "「家庭人口」填的「若干」" in text(wrong)


def test_a_group_of_another_village_is_none_of_theirs(door: Door):
    group = door.village.world["WD/02/G01"].pk
    answer = door.as_("cadre").post(f"{LIST}/new", sent(group=group, code="0109", head="赵新来", people="4"))
    assert answer.status_code == 404


def test_lived_in_care_and_kin_are_kept(door: Door):
    cadre, url = door.as_("cadre"), page(door)
    assert cadre.post(f"{url}/living", sent(living="empty")).status_code == 302
    assert Household.objects.get(pk=door.home.pk).living == "empty"
    cadre.post(f"{url}/care", sent(kind="elder_alone"))
    care = Care.objects.get(household=door.home)
    assert "独居老人" in text(cadre.get("/office/care"))
    cadre.post(f"/office/care/{care.pk}", sent(decision="yes", next=url))
    assert Care.objects.get(pk=care.pk).state == "confirmed"
    assert door.as_("cadre2").post(f"/office/care/{care.pk}", sent(decision="no")).status_code == 404
    eva = door.village.id("eva1")
    cadre.post(f"{url}/kin", sent(account=str(eva), kin="kin"))
    kin = Kin.objects.get(household=door.home)
    assert "评比员1" in text(cadre.get(url))
    cadre.post(f"{url}/kin/{kin.pk}/end", sent())
    assert not Kin.objects.filter(household=door.home).exists()


def test_kin_must_be_somebody_of_the_village(door: Door):
    answer = door.as_("cadre").post(f"{page(door)}/kin", sent(account=str(door.village.id("eva7")), kin="kin"))
    assert "「谁」还没有选" in text(answer)


def test_an_evaluator_sees_no_register_and_no_care_list(door: Door):
    evaluator = door.as_("eva1")
    for url in (LIST, page(door), "/office/care", "/office/questions"):
        assert evaluator.get(url).status_code == 404


def test_a_deed_sent_twice_is_done_once(door: Door):
    cadre, fields = door.as_("cadre"), sent(living="away")
    cadre.post(f"{page(door)}/living", fields)
    before = Entry.objects.count()
    assert cadre.post(f"{page(door)}/living", fields).status_code == 302
    assert Entry.objects.count() == before
