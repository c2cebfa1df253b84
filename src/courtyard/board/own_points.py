"""What a household can spend now, what of it goes next and when, and where it stands in ledgers that are only kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtyard.board.statement_words import Told
from courtyard.households.models import Household
from courtyard.inspections.queries.deeds import names_of
from courtyard.inspections.queries.evenings import Ahead, NextFall, Read, ahead, read_for
from courtyard.inspections.queries.told import rounds_told
from courtyard.inspections.rules.deeds import clause_of
from courtyard.people.said_days import prose
from courtyard.points.queries.merits import MeritLine, merit_lines, standings_of
from courtyard.points.queries.purse import Purse
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.documents.whole import decimal_text

RESET = "resets."


@dataclass(frozen=True)
class Kept:
    """A ledger that is only a standing: its name, where the home stands, and its records, the newest first, in words."""

    name: str
    standing: str
    lines: Sequence[tuple[date, str, str, str]]


def now(home: Household, today: date, known: Read) -> dict[str, Any]:
    """The home's purse as it is today, also where what went last night is not booked yet (D12), and what goes next in
    words ('' where nothing ever does) (no query; one where anything of it ever goes). `known` was asked for the purse."""
    free, waiting = known.more.get("free") or 0, known.more.get("waiting") or 0
    then = ahead(home.village, home.pk, today, known)
    return {"balance": Purse(max(0, free - then.fallen), waiting), **_told(then)}


def beside_statement(home: Household, today: date) -> dict[str, Any]:
    """What stands beside its statement: what went and is not booked yet, what goes next, where it stands in ledgers that
    are only kept (one query; a few more where there is any of it)."""
    known = read_for(home.village, home.pk)
    document = known.scheme(today)
    kept = _kept(home, document, today) if document else []
    return {"kept": kept, **_told(ahead(home.village, home.pk, today, known))}


def _told(then: Ahead) -> dict[str, Any]:
    return {"unbooked": then.fallen, "falls": said(then.next) if then.next else ""}


def said(fall: NextFall) -> str:
    """When points go and how many, and that nothing else happens to them before."""
    given = {"day": prose(fall.day), "points": fall.points}
    if fall.reset:
        return _("照积分办法,%(day)s 过完就清零:现在算来有 %(points)s 分会清掉,请在那以前用。") % given
    return _("最早的一笔 %(day)s 过完到期:有 %(points)s 分,请在那以前用。") % given


def _kept(home: Household, document: SchemeDocument, today: date) -> list[Kept]:
    """The home's standings, each with its records (two queries where the scheme has any, two more for their words)."""
    ledgers = [one for one in document.ledgers if not one.spendable]
    if not ledgers:
        return []
    held, lines = standings_of(home.pk, today), merit_lines(home.pk)
    told = _sources(lines)
    return [
        Kept(
            ledger.name,
            decimal_text(ledger.base_milli + held.get(ledger.code, 0)),
            [_line(line, told) for line in reversed(lines) if line.ledger == ledger.code],
        )
        for ledger in ledgers
    ]


def _sources(lines: Sequence[MeritLine]) -> Told:
    deed = clause_of("")
    ids = {(line.clause.startswith(deed), line.round) for line in lines if not line.clause.startswith(RESET)}
    deeds, rounds = [id for is_deed, id in ids if is_deed], [id for is_deed, id in ids if not is_deed]
    return Told(rounds_told(rounds) if rounds else {}, names_of(deeds) if deeds else {})


def _line(line: MeritLine, told: Told) -> tuple[date, str, str, str]:
    if line.clause.startswith(RESET):
        what = _("到了办法里写的清零的日子")
    elif line.back:
        what = _("更正,收回:%(source)s") % {"source": told.source(line.round, line.clause)}
    else:
        what = told.source(line.round, line.clause)
    until = _("算到 %(day)s") % {"day": prose(line.until)} if line.until else ""
    return line.day, what, f"{'+' if line.milli > 0 else ''}{decimal_text(line.milli)}", until
