"""Schemes in the office: the plain-language page, drafting, adopting with a second person."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.doors.conftest import PASSWORD, Door, sent, text

from courtyard.rating.models import Adoption, SchemeVersion

SCHEMES = "/office/schemes"


def draft(client, door: Door, **more):
    return client.post(f"{SCHEMES}/new", sent(place=str(door.village.place.pk), **{"shipped": "wandian_small", **more}))


def resolution(door: Door, **more: str) -> dict[str, str]:
    fields = {
        "place": str(door.village.place.pk), "starts": "2026-10", "assembly": "2026-09-10", "attendance": "4",
        "households": "6", "document": "塔湾村民会议〔2026〕9号", "second": "clerk", "second_password": PASSWORD,
        "budget": "20000",
    }  # fmt: skip
    return sent(**(fields | more))


def test_what_is_in_force_where(door: Door):
    page = text(door.as_("clerk").get(SCHEMES))
    assert "塔湾村民会议〔2026〕2号" in page
    assert "还没有" in page, "the other village has none"


def test_a_scheme_reads_in_plain_language(door: Door):
    version = SchemeVersion.objects.get()
    page = text(door.as_("cadre").get(f"{SCHEMES}/{version.pk}"))
    assert "第一条 看什么" in page
    assert "85 分(含)" in page


def test_a_draft_is_adopted_by_two(door: Door):
    cadre = door.as_("cadre")
    page = draft(cadre, door)["Location"]
    assert "草稿,还没有会议通过" in text(cadre.get(page))
    fields = resolution(door)
    for _ in range(2):
        assert cadre.post(f"{page}/adopt", fields)["Location"] == SCHEMES
    adoption = Adoption.objects.order_by("-starts").first()
    assert (str(adoption.starts), adoption.document) == ("2026-10-01", "塔湾村民会议〔2026〕9号")
    assert Adoption.objects.count() == 2
    assert "会议已通过" in text(cadre.get(page))
    assert "元,预算 20000 元" in text(cadre.get(SCHEMES))


def test_a_budget_that_does_not_cover_the_simulated_year(door: Door):
    cadre = door.as_("cadre")
    page = draft(cadre, door)["Location"]
    assert "看试算一年的花费" in text(cadre.get(f"{page}/adopt"))
    refused = cadre.post(f"{page}/adopt", resolution(door, budget="1"))
    assert refused.status_code == 409
    assert "预算只有 1 元" in text(refused)  # rating.over_budget
    assert 'value="塔湾村民会议〔2026〕9号"' in text(refused)
    assert "「全年预算(元)」没有填" in text(cadre.post(f"{page}/adopt", resolution(door, budget="")))
    assert Adoption.objects.count() == 1


def test_the_second_person_has_an_own_log_in(door: Door):
    cadre = door.as_("cadre")
    page = draft(cadre, door)["Location"]
    wrong = cadre.post(f"{page}/adopt", resolution(door, second_password="nonsense"))
    assert "第二个人的登录名或密码不对" in text(wrong)  # people.wrong_second
    assert 'value="塔湾村民会议〔2026〕9号"' in text(wrong)
    assert PASSWORD not in text(cadre.post(f"{page}/adopt", resolution(door, starts="")))
    same = cadre.post(f"{page}/adopt", resolution(door, second="cadre"))
    assert same.status_code == 409
    assert Adoption.objects.count() == 1


def test_a_wrong_document_is_refused_by_its_clause(door: Door):
    file = SimpleUploadedFile("x.toml", b"format = 1\nengine = 99\n")
    answer = door.as_("cadre").post(
        f"{SCHEMES}/new", {**sent(place=str(door.village.place.pk), shipped=""), "file": file}
    )
    assert answer.status_code == 409
    assert SchemeVersion.objects.count() == 1
    assert "「办法文件」没有填" in text(draft(door.as_("cadre"), door, shipped=""))
    assert "「现成的办法」还没有选" in text(draft(door.as_("cadre"), door, shipped="nothing"))


def test_a_scheme_for_another_village_is_none_of_theirs(door: Door):
    stranger = door.as_("cadre2")
    assert draft(stranger, door).status_code == 404
    version = SchemeVersion.objects.get()
    assert stranger.post(f"{SCHEMES}/{version.pk}/adopt", resolution(door)).status_code == 404
    assert door.as_("eva1").get(SCHEMES).status_code == 404


def test_a_version_is_printed_in_plain_language(door: Door):
    """The leaflet: for a place of one's own, draft or adopted; for anybody on the board; no other village's."""
    version = SchemeVersion.objects.get()
    cadre, path = door.as_("cadre"), door.village.place.path
    link = f"{SCHEMES}/{version.pk}/{path}.pdf"
    assert link in cadre.get(f"{SCHEMES}/{version.pk}").content.decode()
    printed = cadre.get(link)
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert cadre.get(f"{SCHEMES}/{version.pk}/NO/WHERE.pdf").status_code == 404
    anybody = Client().get(f"/leaflet/{path}.pdf")
    assert anybody.content.startswith(b"%PDF")
    assert cadre.get("/leaflet/NO/WHERE.pdf").status_code == 404
