"""Lives of this database (D18): 1 from the start; a restore, or an older copy found at start-up, begins the next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from courtyard.kernel.actors import Actor
from courtyard.records.journal import act
from courtyard.records.models import Chain, Entry, Epoch


def current() -> int:
    """The number of the life this database is in."""
    return int(Epoch.objects.aggregate(last=Max("number"))["last"] or 1)


def begin_epoch(*, why: str, chain: UUID, by: Actor, at: datetime, after: int = 0, command: UUID | None = None) -> int:
    """Begin the next life (`why`: restored | older), so that phones offer their last days again; returns its number.

    `after` is the last life anybody knows of: a copy older than two restores must not take a number phones saw before.
    """
    number = max(current(), after) + 1
    with act("records.begin_epoch", by=by, at=at, chain=chain, subject=str(number), command=command) as pen:
        if pen.replayed:
            return int(pen.answer["epoch"])
        Epoch(number=number, why=why, at=at).save(force_insert=True)
        pen.answer = {"epoch": number, "why": why}
    return number


def heads() -> dict[str, tuple[int, str]]:
    """Every chain's number and head, by the chain's id as hex."""
    return {place.hex: (number, head) for place, number, head in Chain.objects.values_list("place", "number", "head")}


def is_behind(kept: dict[str, tuple[int, str]]) -> bool:
    """Whether this database is older than, or went another way than, the one whose heads were `kept`."""
    now = heads()
    for place, (number, head) in kept.items():
        if now.get(place, (0, ""))[0] < number:
            return True
        if number and not Entry.objects.filter(chain_id=UUID(hex=place), number=number, hash=head).exists():
            return True
    return False
