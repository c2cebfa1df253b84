"""(d) An objection upheld after publication: points and ranks again, the correction where the error stood, as long."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.doors.asking import on
from tests.rounds import AREAS
from tests.stories.street import FREE, MENDING, Street, told_and_published

from courtyard.inspections.models import Result
from courtyard.points.queries import budget

RAISED, ANSWERED = FREE + timedelta(days=3), FREE + timedelta(days=8)

pytestmark = pytest.mark.long_on_postgres


def test_an_objection_is_upheld_after_publication(street: Street):
    listing = told_and_published(street)
    assert street.points("0203") == 0
    left = budget(street.place.pk).left
    with on(RAISED):
        said = {"number": street.homes["0203"].short, "said": "objects", "channel": "spoken", "words": "那天在晒谷"}
        answer = street.client("keeper").get("/office/disagree")
        assert answer.status_code == 200 and "周小妹" not in answer.content.decode(), "no list of names at the shop"
        street.post("keeper", "/office/disagree", **said)
        listing.refresh_from_db()
        assert listing.state == "objected", "frozen in the same moment"
        assert MENDING not in street.get("nobody", "/g/WD/01")
        assert "意见" in street.get("0203", "/me")
    with on(ANSWERED):
        page = f"/office/lists/{listing.pk}"
        assert street.client("cadre").post(f"{page}/decide", {}).status_code == 404, (
            "who keeps the village's lists does not decide"
        )
        right = {f"area-{area}": "good" for area in AREAS}
        street.post("supervisor", f"{page}/decide", upheld="yes", reasons="看了照片,那天在晒谷,院里是干净的", **right)
        listing.refresh_from_db()
        assert listing.state == "overturned"
        assert street.points("0203") == 10, "earned again, as a good home earns"
        assert budget(street.place.pk).left == left - 10
        results = Result.objects.filter(visit__household=street.homes["0203"].pk).order_by("day")
        assert [(row.grade, hasattr(row, "superseded_by")) for row in results] == [("poor", True), ("good", False)]
        board = street.get("nobody", "/g/WD/01/G02")
        assert "更正" in board and "不成立" in board
        assert "周小妹" not in board, "the correction names nobody who did not ask for it"
        assert re.search(r"好</span></span>\s*<b>3</b>|好.{0,40}<b>3</b>", board, re.S), "three of three are good now"
        assert "看了照片,那天在晒谷" in street.get("0203", "/me/disagree"), "answered, with reasons"
    stood = RAISED - FREE  # from its publication until the objection froze it
    with on(ANSWERED + stood - timedelta(days=1)):
        assert "更正" in street.get("nobody", "/g/WD/01/G02"), "as long as the error stood"
    with on(ANSWERED + stood + timedelta(days=2)):
        assert "经复核不成立" not in street.get("nobody", "/g/WD/01/G02")
