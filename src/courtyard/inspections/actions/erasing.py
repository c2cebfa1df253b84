"""Erasing what was seen once it has been kept long enough; the digests in the marks stay, their salts go with it (D10)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from courtyard.inspections.models import ConcernWords, Finding, Round
from courtyard.inspections.queries.keeping import deed_said, deed_words
from courtyard.inspections.rules.keeping import MONTHS_KEPT, RULE, last_month_erased
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.weeks import month_of, name_of
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import act


def erase_findings(*, kept: Round, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase everything seen in a round whose twelve months are over, and what was answered to its concerns; how many
    findings and answers went.

    Marks, results, points and entries stay as they are. Refuses inspections.findings_kept_still (DOMAIN §4.10).
    """
    refuse_if(may(by, "records.erase", kept.village.path))
    if month_of(kept.month) > last_month_erased(day_of(at)):
        refuse("inspections.findings_kept_still", month=name_of(kept.month), months=MONTHS_KEPT)
    with act(
        "inspections.erase_findings", by=by, at=at, chain=kept.village_id, subject=kept.pk, command=command,
        given={"round": kept.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.erases(RULE)
            erased, _ = Finding.objects.filter(marks__visit__round=kept).delete()
            of_round = ConcernWords.objects.filter(answer__concern__replies__marks__visit__round=kept)
            answers, _ = of_round.delete()
            pen.answer = {"erased": erased + answers, "months": MONTHS_KEPT}
    return int(pen.answer["erased"])


def erase_deeds(*, village: Place, month: date, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase the evidence in words of a village's deeds of a month (its first day) whose twelve months are over, and what was
    said of them afterwards; how many.

    Deeds and their points stay. Refuses inspections.deeds_kept_still.
    """
    refuse_if(may(by, "records.erase", village.path))
    if month > last_month_erased(day_of(at)):
        refuse("inspections.deeds_kept_still", month=f"{month:%Y-%m}", months=MONTHS_KEPT)
    subject = f"{village.pk.hex}:{month:%Y-%m}"
    with act(
        "inspections.erase_deeds", by=by, at=at, chain=village.pk, subject=subject, command=command,
        given={"month": month},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.erases(RULE)
            erased, _ = deed_words(village, month).delete()
            said, _ = deed_said(village, month).delete()
            pen.answer = {"erased": erased + said, "months": MONTHS_KEPT}
    return int(pen.answer["erased"])
