"""Days, months and weeks as sentences say them, in the reader's language (tables keep 2026-11-23)."""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language

from courtyard.kernel import weeks


def prose(day: date | None) -> str:
    """2026年11月23日 (23 November 2026); '' where there is none."""
    if day is None:
        return ""
    return date_format(day, "j F Y") if get_language() == "en" else f"{day.year}年{day.month}月{day.day}日"


def month(day: date | None) -> str:
    """2026年11月 (November 2026); '' where there is none."""
    if day is None:
        return ""
    return date_format(day, "F Y") if get_language() == "en" else f"{day.year}年{day.month}月"


def period(named: date | None) -> str:
    """A round's month or week: 2026年11月 (November 2026), 2026年第47周 (week 47 of 2026); '' where there is none."""
    if named is None or not weeks.is_week(named):
        return month(named)
    if get_language() != "en":
        return weeks.prose(named)
    return "week {0[1]} of {0[0]}".format(weeks.first_day(named).isocalendar())
