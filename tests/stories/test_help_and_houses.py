"""(e) an elder alone; (f) an empty house; (g) a month whose budget does not suffice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.doors.asking import on
from tests.rounds import adopt
from tests.stories.street import CLOSED, GOOD, HANDED, LOOKED, WALKED, Street

from courtyard.honours.models import HelpTask, Listing
from courtyard.households.models import Care
from courtyard.inspections.models import Deed, Result, Visit
from courtyard.points.models import Award
from courtyard.points.queries import budget
from courtyard.rating.queries import shipped

pytestmark = pytest.mark.long_on_postgres


def test_an_elder_alone_is_helped_and_never_listed(street: Street):
    street.give_cards()
    home = street.homes["0203"]
    with on(HANDED):
        street.post("cadre", f"/office/households/{home.pk}/care", kind="elder_alone")
        street.post("cadre", f"/office/care/{Care.objects.get(household=home.pk).pk}", decision="yes")
        for who in ("eva1", "eva4"):
            assert street.client(who).get("/office/care").status_code == 404, "evaluators never see the care list"
    opened = street.open_round()
    street.walk(opened, GOOD | {"0203": "poor"})
    street.close(opened)
    assert not Listing.objects.filter(kind="black").exists(), "poor, and never black-listed"
    task = HelpTask.objects.get(household=home.pk)
    assert task.state == "open"
    with on(LOOKED):
        assert "1 户等人帮" in street.get("cadre", "/office/")
        page = f"/office/help/{task.pk}"
        assert "王建国家" in street.press("cadre", f"{page}/take", neighbour="0101", person="", words="")
        street.post("cadre", f"{page}/done", day=LOOKED.isoformat())
        deed = Deed.objects.get()
        before = street.points("0101")
        street.post("clerk", f"/office/deeds/{deed.pk}/confirm")
        assert street.points("0101") > before, "the neighbour's help is worth something"
        assert "谢谢您帮了邻居" in street.get("0101", "/me")
        assert "刘" not in street.get("0101", "/me") and "周小妹" not in street.get("0101", "/me"), "never whom"
        assert "周小妹" not in street.get("nobody", "/g/WD/01/G02")


def test_nobody_lives_there_and_nobody_rates_it(street: Street):
    street.give_cards()
    home = street.homes["0203"]
    with on(HANDED):
        street.post("cadre", f"/office/households/{home.pk}/living", living="empty")
    opened = street.open_round()
    assert not Visit.objects.filter(round=opened, household=home.pk).exists()
    street.walk(opened, GOOD)
    assert "评了 5 户" in street.close(opened)
    assert not Result.objects.filter(visit__household=home.pk).exists()
    assert not Listing.objects.filter(household=home.pk).exists()
    assert street.points("0203") == 0
    with on(LOOKED):
        assert "没有评 1 户" not in street.get("nobody", "/g/WD/01/G02"), "in no denominator"
        street.post("cadre", f"/office/households/{home.pk}/living", living="lived_in")
    later = street.open_round(date(2026, 10, 1))
    assert Visit.objects.filter(round=later, household=home.pk).exists(), "somebody is back"


def test_a_month_whose_budget_does_not_suffice_waits_for_everybody(poor_street: Street):
    street = poor_street
    street.give_cards()
    opened = street.open_round()
    street.walk(opened, GOOD)
    with on(CLOSED):
        page = street.get("cadre", f"/office/rounds/{opened.pk}/close")
        assert "60" in page and "40" in page, "points beside the budget before anything is booked"
        assert not Award.objects.exists() and not Result.objects.exists(), "looking books nothing"
    assert "到账 0 分,待发 60 分" in street.close(opened)
    assert [street.points(code) for code in GOOD] == [0] * 6, "nobody before anybody"
    assert Listing.objects.filter(kind="red").count() == 6, "grades and lists stand"
    with on(LOOKED):
        assert "待发" in street.get("0101", "/me/points")
        street.post("clerk", f"/office/points/{street.place.pk}/fund", points="20", document="镇财政所 2026 年第 12 号")
        street.post("clerk", f"/office/points/{street.place.pk}/pay")
    assert [street.points(code) for code in GOOD] == [10] * 6, "all together"


def test_or_one_factor_for_all_where_the_assembly_chose_that(poor_street: Street):
    street = poor_street
    adopt(
        street.village,
        shipped()["wandian"].replace('short = "wait"', 'short = "factor"\nrounding = "down"'),
        WALKED.replace(month=10, day=1),
    )
    street.give_cards()
    opened = street.open_round(date(2026, 10, 1))
    street.walk(opened, GOOD)
    said = street.close(opened)
    assert "40/60" in said
    assert [street.points(code) for code in GOOD] == [6] * 6, "10 × 40/60, whole points, whatever the order"
    assert budget(street.place.pk).left == 4 and budget(street.place.pk).waiting == 0
    with on(date(2026, 10, 21)):
        assert "40/60" in street.get("0101", "/me/points")
