"""The simulated year of a scheme as an assembly is shown it: what it costs, month by month, drawn as lines in the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from courtyard.households.queries import rated_homes
from courtyard.kernel.money import yuan
from courtyard.kernel.problems import refuse
from courtyard.places.models import Place
from courtyard.places.queries import places
from courtyard.rating.models import Adoption
from courtyard.rating.rules.adopting import Year
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.simulating import Figure, Model, Simulated, simulate

SEEDS = 10  # a page cannot wait for more; `courtyard simulate` takes hundreds
HOMES_MOST = 600  # homes simulated at once; a larger place is as many times as much
WIDTH, HEIGHT, LEFT, TOP = 640, 200, 72, 16


@dataclass(frozen=True)
class Plot:
    """A line with its band from low to high over the months, as coordinates of an SVG; `rows` say the same in figures."""

    title: str
    band: str
    line: str
    ticks: tuple[tuple[int, str], ...]  # height, words
    months: tuple[tuple[int, str], ...]  # place, words
    rows: tuple[tuple[str, str, str, str], ...]  # month, low, middle, high


@dataclass(frozen=True)
class ShownYear:
    """The year for one place: `simulated` for `drawn` homes, its cost for all `homes` of the place."""

    simulated: Simulated
    homes: int
    low_fen: int
    middle_fen: int
    high_fen: int

    @property
    def cost(self) -> tuple[str, str, str]:
        """Low, middle and high in whole yuan: down, to the nearest, up."""
        return str(self.low_fen // 100), str((self.middle_fen + 50) // 100), str(-(-self.high_fen // 100))

    @property
    def a_home(self) -> str:
        """What a home comes to, in the middle."""
        return yuan(self.middle_fen // self.homes)

    @property
    def unpriced(self) -> str:
        """Ledgers that buy things and do not say what a point is worth: their cost is unknown."""
        names = {ledger.code: ledger.name for ledger in self.simulated.document.ledgers}
        return "、".join(names[code] for code in self.simulated.unpriced)

    def against(self, budget_fen: int) -> Year:
        """The year beside a budget, as an adoption keeps it. Refuses rating.year_unpriced."""
        if self.unpriced:
            refuse("rating.year_unpriced", ledgers=self.unpriced)
        seeds = len(self.simulated.seeds)
        return Year(self.homes, seeds, self.low_fen, self.middle_fen, self.high_fen, budget_fen)


@lru_cache(maxsize=32)
def _simulated(document: SchemeDocument, homes: int, start: date) -> Simulated:
    return simulate(document, Model(), homes, 12, range(SEEDS), start)


def year_of(document: SchemeDocument, homes: int, today: date, *, drawn: int = 0) -> ShownYear:
    """Twelve months from the first of next January for so many homes; `drawn` homes are simulated (else as many)."""
    count = max(1, min(drawn or homes, HOMES_MOST))
    found = _simulated(document, count, date(today.year + 1, 1, 1))
    cost = found.cost_fen
    low, middle, high = (-(-fen * max(homes, 1) // count) for fen in (cost.low, cost.mid, cost.high))
    return ShownYear(found, max(homes, 1), low, middle, high)


def homes_in(place: Place) -> int:
    """How many homes of a place would be rated today."""
    return rated_homes(place.path).count()


def year_at(document: SchemeDocument, place: Place, today: date, *, otherwise: int = 1) -> ShownYear:
    """The year for a place: a village's own homes; a town's as those of its villages' usual size. `otherwise`: how many
    homes where none is in the register yet."""
    homes = homes_in(place) or otherwise
    villages = places([place.path], "village").count() or 1
    return year_of(document, homes, today, drawn=homes // villages)


def plots(year: ShownYear) -> list[Plot]:
    """What is worth a picture: the cost of each month, points not yet spent, homes on the black list."""
    found = [_plot(_("每月花费(元)"), year, "cost_fen", 100)]
    for ledger in year.simulated.document.ledgers:
        if ledger.spendable:
            title = _("手里还没有换的「%(name)s」") % {"name": ledger.name}
            found.append(_plot(title, year, f"outstanding:{ledger.code}", 1000))
    if year.simulated.black.entries.high:
        found.append(_plot(_("每月进黑榜候选的户数"), year, "black", 1))
    return found


def _plot(title: str, year: ShownYear, name: str, unit: int) -> Plot:
    none = Figure(0, 0, 0)
    drawn, homes = year.simulated.households, year.homes
    series = [month.get(name, none) for month in year.simulated.series]
    rows = [tuple(value * homes // (drawn * unit) for value in (one.low, one.mid, one.high)) for one in series]
    most = max(2, *(high + high % 2 for _low, _mid, high in rows))  # even, for the mark in the middle
    start = year.simulated.start
    words = [f"{(start.month - 1 + n) % 12 + 1}" for n in range(len(rows))]
    upper = [_point(n, high, most, len(rows)) for n, (_low, _mid, high) in enumerate(rows)]
    lower = [_point(n, low, most, len(rows)) for n, (low, _mid, _high) in enumerate(rows)]
    middle = [_point(n, mid, most, len(rows)) for n, (_low, mid, _high) in enumerate(rows)]
    ticks = ((TOP, f"{most:,}"), (TOP + HEIGHT // 2, f"{most // 2:,}"), (TOP + HEIGHT, "0"))
    months = tuple((_across(n, len(rows)), word) for n, word in enumerate(words))
    said = tuple(
        (word, f"{low:,}", f"{mid:,}", f"{high:,}") for word, (low, mid, high) in zip(words, rows, strict=True)
    )
    return Plot(title, _line([*upper, *reversed(lower)]), _line(middle), ticks, months, said)


def _across(n: int, count: int) -> int:
    return LEFT + (WIDTH - LEFT - TOP) * n // max(1, count - 1)


def _point(n: int, value: int, most: int, count: int) -> tuple[int, int]:
    return _across(n, count), TOP + HEIGHT - HEIGHT * value // most


def _line(points: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def shown_then(adoption: Adoption) -> str:
    """What an assembly was shown of the year and its budget; '' where none was kept."""
    kept = getattr(adoption, "year", None)
    if kept is None:
        return ""
    figures = {"low": yuan(kept.low_fen), "high": yuan(kept.high_fen), "budget": yuan(kept.budget_fen)}
    return _("试算一年 %(low)s 到 %(high)s 元,预算 %(budget)s 元") % figures
