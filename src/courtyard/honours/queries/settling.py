"""Which villages have something of the lists that the days alone decided and nobody has written down yet."""

from __future__ import annotations

from datetime import date

from courtyard.honours.models import Listing, Objection
from courtyard.honours.queries.entries import OPEN_CODES, open_in
from courtyard.honours.rules.states import ObjectionState
from courtyard.places.models import Place


def to_settle(today: date) -> list[Place]:
    """Villages where an entry ended by its days or an objection went unanswered, in order of places.

    Read a village at a time (two queries each), so that a county's open entries never lie in memory together.
    """
    late = Objection.objects.filter(state=ObjectionState.OPEN.value, answer_by__lt=today)
    unanswered = set(late.values_list("listing__village", flat=True))
    begun = Listing.objects.filter(state__in=OPEN_CODES).values("village")
    rows = Place.objects.filter(pk__in=begun.union(late.values("listing__village"))).order_by("path")
    return [
        village
        for village in rows
        if village.pk in unanswered or any(one.state(today).value != one.listing.state for one in open_in(village.pk))
    ]
