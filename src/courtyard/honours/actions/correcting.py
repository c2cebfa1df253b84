"""A published correction: whether it names the household is its own wish; pasted where the error had stood."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.honours.actions.moving import allowed
from courtyard.honours.models import Correction
from courtyard.honours.rules.states import PasteTaskState
from courtyard.inspections.actions.turn import village_turn
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse_if
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import act


def name_correction(
    *, correction: Correction, named: bool, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """The household wants its name in the correction, or not: said by itself, or taken down by a cadre who asked.

    Refuses honours.correction_over once the correction has stood its days.
    """
    listing = correction.listing
    refuse_if(allowed(by, "lists.object", listing))
    with act(
        "honours.name_correction", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given={"correction": correction.pk, "named": named},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        rows = Correction.objects.filter(pk=correction.pk, until__gte=day_of(at))
        swap(rows, "honours.correction_over", named=named)
        pen.answer = {"correction": correction.pk, "named": named}


def correction_pasted(*, correction: Correction, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Somebody pasted the correction on the board; it stays there until its last day. Refuses honours.paste_done_already."""
    listing = correction.listing
    refuse_if(may(by, "lists.publish", listing.group.path))
    with act(
        "honours.correction_pasted", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command,
        given={"correction": correction.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        rows = Correction.objects.filter(pk=correction.pk, state=PasteTaskState.OPEN.value)
        swap(rows, "honours.paste_done_already", state=PasteTaskState.DONE.value, done_on=day_of(at))
        pen.answer = {"correction": correction.pk}
