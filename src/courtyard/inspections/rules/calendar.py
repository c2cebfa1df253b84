"""The calendar of a village's rounds: which month or week the next one is for, what kind it is, what it is told beforehand.
Pure. A month or a week is the day that names it (`kernel.weeks`).

It counts homes and names none: which of the carried ones a light round visits is drawn when it is opened, by its own id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from courtyard.inspections.rules.rounds import day_of_scheme, drawn_count, held, is_carried, kind_of
from courtyard.inspections.rules.states import RoundKind
from courtyard.kernel import weeks
from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.pausing import days_open, pause_of
from courtyard.rating.rules.periods import period_of

Scheme = Callable[[date], SchemeDocument | None]
Grades = Counter[tuple[str, int]]
ONCE = {"quarter": "一季一轮", "year": "一年一轮"}
AHEAD = 12  # how many months further a pause can push a round
WEEKS_AHEAD = 52
NEAR, YEAR = (
    31,
    31 + 366,
)  # days looked through for what comes next: from the month today lies in, to a year and a month on


@dataclass(frozen=True)
class Passed:
    """A month or week that has no round, and the pause in which it lies."""

    month: date
    pause: str


@dataclass(frozen=True)
class Next:
    """The next round of a village: its month or week and kind, the days it has (outside pauses), what was passed over before
    it. `waits`: the month or week of an earlier round that is closed first.
    """

    month: date
    kind: RoundKind
    since: date
    until: date
    document: SchemeDocument
    passed: tuple[Passed, ...] = ()
    waits: date | None = None

    def ready(self, today: date) -> bool:
        """Whether it can be opened now: nothing before it is open, and it is not further off than the month (week) to come."""
        return self.waits is None and self.month <= weeks.after(weeks.now(self.month, today))

    def due(self, today: date) -> bool:
        """Whether its month or week has begun and nothing before it is open."""
        return self.waits is None and weeks.first_day(self.month) <= today


def paused(document: SchemeDocument, month: date) -> str:
    """Why a month or week has no round: the name of the pause in which most of it lies, or that a round is held once a
    quarter or year, in its first month; '' where it has its round."""
    if between(document, month):
        return ONCE[document.scope.period]
    pause = pause_of(document, weeks.first_day(month), weeks.last_day(month))
    return pause.name if pause else ""


def between(document: SchemeDocument, month: date) -> bool:
    """Whether a month is none in which a round begins: under a quarter's or a year's rounds all but the first one."""
    return document.scope.period in ONCE and period_of(document.scope.period, month).first != month


def in_a_pause(document: SchemeDocument, month: date) -> Problem | None:
    """Why a month or week has no round under this scheme, with the one that has the next, or None."""
    name = paused(document, month)
    if not name:
        return None
    later = month
    for _ in range(WEEKS_AHEAD if weeks.is_week(month) else AHEAD):
        later = weeks.after(later)
        if not paused(document, later):
            code = "inspections.month_between" if between(document, month) else "inspections.month_paused"
            return Problem(code, {"month": _said(month), "pause": name, "next": _said(later)})
    return Problem("inspections.always_paused", {"month": _said(month), "pause": name})


def next_round(today: date, months: Iterable[date], open_months: Iterable[date], scheme: Scheme) -> Next | None:
    """The round a village has next: this month's or week's, else that after the last it had, pauses passed over.

    `months`: those it had a round for; `scheme(day)`: what is in force that day; it says whether months or weeks are
    rated, also where one follows the other. None where nothing was adopted, or the pauses leave nothing of a year.
    """
    latest = max(months, default=date.min)
    passed: list[Passed] = []
    for month in _coming(today, latest):
        document = scheme(day_of_scheme(month, today))
        if document is None and not weeks.is_week(month):
            return None
        if document is None or not held(document, month):
            continue
        name = paused(document, month)
        if not name:
            waits = min((one for one in open_months if one < month), default=None)
            since, until = days_open(document, weeks.first_day(month), weeks.last_day(month))
            return Next(month, kind_of(document, month), since, until, document, tuple(passed), waits)
        passed += [] if between(document, month) else [Passed(month, name)]
    return None


def _coming(today: date, latest: date) -> Iterator[date]:
    """The months and weeks from today's on that come after the latest one, in the order they begin, for a year and a
    month."""
    start = max(today, latest)
    for n in range(-NEAR, YEAR):
        day = start + timedelta(days=n)
        for period in dict.fromkeys((weeks.month_of(day), weeks.week_of(day))):
            begins = weeks.first_day(period) == day
            if begins and period > latest and weeks.last_day(period) >= today:
                yield period


def homes_visited(following: Next, homes: int, grades: Grades) -> int:
    """How many homes the next round visits, of so many; `grades`: (last grade, light rounds that left it out) → homes.

    Known beforehand, which ones is not.
    """
    kind, document = following.kind, following.document
    carried = sum(count for (last, out), count in grades.items() if is_carried(kind, document, last, out))
    return homes - carried + drawn_count(carried, document.coverage.drawn_share_milli)


def unfit_next(following: Next, today: date) -> Problem | None:
    """Why the next round is not opened yet, or None."""
    if following.waits is not None:
        facts = {"month": _said(following.month), "earlier": _said(following.waits)}
        return Problem("inspections.next_waits", facts)
    if not following.ready(today):
        code = "inspections.week_too_far" if weeks.is_week(following.month) else "inspections.month_too_far"
        return Problem(code, {"month": _said(following.month)})
    return None


def too_early(
    month: date, today: date, months: Iterable[date], open_months: Iterable[date], scheme: Scheme
) -> Problem | None:
    """Why a village does not open this month's round yet, or None: an earlier one is open, or this month's is due and was
    never opened; once a later month has its round, it never could be.

    `months`: those it had a round for; `scheme(day)`: what is in force that day.
    """
    if earlier := min((one for one in open_months if one < month), default=None):
        return Problem("inspections.next_waits", {"month": _said(month), "earlier": _said(earlier)})
    for due in (weeks.month_of(today), weeks.week_of(today)):
        document = scheme(day_of_scheme(due, today)) if month > due and due not in months else None
        if document is not None and held(document, due) and not paused(document, due):
            code = "inspections.week_due" if weeks.is_week(due) else "inspections.month_due"
            return Problem(code, {"month": _said(month), "due": _said(due)})
    return None


def _said(month: date) -> str:
    return weeks.name_of(month)
