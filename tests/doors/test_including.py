"""A home that came after the round was opened, through the doors: said on the round's and the home's page, taken in."""

from __future__ import annotations

from tests.doors.asking import on, twice
from tests.doors.conftest import Door, sent, text
from tests.rounds import OCTOBER, opened_round
from tests.worlds import home

from courtyard.inspections.models import Visit

DAY = OCTOBER.replace(day=10)


def test_a_home_that_came_late_is_taken_into_the_round(door: Door):
    opened = opened_round(door.village, OCTOBER)
    address, page = f"/office/rounds/{opened.pk}/include", f"/office/rounds/{opened.pk}"
    with on(DAY):
        cadre = door.as_("cadre")
        assert "要去看的户都在这一轮里了" in text(cadre.get(address))
        late = home(door.village.world, "WD/01/G01", "0100", "赵新来")
        of_home = f"/office/households/{late.pk}"
        assert "有 1 户是开轮以后才来的" in text(cadre.get(page))
        for shown in (address, of_home):
            assert "加进这一轮" in text(cadre.get(shown)) and "赵新来" in text(cadre.get(shown))
        for who in ("supervisor", "eva1"):
            assert "加进" not in text(door.as_(who).get(page))
            assert door.as_(who).get(address).status_code == 404
        for who in ("supervisor", "eva1", "cadre2"):
            assert door.as_(who).post(address, sent(home=str(late.pk))).status_code == 404
        assert not Visit.objects.filter(household=late).exists()
        twice(cadre, address, home=str(late.pk))
        assert Visit.objects.get(round=opened, household=late).order == 4
        told = text(cadre.get(address))
        assert "请把这个组的再打印一次" in told and "2026-10-10" in told
        assert door.village.world.accounts["cadre"].name in told and "加进这一轮</button>" not in told
        for shown in (page, of_home):
            assert "开轮以后才来的,还不在" not in text(cadre.get(shown)) and "加进这一轮" not in text(cadre.get(shown))
        again = cadre.post(address, sent(home=str(late.pk)))
        assert again.status_code == 409 and "已经在这一轮里" in text(again)
        stranger = home(door.village.world, "WD/02/G01", "0100", "孙外村")
        assert cadre.post(address, sent(home=str(stranger.pk))).status_code == 404
