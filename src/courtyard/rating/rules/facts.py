"""What an engine is told about one visit, and what it answers. No names, no ids: equal facts have equal answers.

Because facts carry nobody's identity and are hashable, a caller with many homes may keep answers by facts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

# Why a home has no grade.
NOT_TAKING_PART = "not_taking_part"
NOT_LIVED_IN = "not_lived_in"
NO_MARKS = "no_marks"
NOT_AT_HOME = "not_at_home"
ONLY_KIN = "only_kin"
AREA_MISSING = "area_missing"
CARRIED = "carried"
# Why a home whose grade would allow it is never a candidate.
CARE_LIST = "care_list"
HELP_OWED = "help_owed"
KIN = "kin"
FEW_RATERS = {1: "fewer_than_one", 2: "fewer_than_two", 3: "fewer_than_three"}
NO_FINDING = "no_finding"
MENDED = "mended"
NOT_POOR = "not_poor"
LISTED = ("vetoes", "deeds", "notes", "lost", "awaits")  # codes an outcome keeps only where there are any


@dataclass(frozen=True, order=True)
class Seen:
    """A finding in an area, by its picture's code; `mended` while the evaluators stood there (当场改好).

    `places`: in how many places it was found, where the scheme counts places."""

    area: str
    code: str
    mended: bool = False
    places: int = 1


@dataclass(frozen=True, order=True)
class Mark:
    """One evaluator's marks in one visit: (area, what was given) pairs, findings, kin, nobody at home.

    Given: a label's code; a number, or an item's each joined by + ("10+8+na"); "looked" in an area scored by its
    findings; "declined" where the household did not open it."""

    given: tuple[tuple[str, str], ...] = ()
    seen: tuple[Seen, ...] = ()
    kin: bool = False
    not_at_home: bool = False


@dataclass(frozen=True)
class History:
    """What a home brings along: its last grade, how many rated rounds running had it, (ledger, points) earned this year.

    Only where the scheme asks for more: `grades`, those of all its rated rounds, the oldest first, and its last score
    where that was of the same whole; `period`: how many periods the place had under its scheme before this one;
    `titles`: those it holds, each with how many rated rounds running it was in the grade that loses it; `used`: what each
    cap has taken in by then, in thousandths, where caps are more than a year's on what is spent; `stood`: its standings in thousandths, and `outright` the
    stars deeds held it on, where a gate asks for its star before anything is earned."""

    last: str | None = None
    run: int = 0
    earned: tuple[tuple[str, int], ...] = ()
    grades: tuple[str, ...] = ()
    last_score_milli: int | None = None
    period: int | None = None
    titles: tuple[tuple[str, int], ...] = ()
    used: tuple[tuple[str, int], ...] = ()
    stood: tuple[tuple[str, int], ...] = ()
    outright: tuple[str, ...] = ()

    @property
    def kept(self) -> dict[str, Any]:
        """As plain tables; what only some schemes ask for stands only where there is any, so that older breakdowns keep
        their text."""
        plain: dict[str, Any] = {"last": self.last, "run": self.run, "earned": dict(self.earned)}
        if self.grades:
            plain["grades"] = list(self.grades)
        if self.last_score_milli is not None:
            plain["last_score_milli"] = self.last_score_milli
        if self.period is not None:
            plain["period"] = self.period
        if self.titles:
            plain["titles"] = dict(self.titles)
        if self.used:
            plain["used"] = dict(self.used)
        if self.stood:
            plain["stood"] = dict(self.stood)
        if self.outright:
            plain["outright"] = list(self.outright)
        return plain


@dataclass(frozen=True)
class Rank:
    """Where a home stands among those it is ranked with: the clauses by whose first or last it is, its place of how many.

    `value_milli`: its standing, where standings rank; `klass`: its class, where classes are ranked apart; `out`: a veto
    keeps it out of the ranks; `notes`: what few homes led to."""

    clauses: tuple[str, ...] = ()
    place: int | None = None
    among: int = 0
    value_milli: int | None = None
    klass: str = ""
    out: bool = False
    notes: tuple[str, ...] = ()

    @property
    def kept(self) -> dict[str, Any]:
        """As plain tables, without what says nothing."""
        plain = {name: value for name, value in vars(self).items() if value != getattr(Rank, name)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}

    @staticmethod
    def read(kept: Mapping[str, Any]) -> Rank:
        """What `kept` wrote, read back."""
        values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in kept.items()}
        return Rank(**values)


@dataclass(frozen=True)
class Facts:
    """A visit's marks in any order, the home's history, and what the household room says of it.

    `rank`: what the round says of its place among all; `people`: how many live there, where a clause counts them;
    `checks`: the marks of the spot check after the visit; `deeds`: what it did in the period, where a veto asks."""

    marks: tuple[Mark, ...]
    history: History = History()
    care: bool = False
    help_owed: bool = False
    lived_in: bool = True
    taking_part: bool = True
    rank: Rank = Rank()
    people: int = 0
    checks: tuple[Mark, ...] = ()
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaResult:
    """An area: its weight, how often each label was given (best first), its score or why it has none, findings.

    `given`: the raters' own scores of it in thousandths, lowest first, where they are numbers."""

    area: str
    weight: int
    counts: tuple[tuple[str, int], ...]
    score_milli: int | None
    why: str
    findings: int
    mended: int
    given: tuple[int, ...] = ()


@dataclass(frozen=True)
class Award:
    """Points a clause earned, or took off (below 0); `cut` is what a cap took off (points + cut is the clause's number).

    `rest_milli`: thousandths beside the whole points, in a ledger that is only a standing."""

    clause: str
    kind: str
    ledger: str
    points: int
    cut: int
    rest_milli: int = 0

    @property
    def milli(self) -> int:
        """The points in thousandths."""
        return self.points * 1000 + self.rest_milli

    @property
    def kept(self) -> dict[str, Any]:
        """As plain tables; what beside whole points stands only where there is any."""
        plain = dict(vars(self))
        return plain if self.rest_milli else {name: value for name, value in plain.items() if name != "rest_milli"}


@dataclass(frozen=True)
class Candidate:
    """A home a clause proposes for a list (`listing` red or black) or a title (`listing` is its code)."""

    listing: str
    clause: str


@dataclass(frozen=True)
class Never:
    """A list a home's grade would allow, and every reason why it is no candidate."""

    listing: str
    clause: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Won:
    """A prize a clause gives: money in fen, 0 where it is a thing. Handed out by people, never points."""

    clause: str
    amount_fen: int


@dataclass(frozen=True)
class Check:
    """What a spot check came to: its score, by how many people, whether it reached what a check must reach; what the
    round had come to before it."""

    score_milli: int
    raters: int
    passed: bool
    before_milli: int


@dataclass(frozen=True)
class Outcome:
    """What follows from a visit. `grade` is None where the home was not rated (`why`); that is never poor.

    `vetoes`: those that do more than set the grade, or come of `deeds`; `notes`: why a rated home gets no points;
    `lost`: titles it loses; `awaits`: clauses that hold once a spot check has passed."""

    engine: int
    grade: str | None
    why: str
    score_milli: int | None
    raters: int
    kin: int
    areas: tuple[AreaResult, ...]
    awards: tuple[Award, ...]
    candidates: tuple[Candidate, ...]
    never: tuple[Never, ...]
    help_due: bool
    history: History
    rank: Rank = Rank()
    prizes: tuple[Won, ...] = ()
    people: int = 0
    check: Check | None = None
    vetoes: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """All points earned, over all ledgers."""
        return sum(award.points for award in self.awards)

    @property
    def paying(self) -> tuple[Award, ...]:
        """The awards with points above zero: what may be granted and booked."""
        return tuple(award for award in self.awards if award.points > 0)

    @property
    def breakdown(self) -> dict[str, Any]:
        """How it came about, as plain tables (codes and whole numbers, no words: D10), for keeping and for `explain`."""
        return {
            "engine": self.engine,
            "grade": self.grade,
            "why": self.why,
            "score_milli": self.score_milli,
            "raters": self.raters,
            "kin": self.kin,
            "areas": [_area_data(area) for area in self.areas],
            "awards": [award.kept for award in self.awards],
            "points": self.points,
            "candidates": [dict(vars(candidate)) for candidate in self.candidates],
            "never": [{**vars(never), "reasons": list(never.reasons)} for never in self.never],
            "help_due": self.help_due,
            "history": self.history.kept,
            **self._more,
        }

    @property
    def _more(self) -> dict[str, Any]:
        """What only some schemes ask for, where there is any, so that older breakdowns keep their text."""
        more: dict[str, Any] = {
            "rank": self.rank.kept, "prizes": [dict(vars(prize)) for prize in self.prizes], "people": self.people
        }  # fmt: skip
        more |= {name: list(getattr(self, name)) for name in LISTED}
        more["check"] = dict(vars(self.check)) if self.check else None
        return {name: value for name, value in more.items() if value}

    @cached_property
    def breakdown_text(self) -> str:
        """The breakdown as canonical JSON text."""
        return json.dumps(self.breakdown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _area_data(area: AreaResult) -> dict[str, Any]:
    """An area as plain tables; numbers given only where there are any, so that older breakdowns keep their text."""
    data = {**vars(area), "counts": dict(area.counts), "given": list(area.given)}
    return data if area.given else {key: value for key, value in data.items() if key != "given"}


def outcome_of(kept: Mapping[str, Any]) -> Outcome:
    """The outcome a kept breakdown tells: what `Outcome.breakdown` wrote, read back."""
    history = kept["history"]
    return Outcome(
        engine=kept["engine"],
        grade=kept["grade"],
        why=kept["why"],
        score_milli=kept["score_milli"],
        raters=kept["raters"],
        kin=kept["kin"],
        areas=tuple(
            AreaResult(**{**area, "counts": tuple(area["counts"].items()), "given": tuple(area.get("given", ()))})
            for area in kept["areas"]
        ),
        awards=tuple(Award(**award) for award in kept["awards"]),
        candidates=tuple(Candidate(**candidate) for candidate in kept["candidates"]),
        never=tuple(Never(**{**never, "reasons": tuple(never["reasons"])}) for never in kept["never"]),
        help_due=kept["help_due"],
        history=History(
            history["last"],
            history["run"],
            tuple(sorted(history["earned"].items())),
            tuple(history.get("grades", ())),
            history.get("last_score_milli"),
            history.get("period"),
            tuple(sorted(history.get("titles", {}).items())),
            tuple(sorted(history.get("used", {}).items())),
            tuple(sorted(history.get("stood", {}).items())),
            tuple(history.get("outright", ())),
        ),
        rank=Rank.read(kept.get("rank", {})),
        prizes=tuple(Won(**prize) for prize in kept.get("prizes", ())),
        people=kept.get("people", 0),
        check=Check(**kept["check"]) if kept.get("check") else None,
        **{name: tuple(kept.get(name, ())) for name in LISTED},
    )
