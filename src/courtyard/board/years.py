"""往年 of a household: year by year its grades, the points that came and went, what stood at the year's end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.inspections.queries.record import grades_of
from courtyard.kernel.weeks import year_of
from courtyard.points.queries.standing import Line, statement


@dataclass(frozen=True)
class OwnYear:
    """A year that is over: (month, grade's code or '', its word) of its rounds; points in, out and left at its end."""

    year: int
    rounds: tuple[tuple[date, str, str], ...]
    came: int
    went: int
    left: int


def own_years(home: UUID, before: int) -> list[OwnYear]:
    """A home's years before this one in which it was rated or its points moved, the latest first (three queries)."""
    rounds, lines = grades_of(home), statement(home).lines
    years = {year_of(month) for month, _, _ in rounds} | {line.booked.year for line in lines}
    return [_year(year, rounds, lines) for year in sorted(years, reverse=True) if year < before]


def _year(year: int, rounds: Sequence[tuple[date, str, str]], lines: Sequence[Line]) -> OwnYear:
    moved = [line.points for line in lines if line.booked.year == year]
    return OwnYear(
        year,
        tuple(row for row in rounds if year_of(row[0]) == year),
        sum(points for points in moved if points > 0),
        -sum(points for points in moved if points < 0),
        sum(line.points for line in lines if line.booked.year <= year),
    )
