"""What another scheme would have made of the last round: who would change, by how much, who enters or leaves a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from courtyard.households.queries import homes
from courtyard.inspections.models import Round
from courtyard.inspections.queries.replaying import Line, Replay, replay
from courtyard.inspections.queries.rounds import latest_round
from courtyard.inspections.queries.stands import stands
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Refused
from courtyard.kernel.sentences import say
from courtyard.office.homes import shown
from courtyard.places.models import Place
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import LISTINGS, SchemeDocument, decimal_text
from courtyard.rating.rules.rungs import REDEEM, counted, gate_shut, gates_asking, star_at, star_of
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
    """A round replayed under another scheme; `why` says why it cannot be told.

    `stars`: how many homes would stand on each of its stars; `shut`: to how many its gates would shut the till."""

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
    stars: tuple[tuple[str, int], ...] = ()
    shut: int | None = None


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
    stars, shut = _rungs(document, village, again, day_of(request.at))
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
        stars=stars,
        shut=shut,
    )


def _rungs(
    document: SchemeDocument, village: Place, again: Replay, day: date
) -> tuple[tuple[tuple[str, int], ...], int | None]:
    """How many homes would stand on each star, and to how many the till would be shut (None: by no gate): by what the
    round comes to now, or by today's standing in the ledger of the same code."""
    if not document.stars and not gates_asking(document, REDEEM):
        return (), None
    whole = document.whole_milli
    rated = {line.household: (line.after.grade, line.after.score_milli, whole) for line in again.lines}
    found = stands(document, village.pk, rated, day, rated)
    stars = counted(document, (star_of(document, stand) for stand in found.values()))
    shut = sum(gate_shut(document, REDEEM, stand) is not None for stand in found.values())
    return tuple((star.name, homes) for star, homes in stars), shut if gates_asking(document, REDEEM) else None


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
    if star := star_at(document, outcome.score_milli):
        parts.append(star.name)
    titles = {title.code: title.name for title in document.titles}
    parts += [titles.get(one.listing) or word("listing", one.listing) for one in outcome.candidates]
    names = {f"prizes.{prize.code}": prize.name for prize in document.prizes}
    parts += [names[one.clause] for one in outcome.prizes]
    return " · ".join(parts)
