"""Keeping what was printed, and erasing its words (D10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from courtyard.inspections.rules.keeping import last_month_erased
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.outreach.models import Artefact, ArtefactWords
from courtyard.outreach.papers import Printed, render
from courtyard.outreach.queries import PRINTS_KEPT, prints_of_month
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records.journal import act
from courtyard.records.rules import salted

SALT_BYTES = 16
PRINTS_RULE = "kept_6_months"


def keep_artefact(
    *,
    printed: Printed,
    place: Place,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    command: UUID | None = None,
) -> UUID:
    """Keep that this print was made for this place: its digests for ever, its facts until they are erased (D9, D10).

    `subject` is what it is about (a household, a listing, a round). Returns the artefact's id. Refuses whoever may not
    print there.
    """
    refuse_if(may(by, "papers.print", place.path))
    given = {"paper": printed.paper, "place": place.pk, "subject": subject, "file": printed.sha256}
    chain = place.village_id or place.pk
    with act(
        "outreach.keep_artefact", by=by, at=at, chain=chain, subject=place.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return UUID(pen.answer["artefact"])
        salt = random_bytes(SALT_BYTES)
        artefact = Artefact(
            id=uuid7(),
            paper=printed.paper,
            place=place,
            subject=subject,
            day=day_of(at),
            template_sha256=printed.template_sha256,
            facts_sha256=salted(salt, printed.facts),
            file_sha256=salted(salt, printed.sha256),
            pages=printed.pages,
        )
        pen.grow([artefact])
        ArtefactWords(artefact=artefact, facts=printed.facts, salt=salt).save(force_insert=True)
        pen.answer = {"artefact": artefact.pk}
    return artefact.pk


def print_and_keep(
    *,
    paper: str,
    thing: Any,
    place: Place,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    command: UUID | None = None,
) -> Printed:
    """Print facts for a place and keep that it was printed; the press works before the transaction, never inside it.

    Refuses whoever may not print there, and what `papers.render` refuses.
    """
    refuse_if(may(by, "papers.print", place.path))
    printed = render(paper, thing)
    keep_artefact(printed=printed, place=place, by=by, at=at, subject=subject, command=command)
    return printed


def erase_artefact_words(
    *, artefact: Artefact, rule: str, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Erase the facts of a print and the salt of its digests; the row says afterwards only that it was made.

    `rule` is the code of the rule by which it is erased (a retention period, a household's wish). Refuses words that
    are erased already.
    """
    refuse_if(may(by, "outreach.keep", artefact.place.path))
    chain = artefact.place.village_id or artefact.place_id
    given = {"artefact": artefact.pk, "rule": rule}
    with act(
        "outreach.erase_artefact", by=by, at=at, chain=chain, subject=artefact.pk, command=command, given=given
    ) as pen:
        if pen.replayed:
            return
        pen.erases(rule)
        gone, _ = ArtefactWords.objects.filter(pk=artefact.pk).delete()
        if not gone:
            refuse("outreach.already_erased", artefact=str(artefact.pk))
        pen.answer = {"artefact": artefact.pk, "rule": rule}


def erase_prints(*, place: Place, month: date, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase the facts of every print made for a place in a month that need not be provable any more; how many.

    `month` is its first day. A print shows entries that were open then, at most six months after their round, so what
    was seen is never kept over twelve months (DOMAIN §4.10). Refuses outreach.prints_kept_still.
    """
    refuse_if(may(by, "records.erase", place.path))
    if month > last_month_erased(day_of(at), PRINTS_KEPT):
        refuse("outreach.prints_kept_still", month=f"{month:%Y-%m}", months=PRINTS_KEPT)
    chain = place.village_id or place.pk
    subject = f"{place.pk.hex}:{month:%Y-%m}"
    with act(
        "outreach.erase_prints", by=by, at=at, chain=chain, subject=subject, command=command, given={"month": month}
    ) as pen:
        if not pen.replayed:
            pen.erases(PRINTS_RULE)
            gone, _ = prints_of_month(place, month).delete()
            pen.answer = {"erased": gone, "months": PRINTS_KEPT}
    return int(pen.answer["erased"])
