"""By which duties somebody acts at a place, and in whose journal it stands."""

from __future__ import annotations

from uuid import UUID

from courtyard.kernel.actors import Actor, DutyKind
from courtyard.kernel.paths import inside
from courtyard.people.rules import VERBS
from courtyard.places.models import Place


def kinds(actor: Actor, verb: str, place: Place) -> frozenset[DutyKind]:
    """The kinds of duty by which an actor may do a verb at a place."""
    return frozenset(duty.kind for duty in actor.duties if verb in VERBS[duty.kind] and inside(place.path, duty.path))


def chain_of(place: Place) -> UUID:
    """The chain of a place: its village's, else its own."""
    return place.village_id or place.pk
