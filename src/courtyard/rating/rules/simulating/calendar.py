"""The days of a simulated time on which something happens, in the engine's order of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.periods import Period, months_later, period_of, within_days

DEEDS, MENDS, SHOP = 10, 20, 25  # days of a month on which deeds are done, put right, and points spent
BEGINS, DEED, MEND, SPEND, CLOSE, EVENING, ENDS = range(7)  # the order of a day


@dataclass(frozen=True, order=True)
class Tick:
    """Something that happens on a day in all homes. `month`: which of the simulated months, from 0.

    `ledgers`: at a spend, those that can be spent that day; `period`, `number`: at a close, what is closed."""

    day: date
    kind: int
    month: int
    ledgers: tuple[str, ...] = ()
    period: Period | None = None
    number: int = 0


def ticks(document: SchemeDocument, start: date, months: int) -> list[Tick]:
    """Everything that happens from `start` (the first of a month) through so many months, in its order."""
    until = months_later(start, months) - timedelta(days=1)
    closes = _closes(document, start, until)
    found: list[Tick] = []
    for month in range(months):
        first = months_later(start, month)
        found.append(Tick(first, BEGINS, month))
        found.append(Tick(first + timedelta(days=DEEDS - 1), DEED, month))
        found.append(Tick(first + timedelta(days=MENDS - 1), MEND, month))
        found += _spends(document, first, month)
        found.append(Tick(months_later(first, 1) - timedelta(days=1), ENDS, month))
    found += [Tick(period.last, CLOSE, _month(start, period.last), (), period, n) for n, period in enumerate(closes)]
    booked = {tick.day for tick in found if tick.kind in (DEED, MEND, CLOSE)}
    found += [Tick(day, EVENING, _month(start, day)) for day in _evenings(document, booked, start, until)]
    return sorted(found, key=lambda tick: (tick.day, tick.kind))


def _closes(document: SchemeDocument, start: date, until: date) -> list[Period]:
    """The periods that end in the time; one that had begun before is closed too, from what is seen of it."""
    closed, day = [], start
    while day <= until:
        period = period_of(document.scope.period, day)
        if period.last <= until:
            closed.append(period)
        day = period.last + timedelta(days=1)
    return closed


def _spends(document: SchemeDocument, first: date, month: int) -> Iterator[Tick]:
    """The day of a month on which the shop gives something for each ledger, as its windows let it; none where none does."""
    at: dict[date, list[str]] = {}
    for ledger in document.ledgers:
        if not ledger.spendable:
            continue
        windows = [row for row in document.windows if row.ledger == ledger.code]
        days = [first + timedelta(days=n) for n in range((months_later(first, 1) - first).days)]
        fit = [day for day in days if not windows or any(within_days(day, row.since, row.until) for row in windows)]
        if fit:
            at.setdefault(fit[min(SHOP, len(fit)) - 1], []).append(ledger.code)
    yield from (Tick(day, SPEND, month, tuple(ledgers)) for day, ledgers in sorted(at.items()))


def _evenings(document: SchemeDocument, booked: set[date], start: date, until: date) -> set[date]:
    """The days at whose end a balance may fall: those of resets, and those on which something booked lapses."""
    resets = {at for row in document.resets for at in row.days}
    days = (start + timedelta(days=n) for n in range((until - start).days + 1))
    found = {day for day in days if f"{day:%m-%d}" in resets}
    spans = {ledger.valid_months for ledger in document.ledgers} | {rule.valid_months for rule in document.awards}
    spans = (spans | {rule.valid_months for rule in document.deeds}) - {0}
    mended = {day + timedelta(days=MENDS - DEEDS) for day in booked} if document.deeds else set()
    ends = {months_later(day, months) for day in booked | mended for months in spans}
    return found | {day for day in ends if start <= day <= until}


def _month(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month
