"""An import put off to the worker, so that the page stays free and shows how far it is; and cancelled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.households.uploads import kept
from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import areas, may
from courtyard.places.models import Place
from courtyard.records.jobs import cancel, enqueue
from courtyard.records.journal import act

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


def cancel_import(*, job: UUID, place: Place, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Cancel an import that was put off: one that waits never begins, one that runs stops after its next step.

    `place` is the one it was put off for. Refuses one that is over.
    """
    refuse_if(may(by, "households.import", place.path))
    given = {"job": job}
    with act(
        "households.cancel_import", by=by, at=at, chain=place.village_id or place.pk, subject=job, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            if not cancel(job):
                refuse("households.import_over")
            pen.answer = {"job": job}
