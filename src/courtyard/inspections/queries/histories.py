"""Reading what rounds made of homes over time: for sums over a place, never shown home by home."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from courtyard.inspections.models import Result
from courtyard.inspections.queries.results import standing
from courtyard.inspections.queries.rounds import REGULAR
from courtyard.places.queries import within
from courtyard.rating.rules.facts import Outcome, outcome_of


def histories(areas: Iterable[str]) -> dict[str, list[tuple[date, Outcome]]]:
    """Household id → (month, outcome) of every full and light round that is closed, for the places within areas (one
    query)."""
    rows = standing(Result.objects.filter(within(areas, "visit__round__village__path")))
    rows = rows.filter(visit__round__kind__in=REGULAR).order_by("visit__round__month")
    found: dict[str, list[tuple[date, Outcome]]] = defaultdict(list)
    kept: dict[str, Outcome] = {}
    columns = rows.values_list("visit__household_id", "visit__round__month", "breakdown")
    for home, month, text in columns.iterator(chunk_size=2000):
        if text not in kept:
            kept[text] = outcome_of(json.loads(text))
        found[str(home)].append((month, kept[text]))
    return dict(found)
