"""The day that names a period of rounds: a month's is its first; a week's is its Monday, or its Tuesday where that Monday is
the first of a month. So the day alone tells which of the two it is, and days in order are periods in order.

Weeks run from Monday; they are named as ISO 8601 does, by the year in which most of their days lie: 2026-W53 begins on
28 December 2026 and ends on 3 January 2027.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})", re.ASCII)
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})", re.ASCII)


def week_of(day: date) -> date:
    """The day that names the week a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday if monday.day != 1 else monday + timedelta(days=1)


def month_of(day: date) -> date:
    """The day that names the month a day lies in."""
    return day.replace(day=1)


def is_week(period: date) -> bool:
    """Whether a period is a week, by the day that names it."""
    return period.day != 1


def is_period(day: date) -> bool:
    """Whether a day names a period."""
    return not is_week(day) or week_of(day) == day


def first_day(period: date) -> date:
    """A period's first day."""
    return period - timedelta(days=period.weekday()) if is_week(period) else period


def last_day(period: date) -> date:
    """A period's last day."""
    return first_day(after(period)) - timedelta(days=1)


def after(period: date) -> date:
    """The period of the same kind that follows."""
    if is_week(period):
        return week_of(first_day(period) + timedelta(days=7))
    return date(period.year + period.month // 12, period.month % 12 + 1, 1)


def before(period: date) -> date:
    """The period of the same kind that went before."""
    gone = first_day(period) - timedelta(days=1)
    return week_of(gone) if is_week(period) else month_of(gone)


def now(period: date, today: date) -> date:
    """The period of the same kind in which today lies."""
    return week_of(today) if is_week(period) else month_of(today)


def year_of(period: date) -> int:
    """The year a period is counted in: a month's own, a week's as it is named."""
    return first_day(period).isocalendar().year if is_week(period) else period.year


def within_year(year: int) -> tuple[tuple[date, date], tuple[date, date]]:
    """The first and last day that names a period of a year: of its months, of its weeks."""
    weeks = date.fromisocalendar(year, 1, 1), date.fromisocalendar(year + 1, 1, 1) - timedelta(days=7)
    return (date(year, 1, 1), date(year, 12, 1)), (week_of(weeks[0]), week_of(weeks[1]))


def name_of(period: date) -> str:
    """A period as tables, files and commands write it: 2026-11 or 2026-W47."""
    if not is_week(period):
        return f"{period:%Y-%m}"
    year, week, _ = first_day(period).isocalendar()
    return f"{year}-W{week:02d}"


def named(text: str) -> date | None:
    """The period so written, by the day that names it; None where it is none (2026-13, 2026-W54)."""
    try:
        if found := _MONTH.fullmatch(text):
            return date(int(found[1]), int(found[2]), 1)
        if found := _WEEK.fullmatch(text):
            return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except (ValueError, OverflowError):
        return None
    return None


def prose(period: date) -> str:
    """A period in a Chinese sentence: 2026年11月, 2026年第47周."""
    if not is_week(period):
        return f"{period.year}年{period.month}月"
    year, week, _ = first_day(period).isocalendar()
    return f"{year}年第{week}周"


def brief(period: date) -> str:
    """The same without its year: 11月, 第47周."""
    return prose(period).partition("年")[2]
