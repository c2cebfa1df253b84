"""The scan of a resolution: attached to an adoption afterwards, taken away again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import refuse_if
from courtyard.people.rules import may
from courtyard.rating.actions.levels import chain_of
from courtyard.rating.models import Adoption
from courtyard.records import scans
from courtyard.records.files import Kept, remove_if_unnamed
from courtyard.records.journal import act
from courtyard.records.rules import ScanRule


def attach_scan(*, adoption: Adoption, scan: Kept, by: Actor, at: datetime, command: UUID | None = None) -> UUID:
    """Attach the scan of its resolution to an adoption that has none; the scan's id. The file lies in the store already.

    Refuses records.scan_stands, .file_gone.
    """
    refuse_if(may(by, "schemes.propose", adoption.place.path))
    given = {"adoption": adoption.pk, "scan": scan.sha256}
    with act(
        "rating.attach_scan", by=by, at=at, chain=chain_of(adoption.place), subject=adoption.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.answer = {"scan": scans.attach(pen, adoption.pk, scan)}
    return UUID(str(pen.answer["scan"]))


def erase_scan(*, adoption: Adoption, rule: ScanRule, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Take the scan of a resolution away: it is erased, and so is its file where nothing else rests on it. The
    resolution itself, its day, attendance and filing, stays. Refuses records.no_scan.
    """
    refuse_if(may(by, "schemes.adopt", adoption.place.path))
    file = ""
    with act(
        "rating.erase_scan", by=by, at=at, chain=chain_of(adoption.place), command=command,
        given={"adoption": adoption.pk, "rule": rule.value},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.erases(rule.value)
            file = scans.take_away(pen, adoption.pk, rule)
    if file:
        remove_if_unnamed(file)
