"""One owner's account in one ledger: what was earned and taken, what lapsed, what is left.

A ledger that can be spent keeps lots, oldest first: whatever leaves takes the oldest. A ledger that is only a standing
keeps records: each counts until it lapses, so a record that took off comes back when it does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from courtyard.rating.rules.documents import Ledger


@dataclass
class Lot:
    """Points that came in on a day and what is left of them; `until`: the last day they count, None for ever."""

    day: date
    left: int
    until: date | None


@dataclass
class Account:
    """A running account, in thousandths. `owed`: how far below zero it is (a ledger that lets debts stand); `spent`:
    what left by spending, which a standing still counts until it would have lapsed."""

    ledger: Ledger
    lots: list[Lot] = field(default_factory=list)
    owed: int = 0
    spent: list[Lot] = field(default_factory=list)

    @classmethod
    def opened(cls, ledger: Ledger, day: date) -> Account:
        """A new account with what everybody begins with, which never lapses."""
        return cls(ledger, [Lot(day, ledger.base_milli, None)] if ledger.base_milli else [])

    @property
    def balance(self) -> int:
        """What stands on it now: earned, less what was taken, spent and lapsed."""
        return sum(lot.left for lot in self.lots) - self.owed

    @property
    def standing(self) -> int:
        """What was earned, less what was taken or lapsed: spending never lowers it (D6)."""
        return self.balance + sum(lot.left for lot in self.spent)

    def spend(self, milli: int) -> None:
        """Let points leave by spending, oldest first."""
        left = milli
        for lot in self.lots:
            part = min(lot.left, left)
            if part:
                self.spent.append(Lot(lot.day, part, lot.until))
            left -= part
        self.draw(milli)

    def take_in(self, day: date, milli: int, until: date | None) -> None:
        """Points that were earned; a debt is paid back first."""
        paid = min(self.owed, milli)
        self.owed -= paid
        if milli > paid:
            self.lots.append(Lot(day, milli - paid, until))

    def take_off(self, day: date, milli: int, until: date | None) -> int:
        """Take points off; what really was taken (the ledger says what happens below zero).

        In a standing it is a record of its own, back when it lapses."""
        if self.ledger.negative == "record":
            return 0
        taken = milli if self.ledger.negative == "debt" else max(0, min(milli, self.balance))
        if not self.ledger.spendable:
            if taken:
                self.lots.append(Lot(day, -taken, until))
            return taken
        self.owed += taken - self.draw(min(taken, max(0, self.balance)))
        return taken

    def draw(self, milli: int) -> int:
        """Let points leave, oldest first; never more than there are."""
        left = milli
        for lot in self.lots:
            part = min(lot.left, left)
            lot.left -= part
            left -= part
        self.lots = [lot for lot in self.lots if lot.left]
        return milli - left

    def lapse(self, day: date) -> int:
        """What counts today for the last time leaves; what it changes (a lapsed deduction comes back: above zero)."""
        gone = sum(lot.left for lot in self.lots if lot.until is not None and lot.until <= day)
        if gone or any(lot.until is not None and lot.until <= day for lot in self.lots):
            self.lots = [lot for lot in self.lots if lot.until is None or lot.until > day]
        if self.spent:
            self.spent = [lot for lot in self.spent if lot.until is None or lot.until > day]
        return -gone

    def keep(self, milli: int) -> int:
        """Fall to `milli` (a reset); what left. What was spent before is past."""
        self.spent = []
        gone = max(0, self.balance - milli)
        if self.ledger.spendable:
            return self.draw(gone)
        if gone:
            self.lots.append(Lot(date.max, -gone, None))
        return gone
