"""Rounds whose entries' words have been kept long enough."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from courtyard.honours.models import Words
from courtyard.inspections.models import Round
from courtyard.inspections.rules.keeping import last_month_erased


def words_due(today: date) -> QuerySet[Round]:
    """Rounds with words of entries that may no longer be kept that day, oldest first, in order of places (one query)."""
    said = Words.objects.filter(listing__round=OuterRef("pk"))
    rows = Round.objects.filter(Exists(said), month__lte=last_month_erased(today)).select_related("village")
    return rows.order_by("month", "village__path")
