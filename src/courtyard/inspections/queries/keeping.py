"""Rounds whose findings, and months whose words, have been kept long enough."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth

from courtyard.inspections.models import ConcernWords, DeedSaid, DeedWords, Finding, Round
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.kernel.weeks import after
from courtyard.places.models import Place


def findings_due(today: date) -> QuerySet[Round]:
    """Rounds with findings or answers to concerns that may no longer be kept that day, oldest first (one query)."""
    seen = Finding.objects.filter(marks__visit__round=OuterRef("pk"))
    said = ConcernWords.objects.filter(answer__concern__replies__marks__visit__round=OuterRef("pk"))
    rows = Round.objects.filter(Exists(seen) | Exists(said), month__lt=after(last_month_erased(today))).select_related(
        "village"
    )
    return rows.order_by("month", "village__path")


def has_seen(kept: Round) -> bool:
    """Whether anything seen in a round, or answered to its concerns, is still kept."""
    of_round = ConcernWords.objects.filter(answer__concern__replies__marks__visit__round=kept)
    return Finding.objects.filter(marks__visit__round=kept).exists() or of_round.exists()


def deed_words(village: Place, month: date) -> QuerySet[DeedWords]:
    """Evidence in words of a village's deeds of a month (its first day)."""
    return DeedWords.objects.filter(deed__village=village, deed__day__year=month.year, deed__day__month=month.month)


def deed_said(village: Place, month: date) -> QuerySet[DeedSaid]:
    """What was said of a village's deeds of a month (its first day) afterwards, and what was answered."""
    rows = DeedSaid.objects.filter(change__deed__village=village, change__deed__day__year=month.year)
    return rows.filter(change__deed__day__month=month.month)


def has_deed_words(village: Place, month: date) -> bool:
    """Whether any words about a village's deeds of a month are still kept (two queries at most)."""
    return deed_words(village, month).exists() or deed_said(village, month).exists()


def deeds_due(today: date) -> list[tuple[Place, date]]:
    """Villages and months whose deeds' words may no longer be kept that day, oldest first (four queries)."""
    last = last_month_erased(today)
    found = months_due(DeedWords.objects.all(), "deed__village", "deed__day", last)
    found += months_due(DeedSaid.objects.all(), "change__deed__village", "change__deed__day", last)
    once = {(place.pk, month): (place, month) for place, month in found}
    return sorted(once.values(), key=lambda one: (one[1], one[0].path))


def months_due(kept: QuerySet[Any], place: str, day: str, last: date) -> list[tuple[Place, date]]:
    """Places and months, up to the last that is not kept, of which there are such rows, oldest first (two queries)."""
    months = kept.annotate(month=TruncMonth(day, output_field=DateField())).filter(month__lte=last)
    due = list(months.values_list("month", place).distinct().order_by("month"))
    places = Place.objects.select_related("village", "town").in_bulk({key for _, key in due})
    return [(places[key], month) for month, key in due]
