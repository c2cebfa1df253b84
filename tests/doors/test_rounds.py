"""Rounds in the office: opened for a village or a town, panels, score sheets, progress."""

from __future__ import annotations

import pypdfium2
import pytest
from tests.doors.conftest import Door, sent, text

from courtyard.inspections.models import Round, Seat

ROUNDS = "/office/rounds"


@pytest.fixture
def url(opened: Round) -> str:
    return f"{ROUNDS}/{opened.pk}"


def test_a_round_is_opened_once(door: Door):
    cadre, fields = door.as_("cadre"), sent(place=str(door.village.place.pk), month="2026-09")
    first = cadre.post(f"{ROUNDS}/new", fields)["Location"]
    assert cadre.post(f"{ROUNDS}/new", fields)["Location"] == first
    page = text(cadre.get(first))
    assert "1组" in page
    assert "0 / 18" in page, "six homes, three raters each"
    again = cadre.post(f"{ROUNDS}/new", sent(place=str(door.village.place.pk), month="2026-09"))
    assert again.status_code == 409
    assert Round.objects.count() == 1


def test_a_town_s_rounds_are_opened_village_by_village(door: Door):
    answer = door.as_("clerk").post(f"{ROUNDS}/new", sent(place=str(door.village.world["WD"].pk), month="2026-09"))
    assert "1 个村开好了" in text(answer)
    assert "石桥村" in text(answer), "the village without a scheme is named with its reason"


def test_another_village_s_round_is_none_of_theirs(door: Door, opened: Round, url: str):
    stranger = door.as_("cadre2")
    assert "塔湾村" not in text(stranger.get(ROUNDS))
    for page in (url, f"{url}/sheets.pdf", f"{url}/close"):
        assert stranger.get(page).status_code == 404
    assert stranger.post(f"{url}/draw", sent()).status_code == 404
    assert stranger.post(f"{ROUNDS}/new", sent(place=str(door.village.place.pk), month="2026-10")).status_code == 404


def test_an_evaluator_sees_the_own_seats_only(door: Door, opened: Round, url: str):
    seat = Seat.objects.filter(round=opened).order_by("pk").first()
    name = next(name for name, account in door.village.world.accounts.items() if account.pk == seat.evaluator_id)
    page = text(door.as_(name).get(url))
    assert seat.evaluator.name in page
    others = (
        Seat.objects.filter(round=opened).exclude(evaluator=seat.evaluator).values_list("evaluator__name", flat=True)
    )
    assert not [other for other in others if other in page]
    assert "关账" not in page.replace("已关账", "")


def test_a_panel_is_set_by_hand(door: Door, opened: Round, url: str):
    cadre, group = door.as_("cadre"), door.home.group_id
    page = f"{url}/panel/{group}"
    chosen = [str(door.village.id(f"eva{n}")) for n in (4, 5, 6)]
    few = cadre.post(page, sent(evaluator=chosen[:2]))
    assert few.status_code == 409
    assert cadre.post(page, sent(evaluator=chosen)).status_code == 302
    seated = Seat.objects.filter(round=opened, group=group).order_by("n").values_list("evaluator_id", flat=True)
    assert [str(one) for one in seated] == chosen
    assert "评比员4" in text(cadre.get(page))
    assert cadre.get(f"{url}/panel/{door.village.world['WD/02/G01'].pk}").status_code == 404


def test_panels_are_drawn_where_there_are_none(door: Door, opened: Round, url: str):
    Seat.objects.filter(round=opened, group=door.home.group_id).delete()
    cadre = door.as_("cadre")
    assert "1 个组还没有评比员" in text(cadre.get(url))
    assert cadre.post(f"{url}/draw", sent()).status_code == 302
    assert Seat.objects.filter(round=opened, group=door.home.group_id).count() == 3


def test_score_sheets_print_one_a_rater(door: Door, opened: Round, url: str):
    cadre = door.as_("cadre")
    whole = pypdfium2.PdfDocument(cadre.get(f"{url}/sheets.pdf").content)
    group = pypdfium2.PdfDocument(cadre.get(f"{url}/sheets.pdf?group={door.home.group_id}").content)
    assert len(whole) == 2 * len(group)
    assert "0101" in group[0].get_textpage().get_text_range()
    assert door.as_("eva1").get(f"{url}/sheets.pdf").status_code == 404
