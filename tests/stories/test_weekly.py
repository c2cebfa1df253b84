"""A village that rates by the week, through the doors: opened by the card 下一轮, walked, closed over the turn of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.doors.asking import on
from tests.doors.conftest import Door
from tests.rating.worked import document
from tests.rounds import make_village
from tests.stories.street import AREAS, KEYS, Street

from courtyard.inspections.models import Round, Seat
from courtyard.kernel import weeks
from courtyard.outreach.gathering import score_sheets_of
from courtyard.outreach.gathering_records import record_of
from courtyard.points.models import Award
from courtyard.rating.rules.writing import write

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NEXT = "/office/rounds/next"
WEEKLY = {"engine": 2, "scope.period": "week", "coverage.full_months": list(range(1, 13))}


@pytest.fixture
def street(db: None) -> Street:
    return Street(Door(make_village(text=write(document("wandian", WEEKLY)))))


def typed(street: Street, opened: Round, day: date) -> None:
    """Everybody's sheets typed in the office: good everywhere."""
    for seat in Seat.objects.filter(round=opened):
        here = [one for one in street.homes.values() if one.group_id == seat.group_id]
        fields = {f"m-{one.pk.hex}-{area}": KEYS["good"] for one in here for area in AREAS}
        page = f"/office/rounds/{opened.pk}/marks/{seat.group_id}/{seat.evaluator_id}"
        street.post("cadre", page, **fields, day=day.isoformat())


def a_week(street: Street, text: str) -> Round:
    """Opened on its Monday by the card, typed on its Friday, closed on its Sunday."""
    period = weeks.named(text)
    assert period is not None
    monday = weeks.first_day(period)
    with on(monday):
        assert f"{weeks.prose(period)} 全面评比" in street.get("cadre", NEXT)
        assert "开这一轮的评比" in street.get("cadre", "/office/")
        street.post("cadre", NEXT, place=str(street.place.pk), month=text)
        assert "开这一轮的评比" not in street.get("cadre", "/office/")
    opened = Round.objects.get(village=street.place, month=period)
    with on(monday + timedelta(days=4)):
        typed(street, opened, monday + timedelta(days=3))
    with on(weeks.last_day(period)):
        assert f"{weeks.prose(period)} 关账" in street.get("cadre", f"/office/rounds/{opened.pk}/close")
        assert "评了 6 户" in street.press("cadre", f"/office/rounds/{opened.pk}/close")
    opened.refresh_from_db()
    return opened


def test_two_weeks_over_the_turn_of_the_year(street: Street) -> None:
    street.give_cards()
    old, new = a_week(street, "2026-W53"), a_week(street, "2027-W01")
    assert (old.opened, old.closed) == (date(2026, 12, 28), date(2027, 1, 3))
    days = dict(Award.objects.order_by("day").values_list("round", "day").distinct())
    assert days == {old.pk: date(2027, 1, 3), new.pk: date(2027, 1, 10)}
    with on(date(2027, 1, 11)):
        mine = street.get("0101", "/me/rounds")
        assert "2027年第1周评比" in mine and "2026年第53周评比" in mine
        assert "2027年第1周评比" in street.get("0101", "/me/points") and street.points("0101") == 20
        assert "2027年第1周" in street.get("nobody", "/g/WD/01/G01")
        assert "2026年第53周" in street.get("0101", "/me/years")
        village = f"/office/years/{street.place.pk}"
        assert "2026年第53周" in street.get("cadre", f"{village}/2026")
        assert "2027年第1周" in street.get("cadre", f"{village}/2027")
        assert "第53周" not in street.get("cadre", f"{village}/2027")
        assert "2027年第2周" in street.get("cadre", NEXT)
    [record] = record_of(street.homes["0101"], date(2027, 1, 11)).records
    assert [one.name for one in record.rounds] == ["第53周", "第1周"]
    assert score_sheets_of(new, date(2027, 1, 11)).sheets[0].round_name == "2027年第1周 全面评比"


def test_a_week_chosen_by_hand(street: Street) -> None:
    with on(date(2027, 1, 6)):
        page = street.get("cadre", "/office/rounds/new")
        assert 'type="week"' in page and 'type="month"' in page
        fields = {"place": str(street.place.pk), "month": "2027-01"}
        answer = street.post("cadre", "/office/rounds/new", 409, **fields)
        assert "一周一评" in street.why(answer), "a month is no week"
        answer = street.post("cadre", "/office/rounds/new", 409, **fields, week="2027-W54")
        assert "不是月份,也不是周" in street.why(answer)
        answer = street.post("cadre", "/office/rounds/new", 409, **fields, week="2027-W02")
        assert "2027年第1周 的评比还没有开" in street.why(answer)
        street.post("cadre", "/office/rounds/new", **fields, week="2027-W02", skips="yes")
        assert "2027年第2周 全面评比" in street.get("cadre", f"/office/rounds/{Round.objects.get().pk}")
