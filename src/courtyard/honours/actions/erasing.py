"""Erasing what was said about entries once it has been kept long enough; steps and their seals stay (D10)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.honours.models import Words
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.inspections.rules.keeping import MONTHS_KEPT, RULE, last_month_erased
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.records.journal import act


def erase_words(*, kept: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase reasons, objections and answers of the entries of a round whose twelve months are over; how many went.

    They repeat what was seen, so they are kept no longer than it (DOMAIN §4.10). Refuses honours.words_kept_still.
    """
    refuse_if(may(by, "records.erase", kept.village.path))
    if kept.month > last_month_erased(day_of(at)):
        refuse("honours.words_kept_still", month=f"{kept.month:%Y-%m}", months=MONTHS_KEPT)
    with act(
        "honours.erase_words", by=by, at=at, chain=kept.village_id, subject=kept.pk, command=command,
        given={"round": kept.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            village_turn(pen)
            pen.erases(RULE)
            erased, _ = Words.objects.filter(listing__round=kept).delete()
            pen.answer = {"erased": erased, "months": MONTHS_KEPT}
    return int(pen.answer["erased"])
