"""Rounds as a statement of points names them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from courtyard.inspections.models import Round
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument


def rounds_told(ids: Iterable[UUID]) -> dict[UUID, tuple[date, SchemeDocument]]:
    """Round → its month and the scheme it was scored by (one query); ids of anything else are absent."""
    rows = Round.objects.filter(pk__in=set(ids)).select_related("version")
    return {row.pk: (row.month, document_of(row.version)) for row in rows}
