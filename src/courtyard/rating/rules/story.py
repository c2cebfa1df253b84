"""A place's time under a scheme: what an engine is told of homes, visits, deeds and spending, and what it answers.

Homes and persons are codes of the caller's; nothing here is a name. The order in which events are handed over is of no
account; the order of days is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from courtyard.rating.rules.facts import AreaResult, Mark, Never
from courtyard.rating.rules.periods import Period

# Why an entry counts nothing, or less.
MERGED = "merged"
DEDUPED = "deduped"
LATE = "late"
WAITS = "waits"
DISPUTED = "disputed"
LAPSED = "lapsed"
MENDED = "mended"
FLOOR = "floor"
RECORDED = "recorded"
GATE = "gate"
# What a close says beside its results.
OVERLAP = "rank_overlap"
TOO_FEW = "too_few_to_rank"


@dataclass(frozen=True)
class Home:
    """A home: its persons, where it lies, its class; `joined`: the first day it takes part."""

    code: str
    members: tuple[str, ...] = ()
    group: str = ""
    village: str = ""
    klass: str = ""
    joined: date | None = None
    lived_in: bool = True
    taking_part: bool = True
    care: bool = False
    help_owed: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit by its marks, or by the score as it was decided; `spot`: a check by the level above."""

    home: str
    day: date
    marks: tuple[Mark, ...] = ()
    score_milli: int | None = None
    spot: bool = False


@dataclass(frozen=True)
class Deed:
    """A deed of a home or one of its persons; `times` the same day; `amount_milli` and `thing` where a price or unit counts.

    `event`: what several records may be about; `recorded`: the day it arrived; `mended`: the day it was put right."""

    home: str
    day: date
    code: str
    member: str = ""
    times: int = 1
    amount_milli: int | None = None
    thing: str = ""
    event: str = ""
    recorded: date | None = None
    mended: date | None = None
    disputed: bool = False


@dataclass(frozen=True)
class Spend:
    """Points spent: so many of a ledger, or a reward of the scheme's list, so many times."""

    home: str
    day: date
    member: str = ""
    ledger: str = ""
    points: int = 0
    reward: str = ""
    times: int = 1


@dataclass(frozen=True)
class Merge:
    """A home that becomes part of another."""

    home: str
    day: date
    into: str


Event = Visit | Deed | Spend | Merge


@dataclass(frozen=True)
class Entry:
    """One movement of an owner's ledger, in thousandths, with the clause that caused it.

    `cut_milli`: what a cap (`cut_by`) or the floor took off; `why` where it counts nothing or less."""

    day: date
    home: str
    owner: str
    clause: str
    ledger: str
    milli: int
    cut_milli: int = 0
    cut_by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Result:
    """What one period gave one home; `grade` is None where it was not rated (`why`): that is never poor."""

    home: str
    period: Period
    grade: str | None
    why: str
    score_milli: int | None
    star: str | None
    rank: int | None
    raters: int
    kin: int
    areas: tuple[AreaResult, ...]
    entries: tuple[Entry, ...]
    lists: tuple[tuple[str, str], ...]
    never: tuple[Never, ...]
    titles: tuple[str, ...]
    lost: tuple[str, ...]
    prizes: tuple[tuple[str, int], ...]
    vetoes: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """A spend that could not be: the event and the code of why."""

    spend: Spend
    code: str


@dataclass(frozen=True)
class Change:
    """A title given to a home or lost by it."""

    day: date
    home: str
    title: str
    given: bool


@dataclass
class Told:
    """All that followed, in order of days."""

    results: list[Result] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[tuple[date, str, str]] = field(default_factory=list)
    # As things stand at the end of the last day: by owner and ledger, by owner, by home.
    balances: dict[tuple[str, str], int] = field(default_factory=dict)
    standings: dict[tuple[str, str], int] = field(default_factory=dict)
    stars: dict[str, str | None] = field(default_factory=dict)
    titles: dict[str, tuple[str, ...]] = field(default_factory=dict)
