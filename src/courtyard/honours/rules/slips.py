"""Slips and their counterfoils: serials people can type, what was ticked, and which row of a screen can be booked."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courtyard.kernel.choices import Choice
from courtyard.kernel.problems import Problem

PAYLOAD, DIGITS, MODULUS = 8, 10, 97
ROWS_A_SCREEN = 40
PAD_MOST = 100


class SlipKind(Choice):
    FINDINGS = "findings", "条子"
    NOTICE = "notice", "告知书"


class Tick(Choice):
    """What a counterfoil has boxes for, in its order; NONE is said for a signed one without a tick."""

    RECEIVED = "received", "收到"
    DISAGREES = "disagrees", "不同意"
    ALONE = "alone", "一个人弄不动"
    NONE = "none", "都没有勾"


class Outcome(Choice):
    """What a booked counterfoil brought about, as the clerk is told."""

    KEPT = "kept", "收好了"
    SAME = "same", "以前录过,一样"
    LESS = "less", "以前录的多几样,照旧算数"
    TOLD = "told", "告知送到了"
    NOT_TOLD = "not_told", "这一条现在不等告知,只把回执收好"
    FROZEN = "frozen", "已经停下来,等答复"
    FROZEN_BEFORE = "frozen_before", "已经有异议在等答复"
    QUESTIONED = "questioned", "不同意已记下,要有人答复"
    HELP = "help", "帮扶已记下"
    HELP_BEFORE = "help_before", "早就在等人帮了"
    TAKEN_OFF = "taken_off", "公示的先拿下来了"


def serial_of(number: int) -> str:
    """A slip's serial: eight digits and two check digits (ISO 7064, modulus 97).

    Every wrong digit and every two neighbours changed over show; of anything else that is typed, 96 of 97.
    """
    return f"{number:0{PAYLOAD}d}{MODULUS + 1 - number * 100 % MODULUS:02d}"


def is_sound(serial: str) -> bool:
    """Whether ten digits carry their right check digits."""
    fits = len(serial) == DIGITS and serial.isascii() and serial.isdigit()
    return fits and int(serial) % MODULUS == 1


def spaced(serial: str) -> str:
    """A serial as it is printed, in two halves: 48109 32756."""
    return f"{serial[:5]} {serial[5:]}"


def tidy(typed: str) -> str:
    """A serial as it was typed or scanned, without blanks and strokes, wide digits made narrow."""
    text = unicodedata.normalize("NFKC", typed)
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-·.")


def serials_in(texts: Iterable[str]) -> list[str]:
    """The serials among the texts of codes in a picture, each once, in their order; codes of other things stay out."""
    return list(dict.fromkeys(text for text in map(tidy, texts) if is_sound(text)))


@dataclass(frozen=True)
class Ticks:
    """What is ticked on a counterfoil."""

    received: bool = False
    disagrees: bool = False
    alone: bool = False

    def __or__(self, other: Ticks) -> Ticks:
        return Ticks(self.received or other.received, self.disagrees or other.disagrees, self.alone or other.alone)

    def without(self, other: Ticks) -> Ticks:
        """What is ticked here and not there."""
        return Ticks(
            self.received and not other.received,
            self.disagrees and not other.disagrees,
            self.alone and not other.alone,
        )

    @property
    def any(self) -> bool:
        return self.received or self.disagrees or self.alone


@dataclass(frozen=True)
class Typed:
    """One row of a screen: the serial as typed, the ticks (None: nothing was said), whose a blank slip was."""

    serial: str
    ticks: Ticks | None
    home: str = ""


@dataclass(frozen=True)
class Known:
    """A slip as the register has it. `household` None: a blank one that no counterfoil has given a home yet.

    `homes` of a blank one are those of its round; `before` is everything its earlier counterfoils ticked, None: none.
    """

    id: UUID
    kind: SlipKind
    here: bool
    village: str
    printed: date
    household: UUID | None
    homes: frozenset[UUID] = frozenset()
    before: Ticks | None = None


@dataclass(frozen=True)
class Booking:
    """A row that can be booked: which slip, whose, everything ticked, and what of it is new."""

    slip: UUID
    household: UUID
    ticks: Ticks
    new: Ticks
    seen_before: bool
    less: bool


def judge(
    rows: Sequence[Typed], known: Mapping[str, Known], homes: Mapping[str, UUID], day: date
) -> list[Booking | Problem]:
    """What becomes of each row, in their order: booked, or why not; one never keeps another from landing.

    `known` by serial, `homes` by code and by short number (of the village). The same serial twice on one screen with
    other ticks is asked about, both rows; with the same ticks it is one.
    """
    said: dict[str, set[tuple[Ticks | None, str]]] = {}
    for row in rows:
        said.setdefault(tidy(row.serial), set()).add((row.ticks, tidy(row.home)))
    twice = Counter({serial: len(found) for serial, found in said.items()})
    return [_judge(row, known, homes, day, twice[tidy(row.serial)] > 1) for row in rows]


def _judge(
    row: Typed, known: Mapping[str, Known], homes: Mapping[str, UUID], day: date, differs: bool
) -> Booking | Problem:
    serial = tidy(row.serial)
    slip = known.get(serial)
    if not is_sound(serial):
        return Problem("honours.serial_unsound", {"serial": row.serial})
    if slip is None:
        return Problem("honours.serial_unknown", {"serial": spaced(serial)})
    if not slip.here:
        return Problem("honours.serial_elsewhere", {"serial": spaced(serial), "village": slip.village})
    if differs:
        return Problem("honours.serial_twice", {"serial": spaced(serial)})
    if row.ticks is None:
        return Problem("honours.nothing_ticked", {"serial": spaced(serial)})
    if day < slip.printed:
        return Problem("honours.counterfoil_too_early", {"printed": slip.printed.isoformat(), "day": day.isoformat()})
    whose = _whose(row, slip, homes)
    if isinstance(whose, Problem):
        return whose
    before = slip.before or Ticks()
    less = slip.before is not None and before.without(row.ticks).any
    return Booking(slip.id, whose, row.ticks, row.ticks.without(before), slip.before is not None, less)


def _whose(row: Typed, slip: Known, homes: Mapping[str, UUID]) -> UUID | Problem:
    typed = tidy(row.home)
    found = homes.get(typed) if typed else None
    if typed and found is None:
        return Problem("honours.home_unknown", {"home": row.home})
    if slip.household is not None:
        if found is not None and found != slip.household:
            return Problem("honours.serial_of_other", {"serial": spaced(tidy(row.serial))})
        return slip.household
    if found is None:
        return Problem("honours.whose_slip", {"serial": spaced(tidy(row.serial))})
    if found not in slip.homes:
        return Problem("honours.home_not_in_round", {"home": row.home})
    return found
