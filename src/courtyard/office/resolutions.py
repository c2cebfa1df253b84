"""The resolutions of many villages in one table, as they are typed: what is refused comes back with everything kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.office.scan_form import Held, chosen, held
from courtyard.office.scheme_year import homes_in, year_of
from courtyard.people.asked import Asked
from courtyard.places.models import Place
from courtyard.rating.actions import Row
from courtyard.rating.models import Adoption
from courtyard.rating.rules.adopting import Resolution
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.records.files import Kept

FIELDS = ("assembly", "attendance", "households", "document", "budget")
SAID = ("assembly", "attendance", "document", "budget")  # one of them typed makes a row one that is meant
DIGITS = 9


@dataclass(frozen=True)
class Typed:
    """A village's row on the screen: what was typed, what became of it."""

    village: Place
    homes: int
    given: Mapping[str, str]
    scan: Kept | Problem | None = None
    held: Held | None = None
    done: Adoption | None = None
    why: str = ""

    @property
    def meant(self) -> bool:
        """Whether anything was typed into it, or a file of its own chosen."""
        return self.scan is not None or any(self.given[name] for name in SAID)


def table(request: Asked, villages: Sequence[Place]) -> list[Typed]:
    """The rows as they were typed, or with the register's number of homes as those who should have come."""
    rows = []
    for village in villages:
        homes = homes_in(village)
        given = {name: request.POST.get(f"{name}-{village.pk}", "").strip() for name in FIELDS}
        if request.method != "POST":
            given["households"] = str(homes or "")
        name = f"scan-{village.pk}"
        own = chosen(request, name) if request.method == "POST" else None
        rows.append(Typed(village, homes, given, own, held(request, name)))
    return rows


def rows_of(typed: Sequence[Typed], document: SchemeDocument, today: date, scan: Kept | None = None) -> list[Row]:
    """The rows that are meant, each read, with its simulated year: one village of their usual size is simulated for all.
    `scan` is the one for all, where a row has none of its own."""
    meant = [row for row in typed if row.meant]
    usual = sum(row.homes for row in meant) // len(meant) if meant else 1
    return [_row(replace(row, scan=row.scan or scan), document, today, usual) for row in meant]


def _row(row: Typed, document: SchemeDocument, today: date, usual: int) -> Row:
    if isinstance(row.scan, Problem):
        return Row(row.village, faulty=row.scan)
    names = {"attendance": _("到会户数"), "households": _("应到户数"), "budget": _("全年预算(元)")}
    numbers = {}
    for name, words in names.items():
        typed = row.given[name]
        if not (typed.isascii() and typed.isdigit() and len(typed) <= DIGITS):
            return Row(row.village, faulty=_unread(words, typed))
        numbers[name] = int(typed)
    try:
        assembly = date.fromisoformat(row.given["assembly"])
    except ValueError:
        return Row(
            row.village, faulty=Problem("people.unfit_day", {"field": _("开会日期"), "given": row.given["assembly"]})
        )
    resolution = Resolution(assembly, numbers["attendance"], numbers["households"], row.given["document"])
    year = year_of(document, row.homes or numbers["households"], today, drawn=usual)
    return Row(row.village, resolution, year.against(numbers["budget"] * 100), row.scan)


def _unread(words: str, typed: str) -> Problem:
    if not typed:
        return Problem("people.empty_field", {"field": words})
    return Problem("people.unfit_number", {"field": words, "given": typed, "most": 10**DIGITS - 1})


def told(typed: Sequence[Typed], found: Sequence[tuple[Row, Adoption | Problem]]) -> list[Typed]:
    """The rows after the table was recorded: what landed is done, what was refused says why and keeps what was typed."""
    by_village = {row.place.pk: what for row, what in found}
    rows = []
    for row in typed:
        what = by_village.get(row.village.pk)
        done, why = (what, "") if isinstance(what, Adoption) else (None, say(what) if what else "")
        rows.append(replace(row, done=done, why=why))
    return rows
