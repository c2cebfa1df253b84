"""A year's holiday table as the notice of the year says it: free days, and weekend days worked instead (调休).

A table with a hole would count days against a household, so a year is taken whole or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from courtyard.kernel.days import FIXED
from courtyard.kernel.problems import Problem
from courtyard.kernel.texts import clean, unfit

NAME_MOST, DAYS_MOST = 40, 31
# 全国年节及纪念日放假办法 (2024): how many days each festival is free by law; the lunar ones move, so they are counted.
STATUTORY = {"元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3}
# Two parts of one festival this close belong together; 元旦 of this and of the next year stand a year apart.
APART = 20
WORKED = "上班"
DAY = re.compile(r"(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})日?")
LINE = re.compile(rf"({DAY.pattern})(?:\s*(?:至|到|-{{1,2}}|—+|~)\s*({DAY.pattern}))?\s*(.*)")


@dataclass(frozen=True)
class Period:
    """Some days in a row: free under a name, or worked."""

    first: date
    last: date
    name: str
    worked: bool = False

    def days(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def periods_from(text: str, year: int) -> tuple[Period, ...] | Problem:
    """The lines of a table: `10-01 至 10-07 国庆节` or `10月10日 上班`, one period a line. Names the line it cannot read."""
    found = []
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1):
        if not (line := clean(line)):
            continue
        period = _period(line, year)
        if period is None:
            return Problem("places.holiday_line", {"number": number, "line": line})
        found.append(period)
    return tuple(found)


def _period(line: str, year: int) -> Period | None:
    parts = LINE.fullmatch(line)
    if parts is None:
        return None
    first = _day(parts.group(2, 3, 4), year)
    last = _day(parts.group(6, 7, 8), year) if parts.group(5) else first
    name = clean(parts.group(9))
    if first is None or last is None or not name or not 0 <= (last - first).days < DAYS_MOST:
        return None
    return Period(first, last, name, WORKED in name)


def _day(parts: Sequence[str | None], year: int) -> date | None:
    try:
        return date(int(parts[0] or year), int(parts[1] or 0), int(parts[2] or 0))
    except ValueError:
        return None


def days_of_year(periods: Iterable[Period], year: int) -> Mapping[date, tuple[bool, str]] | Problem:
    """Day → (worked instead?, name) of a year's periods. Refuses a day told twice, and one both free and worked."""
    found: dict[date, tuple[bool, str]] = {}
    for period in periods:
        for day in period.days():
            if day in found:
                code = "places.holiday_twice" if found[day][0] is period.worked else "places.holiday_both"
                return Problem(code, {"day": day.isoformat()})
            found[day] = (period.worked, period.name)
    return unfit_year(found, year) or found


def unfit_year(days: Mapping[date, tuple[bool, str]], year: int) -> Problem | None:
    """Why these are not the whole holidays of a year, or None: a day outside it, a hole, a festival missing or too short."""
    for day, (worked, name) in sorted(days.items()):
        if day.year != year:
            return Problem("places.holiday_outside_year", {"day": day.isoformat(), "year": year})
        if worked and day.weekday() < 5:
            return Problem("places.holiday_worked_weekday", {"day": day.isoformat()})
        if problem := unfit(name, most=NAME_MOST, field="节日名称"):
            return problem
    free = {day: name for day, (worked, name) in days.items() if not worked}
    return _hole(free, year) or _short(free)


def _hole(free: Mapping[date, str], year: int) -> Problem | None:
    for month, number in FIXED:
        if (day := date(year, month, number)) not in free:
            return Problem("places.holiday_fixed_missing", {"day": day.isoformat()})
    ordered = sorted(free)
    for day, following in zip(ordered, ordered[1:], strict=False):
        apart = (following - day).days
        if 1 < apart <= APART and free[day] == free[following]:
            missing = day + timedelta(days=1)
            return Problem("places.holiday_gap", {"name": free[day], "day": missing.isoformat()})
    return None


def _short(free: Mapping[date, str]) -> Problem | None:
    for festival, least in STATUTORY.items():
        count = sum(festival.removesuffix("节") in name for name in free.values())
        if count < least:
            return Problem("places.holiday_short", {"name": festival, "least": least, "count": count})
    return None


def lines_of(days: Mapping[date, tuple[bool, str]]) -> str:
    """A year's table as its lines, to be changed and sent back: days of one name in a row are one line."""
    periods: list[Period] = []
    for day, (worked, name) in sorted(days.items()):
        last = periods[-1] if periods else None
        if last and (last.name, last.worked) == (name, worked) and (day - last.last).days == 1:
            periods[-1] = Period(last.first, day, name, worked)
        else:
            periods.append(Period(day, day, name, worked))
    return "\n".join(_line(one) for one in periods)


def _line(one: Period) -> str:
    span = f"{one.first:%m-%d}" if one.first == one.last else f"{one.first:%m-%d} 至 {one.last:%m-%d}"
    name = one.name if not one.worked or WORKED in one.name else f"{one.name} {WORKED}"
    return f"{span} {name}"
