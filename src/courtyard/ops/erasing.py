"""Erasures carried out again after an older copy of the data came back (D10), and the list of them kept whole.

The list lies beside the keys, outside the archives (`records.erasures`). The journal and the list prove each other:
what the journal of this database knows and the list does not is put on it; what the list knows and a restored database
does not is erased again by the same act, with an entry of its own, before anybody is served.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from courtyard.honours.actions.erasing import erase_help, erase_words
from courtyard.honours.queries.keeping import has_words, help_words
from courtyard.households.actions import erase_covenant_scan, forget_undo
from courtyard.households.models import Covenant
from courtyard.inspections.actions.erasing import erase_deeds, erase_findings
from courtyard.inspections.models import Round
from courtyard.inspections.queries.keeping import has_deed_words, has_seen
from courtyard.kernel.actors import Actor
from courtyard.outreach.actions import erase_artefact_words, erase_prints
from courtyard.outreach.models import Artefact
from courtyard.outreach.queries import prints_of_month
from courtyard.places.models import Place
from courtyard.rating.actions import erase_scan
from courtyard.rating.models import Adoption
from courtyard.records import erasures
from courtyard.records.epochs import current
from courtyard.records.erasures import Line
from courtyard.records.models import Entry
from courtyard.records.rules import ScanRule, plain
from courtyard.records.scans import subjects_of

log = logging.getLogger(__name__)
Again = Callable[[Line, Actor, datetime], int]


def _findings(line: Line, by: Actor, at: datetime) -> int:
    kept = Round.objects.select_related("village").filter(pk=UUID(line.subject)).first()
    if kept is None or not has_seen(kept):
        return 0
    return erase_findings(kept=kept, by=by, at=at)


def _words(line: Line, by: Actor, at: datetime) -> int:
    kept = Round.objects.select_related("village").filter(pk=UUID(line.subject)).first()
    if kept is None or not has_words(kept):
        return 0
    return erase_words(kept=kept, by=by, at=at)


def _artefact(line: Line, by: Actor, at: datetime) -> int:
    artefact = Artefact.objects.select_related("place").filter(pk=UUID(line.subject), words__isnull=False).first()
    if artefact is None:
        return 0
    erase_artefact_words(artefact=artefact, rule=line.rule, by=by, at=at)
    return 1


def _month(line: Line) -> tuple[Place | None, date]:
    """The place and month a subject of the kind `place:2026-09` names."""
    key, _, month = line.subject.partition(":")
    place = Place.objects.select_related("village", "town").filter(pk=UUID(key)).first()
    return place, date.fromisoformat(f"{month}-01")


def _prints(line: Line, by: Actor, at: datetime) -> int:
    place, month = _month(line)
    if place is None or not prints_of_month(place, month).exists():
        return 0
    return erase_prints(place=place, month=month, by=by, at=at)


def _deeds(line: Line, by: Actor, at: datetime) -> int:
    village, month = _month(line)
    if village is None or not has_deed_words(village, month):
        return 0
    return erase_deeds(village=village, month=month, by=by, at=at)


def _help(line: Line, by: Actor, at: datetime) -> int:
    village, month = _month(line)
    if village is None or not help_words(village, month).exists():
        return 0
    return erase_help(village=village, month=month, by=by, at=at)


def _adoption_scan(line: Line, by: Actor, at: datetime) -> int:
    adoption = Adoption.objects.select_related("place").filter(pk__in=subjects_of(UUID(line.subject))).first()
    if adoption is None:
        return 0
    erase_scan(adoption=adoption, rule=ScanRule(line.rule), by=by, at=at)
    return 1


def _covenant_scan(line: Line, by: Actor, at: datetime) -> int:
    covenant = Covenant.objects.select_related("place").filter(pk__in=subjects_of(UUID(line.subject))).first()
    if covenant is None:
        return 0
    erase_covenant_scan(covenant=covenant, rule=ScanRule(line.rule), by=by, at=at)
    return 1


def _imports(line: Line, by: Actor, at: datetime) -> int:
    return forget_undo(by=by, at=at)


# Tables of words that are erased (each has a salt beside its words): what PostgreSQL vacuums, and a test compares.
TABLES = (
    "inspections_finding", "inspections_concernwords", "inspections_deedwords", "inspections_deedsaid", "honours_words", "honours_gradewords",
    "honours_helpwords", "outreach_artefactwords", "households_importline", "records_scanfile",
)  # fmt: skip
# Every verb that erases words → how it is carried out again; each does nothing where nothing is left.
AGAIN: dict[str, Again] = {
    "inspections.erase_findings": _findings,
    "honours.erase_words": _words,
    "inspections.erase_deeds": _deeds,
    "honours.erase_help": _help,
    "outreach.erase_artefact": _artefact,
    "outreach.erase_prints": _prints,
    "households.forget_undo": _imports,
    "rating.erase_scan": _adoption_scan,
    "households.erase_scan": _covenant_scan,
}


@dataclass(frozen=True)
class Kept:
    """What keeping the list whole found: lines put on it from the journal, acts taken back, and how it was broken.

    `broken` is a sentence for the operator, '' where the list was whole.
    """

    added: int = 0
    taken_back: int = 0
    broken: str = ""


def keep_whole(*, number: int, seal: str, older: bool, at: datetime) -> Kept:
    """Make list and journal agree; `number` and `seal` are what numbers.json last said of the list.

    In a database that is not `older`, an act of this life that is on the list and not in the journal did not commit,
    and its line is taken back. A list that was cut or altered is put aside, and begun anew from what is whole in it and
    what the journal knows.
    """
    there = erasures.read()
    broken = ""
    if (there.broken_at and not there.is_torn) or erasures.is_cut(there, number, seal):
        broken = f"清除名单 {erasures.NAME} 不见了"
        if erasures.path().exists():
            kept = erasures.begin_anew(there.lines, f"broken-{at:%Y%m%d-%H%M%S}")
            broken = f"清除名单 {erasures.NAME} 被截短或改过,原样留作 {kept.name}"
        log.error("the list of erasures was cut, altered or taken away")
    known = {line.entry for line in there.standing()}
    rows = Entry.objects.filter(verb__in=AGAIN).order_by("at", "pk")
    life = current()
    done = [
        Line(id.hex, verb, chain.hex, subject, str(json.loads(answer).get("rule", "")), str(plain(when)), life)
        for id, verb, chain, subject, when, answer in rows.values_list(
            "pk", "verb", "chain_id", "subject", "at", "answer"
        )
    ]
    entries = {line.entry for line in done}
    missing = [line for line in done if line.entry not in known]
    lost = [] if older else [line for line in there.standing() if line.epoch == life and line.entry not in entries]
    if missing:
        erasures.append(missing)
    for line in lost:
        erasures.take_back(line)
    return Kept(len(missing), len(lost), broken)


def apply(lines: tuple[Line, ...], *, by: Actor, at: datetime) -> int:
    """Carry out again what is on the list and was not in this database; how much was erased.

    An erasure is never dated before the day it was first carried out, whatever day the restore is counted as.
    """
    done = {id.hex for id in Entry.objects.filter(verb__in=AGAIN).values_list("pk", flat=True)}
    erased = 0
    for line in lines:
        if line.entry not in done and line.verb in AGAIN:
            erased += AGAIN[line.verb](line, by, max(at, datetime.fromisoformat(line.at)))
    if erased:
        scrub()
    return erased


def copy_beside(archive: Path) -> None:
    """Bring the list that lies beside this archive up to ours, so that a new machine finds it there too.

    It is outside the archive: an archive a year old lies beside the list of today.
    """
    beside = archive.absolute().parent / erasures.NAME
    lines = erasures.read().lines
    if lines and beside != erasures.path():
        erasures.take_in(lines, beside)


def take_in_from_beside(archive: Path) -> int:
    """Put on our list what the one beside this archive knows and ours does not; how many lines."""
    beside = archive.absolute().parent / erasures.NAME
    if beside == erasures.path() or not beside.exists():
        return 0
    return erasures.take_in(erasures.read(beside).lines)


def scrub() -> bool:
    """Leave nothing of what was erased in the files: SQLite's WAL is written back and emptied (pages were zeroed by
    secure_delete); PostgreSQL's dead rows are vacuumed. False where readers kept it from that: the next night does it."""
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        cursor.execute(f"VACUUM {', '.join(TABLES)}")
    return True
