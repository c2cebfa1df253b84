"""Scans attached to things (a resolution): parts of the acts that attach one or take it away, and which one stands.

At most one scan stands at a thing. The growing row keeps a seal; file, size and salt go when it is taken away (D10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse
from courtyard.records import files
from courtyard.records.files import Kept
from courtyard.records.journal import Pen
from courtyard.records.models import Scan, ScanEnd, ScanFile
from courtyard.records.rules import FileKind, ScanRule, scan_seal


@dataclass(frozen=True)
class Attached:
    """What is known of a thing's scan: the one that stands (`file`), or that one was taken away, when and why."""

    file: ScanFile | None = None
    gone: date | None = None
    why: str = ""

    @property
    def kind(self) -> str:
        """What the standing file is, in words."""
        return FileKind(self.file.kind).label if self.file else ""


def attach(pen: Pen, subject: UUID, kept: Kept) -> UUID:
    """Attach a kept file to a thing; the scan's id. Refuses records.scan_stands, .file_gone."""
    if ScanFile.objects.filter(subject=subject).exists():
        refuse("records.scan_stands")
    if not files.stands(kept.sha256):
        refuse("records.file_gone")
    salt = random_bytes(16)
    seal = scan_seal(salt, kept.sha256, kept.kind.value, kept.size, kept.pages)
    scan = Scan(id=uuid7(), subject=subject, seal=seal)
    pen.grow([scan])
    row = ScanFile(id=uuid7(), scan=scan, subject=subject, sha256=kept.sha256, kind=kept.kind.value, salt=salt)
    row.bytes, row.pages = kept.size, kept.pages
    row.save(force_insert=True)
    return scan.pk


def take_away(pen: Pen, subject: UUID, rule: ScanRule) -> str:
    """Take away the scan that stands at a thing, in an act that says `pen.erases`; the SHA-256 of the file that may go once
    the act has committed (`files.remove_if_unnamed`). Refuses records.no_scan."""
    row = ScanFile.objects.filter(subject=subject).first()
    if row is None or not ScanFile.objects.filter(pk=row.pk).delete()[0]:
        refuse("records.no_scan")
    pen.grow([ScanEnd(id=uuid7(), scan_id=row.scan_id, day=day_of(pen.at), rule=rule.value)])
    pen.subject, pen.answer = row.scan_id.hex, {"scan": row.scan_id}
    return row.sha256


def attached(subjects: Iterable[UUID]) -> dict[UUID, Attached]:
    """Thing → what is known of its scan (two queries); things that never had one are not in it."""
    wanted = list(subjects)
    ends = ScanEnd.objects.filter(scan__subject__in=wanted).order_by("day")
    found = {
        subject: Attached(gone=day, why=ScanRule(rule).label)
        for subject, day, rule in ends.values_list("scan__subject", "day", "rule")
    }
    return found | {row.subject: Attached(file=row) for row in ScanFile.objects.filter(subject__in=wanted)}


def subjects_of(scan: UUID) -> list[UUID]:
    """The thing at which this scan stands; none where it does not stand any more."""
    return list(ScanFile.objects.filter(scan=scan).values_list("subject", flat=True))
