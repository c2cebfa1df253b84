"""Days of Shanghai, working days and deadlines (D4): the first day does not count, the last is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
# The fixed statutory days of 全国年节及纪念日放假办法 that fall on a solar date; the lunar ones need the year's table.
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


def day_of(at: datetime) -> date:
    """The Shanghai date of an instant (aware)."""
    return at.astimezone(SHANGHAI).date()


def instant(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of that Shanghai day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@dataclass(frozen=True)
class Holidays:
    """The editable table: years it covers, free days, and weekend days worked instead (调休)."""

    years: frozenset[int] = frozenset()
    free: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def known(self, year: int) -> bool:
        return year in self.years

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day; in a year without a table the fixed statutory days are free, 调休 unknown."""
        if self.known(day.year):
            if day in self.worked:
                return True
            return day.weekday() < 5 and day not in self.free
        return day.weekday() < 5 and (day.month, day.day) not in FIXED


@dataclass(frozen=True)
class Deadline:
    """The last day of a period; `provisional` (暂定) where a year without a holiday table had a part in it."""

    day: date
    provisional: bool = field(default=False)


def working_days_after(start: date, count: int, holidays: Holidays) -> Deadline:
    """The day that ends `count` whole working days after `start` (the first day does not count)."""
    day, left, provisional = start, count, False
    while left:
        day += timedelta(days=1)
        provisional = provisional or not holidays.known(day.year)
        left -= holidays.is_working(day)
    return Deadline(day, provisional)


def days_after(start: date, count: int, holidays: Holidays) -> Deadline:
    """`count` calendar days after `start`; a free last day becomes the next working day."""
    day = start + timedelta(days=count)
    provisional = not holidays.known(day.year)
    while not holidays.is_working(day):
        day += timedelta(days=1)
        provisional = provisional or not holidays.known(day.year)
    return Deadline(day, provisional)


def holidays_from(rows: Mapping[date, bool], years: set[int]) -> Holidays:
    """A table from rows day → worked instead (True) or free (False) and the years it covers."""
    return Holidays(
        frozenset(years),
        frozenset(day for day, worked in rows.items() if not worked),
        frozenset(day for day, worked in rows.items() if worked),
    )
