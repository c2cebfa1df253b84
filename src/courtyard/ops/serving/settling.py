"""The worker's night over lists and deeds: what the days alone decided is written down, so that tasks and books follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from courtyard.honours.actions.settling import settle_lapsed_of
from courtyard.honours.queries.settling import to_settle
from courtyard.inspections.actions.deed_days import settle_objections
from courtyard.inspections.queries.deeds import villages_overdue
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem
from courtyard.ops.operation import county_name
from courtyard.people.actions import open_terminal
from courtyard.places.queries import county


def settle_lists(given: Mapping[str, Any], at: datetime, beat: Callable[[datetime, int, int], None]) -> str:
    """Entries that expired or were dropped by their days, objections nobody answered; only where there are any."""
    villages = to_settle(day_of(at)) if county() is not None else []
    if not villages:
        return ""
    by = open_terminal(county_name=county_name(), at=at)
    done = settle_lapsed_of(
        villages=villages, by=by, at=at, progress=lambda n, of: beat(timezone.now(), n, of)
    )  # fmt: skip
    left = [str(found) for _, found in done if isinstance(found, Problem)]
    if left:
        raise RuntimeError(f"{len(left)} villages could not be settled, the first: {left[0]}")
    return f"{len(done)} villages"


def settle_deeds(given: Mapping[str, Any], at: datetime, beat: Callable[[datetime, int, int], None]) -> str:
    """Objections to deeds that nobody answered in time: what was taken off comes back; only where there are any."""
    villages = villages_overdue(day_of(at)) if county() is not None else []
    if not villages:
        return ""
    by = open_terminal(county_name=county_name(), at=at)
    for n, village in enumerate(villages, start=1):
        settle_objections(village=village, by=by, at=at)
        beat(timezone.now(), n, len(villages))
    return f"{len(villages)} villages"
