"""How often homes come to the shop: counts over a place, never shown home by home."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import TruncMonth

from courtyard.places.queries import within
from courtyard.shop.models import Redemption


def home_months(areas: Iterable[str]) -> int:
    """In how many months of how many homes within areas something was taken home and not brought back (one query)."""
    rows = Redemption.objects.filter(within(areas, "household__village__path"), returned=None)
    return rows.annotate(month_=TruncMonth("day")).values("household", "month_").distinct().count()
