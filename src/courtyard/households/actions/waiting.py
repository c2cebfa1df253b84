"""An import put off to the worker, so that the page stays free and shows how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from courtyard.households.actions.importing import import_roster
from courtyard.households.uploads import kept
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused, refuse
from courtyard.people.queries import actor_with_id
from courtyard.people.rules import areas
from courtyard.places.models import Place
from courtyard.records.jobs import enqueue
from courtyard.records.journal import act
from courtyard.records.rules import canonical

KIND = "import_roster"


def put_off_import(
    *, upload: str, name: str, place: Place, one_village: bool, by: Actor, at: datetime, command: UUID | None = None
) -> UUID:
    """Put an import of a kept file off to the worker; returns the job's id.

    `place` is the village whose roster it is (`one_village`), else the town whose villages its sheets are.
    """
    if not areas(by, "households.import"):
        refuse("people.not_allowed", verb="households.import")
    kept(upload)
    given = {"upload": upload, "place": place.pk, "one_village": one_village}
    with act(
        "households.put_off_import", by=by, at=at, chain=place.village_id or place.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return UUID(pen.answer["job"])
        job = enqueue(pen, KIND, {**given, "name": name, "by": by.id}, at)
        pen.answer = {"job": job}
    return job


def carry_out_import(
    given: Mapping[str, Any], at: datetime, beat: Callable[[datetime, int, int], None]
) -> str:  # the worker's handler
    """Import the kept file for whoever put it off; returns {"run"} or {"code", "facts"} as JSON for the job's note."""
    by = actor_with_id(UUID(given["by"]), day_of(at))
    village = Place.objects.select_related("village", "town").get(pk=given["place"]) if given["one_village"] else None
    try:
        outcome = import_roster(
            file=kept(given["upload"]),
            name=given["name"],
            village=village,
            by=by,
            at=at,
            progress=lambda done, total: beat(at, done, total),
        )
    except Refused as refused:
        return canonical({"code": refused.code, "facts": {k: str(v) for k, v in refused.problem.facts.items()}})
    return canonical({"run": outcome.run, "asked": outcome.asked, "care": outcome.care, "said": outcome.said()})
