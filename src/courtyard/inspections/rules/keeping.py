"""How long what was seen at a home is kept (DOMAIN §4.10: negative findings at most 12 months)."""

from __future__ import annotations

from datetime import date

MONTHS_KEPT = 12
# The code under which such an erasure stands in the journal and in the list of erasures.
RULE = "kept_12_months"


def last_month_erased(today: date, months: int = MONTHS_KEPT) -> date:
    """The latest month, as its first day, of which nothing is kept any more on a day.

    Counted from the first day of the round's month, so nothing seen in it is kept a day longer than that many months.
    """
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
