"""Which rules the villages run under: the shipped document in one, its variant in the next, adopted by two people."""

from __future__ import annotations

import re
from datetime import date, timedelta

from courtyard.households.queries import homes, rated_homes
from courtyard.ops.demo.facts import data
from courtyard.ops.demo.town import Town
from courtyard.points.actions import fund_budget
from courtyard.points.queries import budget
from courtyard.rating.actions import adopt_scheme, draft_scheme
from courtyard.rating.queries import shipped

POINTS_A_HOME = 30
# What the second village has a home before each close: enough for the first round; the second is cut by one factor, as its
# scheme then says; for the third, for which its assembly chose otherwise, nothing is added, and all of it waits (待发).
MEAGRE = (9, 6, 0)


def adopt(town: Town, starts: date) -> None:
    """Every village's assembly adopts a document from `starts`; odd villages the first of the demonstration's, even its variant."""
    at = town.agenda.now
    documents = _documents()
    clerk = town.actor("clerk")
    for village in town.villages:
        n = town.number(village)
        cadre = town.cadre(village)
        version = draft_scheme(text_toml=documents[(n - 1) % len(documents)], place=village, by=cadre, at=at)
        count = homes([village.path]).count()
        adopt_scheme(
            place=village, version=version, starts=starts, assembly=at.date() - timedelta(days=3),
            attendance=count * 7 // 10, households=count, document=f"{village.name}村民会议〔{starts.year}〕{n}号",
            seconded_by=clerk, by=cadre, at=at,
        )  # fmt: skip


def _documents() -> list[str]:
    """The documents the demonstration names, with a full round every month."""
    shelf = shipped()
    return [_every_month(shelf[name]) for name in data()["schemes"]]


def _every_month(text: str) -> str:
    """The document with full rounds every month: a village's first months are all full ones."""
    every = "full_months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"
    changed, count = re.subn(r"^full_months = \[[^\]]*\]", every, text, flags=re.MULTILINE)
    assert count == 1, "the shipped document names its full months once"
    return changed


def reconsider(town: Town, starts: date) -> None:
    """The second village's assembly would rather wait for the budget than be cut: the next version of its document."""
    at, clerk = town.agenda.now, town.actor("clerk")
    for village in town.villages:
        if town.number(village) != 2:
            continue
        cadre, text = town.cadre(village), _documents()[1]
        text = text.replace('short = "factor"\nrounding = "down"', 'short = "wait"')
        count = homes([village.path]).count()
        adopt_scheme(
            place=village, version=draft_scheme(text_toml=text, place=village, by=cadre, at=at), starts=starts,
            assembly=at.date() - timedelta(days=1), attendance=count * 6 // 10, households=count,
            document=f"{village.name}村民会议〔{at.year}〕补1号", seconded_by=clerk, by=cadre, at=at,
        )  # fmt: skip


def fund(town: Town, month: date, turn: int) -> None:
    """Points put at every village's disposal; the second village's suffice for its first round alone."""
    clerk, at = town.actor("clerk"), town.agenda.now
    for village in town.villages:
        count = rated_homes(village.path).count()
        points = count * POINTS_A_HOME
        if town.number(village) == 2:
            points = count * MEAGRE[turn] - budget(village.pk).left
        if points > 0:
            document = f"镇政办〔{month.year}〕{month.month}号"
            fund_budget(village=village, points=points, document=document, by=clerk, at=at)
