"""Rounds whose findings have been kept long enough."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from courtyard.inspections.models import ConcernWords, Finding, Round
from courtyard.inspections.rules.keeping import last_month_erased


def findings_due(today: date) -> QuerySet[Round]:
    """Rounds with findings or answers to concerns that may no longer be kept that day, oldest first, in order of places (one query)."""
    seen = Finding.objects.filter(marks__visit__round=OuterRef("pk"))
    said = ConcernWords.objects.filter(answer__concern__replies__marks__visit__round=OuterRef("pk"))
    rows = Round.objects.filter(Exists(seen) | Exists(said), month__lte=last_month_erased(today)).select_related("village")
    return rows.order_by("month", "village__path")
