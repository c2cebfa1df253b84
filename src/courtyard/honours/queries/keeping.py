"""Rounds and months whose words about entries, grades and help have been kept long enough."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from courtyard.honours.models import GradeWords, HelpWords, Words
from courtyard.inspections.models import Round
from courtyard.inspections.queries.keeping import months_due
from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.kernel.weeks import after
from courtyard.places.models import Place


def words_due(today: date) -> QuerySet[Round]:
    """Rounds with words of entries and grades that may no longer be kept that day, oldest first, in order of places (one query)."""
    said = Words.objects.filter(listing__round=OuterRef("pk"))
    graded = GradeWords.objects.filter(objection__visit__round=OuterRef("pk"))
    rows = Round.objects.filter(
        Exists(said) | Exists(graded), month__lt=after(last_month_erased(today))
    ).select_related("village")
    return rows.order_by("month", "village__path")


def has_words(kept: Round) -> bool:
    """Whether anything said about a round's entries and grades is still kept."""
    graded = GradeWords.objects.filter(objection__visit__round=kept)
    return Words.objects.filter(listing__round=kept).exists() or graded.exists()


def help_words(village: Place, month: date) -> QuerySet[HelpWords]:
    """Names of helpers in words, of a village's help tasks that began in a month (its first day)."""
    return HelpWords.objects.filter(task__village=village, task__since__year=month.year, task__since__month=month.month)


def help_due(today: date) -> list[tuple[Place, date]]:
    """Villages and months whose helpers' names may no longer be kept that day, oldest first (two queries)."""
    return months_due(HelpWords.objects.all(), "task__village", "task__since", last_month_erased(today))
