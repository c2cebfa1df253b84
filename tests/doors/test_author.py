"""The author's page: begin, edit by form, see what is wrong, compare, hand in; another level's word; many resolutions."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.doors.conftest import PASSWORD, Door, sent, text
from tests.doors.test_draft_form import posted
from tests.rounds import OCTOBER, SEPTEMBER, adopt, at, closed_round, given

from courtyard.kernel.ids import uuid7
from courtyard.office.draft_form import form, path_of
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.models import Adoption, AdoptionYear, SchemeDraft, SchemeReview, SchemeVersion
from courtyard.rating.queries import shipped
from courtyard.records.access import lines_of

SCHEMES = "/office/schemes"
WRITTEN = f"{SCHEMES}/written"


def begun(door: Door, who: str = "cadre", **more: Any) -> SchemeDraft:
    fields = {"place": str(door.village.place.pk), "begin": "wandian", **more}
    answer = door.as_(who).post(f"{WRITTEN}/new", sent(**fields))
    assert answer.status_code == 302, text(answer)
    return SchemeDraft.objects.get(pk=answer["Location"].rpartition("/")[2])


def tables(draft: SchemeDraft) -> dict[str, Any]:
    draft.refresh_from_db()
    return dict(json.loads(draft.text))


def fields(draft: SchemeDraft, at: str, **changed: str) -> dict[str, Any]:
    """A page of the form as a browser sends it."""
    page = form(tables(draft), path_of(at), ())
    assert page is not None
    said = dict(posted(page, **changed).lists())
    return sent(revision=str(draft.revision), **said)


def edit(draft: SchemeDraft, at: str) -> str:
    return f"{WRITTEN}/{draft.pk}/edit/{at}"


def test_begin_edit_and_hand_in(door: Door) -> None:
    draft, cadre = begun(door), door.as_("cadre")
    assert draft.origin == "家庭环境卫生积分办法"
    assert "正在写的" in text(cadre.get(SCHEMES))
    page = text(cadre.get(f"{WRITTEN}/{draft.pk}"))
    assert "没有不对的地方" in page
    assert "第一条 看什么" in page
    assert "还有 4 个问题没有回答" in page
    change = fields(draft, "bands", bands__0__least="90", bands__1__most="90")
    for _ in range(2):
        assert cadre.post(edit(draft, "bands"), change)["Location"] == edit(draft, "bands")
    assert tables(draft)["bands"][0]["least"] == 90
    assert draft.revision == 2
    assert "bands[good].least" in text(cadre.get(f"{WRITTEN}/{draft.pk}/compare"))
    toml = text(cadre.get(f"{WRITTEN}/{draft.pk}.toml"))
    assert "least = 90" in toml
    handed = sent()
    version = cadre.post(f"{WRITTEN}/{draft.pk}/hand-in", handed)["Location"]
    assert "草稿,还没有会议通过" in text(cadre.get(version))
    assert cadre.get(f"{WRITTEN}/{draft.pk}").status_code == 404, "what was handed in is written no more"
    assert SchemeVersion.objects.filter(title="家庭环境卫生积分办法").count() == 2


def test_what_is_wrong_is_said_before_it_is_kept(door: Door) -> None:
    draft, cadre = begun(door), door.as_("cadre")
    at = f"{WRITTEN}/{draft.pk}/look/sheet/areas/0"
    page = text(cadre.post(at, fields(draft, "sheet/areas/0", weight="50"), headers={"hx-request": "true"}))
    assert "应当正好是 100" in page
    assert "<html" not in page
    assert tables(draft)["sheet"]["areas"][0]["weight"] == 40
    cadre.post(edit(draft, "sheet/areas/0"), fields(draft, "sheet/areas/0", weight="50"))
    page = text(cadre.get(f"{WRITTEN}/{draft.pk}"))
    assert "1 处要改" in page
    assert "交另一级核对" not in page
    assert cadre.get(f"{WRITTEN}/{draft.pk}.toml").status_code == 404
    refused = cadre.post(f"{WRITTEN}/{draft.pk}/hand-in", sent())
    assert refused.status_code == 409
    assert "应当正好是 100" in text(refused)
    assert cadre.get(f"{WRITTEN}/{draft.pk}/year").status_code == 409


def test_a_row_more_keeps_what_was_typed_beside_it(door: Door) -> None:
    draft, cadre = begun(door), door.as_("cadre")
    more = fields(draft, "bands", bands__0__name="优") | {"do": "add:bands"}
    for _ in range(2):
        assert cadre.post(edit(draft, "bands"), more).status_code == 302
    bands = tables(draft)["bands"]
    assert bands[0]["name"] == "优"
    assert len(bands) == 4
    row = fields(draft, "awards") | {"do": "add:awards"}
    assert cadre.post(edit(draft, "awards"), row)["Location"] == edit(draft, "awards/5")
    assert "少了「awards[6].code」" in text(cadre.get(edit(draft, "awards/5")))


def test_two_who_write_at_once(door: Door) -> None:
    draft, cadre = begun(door), door.as_("cadre")
    mine, theirs = fields(draft, "head", name="我写的"), fields(draft, "head", name="别人写的")
    cadre.post(edit(draft, "head"), theirs)
    refused = cadre.post(edit(draft, "head"), mine)
    assert refused.status_code == 409
    assert "这份办法刚才有别人改过" in text(refused)
    assert 'value="我写的"' in text(refused), "what was typed is still there"
    assert tables(draft)["name"] == "别人写的"


def test_a_file_with_faults_is_taken_to_be_put_right(door: Door) -> None:
    unsound = shipped()["wandian"].replace("weight = 40", "weight = 50") + "\ncolour = 1\n"
    draft = begun(door, begin="file", file=SimpleUploadedFile("塔湾.toml", unsound.encode()))
    assert draft.origin == "塔湾.toml"
    assert "处要改" in text(door.as_("cadre").get(f"{WRITTEN}/{draft.pk}"))
    cadre = door.as_("cadre")
    place = {"place": str(door.village.place.pk), "begin": "file"}
    torn = cadre.post(f"{WRITTEN}/new", sent(**place, file=SimpleUploadedFile("x.toml", b"a = [1")))
    assert torn.status_code == 409
    assert "方括号没有成对" in text(torn)
    assert "「办法文件」没有填" in text(cadre.post(f"{WRITTEN}/new", sent(**place)))
    assert "还没有选" in text(cadre.post(f"{WRITTEN}/new", sent(**{**place, "begin": "nothing"})))


def test_a_village_begins_from_its_own_and_a_stranger_sees_nothing(door: Door) -> None:
    draft = begun(door, begin="in_force")
    stranger = door.as_("cadre2")
    for page in ("", "/edit/bands", "/compare", "/year", ".toml", "/hand-in", "/drop", "/look/bands"):
        assert stranger.get(f"{WRITTEN}/{draft.pk}{page}").status_code == 404, page
        assert stranger.post(f"{WRITTEN}/{draft.pk}{page}", sent(revision="1")).status_code in (404, 405), page
    other = str(door.village.world["WD/02"].pk)
    refused = door.as_("cadre2").post(f"{WRITTEN}/new", sent(place=other, begin="in_force"))
    assert refused.status_code == 409, "no scheme is in force in the other village"
    begin = {"place": str(door.village.place.pk), "begin": "wandian"}
    assert stranger.post(f"{WRITTEN}/new", sent(**begin)).status_code == 404
    assert door.as_("eva1").get(f"{WRITTEN}/new").status_code == 404


@pytest.mark.parametrize("at", ["nothing", "bands/9", "sheet/areas/0/seen", "sheet/0", "bands/x", "awards/0/kind"])
def test_a_place_that_is_not_there(door: Door, at: str) -> None:
    draft = begun(door)
    assert door.as_("cadre").get(edit(draft, at)).status_code == 404
    assert door.as_("cadre").post(edit(draft, at), sent(revision="1")).status_code == 404


def test_put_aside(door: Door) -> None:
    draft, cadre, again = begun(door), door.as_("cadre"), sent()
    assert cadre.post(f"{WRITTEN}/{draft.pk}/drop", again)["Location"] == SCHEMES
    assert "正在写的" not in text(cadre.get(SCHEMES))


def test_last_rounds_visits_under_another_scheme(door: Door) -> None:
    """Stricter bands: a 好 would be a 中; names in clear leave their access lines, a stranger's village is none of theirs."""
    good = dict.fromkeys(("0101", "0102", "0103", "0201", "0202"), given("good", "good", "fair"))
    closed_round(door.village, {**good, "0203": given("good")})
    draft, cadre = begun(door), door.as_("cadre")
    cadre.post(edit(draft, "bands"), fields(draft, "bands", bands__0__least="95", bands__1__most="95"))
    page = text(cadre.get(f"{WRITTEN}/{draft.pk}/compare"))
    assert "5 / 6" in page
    assert "王建国" in page
    assert "好 · 92.5 分 · 红榜" in page
    assert "中 · 92.5 分" in page
    assert [line.why for line in lines_of(door.home.pk.hex)].count("scheme preview") == 1
    stranger = door.as_("cadre2")
    version = SchemeVersion.objects.get()
    assert stranger.get(f"{SCHEMES}/{version.pk}/compare?village={door.village.place.pk}").status_code == 404
    assert "王建国" not in text(stranger.get(f"{SCHEMES}/{version.pk}/compare"))


def test_the_simulated_year_is_shown_and_drawn(door: Door) -> None:
    version, cadre = SchemeVersion.objects.get(), door.as_("cadre")
    page = text(cadre.get(f"{SCHEMES}/{version.pk}/year?place={door.village.place.pk}"))
    assert "元,一年大约要花" in page
    assert "<polyline" in page
    assert "6 户" in page
    part = text(cadre.get(f"{SCHEMES}/{version.pk}/year", headers={"hx-request": "true"}))
    assert "<html" not in part


def test_another_level_says_its_word(door: Door) -> None:
    draft, clerk = begun(door, begin="wandian_small"), door.as_("clerk")
    version = door.as_("cadre").post(f"{WRITTEN}/{draft.pk}/hand-in", sent())["Location"]
    place = str(door.village.place.pk)
    said = sent(place=place, agrees="no", words="「差」的界限要写清楚")
    for _ in range(2):
        assert clerk.post(f"{version}/review", said)["Location"] == version
    assert SchemeReview.objects.filter(agrees=False).count() == 1
    assert "「差」的界限要写清楚" in text(clerk.get(version))
    assert "没有写要改什么" in text(clerk.post(f"{version}/review", sent(place=place, agrees="no", words="")))
    assert "「核对下来」还没有选" in text(clerk.post(f"{version}/review", sent(place=place)))
    clerk.post(f"{version}/review", sent(place=place, agrees="yes"))
    assert "已核对,还没有会议通过" in text(clerk.get(version))
    assert door.as_("cadre").get(f"{version}/review").status_code == 404, "a cadre is no second level"


def rows(door: Door, **more: str) -> dict[str, Any]:
    """The table of two villages: one resolution that stands, one over its budget."""
    table: dict[str, str] = {}
    for path, budget in (("WD/01", "20000"), ("WD/02", "1")):
        key = door.village.world[path].pk
        table |= {
            f"assembly-{key}": "2026-09-10", f"attendance-{key}": "4", f"households-{key}": "6",
            f"document-{key}": f"{path} 9号", f"budget-{key}": budget,
        }  # fmt: skip
    fixed = {"starts": "2026-10", "second": "supervisor", "second_password": PASSWORD, "command": str(uuid7())}
    return {**table, **fixed, **more}


def test_many_resolutions_each_by_itself(door: Door) -> None:
    version = SchemeVersion.objects.get()
    many, clerk = f"{SCHEMES}/{version.pk}/adopt-many", door.as_("clerk")
    assert "应到户数" in text(clerk.get(many))
    table = rows(door)
    for _ in range(2):
        page = text(clerk.post(many, table))
        assert "记下了 1 个村" in page
        assert "1 个村没有记下" in page
        assert "预算只有 1 元" in page
        assert 'value="WD/02 9号"' in page
    assert Adoption.objects.count() == 2
    assert AdoptionYear.objects.get().budget_fen == 2_000_000
    key = door.village.world["WD/02"].pk
    wrong = {f"attendance-{key}": "四", f"assembly-{key}": "昨天", f"budget-{key}": ""}
    for name, words in zip(wrong, ("「到会户数」", "「开会日期」", "「全年预算(元)」"), strict=True):
        assert words in text(clerk.post(many, rows(door, **{name: wrong[name]}))), name
    nothing = {name: "" for name in rows(door) if "-" in name}
    assert "「会议决议」没有填" in text(clerk.post(many, rows(door, **nothing)))
    assert "第二个人的登录名或密码不对" in text(clerk.post(many, rows(door, second_password="nonsense")))
    assert door.as_("eva1").post(many, rows(door)).status_code == 404


def test_a_cadre_records_only_the_own_village(door: Door) -> None:
    version = SchemeVersion.objects.get()
    page = text(door.as_("cadre2").get(f"{SCHEMES}/{version.pk}/adopt-many"))
    assert "塔湾村" not in page


def test_points_without_a_worth_have_no_cost(door: Door) -> None:
    """What a point is worth must be said before a budget can cover a year of it."""
    adopt(door.village, shipped()["wandian_small"].replace("worth_fen", "# worth_fen"), OCTOBER)
    version = SchemeVersion.objects.get(scheme="wandian_small")
    assert "全年花多少算不出来" in text(door.as_("cadre").get(f"{SCHEMES}/{version.pk}/year"))
    refused = door.as_("clerk").post(f"{SCHEMES}/{version.pk}/adopt-many", rows(door))
    assert refused.status_code == 409
    assert "没有写一分约值几分钱" in text(refused)  # rating.year_unpriced


def test_a_village_writes_within_its_towns_frame(door: Door) -> None:
    """What the town fixes stays; the town's own frame is not the village's to hand on."""
    world, actors = door.village.world, door.village.actor
    framed = shipped()["wandian"].replace("engine = 1", "engine = 2", 1)
    framed += '[frame]\nmay = [{ clause = "awards[good].points", least = 5, most = 10 }]\n'
    clerk, when = actors("clerk"), at(SEPTEMBER)
    version = draft_scheme(text_toml=framed, place=world["WD"], by=clerk, at=when)
    adopt_scheme(
        place=world["WD"], version=version, starts=SEPTEMBER, assembly=date(2026, 8, 20), attendance=4, households=6,
        document="万政发〔2026〕2号", seconded_by=actors("supervisor"), by=clerk, at=when,
    )  # fmt: skip
    draft, cadre = begun(door, "cadre2", place=str(world["WD/02"].pk), begin="in_force"), door.as_("cadre2")
    assert "frame" not in tables(draft)
    assert "没有不对的地方" in text(cadre.get(f"{WRITTEN}/{draft.pk}"))
    cadre.post(edit(draft, "bands"), fields(draft, "bands", bands__0__least="90", bands__1__most="90"))
    page = text(cadre.get(f"{WRITTEN}/{draft.pk}"))
    assert "超出了镇里定的范围" in page
    assert "交另一级核对" not in page
    assert "镇里" in text(cadre.post(f"{WRITTEN}/{draft.pk}/hand-in", sent()))
    assert SchemeVersion.objects.count() == 2
