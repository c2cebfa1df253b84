"""成绩单 through both doors: the cadre prints a home's, the family its own; a home without a round is told so."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from tests.doors.asking import on
from tests.doors.conftest import Door, text
from tests.rounds import closed_round, given

from courtyard.households.models import Household
from courtyard.records.models import AccessLine


def test_a_home_s_record_is_printed_by_the_village_and_by_the_family(door: Door):
    page = f"/office/households/{door.home.pk}/record.pdf"
    empty = door.as_("cadre").get(page)
    assert empty.status_code == 409
    assert "还没有评过" in text(empty)
    closed_round(door.village, dict.fromkeys(door.village.homes, given("good")))
    with on(date(2026, 9, 25)):
        for who, address in (("cadre", page), ("household", "/me/record.pdf")):
            answer = door.as_(who).get(address)
            assert answer.status_code == 200, who
            words = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
            assert door.home.head in words, who
        assert AccessLine.objects.filter(subject=door.home.pk.hex, why="record print").exists()
        assert door.as_("cadre2").get(page).status_code == 404
        assert door.as_("nobody").get("/me/record.pdf").status_code == 302


def test_a_group_s_records_are_one_file_in_walking_order(door: Door, monkeypatch: pytest.MonkeyPatch):
    homes = door.village.homes
    group, village = homes["0101"].group, door.village.place
    page, listed = f"/office/records/{group.pk}.pdf", f"/office/records/{village.pk}"
    none = door.as_("cadre").get(page)
    assert none.status_code == 409 and "还没有评过" in text(none)
    assert "还没有关账的一轮" in text(door.as_("cadre").get(listed))
    Household.objects.filter(pk=homes["0101"].pk).update(bay="下湾", door="10号")
    Household.objects.filter(pk=homes["0102"].pk).update(bay="下湾", door="9号")
    Household.objects.filter(pk=homes["0103"].pk).update(participation="not_taking_part")
    closed_round(door.village, dict.fromkeys(["0101", "0102"], given("good")))
    with on(date(2026, 9, 25)):
        assert "打印这个组的(2 张)" in text(door.as_("cadre").get(listed))
        answer = door.as_("cadre").get(page)
        pages = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(answer.content)]
        assert [homes["0102"].head in pages[0], homes["0101"].head in pages[1], len(pages)] == [True, True, 2]
        assert ["第 1 页,共 2 页" in pages[0], "第 2 页,共 2 页" in pages[1]] == [True, True]
        shown = set(AccessLine.objects.filter(why="record print").values_list("subject", flat=True))
        assert shown == {homes["0101"].pk.hex, homes["0102"].pk.hex}, "who does not take part gets none"
        for who in ("cadre2", "supervisor", "rater"):
            assert door.as_(who if who != "rater" else "eva1").get(page).status_code == 404
            assert door.as_(who if who != "rater" else "eva1").get(listed).status_code == 404
        monkeypatch.setattr("courtyard.records.access.INSERT", "INSERT INTO nowhere {subjects}")
        for address, at in ((page, 1), (f"/office/households/{homes['0101'].pk}/record.pdf", 0)):
            words = pypdfium2.PdfDocument(door.as_("cadre").get(address).content)[at].get_textpage().get_text_range()
            assert homes["0101"].head not in words and "*" in words, "where no line can be written the name is masked"
