"""Days that name periods: a month's first; a week's Monday, or Tuesday where that Monday is the first of a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.kernel import weeks

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "day", "first", "last", "words"),
    [
        ("2026-11", "2026-11-01", "2026-11-01", "2026-11-30", "2026年11月"),
        ("2026-12", "2026-12-01", "2026-12-01", "2026-12-31", "2026年12月"),
        ("2026-W47", "2026-11-16", "2026-11-16", "2026-11-22", "2026年第47周"),
        ("2026-W53", "2026-12-28", "2026-12-28", "2027-01-03", "2026年第53周"),
        ("2027-W01", "2027-01-04", "2027-01-04", "2027-01-10", "2027年第1周"),
        ("2026-W01", "2025-12-29", "2025-12-29", "2026-01-04", "2026年第1周"),
        ("2027-02", "2027-02-01", "2027-02-01", "2027-02-28", "2027年2月"),
        ("2027-W05", "2027-02-02", "2027-02-01", "2027-02-07", "2027年第5周"),  # Monday is 1 February
        ("2024-W01", "2024-01-02", "2024-01-01", "2024-01-07", "2024年第1周"),
    ],
)
def test_a_period_and_its_name(text: str, day: str, first: str, last: str, words: str) -> None:
    period = weeks.named(text)
    assert period is not None and period.isoformat() == day
    assert (weeks.first_day(period).isoformat(), weeks.last_day(period).isoformat()) == (first, last)
    assert (weeks.name_of(period), weeks.prose(period)) == (text, words)
    assert weeks.is_period(period) and weeks.is_week(period) is ("W" in text)
    assert weeks.brief(period) == words[5:]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-W00", "2026-W54", "2027-W53", "2026-w47", "２０２６-11", "2026-11-01", "0000-01"]
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    assert weeks.named(text) is None


@given(DAYS)
def test_every_day_lies_in_one_week_and_one_month_that_follow_each_other(day: date) -> None:
    for period in (weeks.week_of(day), weeks.month_of(day)):
        assert weeks.first_day(period) <= day <= weeks.last_day(period)
        assert weeks.is_period(period) and weeks.named(weeks.name_of(period)) == period
        later = weeks.after(period)
        assert weeks.before(later) == period < later and weeks.is_week(later) is weeks.is_week(period)
        assert weeks.first_day(later) == weeks.last_day(period) + timedelta(days=1)
        assert weeks.now(period, day) == period
        months, sevens = weeks.within_year(weeks.year_of(period))
        first, last = sevens if weeks.is_week(period) else months
        assert first <= period <= last
    assert weeks.week_of(day) != weeks.month_of(day), "the day alone tells which it is"


@given(DAYS)
def test_a_year_holds_its_own_weeks_alone(day: date) -> None:
    period = weeks.week_of(day)
    first, last = weeks.within_year(weeks.year_of(period) + 1)[1]
    assert not first <= period <= last and weeks.first_day(first).isocalendar().week == 1
