"""Names on a black list through the doors: filed, printed, read behind the sheet's token, masked elsewhere, switched off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.lists import PUBLISH_FROM
from tests.naming import ANSWER, FILED, HEADS, candidates, take_to_notice, take_to_publication, village_of_names
from tests.rounds import at
from tests.worlds import person

from courtyard.honours.models import BoardToken, NameDocuments
from courtyard.honours.rules.naming import VIEWS_MOST
from courtyard.honours.rules.states import AssessmentQuestion
from courtyard.kernel.actors import DutyKind
from courtyard.records.access import shown
from courtyard.records.models import AccessLine

GROUP = "/g/WD/01/G02"
FORM = {
    "resolved_on": "2026-09-01", "attendance": "180", "households": "300", "document": "塔湾村民会议〔2026〕5号",
    "expires_on": "2026-10-10", "assessed_on": "2026-09-05", "assessor": "镇司法所 周",
    **{question.value: ANSWER for question in AssessmentQuestion},
}  # fmt: skip


@pytest.fixture
def door(db: None) -> Door:
    village = village_of_names()
    person(village.world, "county", "县干部甲", DutyKind.COUNTY_OFFICER, "")
    return Door(village)


def clear(page: str) -> list[str]:
    return [head for head in HEADS if head in page]


def file(door: Door) -> None:
    """The clerk files the three documents on the village's page."""
    with on(FILED):
        page = f"/office/lists/names/{door.village.place.pk}"
        clerk = door.as_("clerk")
        for missing, told in (("expires_on", "到期日"), ("document", "决议"), ("risks", "影响评估")):
            answer = clerk.post(page, sent(**FORM | {missing: ""}))
            assert answer.status_code == 409 and told in text(answer)
            assert "镇司法所 周" in text(answer), "what was typed is kept"
        assert not NameDocuments.objects.exists()
        assert door.as_("cadre").post(page, sent(**FORM)).status_code == 403
        twice(clerk, page, **FORM)
        assert "塔湾村民会议〔2026〕5号" in text(clerk.get("/office/lists/names"))


def published(door: Door) -> list[Any]:
    file(door)
    return [take_to_publication(door.village, listing) for listing in candidates(door.village)]


def test_before_it_is_pressed_the_page_says_whether_names_would_stand(door: Door):
    listing, _ = candidates(door.village)
    take_to_notice(door.village, listing)
    page = f"/office/lists/{listing.pk}"
    with on(PUBLISH_FROM):
        assert "写到哪里:只写事不写人。" in text(door.as_("deputy").get(page)), "no documents are filed"
    file(door)
    with on(PUBLISH_FROM):
        assert "写到哪里:写名字。" in text(door.as_("deputy").get(page))


def test_one_sheet_and_the_page_behind_it(door: Door):
    published(door)
    group = door.village.homes["0201"].group_id
    with on(PUBLISH_FROM):
        cadre, passer = door.as_("cadre"), Client()
        printed = cadre.get(f"/office/lists/boards/{group}/black_poster.pdf")
        sheet = pypdfium2.PdfDocument(printed.content)
        assert len(sheet) == 1 and clear(sheet[0].get_textpage().get_text_range()) == list(HEADS)
        assert cadre.get(f"/office/lists/boards/{group}/black_poster.png").status_code == 404
        assert AccessLine.objects.filter(fields="head", why="印本组黑榜").count() == 2
        outside = text(passer.get(GROUP))
        assert clear(outside) == [] and "陈*花" in outside
        assert clear(text(passer.get("/v/WD/01"))) == [] and "陈*" not in text(passer.get("/g/WD/01"))
        behind = f"/n/{BoardToken.objects.get().token}"
        page = passer.get(behind)
        assert clear(text(page)) == list(HEADS)
        assert "noindex" in page["X-Robots-Tag"] and page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer" and "今天第 1 次" in text(page)
        assert AccessLine.objects.filter(by_kind="board", fields="named_list").count() == 3
        assert passer.get("/n/23456789ABCDEFGHJKMNPQRSTU").status_code == 404
        for address in ("/", "/v/WD/01", GROUP, "/g/WD/01"):
            assert behind not in text(passer.get(address)), "only the sheet on the wall leads there"


def test_views_are_counted_limited_and_masked_where_they_cannot_be_written(door: Door, monkeypatch):
    published(door)
    board = BoardToken.objects.get()
    with on(PUBLISH_FROM):
        passer, behind = Client(), f"/n/{board.token}"
        for _ in range(VIEWS_MOST - 1):
            shown(by=door.village.world.terminal, at=at(PUBLISH_FROM), subjects=[board.group_id.hex],
                  fields="named_list", why="test")  # fmt: skip
        assert clear(text(passer.get(behind))) == list(HEADS)
        full = text(passer.get(behind))
        assert clear(full) == [] and "次数满了" in full
    with on(PUBLISH_FROM + timedelta(days=1)):
        assert clear(text(passer.get(behind))) == list(HEADS)
        monkeypatch.setattr("courtyard.records.access.shown", lambda **_: False)
        assert clear(text(passer.get(behind))) == [], "no line, no name"


def test_the_countys_switch_covers_names_in_the_same_moment(door: Door):
    published(door)
    behind = f"/n/{BoardToken.objects.get().token}"
    with on(PUBLISH_FROM):
        passer, county, clerk = Client(), door.as_("county"), door.as_("clerk")
        assert "陈*花" in text(passer.get(GROUP)) and clear(text(passer.get(behind)))
        assert "全县关掉写名字" not in text(clerk.get("/office/lists/names"))
        assert clerk.post("/office/lists/names/forbid", sent()).status_code == 403
        twice(county, "/office/lists/names/forbid")
        outside = text(passer.get(GROUP))
        assert "陈*花" not in outside and "院里的柴草" in outside
        dead = passer.get(behind)
        assert dead.status_code == 404 and clear(text(dead)) == []
        again = county.post("/office/lists/names/forbid", sent())
        assert again.status_code == 409 and "已经是关掉的" in text(again)
        end = f"/office/lists/names/{door.village.place.pk}/end"
        assert clerk.post(end, sent()).status_code == 302
        refused = county.post("/office/lists/names/allow", sent())
        assert refused.status_code == 409 and "三份材料" in text(refused)
