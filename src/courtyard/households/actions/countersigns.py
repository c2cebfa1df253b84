"""The second person: an import as a whole, a household put in by hand (DOMAIN §4.13)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.households.models import Countersign
from courtyard.households.rules.seconds import unfit_countersigner
from courtyard.households.rules.states import CountersignKind, CountersignState
from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.guard import swap
from courtyard.records.journal import Pen, act

WAITING, REFUSED = CountersignState.WAITING.value, CountersignState.REFUSED.value


def asks_for_a_second(pen: Pen, kind: CountersignKind, place: Place) -> Countersign:
    """Part: what this act makes waits for a second person. The operator's own binds nobody (decision 0010)."""
    made = Countersign(
        id=uuid7(), kind=kind.value, place=place, state=WAITING, binds=pen.by.kind != "terminal", made_by=pen.by.id,
        made_at=pen.at,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def needs_no_second(pen: Pen, countersign: UUID | None) -> None:
    """Part: there is nothing left to look at (undone, or it changed nothing); what was confirmed stays confirmed."""
    if countersign is None:
        return
    rows = Countersign.objects.filter(pk=countersign, state__in=[WAITING, REFUSED])
    rows.update(state=CountersignState.WITHDRAWN.value, answered_by=None, answered_at=None)


def answer_countersign(
    *, countersign: Countersign, confirmed: bool, by: Actor, at: datetime, command: UUID | None = None
) -> Countersign:
    """The second person has looked: it is right, or it is not. What was said to be wrong may be confirmed later.

    Refuses whoever made it, and what is decided already.
    """
    refuse_if(may(by, "households.confirm", countersign.place.path))
    refuse_if(unfit_countersigner(countersign.made_by, by))
    new = (CountersignState.CONFIRMED if confirmed else CountersignState.REFUSED).value
    place = countersign.place
    given = {"countersign": countersign.pk, "state": new}
    with act(
        "households.countersign", by=by, at=at, chain=place.village_id or place.pk, subject=countersign.pk,
        command=command, given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            rows = Countersign.objects.filter(pk=countersign.pk, state__in=[WAITING, REFUSED]).exclude(state=new)
            swap(rows, "households.countersign_decided", state=new, answered_by=by.id, answered_at=at)
            pen.answer = {"countersign": countersign.pk, "state": new}
    countersign.refresh_from_db()
    return countersign
