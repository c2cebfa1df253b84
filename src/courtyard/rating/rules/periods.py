"""Periods of a scheme and the calendar times its caps hold for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, order=True)
class Period:
    """One week, month, quarter or year, by its first and last day."""

    first: date
    last: date

    @property
    def month(self) -> int:
        """The calendar month it begins in (1–12): what `coverage.full_months` speaks of."""
        return self.first.month


@lru_cache(maxsize=10_000)
def period_of(kind: str, day: date) -> Period:
    """The week (from Monday), month, quarter or year a day lies in."""
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return Period(first, first + timedelta(days=6))
    if kind == "year":
        return Period(date(day.year, 1, 1), date(day.year, 12, 31))
    months = 3 if kind == "quarter" else 1
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, months_later(first, months) - timedelta(days=1))


def begins(kind: str, day: date) -> date:
    """The first day, from this one on, on which a period begins: that of the first whole period under a scheme."""
    found = period_of(kind, day)
    return day if found.first == day else found.last + timedelta(days=1)


def number_of(kind: str, since: date, first: date) -> int:
    """How many whole periods lie between a scheme's first day and the period that begins on `first` (0: it is its first)."""
    start = begins(kind, since)
    if kind == "week":
        return max(0, (first - start).days // 7)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    return max(0, ((first.year - start.year) * 12 + first.month - start.month) // months)


@lru_cache(maxsize=10_000)
def time_of(per: str, day: date, period: Period) -> date:
    """The first day of the calendar time a cap, repeat or dedupe holds for; `round` is the scheme's own period."""
    if per == "round":
        return period.first
    if per == "ever":
        return date.min
    if per == "day":
        return day
    return period_of(per, day).first


def months_later(day: date, months: int) -> date:
    """The same day so many months later, the month's last where it has none."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def within_days(day: date, since: str, until: str) -> bool:
    """Whether a day lies in a time of every year (MM-DD to MM-DD, both in it; over the turn of the year where it must)."""
    at = f"{day:%m-%d}"
    return since <= at <= until if since <= until else at >= since or at <= until
