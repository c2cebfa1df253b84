"""How long what was seen at a home is kept (DOMAIN §4.10: negative findings at most 12 months)."""

from __future__ import annotations

from datetime import date

MONTHS_KEPT = 12


def last_month_erased(today: date) -> date:
    """The latest month, as its first day, whose rounds' findings are no longer kept on a day.

    Counted from the first day of the round's month, so nothing seen in it is kept a day longer than twelve months.
    """
    return date(today.year - MONTHS_KEPT // 12, today.month, 1)
