"""Erasing what was said about entries once it has been kept long enough; steps and their seals stay (D10)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.honours.models import GradeWords, Words
from courtyard.honours.queries.keeping import help_words
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.inspections.rules.keeping import MONTHS_KEPT, RULE, last_month_erased
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.weeks import month_of, name_of
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import act


def erase_words(*, kept: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase reasons, objections and answers about the entries and grades of a round whose twelve months are over; how many went.

    They repeat what was seen, so they are kept no longer than it (DOMAIN §4.10). Refuses honours.words_kept_still.
    """
    refuse_if(may(by, "records.erase", kept.village.path))
    if month_of(kept.month) > last_month_erased(day_of(at)):
        refuse("honours.words_kept_still", month=name_of(kept.month), months=MONTHS_KEPT)
    with act(
        "honours.erase_words", by=by, at=at, chain=kept.village_id, subject=kept.pk, command=command,
        given={"round": kept.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            village_turn(pen)
            pen.erases(RULE)
            erased, _ = Words.objects.filter(listing__round=kept).delete()
            graded, _ = GradeWords.objects.filter(objection__visit__round=kept).delete()
            pen.answer = {"erased": erased + graded, "months": MONTHS_KEPT}
    return int(pen.answer["erased"])


def erase_help(*, village: Place, month: date, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase helpers' names in words of a village's help tasks that began in a month (its first day); how many.

    The tasks stay. Refuses honours.help_kept_still.
    """
    refuse_if(may(by, "records.erase", village.path))
    if month > last_month_erased(day_of(at)):
        refuse("honours.help_kept_still", month=f"{month:%Y-%m}", months=MONTHS_KEPT)
    subject = f"{village.pk.hex}:{month:%Y-%m}"
    with act(
        "honours.erase_help", by=by, at=at, chain=village.pk, subject=subject, command=command, given={"month": month}
    ) as pen:
        if not pen.replayed:
            pen.erases(RULE)
            erased, _ = help_words(village, month).delete()
            pen.answer = {"erased": erased, "months": MONTHS_KEPT}
    return int(pen.answer["erased"])
