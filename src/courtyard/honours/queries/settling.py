"""Which villages have something of the lists that the days alone decided and nobody has written down yet."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from courtyard.honours.models import Listing, Objection
from courtyard.honours.queries.entries import OPEN_CODES, cases
from courtyard.honours.rules.states import ObjectionState
from courtyard.places.models import Place


def to_settle(today: date) -> list[Place]:
    """Villages where an entry ended by its days or an objection went unanswered, in order of places (four queries)."""
    late = Objection.objects.filter(state=ObjectionState.OPEN.value, answer_by__lt=today)
    found: set[UUID] = set(late.values_list("listing__village", flat=True))
    for one in cases(Listing.objects.filter(state__in=OPEN_CODES), bare=True):
        if one.state(today).value != one.listing.state:
            found.add(one.listing.village_id)
    return list(Place.objects.filter(pk__in=found).order_by("path"))
