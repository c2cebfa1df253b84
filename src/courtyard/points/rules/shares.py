"""Where a village's budget does not cover a round: one factor for every award of it, never an order (DOMAIN §4.12)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """One exact factor for all: `budget` points are left for the `needed` points a round earned."""

    budget: int
    needed: int

    def of(self, points: int) -> int:
        """What is paid of an award: points × budget ÷ needed, what is below one point dropped."""
        return points * self.budget // self.needed

    def cut(self, points: int) -> int:
        """What the factor takes off an award."""
        return points - self.of(points)


def share(left: int, before: int, needed: int) -> Share | None:
    """The factor a round is paid by, or None where it needs none.

    `left` points are in the budget, `before` points wait from earlier rounds and come first, `needed` is what this
    round earned. Where not even what waited is covered, this round waits with it: nobody is cut for an old debt.
    """
    if not needed or before + needed <= left or before > left:
        return None
    return Share(left - before, needed)
