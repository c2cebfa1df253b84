"""What of a household's points lapses when: its bookings as lots, the oldest leaving first (decision 0023).

A lot is what came in on a day and is still there. Whatever leaves takes the oldest; what comes back (goods returned, a
deduction given back) goes to where it was taken from. Pure: bookings in, falls out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from courtyard.points.rules.standings import ResetDue, falls_by
from courtyard.points.rules.states import Cause


class Booked(NamedTuple):
    """A booking as a home's lots read it: signed points, the day it counts for and the day it was booked.

    `until`: the last day what it brought counts; `waited`: it was paid later than it was granted; `award`: the award that
    brought it, or that was taken back by it; `undoes`: the booking it reverses."""

    id: int
    cause: str
    points: int
    day: date
    booked: date
    until: date | None = None
    waited: bool = False
    award: str = ""
    undoes: int | None = None

    @property
    def on(self) -> date:
        """The day at whose end it is on the account: what left at the end of a day may have been booked later."""
        return self.day if self.cause in (Cause.EXPIRY.value, Cause.RESET.value) else self.booked

    @property
    def last(self) -> date | None:
        """The last day it counts: what waited for the budget keeps its whole time from the day it was paid."""
        return self.until + (self.booked - self.day) if self.until is not None and self.waited else self.until


class Fall(NamedTuple):
    """What leaves at the end of a day: by lapsing, or by this reset."""

    day: date
    points: int
    reset: ResetDue | None = None


@dataclass
class Lot:
    """Points that came in on a day and what is left of them; `until`: the last day they count, None for ever."""

    day: date
    left: int
    until: date | None
    award: str = ""


@dataclass
class Lots:
    """A home's lots in order of the days they count for, and from which of them each booking took."""

    lots: list[Lot] = field(default_factory=list)
    taken: dict[int, list[tuple[Lot, int]]] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """What stands on the account."""
        return sum(lot.left for lot in self.lots)

    def book(self, one: Booked) -> None:
        """Let a booking come in or leave."""
        if one.points > 0 and one.undoes in self.taken:
            self._bring_back(one)
        elif one.points > 0:
            self._come(Lot(one.day, one.points, one.last, one.award))
        elif one.cause == Cause.EXPIRY.value:
            self._leave(one, [lot for lot in self.lots if lot.until is not None and lot.until <= one.day] + self.lots)
        else:
            own = [lot for lot in self.lots if one.award and lot.award == one.award]
            self._leave(one, own + self.lots)

    def lapsing(self, day: date) -> int:
        """What counts for the last time on this day, or counted before and is still here."""
        return sum(lot.left for lot in self.lots if lot.until is not None and lot.until <= day)

    def lapse(self, day: date) -> int:
        """Let it go."""
        gone = self.lapsing(day)
        for lot in self.lots:
            if lot.until is not None and lot.until <= day:
                lot.left = 0
        return gone

    def draw(self, points: int) -> None:
        """Let so many points leave, the oldest first."""
        for lot in self.lots:
            part = min(lot.left, points)
            lot.left -= part
            points -= part

    def nearest(self) -> tuple[date, int] | None:
        """The day on which the next points lapse at its end, and how many; None where none ever do."""
        days = [lot.until for lot in self.lots if lot.left and lot.until is not None]
        return (min(days), self.lapsing(min(days))) if days else None

    def _come(self, lot: Lot) -> None:
        place = next((n for n, other in enumerate(self.lots) if other.day > lot.day), len(self.lots))
        self.lots.insert(place, lot)

    def _leave(self, one: Booked, lots: Iterable[Lot]) -> None:
        left = -one.points
        parts = []
        for lot in lots:
            part = min(lot.left, left)
            if part:
                lot.left -= part
                left -= part
                parts.append((lot, part))
        self.taken[one.id] = parts

    def _bring_back(self, one: Booked) -> None:
        for lot, part in self.taken.pop(one.undoes or 0):
            if lot.until is None or lot.until >= one.booked:
                lot.left += part
            else:  # it would have lapsed meanwhile, and nobody had it in hand then: its time begins anew
                self._come(Lot(one.booked, part, one.booked + (lot.until - lot.day), lot.award))


def lots_of(bookings: Iterable[Booked]) -> Lots:
    """A home's lots after these bookings, given in the order they were booked in."""
    lots = Lots()
    for one in bookings:
        lots.book(one)
    return lots


def falls(bookings: Sequence[Booked], resets: Iterable[ResetDue], through: date) -> list[Fall]:
    """What leaves a home's account at the ends of days up to `through` and is not booked yet, in order of days.

    On a day of a reset what lapses leaves first. Each is as that evening found it: what was booked since does not
    count, what a later booking took is not taken again. No reset given here may be booked already.
    """
    by_day: dict[date, list[ResetDue]] = {through: []}
    for reset in resets:
        by_day.setdefault(reset.day, []).append(reset)
    lots, found, rest = Lots(), [], list(bookings)
    for day in sorted(by_day):
        while rest and rest[0].on <= day:
            lots.book(rest.pop(0))
        if gone := lots.lapse(day):
            found.append(Fall(day, gone))
        for reset in by_day[day]:
            gone = falls_by(lots.points, reset.keep_share_milli, 1)
            lots.draw(gone)
            found += [Fall(day, gone, reset)] if gone else []
    return found
