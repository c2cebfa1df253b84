"""A ranking month through the doors: the round closed, the first's prize on its own page, handed out, the list to sign."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from tests.doors.conftest import PIN, Door, sent, text
from tests.honours.test_ranks import LATE, SEEN, close, looked, scheme
from tests.rounds import at, make_village, mark, opened_round

from courtyard.honours.models import Listing, Prize
from courtyard.households.actions import hand_over_card, issue_cards

pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgres]


@pytest.fixture
def ranking(db: None) -> Any:
    """Village 01 under a scheme with ranks and a prize; its September round is walked; it is the 20th."""
    with time_machine.travel(at(date(2026, 9, 20), 9), tick=True):
        village = make_village(text=scheme())
        cadre = village.actor("cadre")
        issue_cards(place=village.place, by=cadre, at=at(date(2026, 9, 2)))
        hand_over_card(household=village.homes["0101"], pin=PIN, by=cadre, at=at(date(2026, 9, 3)))
        yield Door(village)


def test_a_ranking_month(ranking: Door) -> None:
    opened = opened_round(ranking.village)
    mark(ranking.village, opened, {code: looked(found) for code, found in SEEN.items()}, date(2026, 9, 10))
    cadre, stranger = ranking.as_("cadre"), ranking.as_("cadre2")
    beforehand = text(cadre.get(f"/office/rounds/{opened.pk}/close"))
    assert "红榜" in beforehand and cadre.post(f"/office/rounds/{opened.pk}/close", sent()).status_code == 302
    own = text(ranking.as_("household").get("/me/rounds"))
    assert "您家在全村评了的 6 户中是第 1 名" in own and "前两名:+10 分" in own
    assert "得奖:最干净的一户,200 元" in own and "待发放" in own
    assert dict(Listing.objects.values_list("household__code", "kind")) == {
        "0101": "red", "0102": "red", "0203": "black",
    }  # fmt: skip
    [prize] = Prize.objects.all()
    page = text(cadre.get("/office/prizes"))
    assert "王建国" in page and "待发放 1 份" in page and "200 元" in page
    assert "王建国" not in text(stranger.get("/office/prizes"))
    given = f"/office/prizes/{prize.pk}/given"
    assert stranger.post(given, sent(taker="head")).status_code == 404
    assert "请选户主本人" in text(cadre.post(given, sent()))
    once = sent(taker="head")
    assert [cadre.post(given, once).status_code for _ in range(2)] == [302, 302]  # the same command: the same answer
    assert "已领" in text(cadre.get("/office/prizes")) and "已领" in text(ranking.as_("household").get("/me/rounds"))
    back = f"/office/prizes/{prize.pk}/not-given"
    assert stranger.post(back, sent()).status_code == 404 and cadre.post(back, sent()).status_code == 302
    listed = f"/office/prizes/{opened.pk}.pdf"
    assert cadre.get(listed)["Content-Type"] == "application/pdf" and stranger.get(listed).status_code == 404


def test_nothing_to_hand_out(ranking: Door) -> None:
    page = text(ranking.as_("cadre").get("/office/prizes"))
    assert "没有要发的奖" in page and "定下这一期的奖" not in page


def test_the_town_tells_what_waited(ranking: Door) -> None:
    close(ranking.village)
    clerk = ranking.as_("clerk")
    sending = sent(place=str(ranking.village.world["WD"].pk), month="2026-09-01")
    assert "没有要等镇里排名" in text(clerk.post("/office/prizes/settle", sending))
    assert ranking.as_("cadre").post("/office/prizes/settle", sending).status_code == 404


def test_a_village_is_not_offered_what_the_town_tells(db: None) -> None:
    with time_machine.travel(at(date(2026, 9, 22), 9), tick=True):
        door = Door(make_village(text=scheme(LATE)))
        close(door.village)
        assert "定下这一期的奖" not in text(door.as_("cadre").get("/office/prizes"))
        clerk = door.as_("clerk")
        assert "定下这一期的奖" in text(clerk.get("/office/prizes"))
        sending = sent(place=str(door.village.world["WD"].pk), month="2026-09-01")
        assert clerk.post("/office/prizes/settle", sending).status_code == 302
        assert "待发放 1 份" in text(clerk.get("/office/prizes"))
