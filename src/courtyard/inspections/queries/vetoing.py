"""The deeds of a round's period that a veto of its scheme asks about."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from courtyard.inspections.models import Deed, Round
from courtyard.inspections.rules.deeds import DeedState
from courtyard.rating.rules.checks import asks_deeds
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.periods import period_of


def done_in(closing: Round, document: SchemeDocument, household: UUID | None = None) -> Mapping[UUID, tuple[str, ...]]:
    """Household → the deeds a veto names that it did in the round's period, confirmed before the close (no query where no
    veto names any)."""
    asked = asks_deeds(document)
    if not asked:
        return {}
    period = period_of(document.scope.period, closing.month)
    rows = Deed.objects.filter(village=closing.village_id, item__in=asked, state=DeedState.CONFIRMED.value)
    rows = rows.filter(day__range=(period.first, period.last))
    rows = rows.filter(household=household) if household else rows
    rows = rows.filter(decided__lte=closing.closed) if closing.closed else rows
    found: dict[UUID, set[str]] = {}
    for home, item in rows.values_list("household_id", "item"):
        found.setdefault(home, set()).add(item)
    return {home: tuple(sorted(items)) for home, items in found.items()}
