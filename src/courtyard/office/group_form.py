"""An evaluation group as its form says it: each evaluator's place in a trio and for whom they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from courtyard.inspections.rules.membership import RESERVE, TRIO, Member, Standing, Term
from courtyard.people import forms


@dataclass(frozen=True)
class Row:
    """An evaluator on the form: the fields' names, what is chosen in each."""

    id: UUID
    name: str
    place: str
    standing: str


def places(able: int) -> list[tuple[str, str]]:
    """The places there may be: as many trios as the village's evaluators make, a reserve each; '' is not in the group."""
    trios = range(1, max(1, able // RESERVE) + 1)
    shown = [("", _("不进小组"))]
    for trio in trios:
        shown.append((f"{trio}", _("第 %(n)s 小组") % {"n": trio}))
        shown.append((f"{trio}r", _("第 %(n)s 小组候补") % {"n": trio}))
    return shown


def rows(able: Mapping[UUID, str], before: Mapping[UUID, Member], post: Any) -> list[Row]:
    """Every evaluator of the village, as typed before a refusal, else as in the group before."""
    found = []
    for id, name in able.items():
        was = before.get(id)
        place = "" if was is None else f"{was.trio}r" if was.n == RESERVE else f"{was.trio}"
        standing = was.standing.value if was else ""
        found.append(
            Row(id, name, post.get(f"p-{id.hex}", place), post.get(f"s-{id.hex}", standing or Standing.VILLAGERS.value))
        )
    return found


def members(able: Mapping[UUID, str], post: Any) -> list[Member]:
    """The members that were chosen; a trio's three in the order of the form. A fourth of three stays to be refused."""
    found, counts = [], Counter[str]()
    known = {code for code, _words in places(len(able)) if code}
    for id in able:
        place, standing = post.get(f"p-{id.hex}", ""), post.get(f"s-{id.hex}", "")
        if place not in known or standing not in Standing.codes():
            continue
        counts[place] += 1
        trio, reserve = int(place.rstrip("r")), place.endswith("r")
        n = RESERVE + counts[place] - 1 if reserve else counts[place] + (counts[place] > TRIO)
        found.append(Member(id, Standing(standing), trio, n))
    return found


def term(request: Any) -> Term:
    """The term and the meeting as typed. Refuses what cannot be read, by the field's name."""
    return Term(
        since=forms.day(request, "since", _("任期从哪天起")),
        last=forms.day(request, "last", _("任期到哪天")),
        meeting=forms.day(request, "meeting", _("推选会议日期")),
        attendance=forms.number(request, "attendance", _("到会人数"), most=100_000),
    )
