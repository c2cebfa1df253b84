"""Adjustments by hand through the doors: proposed, confirmed by another level, published without names; stranger, repeat."""

from __future__ import annotations

from datetime import date

import pytest
from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.rounds import at

from courtyard.points.actions import confirm_adjustment, propose_adjustment
from courtyard.points.models import Adjustment
from courtyard.points.queries import adjustments as queries
from courtyard.points.queries import balance
from courtyard.points.rules.states import AdjustmentReason

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]
DAY = date(2026, 10, 14)
PAGE = "/office/points/adjustments"


def form(door: Door, **change: str) -> dict[str, str]:
    given = {"village": str(door.village.place.pk), "home": "0102", "way": "add", "points": "15", "reason": "left_out"}
    return given | {"evidence": "照片 0913"} | change


def test_two_people_of_two_levels_adjust_and_the_village_reads_it_without_names(door: Door) -> None:
    with on(DAY):
        cadre, clerk = door.as_("cadre"), door.as_("clerk")
        assert "没有等着核对的" in text(cadre.get(PAGE))
        link = f"{PAGE}?village={door.village.place.pk}&home=0102"
        found = text(cadre.get(f"/office/households/{door.village.homes['0102'].pk}"))
        assert link.replace("&", "&amp;") in found or link in found, "nothing is typed twice"
        assert 'value="0102"' in text(cadre.get(link))
        twice(cadre, f"{PAGE}/propose", **form(door))
        row = Adjustment.objects.get()
        home = door.village.homes["0102"]
        assert balance(home.pk).points == 0, "nothing is booked yet"
        shown = text(cadre.get(PAGE))
        assert "李秀英" in shown and "+15" in shown and "照片 0913" in shown and "入账</button>" not in shown
        assert "1 笔积分调整等另一级核对" in text(clerk.get("/office/"))
        assert "2026年9月到今天没有调整过" in text(door.as_("nobody").get("/v/WD/01"))
        answer = twice(clerk, f"{PAGE}/{row.pk}/confirm")
        assert answer["Location"] == PAGE
        assert balance(home.pk).points == 15, "once, though it was sent twice"
        public = text(door.as_("nobody").get("/v/WD/01"))
        assert "漏记补发" in public and "+15" in public and "李" not in public and "0913" not in public
        again = door.as_("supervisor").post(f"{PAGE}/{row.pk}/decline", sent())
        assert again.status_code == 409 and "已经复核过" in text(again)


def test_who_is_of_the_same_level_reads_why_and_another_village_reads_nothing(door: Door) -> None:
    with on(DAY):
        clerk = door.as_("clerk")
        clerk.post(f"{PAGE}/propose", sent(**form(door, way="take", points="3", reason="till")))
        row = Adjustment.objects.get()
        assert (row.points, row.proposed_as) == (-3, "town_clerk")
        page = text(clerk.get(PAGE))
        assert "提出的人不能自己复核" in page and "入账</button>" not in page
        assert clerk.post(f"{PAGE}/{row.pk}/confirm", sent()).status_code == 409
        other = door.as_("cadre2")
        assert "李秀英" not in text(other.get(PAGE)) and "0913" not in text(other.get(PAGE))
        assert other.post(f"{PAGE}/{row.pk}/confirm", sent()).status_code in (403, 404)
        assert other.post(f"{PAGE}/propose", sent(**form(door))).status_code == 404
        declined = door.as_("supervisor").post(f"{PAGE}/{row.pk}/decline", sent(), follow=True)
        assert "积分没有变" in text(declined) and "复核未通过" in text(declined)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": "201"}, "一次最多"),
        ({"points": "0"}, "不能是 0"),
        ({"points": "-5"}, "多少分"),
        ({"evidence": " "}, "凭据"),
        ({"reason": "favour"}, "为什么"),
        ({"way": ""}, "加还是减"),
        ({"home": "9999"}, "9999"),
    ],
)
def test_what_cannot_be_proposed_is_said_and_kept(door: Door, change: dict[str, str], said: str) -> None:
    with on(DAY):
        answer = door.as_("cadre").post(f"{PAGE}/propose", sent(**form(door, **change)))
    assert answer.status_code in (400, 409, 422) and said in text(answer) and 'id="adjust"' in text(answer)
    assert not Adjustment.objects.exists()


def test_the_public_list_is_counted_when_it_is_long(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LISTED", 1)
    cadre, clerk = door.village.actor("cadre"), door.village.actor("clerk")
    for n in (1, 2):
        given = {"reason": AdjustmentReason.MISTYPED, "evidence": f"单 {n}"}
        id = propose_adjustment(household=door.home, points=n, by=cadre, at=at(DAY), **given)
        confirm_adjustment(adjustment=Adjustment.objects.get(pk=id), by=clerk, at=at(DAY))
    with on(DAY):
        page = text(door.as_("nobody").get("/v/WD/01"))
    assert "另有 1 笔" in page
