"""成绩单 through both doors: the cadre prints a home's, the family its own; a home without a round is told so."""

from __future__ import annotations

from datetime import date

import pypdfium2
from tests.doors.asking import on
from tests.doors.conftest import Door, text
from tests.rounds import closed_round, given

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
