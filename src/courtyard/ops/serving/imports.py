"""The worker's side of an import that a clerk put off on the web."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from courtyard.households.actions import import_roster
from courtyard.households.uploads import kept
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused
from courtyard.people.queries import actor_with_id
from courtyard.places.queries import with_id
from courtyard.records.rules import canonical


def import_put_off(given: Mapping[str, Any], at: datetime, beat: Callable[[datetime, int, int], None]) -> str:
    """Import the kept file for whoever put it off; the note is JSON: what became of it, or the refusal's code."""
    by = actor_with_id(UUID(given["by"]), day_of(at))
    village = with_id(UUID(given["place"])) if given["one_village"] else None
    try:
        outcome = import_roster(
            file=kept(given["upload"]),
            name=given["name"],
            village=village,
            by=by,
            at=at,
            progress=lambda done, total: beat(timezone.now(), done, total),
        )
    except Refused as refused:
        facts = {name: str(fact) for name, fact in refused.problem.facts.items()}
        return canonical({"code": refused.code, "facts": facts})
    figures = {
        name: getattr(outcome, name) for name in ("new", "changed", "unchanged", "asked", "care", "not_lived_in")
    }
    return canonical({"run": outcome.run, "refused": len(outcome.reading.refused), **figures})
