"""Evaluation groups in the office: made from the meeting's record, drawn, their record shown; joint grading typed."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.doors.conftest import Door, sent, text
from tests.groups import NUMBERS, chosen, group_of
from tests.rounds import SEPTEMBER, at, closed_round, given
from tests.worlds import person

from courtyard.households.actions import declare_kin
from courtyard.households.rules.states import KinKind
from courtyard.inspections.actions import draw_panels, draw_yards, open_round
from courtyard.inspections.models import EvaluationGroup, Seat
from courtyard.inspections.rules.draw import draw, ground_from
from courtyard.kernel.actors import DutyKind

GROUPS = "/office/groups"
KEYS = ("1", "2", "3")


@pytest.fixture
def eight(door: Door) -> Door:
    for n in (91, 92):
        person(door.village.world, f"eva{n}", f"评比员{n}", DutyKind.EVALUATOR, "WD/01", at(SEPTEMBER, 8))
    return door


def form(door: Door, **changed: str) -> dict[str, str]:
    """What the meeting's record says, as the page sends it."""
    fields = {
        "meeting": "2026-09-01",
        "kind": "assembly",
        "attendance": "40",
        "since": "2026-09-01",
        "last": "2029-08-31",
    }
    for member in chosen(door.village):
        place = f"{member.trio}{'r' if member.n == 4 else ''}"
        fields |= {f"p-{member.account.hex}": place, f"s-{member.account.hex}": member.standing.value}
    return {**fields, **changed}


def test_a_group_is_made_from_the_meetings_record(eight: Door) -> None:
    cadre, page = eight.as_("cadre"), f"{GROUPS}/new/{eight.village.place.pk}"
    assert "第 2 小组候补" in text(cadre.get(page))
    few = cadre.post(page, sent(**form(eight, **{f"p-{eight.village.id('eva4').hex}": ""})))
    assert few.status_code == 409
    assert "第 1 小组不齐" in text(few)
    fields = sent(**form(eight))
    first = cadre.post(page, fields)["Location"]
    assert cadre.post(page, fields)["Location"] == first, "the repeat"
    assert EvaluationGroup.objects.count() == 1
    shown = text(cadre.get(first))
    assert all(word in shown for word in ("党员代表", "村民代表", "候补", "村民会议", "到会 40 人", "在任"))
    assert "在任" in text(cadre.get(GROUPS))


def test_strangers_find_no_group(eight: Door) -> None:
    group = group_of(eight.village)
    draw_yards(village=eight.village.place, by=eight.village.actor("cadre"), at=at(SEPTEMBER, 8))
    one = eight.village.id("eva1")
    stranger, evaluator = eight.as_("cadre2"), eight.as_("eva2")
    for page in ("", "/calibration", f"/calibration/{one}", "/calibration/sheets.pdf", "/calibration.pdf"):
        assert stranger.get(f"{GROUPS}/{group.pk}{page}").status_code == 404
    assert stranger.get(f"{GROUPS}/new/{eight.village.place.pk}").status_code == 404
    assert stranger.post(f"{GROUPS}/{group.pk}/yards", sent()).status_code == 404
    assert evaluator.get(f"{GROUPS}/{group.pk}").status_code == 200
    assert evaluator.get(f"{GROUPS}/{group.pk}/calibration/{one}").status_code == 404, "another's sheet"


def test_the_draws_record_is_there_for_everybody_who_rates(eight: Door) -> None:
    village = eight.village
    group_of(village)
    cadre = village.actor("cadre")
    opened = open_round(village=village.place, month=SEPTEMBER, by=cadre, at=at(SEPTEMBER, 8), draw=False)
    client = eight.as_("cadre")
    assert "这一轮没有抽签记录" in text(client.get(f"/office/rounds/{opened.pk}/draws"))
    draw_panels(opened=opened, by=cadre, at=at(SEPTEMBER, 8))
    for who in ("cadre", "eva1", "supervisor"):
        page = text(eight.as_(who).get(f"/office/rounds/{opened.pk}/draws"))
        assert "和记录一样" in page
        assert opened.draws.get().seed in page
    kept = eight.as_("supervisor").get(f"/office/rounds/{opened.pk}/draws.json").json()["draws"]
    assert [one.canonical for one in draw(ground_from(kept[0]["facts"]), kept[0]["seed"])] == kept[0]["outcome"]
    assert client.get(f"/office/rounds/{opened.pk}/draws.json").status_code == 404
    assert "抽签记录" in text(client.get(f"/office/rounds/{opened.pk}"))
    panel = text(client.get(f"/office/rounds/{opened.pk}/panel/{eight.home.group_id}"))
    assert panel.count('type="checkbox"') == len(NUMBERS)
    assert eight.as_("cadre2").get(f"/office/rounds/{opened.pk}/draws").status_code == 404
    assert Seat.objects.filter(round=opened).count() == 6


def test_yards_are_graded_together(eight: Door) -> None:
    group = group_of(eight.village)
    cadre, page = eight.as_("cadre"), f"{GROUPS}/{group.pk}"
    assert "第一次评比前先一起评 6 户" in text(cadre.get("/office/"))
    assert "还没有一起试评" in text(cadre.get("/office/rounds/new"))
    assert cadre.post(f"{page}/yards", sent()).status_code == 302
    assert cadre.post(f"{page}/yards", sent()).status_code == 409
    blank = pypdfium2.PdfDocument(cadre.get(f"{page}/calibration/sheets.pdf").content)
    assert len(blank) == 2 * len(NUMBERS)
    assert "只试评,不算分" in blank[0].get_textpage().get_text_range()
    assert cadre.get(f"{page}/calibration.pdf").status_code == 409, "nobody has handed in"
    one, two = eight.village.id("eva1"), eight.village.id("eva2")
    keys = {f"y-{n}-{area}": "1" for n in range(1, 7) for area in ("courtyard", "rooms", "surroundings")}
    half = cadre.post(f"{page}/calibration/{one}", sent(**{**keys, "y-6-rooms": ""}))
    assert half.status_code == 409
    assert "第 6 户还没有填完:室内" in text(half)
    odd = cadre.post(f"{page}/calibration/{one}", sent(**{**keys, "y-1-courtyard": "0"}))
    assert odd.status_code == 409, "the courtyard needs no consent"
    assert cadre.post(f"{page}/calibration/{one}", sent(**keys)).status_code == 302
    own = eight.as_("eva2")
    assert own.post(f"{page}/calibration/{two}", sent(**{**keys, "y-1-courtyard": "3"})).status_code == 302
    seen = text(own.get(f"{page}/calibration"))
    assert "您给的:差" in seen
    assert "差得远" in seen
    assert "您给的" not in text(cadre.get(f"{page}/calibration"))
    assert len(pypdfium2.PdfDocument(cadre.get(f"{page}/calibration.pdf").content)) == 1


def test_the_boards_say_how_the_leading_homes_stand_whatever_it_is(door: Door) -> None:
    """W16: the village's figure on every board, one poor home or not; no name."""
    village = door.village
    for who, code in (("cadre", "0101"), ("eva1", "0203")):
        declare_kin(
            account=village.world.accounts[who], household=village.homes[code], kind=KinKind.OWN_HOME,
            by=village.actor("cadre"), at=at(SEPTEMBER, 8),
        )  # fmt: skip
    closed_round(village, {**dict.fromkeys(village.homes, given("good")), "0101": given("poor")})
    for path in ("WD/01", "WD/01/G01", "WD/01/G02"):
        page = " ".join(text(door.as_("nobody").get(f"/g/{path}")).split())
        assert "全村干部和评比员家庭 2 户:好 1 中 0 差 1" in page
        assert "王建国" not in page
