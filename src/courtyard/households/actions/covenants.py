"""A village's covenant: each version as its assembly passed it."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from courtyard.households.models import Covenant
from courtyard.households.rules.covenants import unfit_covenant
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.records import scans
from courtyard.records.files import Kept, remove_if_unnamed
from courtyard.records.journal import act
from courtyard.records.rules import ScanRule


def set_covenant(
    *,
    place: Place,
    title: str,
    text: str,
    passed: date,
    document: str,
    attendance: int,
    households: int,
    scan: Kept | None = None,
    by: Actor,
    at: datetime,
    command: UUID | None = None,
) -> Covenant:
    """Put in the next version of a village's or town's covenant; the ones before stay as they are, and so does what
    households said of them.

    Its resolution: `passed` is the assembly's day, `attendance` of so many `households` came, `document` is its reference,
    `scan` its paper, which lies in the store already. Refuses a group, an empty text or one too long to print,
    characters no font has, a day to come, an attendance that cannot be, the same text again, and records.file_gone.
    """
    refuse_if(may(by, "households.keep", place.path))
    if place.kind not in ("village", "town"):
        refuse("households.covenant_by_village", name=place.name)
    title, document = clean(title), clean(document)
    body = "\n".join(line.strip() for line in unicodedata.normalize("NFC", text).strip().splitlines())
    refuse_if(unfit_covenant(title, body, document, passed, attendance, households, day_of(at)))
    digest = hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()
    given = {"place": place.pk, "sha256": digest, "passed": passed, "document": document}
    given |= {"attendance": attendance, "households": households} | ({"scan": scan.sha256} if scan else {})
    with act(
        "households.set_covenant", by=by, at=at, chain=place.village_id or place.pk, subject=place.pk,
        command=command, given=given, conflict="households.covenant_meanwhile",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Covenant.objects.get(pk=pen.answer["covenant"])
        versions = Covenant.objects.filter(place=place)
        last = versions.aggregate(last=Max("version"))["last"] or 0
        if versions.filter(version=last, sha256=digest).exists():
            refuse("households.covenant_same", version=last)
        made = Covenant(
            id=uuid7(), place=place, version=last + 1, title=title, text=body, sha256=digest, passed=passed,
            document=document, attendance=attendance, households=households, at=at, by=by.id,
        )  # fmt: skip
        made.save(force_insert=True)
        if scan is not None:
            scans.attach(pen, made.pk, scan)
        pen.answer = {"covenant": made.pk, "version": made.version}
    return made


def attach_covenant_scan(
    *, covenant: Covenant, scan: Kept, by: Actor, at: datetime, command: UUID | None = None
) -> UUID:
    """Attach the scan of its resolution to a version that has none; the scan's id. Refuses records.scan_stands, .file_gone."""
    refuse_if(may(by, "households.keep", covenant.place.path))
    with act(
        "households.attach_scan", by=by, at=at, chain=covenant.place.village_id or covenant.place_id,
        subject=covenant.pk, command=command, given={"covenant": covenant.pk, "scan": scan.sha256},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.answer = {"scan": scans.attach(pen, covenant.pk, scan)}
    return UUID(str(pen.answer["scan"]))


def erase_covenant_scan(
    *, covenant: Covenant, rule: ScanRule, by: Actor, at: datetime, command: UUID | None = None
) -> None:
    """Take the scan of a version's resolution away: it is erased, and so is its file where nothing else rests on it.
    Refuses records.no_scan."""
    refuse_if(may(by, "households.keep", covenant.place.path))
    file = ""
    with act(
        "households.erase_scan", by=by, at=at, chain=covenant.place.village_id or covenant.place_id, command=command,
        given={"covenant": covenant.pk, "rule": rule.value},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            pen.erases(rule.value)
            file = scans.take_away(pen, covenant.pk, rule)
    if file:
        remove_if_unnamed(file)
