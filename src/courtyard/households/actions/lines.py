"""The complaint line of a place: never a telephone of somebody with a duty in that village (DOMAIN §4.13)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.households.queries.lines import people_reached_at
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse
from courtyard.places.actions import put_complaint_line
from courtyard.places.models import Place
from courtyard.records.journal import act


def keep_complaint_line(*, place: Place, line: str, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Set the telephone that stands on every page and print of this place; empty, the line above it stands.

    Refuses households.line_of_duty (the kept number of the home of somebody with a duty in the village), and
    places.unfit_line, .no_line, .not_yours.
    """
    with act(
        "places.complaint_line", by=by, at=at, chain=place.village_id or place.pk, subject=place.pk, command=command,
        given={"place": place.pk, "line": line},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        put_complaint_line(pen, place, line)
        if place.village_id is not None and people_reached_at(place, line, day_of(at)):
            refuse("households.line_of_duty", line=line)
