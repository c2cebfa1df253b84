"""What another scheme would have made of the last round: who would change, by how much, who enters or leaves a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courtyard.households.queries import homes
from courtyard.inspections.models import Round
from courtyard.inspections.queries.replaying import Line, Replay, replay
from courtyard.inspections.queries.rounds import latest_round
from courtyard.kernel.problems import Refused
from courtyard.kernel.sentences import say
from courtyard.office.homes import shown
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import LISTINGS, SchemeDocument, decimal_text
from courtyard.rating.rules.wording import word

SHOWN = 20


@dataclass(frozen=True)
class Change:
    """One home that would come out otherwise: who, and what it was and would be."""

    name: str
    code: str
    group: str
    before: str
    after: str
    points: int


@dataclass(frozen=True)
class Preview:
    """A round replayed under another scheme; `why` says why it cannot be told."""

    round: Round | None
    why: str = ""
    homes: int = 0
    changed: int = 0
    more: int = 0
    less: int = 0
    points: int = 0
    lists: tuple[tuple[str, int, int], ...] = ()
    rows: tuple[Change, ...] = ()
    erased: int = 0


def preview(request: Any, document: SchemeDocument, village: Place) -> Preview:
    """The village's last closed round under this scheme; the first homes by name (an access line each)."""
    closed = latest_round(village.pk)
    if closed is None:
        return Preview(None, _("%(place)s还没有关过账的轮次,没有真实的评分可以试。") % {"place": village.name})
    try:
        again = replay(closed, document)
    except Refused as refused:
        return Preview(closed, say(refused.problem))
    lists = tuple(
        (word("listing", listing), sum(line.enters(listing) for line in again.lines), sum(line.leaves(listing) for line in again.lines))
        for listing in LISTINGS
    )  # fmt: skip
    return Preview(
        round=closed,
        homes=len(again.lines),
        changed=len(again.differing),
        more=sum(line.points > 0 for line in again.differing),
        less=sum(line.points < 0 for line in again.differing),
        points=sum(line.points for line in again.differing),
        lists=lists,
        rows=_rows(request, closed, document, village, again),
        erased=again.erased,
    )


def _rows(request: Any, closed: Round, document: SchemeDocument, village: Place, again: Replay) -> tuple[Change, ...]:
    """The first homes that would change, on a list first."""
    own = document_of(closed.version)
    lines = sorted(again.differing, key=lambda line: not any(line.enters(one) or line.leaves(one) for one in LISTINGS))
    first = lines[:SHOWN]
    found = {home.pk: home for home in homes([village.path]).filter(pk__in=[line.household for line in first])}
    names = {one.home.pk: one.name for one in shown(request, list(found.values()), why="scheme preview")}
    return tuple(
        Change(
            names.get(line.household, ""), line.code, line.group, _said(own, line, after=False),
            _said(document, line, after=True), line.points,
        )
        for line in first
    )  # fmt: skip


def _said(document: SchemeDocument, line: Line, *, after: bool) -> str:
    """A home's score, grade and lists in a few words."""
    outcome = line.after if after else line.before
    grades = {band.code: band.name for band in document.bands}
    parts = [grades.get(outcome.grade or "", _("没有评"))]
    if outcome.score_milli is not None:
        parts.append(_("%(score)s 分") % {"score": decimal_text(outcome.score_milli)})
    parts += [word("listing", one.listing) for one in outcome.candidates]
    return " · ".join(parts)
