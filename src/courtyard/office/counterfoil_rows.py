"""The screen of counterfoils: fields of a form to rows, rows that landed to words, the others back with their reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courtyard.honours.actions.counterfoils import Row
from courtyard.honours.queries.slips import slips_with
from courtyard.honours.rules.slips import ROWS_A_SCREEN, SlipKind, Tick, Ticks, Typed, spaced, tidy
from courtyard.kernel.sentences import say
from courtyard.office.homes import clear_or_masked
from courtyard.people.rules import areas

ROWS_MOST = 120


@dataclass(frozen=True)
class TypedRow:
    """A row as its form said it, with the number of its fields."""

    n: int
    typed: Typed
    ticks: frozenset[str]


@dataclass(frozen=True)
class ShownRow:
    """A row on the screen: `whose` a known slip is, `blank` where its home must be said, `why` it did not land."""

    n: int
    serial: str = ""
    home: str = ""
    ticks: frozenset[str] = frozenset()
    whose: str = ""
    blank: bool = False
    why: str = ""


@dataclass(frozen=True)
class Landed:
    """A row that was booked, in words."""

    serial: str
    said: str


def read(post: Any) -> list[TypedRow]:
    """The rows that were filled in, in their order; an empty row is none, nothing has a default."""
    found = []
    for n in range(1, ROWS_MOST + 1):
        serial, home = str(post.get(f"serial-{n}", "")).strip(), str(post.get(f"home-{n}", "")).strip()
        ticks = frozenset(post.getlist(f"tick-{n}")) & set(Tick.codes())
        if serial or home or ticks:
            found.append(TypedRow(n, Typed(serial, _ticks(ticks), home), ticks))
    return found


def _ticks(ticks: frozenset[str]) -> Ticks | None:
    """What is ticked; nothing at all, and a tick beside 都没有勾, is nothing said."""
    marks = ticks - {Tick.NONE.value}
    if not ticks or (marks and Tick.NONE.value in ticks):
        return None
    return Ticks(Tick.RECEIVED.value in marks, Tick.DISAGREES.value in marks, Tick.ALONE.value in marks)


def typed_rows(request: Any) -> list[ShownRow]:
    """An empty screen, or what stood on it before a refusal."""
    rows = read(request.POST) if request.method == "POST" else []
    return _filled(request, [ShownRow(0, row.typed.serial, row.typed.home, row.ticks) for row in rows])


def scanned_rows(request: Any, serials: Sequence[str]) -> list[ShownRow]:
    """A screen with the serials of a scan, nothing ticked."""
    return _filled(request, [ShownRow(0, serial) for serial in serials[:ROWS_MOST]])


def left(request: Any, typed: Sequence[TypedRow], done: Sequence[Row]) -> list[ShownRow]:
    """The rows that did not land, with their reasons; an empty screen where all have."""
    rows = [
        ShownRow(0, one.typed.serial, one.typed.home, one.ticks, why=say(row.problem))
        for one, row in zip(typed, done, strict=True)
        if row.problem is not None
    ]
    return _filled(request, rows)


def landed(done: Iterable[Row]) -> list[Landed]:
    """What each booked row brought about."""
    return [
        Landed(
            spaced(row.serial),
            ";".join([*(_(one.label) for one in row.outcomes), *(say(problem) for problem in row.also)]),
        )
        for row in done
        if row.landed
    ]


def _filled(request: Any, rows: Sequence[ShownRow]) -> list[ShownRow]:
    """These rows numbered, with whose their slips are, and empty ones up to a screen."""
    whose = _whose(request, [tidy(row.serial) for row in rows if row.serial])
    shown = []
    for n, row in enumerate(rows, 1):
        words, blank = whose.get(tidy(row.serial), ("", False))
        shown.append(ShownRow(n, row.serial, row.home, row.ticks, words, blank, row.why))
    return shown + [ShownRow(n) for n in range(len(shown) + 1, max(ROWS_A_SCREEN, len(shown)) + 1)]


def _whose(request: Any, serials: Sequence[str]) -> Mapping[str, tuple[str, bool]]:
    """Serial → (whose slip it is, whether it is a blank one), within the person's places."""
    found = slips_with(areas(request.actor, "lists.notify"), serials) if serials else {}
    homes = {slip.household.pk: slip.household for slip in found.values() if slip.household}
    names = clear_or_masked(request, [(pk, home.head) for pk, home in homes.items()], why="counterfoils")
    answer = {}
    for serial, slip in found.items():
        kind = _(SlipKind(slip.kind).label)
        home = homes.get(slip.household_id) if slip.household_id else None
        if home is None:
            answer[serial] = (_("空白条子"), True)
        else:
            answer[serial] = (f"{names[home.pk]} · {home.group.name} · {home.code} · {kind}", False)
    return answer
