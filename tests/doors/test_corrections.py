"""A correction stands where the error stood, as large and as long: the page, the A3 sheet, the task, the household's wish."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2
from tests import lists
from tests.doors.asking import behind_its_card, on, twice
from tests.doors.conftest import Door, sent, text
from tests.lists import PUBLISH_FROM
from tests.rounds import at

from courtyard.honours.actions import decide_objection, name_correction
from courtyard.honours.models import Correction

LISTS, BOARD = "/office/lists", "/g/WD/01/G02"
OBJECTED, DECIDED = PUBLISH_FROM + timedelta(days=4), date(2026, 10, 9)
STOOD = 5  # 30 September to 4 October, both days whole
SAID = "这里原来公示的有 1 处"


def test_upheld_after_publication(door: Door):
    village = door.village
    _, listing = lists.published(village)
    raised = lists.objection(village, listing, OBJECTED)
    with on(DECIDED):
        clerk, cadre, passer = door.as_("clerk"), door.as_("cadre"), door.as_("nobody")
        assert SAID not in text(passer.get(BOARD))
        twice(clerk, f"{LISTS}/{listing.pk}/decide", upheld="yes", reasons="那是邻居堆的")
        row = Correction.objects.get()
        assert (row.since, row.until, row.named) == (DECIDED, DECIDED + timedelta(days=STOOD - 1), False)
        page = text(passer.get(BOARD))
        assert SAID in page and "陈桂花" not in page
        assert "院里的柴草" in text(passer.get("/g/WD/01")), "the small group's things had stood at the village"
        desk = text(cadre.get(LISTS))
        assert "贴更正" in desk and "印更正" in desk and "贴更正(1 户)" in text(cadre.get("/office/"))
        (sheet,) = pypdfium2.PdfDocument(cadre.get(f"{LISTS}/corrections/{row.pk}.pdf").content)
        words = sheet.get_textpage().get_text_range()
        assert "更正" in words and "陈桂花" not in words and round(sheet.get_width()) == 842
        twice(cadre, f"{LISTS}/corrections/{row.pk}/name", named="yes")
        (sheet,) = pypdfium2.PdfDocument(cadre.get(f"{LISTS}/corrections/{row.pk}.pdf").content)
        assert "陈桂花" in sheet.get_textpage().get_text_range() and "陈桂花" in text(passer.get(BOARD))
        household = behind_its_card(door, "0201")
        twice(household, "/me/correction", named="no")
        assert "陈桂花" not in text(passer.get(BOARD)) and "写上我家的名字" in text(household.get("/me/disagree"))
        assert behind_its_card(door, "0202").post("/me/correction", sent(named="yes")).status_code == 404
        twice(cadre, f"{LISTS}/corrections/{row.pk}/pasted")
        assert "贴更正" not in text(cadre.get(LISTS))
        again = cadre.post(f"{LISTS}/corrections/{row.pk}/pasted", sent())
        assert again.status_code == 409 and "记过办好了" in text(again)
        assert door.as_("cadre2").post(f"{LISTS}/corrections/{row.pk}/name", sent(named="no")).status_code == 404
    for day, stands in ((row.until, True), (row.until + timedelta(days=1), False)):
        with on(day):
            assert (SAID in text(passer.get(BOARD))) is stands
    after = row.until + timedelta(days=1)
    lists.refused(
        "honours.correction_over",
        lambda: name_correction(correction=row, named=False, by=village.actor("cadre", at(after)), at=at(after)),
    )
    assert raised.pk


def test_what_was_never_published_needs_no_correction(door: Door):
    village = door.village
    _, listing = lists.notified(village)
    raised = lists.objection(village, listing)
    day = at(lists.TOLD, 17)
    decide_objection(objection=raised, upheld=True, reasons="邻居的", by=village.actor("clerk", day), at=day)
    assert not Correction.objects.exists()
