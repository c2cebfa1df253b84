"""A scheme document as frozen values: every number of a town's rules, and nothing else (D14).

Scores are whole thousandths (`*_milli`); in TOML and JSON the same value is a decimal under the name without the suffix.
Where `unpublished` is true, no source gives the number: it is the programme's own choice and the page says so.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FORMAT = 1
DECLINED = "declined"  # what a mark says of a consent area the household did not open; never a label's code
LISTINGS = ("red", "black")
REACHES = ("private", "hamlets", "findings", "names")
DRAWINGS = ("yard", "room", "lane")
METHODS = ("mean", "trimmed_mean", "median")
EVENS = ("mean", "better", "worse")
ROUNDINGS = ("half_up", "half_even", "down")
INCLUDES = ("least", "most", "both")
AWARD_KINDS = ("band", "streak", "improvement")
SHORTS = ("wait", "factor")


@dataclass(frozen=True)
class Scope:
    """Which levels may adopt the scheme, and how long a period is."""

    levels: tuple[str, ...]
    period: str


@dataclass(frozen=True)
class Coverage:
    """Which homes a round visits: all in a full month; else those below `carried_band` and a drawn share (thousandths)."""

    full_months: tuple[int, ...]
    drawn_share_milli: int
    carried_band: str
    carried_earns: bool
    unpublished: bool = False


@dataclass(frozen=True)
class Label:
    """A word an evaluator may give an area, its key in office entry and what it is worth."""

    code: str
    name: str
    key: str
    score_milli: int
    unpublished: bool = False


@dataclass(frozen=True)
class Picture:
    """A finding of the picture list: what was seen and what would make it good."""

    code: str
    name: str
    seen: str
    mend: str
    needs_words: bool = False


@dataclass(frozen=True)
class Area:
    """A part of the home that is looked at; a `consent` area only with the household's word, visit by visit.

    `drawing` names the drawn good, fair and poor on the back of the score sheet, '' for words alone.
    """

    code: str
    name: str
    weight: int
    looks: str
    consent: bool
    pictures: tuple[Picture, ...]
    unpublished: bool = False
    drawing: str = ""


@dataclass(frozen=True)
class Sheet:
    """What an evaluator fills in. `missing_area`: renormalise the weights of the others, or leave the home unrated."""

    marks: str
    missing_area: str
    labels: tuple[Label, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class Aggregate:
    """How several evaluators' marks become one score; `even` decides a median of an even number."""

    method: str
    even: str
    raters_least: int
    rounding: str
    area_digits: int
    score_digits: int
    unpublished: bool = False


@dataclass(frozen=True)
class Band:
    """A grade and its bounds; `includes` says which end belongs to it."""

    code: str
    name: str
    least_milli: int
    most_milli: int
    includes: str
    unpublished: bool = False

    def holds(self, score_milli: int) -> bool:
        """Whether a score lies in this band."""
        low = score_milli >= self.least_milli if self.includes in ("least", "both") else score_milli > self.least_milli
        high = score_milli <= self.most_milli if self.includes in ("most", "both") else score_milli < self.most_milli
        return low and high


@dataclass(frozen=True)
class AwardRule:
    """What earns points: a band; a streak of `rounds` in a band; being `steps` bands better than last time."""

    code: str
    kind: str
    name: str
    points: int
    ledger: str
    band: str | None = None
    rounds: int | None = None
    steps: int | None = None
    unpublished: bool = False


@dataclass(frozen=True)
class Cap:
    """The most points of one ledger a home may earn in a calendar year, on what is earned, never on the balance."""

    code: str
    ledger: str
    per: str
    points: int
    unpublished: bool = False


@dataclass(frozen=True)
class DeedRule:
    """A deed outside a round (事项) that earns points each time, at most `year_points` a calendar year for a home.

    `helping`: what a neighbour's help earns (DOMAIN §4.7), one deed of a scheme at most."""

    code: str
    name: str
    points: int
    ledger: str
    year_points: int
    needs_evidence: bool
    helping: bool = False
    unpublished: bool = False


@dataclass(frozen=True)
class ListRule:
    """Who becomes a candidate for a list, and how far the list reaches (red: names by consent)."""

    code: str
    listing: str
    name: str
    band: str
    raters_least: int
    needs_finding: bool
    kin_excluded: bool
    reach: str
    unpublished: bool = False


@dataclass(frozen=True)
class Title:
    """A title a home becomes a candidate for after a streak."""

    code: str
    name: str
    band: str
    rounds: int
    unpublished: bool = False


@dataclass(frozen=True)
class Process:
    """Days of each step of the black list's due process; working days are said."""

    notice_working_days: int
    objection_working_days: int
    town_second_look_working_days: int
    expiry_days: int
    mend_days: int
    unpublished: bool = False


@dataclass(frozen=True)
class Card:
    """The card's name and the disclaimer printed beside it."""

    name: str
    disclaimer: str


@dataclass(frozen=True)
class Ledger:
    """A kind of points; `worth_fen` is about what one buys, for the page only (points are not money)."""

    code: str
    name: str
    spendable: bool
    worth_fen: int | None = None
    unpublished: bool = False


@dataclass(frozen=True)
class Budget:
    """What becomes of a round's points where the village's budget does not suffice (DOMAIN §4.12): all wait, or every
    award is paid times one `factor`, rounded as `rounding` says (a factor only)."""

    short: str
    rounding: str | None = None
    unpublished: bool = False


@dataclass(frozen=True)
class SchemeDocument:
    """A scheme, whole: format, engine, and every clause."""

    format: int
    engine: int
    code: str
    name: str
    source: str
    account: str
    scope: Scope
    coverage: Coverage
    sheet: Sheet
    aggregate: Aggregate
    bands: tuple[Band, ...]
    ledgers: tuple[Ledger, ...]
    awards: tuple[AwardRule, ...]
    caps: tuple[Cap, ...]
    lists: tuple[ListRule, ...]
    titles: tuple[Title, ...]
    process: Process
    card: Card
    budget: Budget | None = None
    deeds: tuple[DeedRule, ...] = ()

    @property
    def cuts(self) -> bool:
        """Whether a round the budget does not cover is paid by one factor; a scheme that says nothing lets it wait."""
        return self.budget is not None and self.budget.short == "factor"

    def area(self, code: str) -> Area:
        """The area of this code (KeyError where the sheet has none)."""
        return _of(self.sheet.areas, code)

    def label(self, code: str) -> Label:
        """The label of this code (KeyError where the sheet has none)."""
        return _of(self.sheet.labels, code)

    def band(self, code: str) -> Band:
        """The band of this code (KeyError where there is none)."""
        return _of(self.bands, code)

    def list_rule(self, listing: str) -> ListRule | None:
        """The rule of the red or black list, or None where the scheme keeps none."""
        return next((rule for rule in self.lists if rule.listing == listing), None)

    def deed(self, code: str) -> DeedRule | None:
        """The deed of this code, or None where the scheme has none."""
        return next((rule for rule in self.deeds if rule.code == code), None)

    @property
    def helping(self) -> DeedRule | None:
        """What a neighbour's help earns, or None where the scheme gives nothing for it."""
        return next((rule for rule in self.deeds if rule.helping), None)

    def band_of(self, score_milli: int) -> Band:
        """The band that holds a score; the bands of a sound document hold every score exactly once."""
        return next(band for band in self.bands if band.holds(score_milli))

    def rank(self, band_code: str | None) -> int | None:
        """0 for the best band, 1 for the next …; None for a grade this scheme does not know."""
        return next((rank for rank, band in enumerate(self.bands) if band.code == band_code), None)


def _of(rows: tuple[Any, ...], code: str) -> Any:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)


def decimal_text(milli: int) -> str:
    """Thousandths as the shortest decimal: 85000 → '85', 91700 → '91.7'."""
    text = f"{Decimal(milli) / 1000:.3f}"
    return text.rstrip("0").rstrip(".")


def as_data(value: Any) -> Any:
    """A document as plain tables, lists, texts and whole numbers: what TOML and JSON hold; decimals are texts (D5)."""
    if dataclasses.is_dataclass(value):
        data = {}
        for field in dataclasses.fields(value):
            held = getattr(value, field.name)
            # A clause that came later is left out where a document has none, so that older ones keep their text.
            if held is None or (field.name == "deeds" and not held):
                continue
            if field.name.endswith("_milli"):
                data[field.name.removesuffix("_milli")] = decimal_text(held)
            else:
                data[field.name] = as_data(held)
        return data
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    return value


def canonical(document: SchemeDocument) -> str:
    """The canonical JSON text of a document: sorted keys, no blanks, Chinese as it is."""
    return json.dumps(as_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 (hexadecimal) of a canonical text: what a version is known by."""
    return hashlib.sha256(text.encode()).hexdigest()
